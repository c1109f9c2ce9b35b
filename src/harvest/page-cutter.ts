/**
 * Cuts one answer of a repository into its envelope and its records, by tags alone and by local names.
 *
 * A record is a `record` element whose first child is a `header`; it ends with the last `</record>` before
 * the next one or before the end of the list. So records within metadata are part of it, and neither
 * an unclosed tag nor a lone `<` in one record costs its neighbours.
 */

import type { Code } from "../diagnostics/catalogue.js";
import { RecordTags } from "../input/record-tags.js";
import { TerminatorSearch } from "../input/terminator-search.js";
import { Window } from "../input/window.js";
import { declaredEncoding } from "../input/xml-cutter.js";
import { attributesOf, contentText, localName } from "./markup.js";

/** One record as it stands. */
export interface CutRecord {
  /** Zero-based, in the stream that was pushed. */
  readonly offset: number;
  readonly bytes: Buffer;
  /** Namespaces that the elements around it declare, by prefix, "" the default one. */
  readonly bindings: Readonly<Record<string, string>>;
  /** As declared, "" for none. */
  readonly encoding: string;
  /** Why it can be no record, null if nothing speaks against it. */
  readonly refusal: Code | null;
}

export interface OaiError {
  readonly code: string;
  readonly text: string;
}

export interface ResumptionToken {
  /** "" at the end of a list. */
  readonly text: string;
  readonly expirationDate: string;
  readonly completeListSize: number | null;
  readonly cursor: number | null;
}

/** What an answer says beside its records. */
export interface Envelope {
  /** The local name of the outermost element, "" if there is none. */
  readonly root: string;
  /** Whether the outermost element is closed. */
  readonly closed: boolean;
  readonly responseDate: string;
  /** The element of the verb, "" if there is none. */
  readonly verb: string;
  readonly errors: readonly OaiError[];
  readonly token: ResumptionToken | null;
  /** Whether something but blanks follows the end of the document. */
  readonly tail: boolean;
}

const LESS = 0x3c;
const GREATER = 0x3e;
const SLASH = 0x2f;
const COLON = 0x3a;
const EXCLAMATION = 0x21;
const QUESTION = 0x3f;
/** Bytes after which a tag without an end is text. */
const LONGEST_TAG = 65_536;
/** Characters of an element of the envelope. */
const LONGEST_TEXT = 1_048_576;

/** Local names that matter, by their first byte. */
const NAMES: readonly string[] = [
  "record",
  "header",
  "resumptionToken",
  "ListRecords",
  "GetRecord",
  "OAI-PMH",
];
const LENGTHS = new Set(NAMES.map((name) => name.length));
const FIRST = new Set(NAMES.map((name) => name.charCodeAt(0)));
/** Elements of the envelope whose text is taken. */
const TAKEN = new Set(["responseDate", "error", "resumptionToken"]);
const VERBS = new Set([
  "Identify",
  "ListMetadataFormats",
  "ListSets",
  "GetRecord",
  "ListIdentifiers",
  "ListRecords",
]);
/** What comes only behind the last record. */
const CLOSING = new Set(["ListRecords", "GetRecord", "OAI-PMH"]);

interface Open {
  from: number;
  hasHeader: boolean;
  /** Behind the last end tag of a record in it, -1 if there was none. */
  lastEnd: number;
  oversize: boolean;
}

export class PageCutter {
  private readonly window: Window;
  private readonly comment = new TerminatorSearch("-->");
  private readonly section = new TerminatorSearch("]]>");
  private readonly instruction = new TerminatorSearch("?>");
  private readonly recordTags = new RecordTags();
  private at: number;
  private open: Open | null = null;
  /** A `record` within a record, which may be the next one: its header has not been seen yet. */
  private candidate = -1;
  private cut: CutRecord[] = [];
  private bindings: Record<string, string> = {};
  private encoding = "";
  private root = "";
  private closedAt = -1;
  private responseDate = "";
  private verb = "";
  private readonly errors: OaiError[] = [];
  private token: ResumptionToken | null = null;
  /** The element of the envelope whose text is awaited. */
  private taking: { name: string; tag: string; from: number } | null = null;
  private tail = false;

  /** @param options `offset` of the first byte that is pushed; `maxRecordSize` in bytes */
  constructor(
    private readonly options: { readonly offset: number; readonly maxRecordSize: number },
  ) {
    this.at = options.offset;
    this.window = new Window(options.offset);
  }

  get envelope(): Envelope {
    const { root, responseDate, verb, errors, token, tail } = this;
    return { root, closed: this.closedAt >= 0, responseDate, verb, errors, token, tail };
  }

  /** Takes the next bytes; gives the records that they complete. */
  push(chunk: Buffer): CutRecord[] {
    const kept = Math.min(
      this.open?.from ?? this.at,
      this.candidate < 0 ? this.at : this.candidate,
      this.taking?.from ?? this.at,
    );
    this.window.append(chunk, kept);
    this.scan(false);
    return this.taken();
  }

  /** Tells that the answer has come to its end. */
  end(): CutRecord[] {
    this.scan(true);
    if (this.open) this.close(this.window.end);
    return this.taken();
  }

  private taken(): CutRecord[] {
    const { cut } = this;
    this.cut = [];
    return cut;
  }

  private scan(ended: boolean): void {
    const { window } = this;
    for (;;) {
      const found = window.bytes.indexOf(LESS, this.at - window.base);
      const from = found < 0 ? window.end : window.base + found;
      if (this.closedAt >= 0 && !this.tail) this.lookForTail(this.at, from);
      this.at = from;
      this.shedOversize(from);
      if (found < 0) return;
      const end = this.read(from, ended);
      if (end < 0) return;
      this.at = end;
    }
  }

  private lookForTail(from: number, to: number): void {
    this.tail = this.window.slice(from, to).some((byte) => byte > 0x20);
  }

  /** Reads what begins at a `<`; gives the offset behind it, -1 if the bytes do not decide it yet. */
  private read(from: number, ended: boolean): number {
    const { bytes, base } = this.window;
    const next = bytes[from - base + 1];
    if (next === undefined) return ended ? from + 1 : -1;
    if (next === QUESTION) return this.passOver(this.instruction, from, 2, ended);
    if (next !== EXCLAMATION) return this.tag(from, next === SLASH, ended);
    const opening = bytes.toString("latin1", from - base, from - base + 9);
    if (opening.startsWith("<!--")) return this.passOver(this.comment, from, 4, ended);
    if (opening === "<![CDATA[") return this.passOver(this.section, from, 9, ended);
    return ended || opening.length === 9 ? from + 1 : -1;
  }

  private passOver(
    closing: TerminatorSearch,
    from: number,
    opening: number,
    ended: boolean,
  ): number {
    const { window } = this;
    const limit = from + this.options.maxRecordSize;
    const found = closing.find(window, from + opening, limit);
    if (found < 0) return ended || window.end >= limit ? from + 1 : -1;
    // In a record a comment that holds records is a stray opening and the closing of another one.
    if (this.open && this.recordTags.within(window, from + opening, found)) return from + 1;
    if (closing === this.instruction && this.root === "") {
      const declared = declaredEncoding(window.slice(from, found));
      if (declared !== "") this.encoding = declared;
    }
    return found;
  }

  private tag(from: number, closing: boolean, ended: boolean): number {
    const { bytes, base } = this.window;
    const start = from - base + (closing ? 2 : 1);
    let local = start;
    let at = start;
    for (; at < bytes.length; at++) {
      const byte = bytes[at];
      if (byte === COLON) local = at + 1;
      else if (byte <= 0x20 || byte === GREATER || byte === SLASH || byte === LESS) break;
      if (at - start > LONGEST_TAG) return from + 1;
    }
    if (at === bytes.length) return ended ? from + 1 : -1;
    if (at === start) return from + 1;
    if (this.open) {
      const length = at - local;
      if (!LENGTHS.has(length) || !FIRST.has(bytes[local])) {
        if (!closing) this.candidate = -1;
        return base + at;
      }
    }
    const name = bytes.latin1Slice(local, at);
    const end = this.tagEnd(from, base + at);
    if (end === -1) return ended ? from + 1 : -1;
    if (end < -1) return from + 1;
    if (closing) this.meetEnd(name, from, end);
    else this.meetStart(name, from, end);
    return end;
  }

  /** Behind the `>`; -1 if it is not there yet, -2 if the tag is damaged. */
  private tagEnd(from: number, nameTo: number): number {
    const { bytes, base } = this.window;
    let quote = 0;
    for (let at = nameTo - base; at < bytes.length; at++) {
      const byte = bytes[at];
      if (byte === LESS || at + base - from > LONGEST_TAG) return -2;
      if (quote !== 0) quote = byte === quote ? 0 : quote;
      else if (byte === 0x22 || byte === 0x27) quote = byte;
      else if (byte === GREATER) return base + at + 1;
    }
    return -1;
  }

  private meetStart(name: string, from: number, end: number): void {
    if (this.open) this.meetStartInRecord(name, from);
    else if (name === "record" && this.verb !== "") this.begin(from);
    if (!this.open) this.meetEnvelope(name, from, end);
  }

  private begin(from: number, hasHeader = false): void {
    this.open = { from, hasHeader, lastEnd: -1, oversize: false };
    this.candidate = -1;
    this.taking = null;
  }

  private meetStartInRecord(name: string, from: number): void {
    const open = this.open as Open;
    if (name === "resumptionToken") {
      this.close(from);
    } else if (name === "record") {
      if (open.hasHeader) this.candidate = from;
      else {
        this.close(from);
        this.begin(from);
      }
    } else if (name === "header" && this.candidate >= 0) {
      const { candidate } = this;
      this.close(candidate);
      this.begin(candidate, true);
    } else {
      if (name === "header") open.hasHeader = true;
      this.candidate = -1;
    }
  }

  private meetEnd(name: string, from: number, end: number): void {
    if (this.open) {
      if (name === "record") this.open.lastEnd = end;
      if (CLOSING.has(name)) this.close(from);
    }
    if (this.open) return;
    if (this.taking?.name === name) this.take(from);
    if (name === this.root && this.root !== "") this.closedAt = end;
  }

  /** Closes the open record; `limit` is where something else begins. */
  private close(limit: number): void {
    const { open } = this;
    if (open === null) return;
    this.open = null;
    this.candidate = -1;
    if (open.oversize) return;
    const to = open.lastEnd > 0 && open.lastEnd <= limit ? open.lastEnd : limit;
    this.add(open.from, to, open.lastEnd > 0 ? null : "M704");
  }

  private add(from: number, to: number, refusal: Code | null): void {
    const { bindings, encoding } = this;
    this.cut.push({
      offset: from,
      bytes: this.window.slice(from, to),
      bindings,
      encoding,
      refusal,
    });
  }

  /** Of a record that is too long the first part is rejected, and the rest passed over. */
  private shedOversize(known: number): void {
    const { open } = this;
    if (open === null || known - open.from <= this.options.maxRecordSize) return;
    if (!open.oversize) this.add(open.from, open.from + this.options.maxRecordSize, "M706");
    open.oversize = true;
    open.from = known;
  }

  private meetEnvelope(name: string, from: number, end: number): void {
    const { window } = this;
    const tag = window.slice(from, end).toString("utf8");
    if (this.root === "") this.root = name;
    else if (this.verb === "" && VERBS.has(name)) this.verb = name;
    this.bind(tag);
    if (!TAKEN.has(name)) return;
    this.taking = { name, tag, from: end };
    if (tag.endsWith("/>")) this.take(end);
  }

  /** A new object where something is added: records that were cut keep theirs. */
  private bind(tag: string): void {
    if (!tag.includes("xmlns")) return;
    for (const [name, value] of Object.entries(attributesOf(tag))) {
      if (name === "xmlns") this.bindings = { ...this.bindings, "": value };
      else if (name.startsWith("xmlns:")) {
        this.bindings = { ...this.bindings, [localName(name)]: value };
      }
    }
  }

  private take(to: number): void {
    const { window, taking } = this;
    this.taking = null;
    if (taking === null) return;
    const attributes = attributesOf(taking.tag);
    const end = Math.min(to, taking.from + LONGEST_TEXT);
    const text = contentText(window.slice(taking.from, end).toString("utf8"));
    if (taking.name === "responseDate") this.responseDate ||= text;
    else if (taking.name === "error") this.errors.push({ code: attributes.code ?? "", text });
    else {
      this.token = {
        text,
        expirationDate: attributes.expirationDate ?? "",
        completeListSize: wholeNumber(attributes.completeListSize),
        cursor: wholeNumber(attributes.cursor),
      };
    }
  }
}

function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^\s*\d{1,15}\s*$/.test(text) ? Number(text) : null;
}
