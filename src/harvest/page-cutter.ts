/**
 * Cuts one answer of a repository into its envelope and its records, by tags alone and by local names.
 *
 * A record is a `record` element; it ends with its own `</record>`, or, where it or records within its metadata
 * are not closed, before the next one that has a `header`, or before the end of the list. So neither an unclosed
 * tag nor a lone `<` in one record costs its neighbours, and a record of a repository in metadata is no record.
 */

import type { Code } from "../diagnostics/catalogue.js";
import { Window } from "../input/window.js";
import { declaredEncoding } from "../input/xml-cutter.js";
import { OTHER, RECORD } from "../input/xml-dialect.js";
import { type Markup, MarkupScanner } from "../input/xml-markup.js";
import { type Envelope, EnvelopeReader } from "./envelope.js";
import { OpenRecord, type RecordRange } from "./open-record.js";
import {
  AROUND,
  elementOf,
  HEADER,
  LESS,
  nextThatMatters,
  OF_ENVELOPE,
  TOKEN,
} from "./page-elements.js";

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

export class PageCutter {
  private readonly window: Window;
  private readonly scanner: MarkupScanner;
  private readonly around: EnvelopeReader;
  /** Everything before it has been looked at. */
  private at: number;
  private open: OpenRecord | null = null;
  /** A `record` within a record, which may be the next one: its header has not been seen yet. */
  private candidate = -1;
  private cut: CutRecord[] = [];
  private encoding = "";

  /**
   * @param options `offset` of the first byte that is pushed; `maxRecordSize` in bytes; `charset` of the
   *   answer, which counts where the document declares none
   */
  constructor(
    private readonly options: {
      readonly offset: number;
      readonly maxRecordSize: number;
      readonly charset?: string;
    },
  ) {
    this.encoding = options.charset ?? "";
    this.at = options.offset;
    this.window = new Window(options.offset);
    this.around = new EnvelopeReader(this.window);
    this.scanner = new MarkupScanner(this.window, options.maxRecordSize, {
      record: "record",
      elementOf: (bytes, from, to) => {
        const element = elementOf(bytes, from, to);
        const isWanted = this.open === null || this.open.isBehindInner;
        return element === OTHER && isWanted ? OF_ENVELOPE : element;
      },
    });
  }

  get envelope(): Envelope {
    return this.around.envelope;
  }

  /** Takes the next bytes; gives the records that they complete. */
  push(chunk: Buffer): CutRecord[] {
    this.window.append(chunk, this.neededFrom);
    this.scan(false);
    return this.taken();
  }

  /**
   * The same of bytes that are read where they are to stand. What was cut before is gone then.
   *
   * @param read writes the next bytes into the buffer, which has room for `most`, and gives their number
   */
  pull(most: number, read: (room: Buffer) => number): CutRecord[] {
    const { window } = this;
    window.grow(read(window.roomInPlace(most, this.neededFrom)));
    this.scan(false);
    return this.taken();
  }

  /** The first byte that is still needed. */
  private get neededFrom(): number {
    const { at, open, candidate, around } = this;
    return Math.min(open?.from ?? at, candidate < 0 ? at : candidate, around.neededFrom ?? at);
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
      const found = this.nextMarkup();
      const from = found < 0 ? window.end : window.base + found;
      this.around.between(this.at, from);
      this.at = from;
      this.shedOversize(from);
      if (found < 0) return;
      const markup = this.scanner.read(from, ended, this.open !== null);
      if (markup.kind === "wait") return;
      this.at = this.meet(markup);
    }
  }

  /** Where in the window the next markup begins that may matter, -1 where none is left. */
  private nextMarkup(): number {
    const { bytes, base } = this.window;
    // Behind what may be a new record any tag tells whether it is.
    return this.open === null || this.candidate >= 0 || this.open.isBehindInner
      ? bytes.indexOf(LESS, this.at - base)
      : nextThatMatters(bytes, this.at - base);
  }

  /** Takes the markup that begins at `at`; gives the offset to go on at. */
  private meet(markup: Markup): number {
    switch (markup.kind) {
      case "start":
      case "empty":
        this.meetStart(markup);
        break;
      case "end":
        this.meetEnd(markup);
        break;
      case "skipped":
      case "declaration":
        // In a record a comment that holds records is a stray opening and the closing of another one.
        if (this.open && markup.hidden) return this.at + 1;
        if (markup.kind === "declaration") this.declare(markup.end);
    }
    return markup.end;
  }

  private declare(end: number): void {
    if (this.around.hasRoot) return;
    const declared = declaredEncoding(this.window.slice(this.at, end));
    if (declared !== "") this.encoding = declared;
  }

  private meetStart(markup: Markup): void {
    if (this.open) this.meetStartInRecord(markup, this.open);
    else if (markup.element === RECORD && this.around.hasVerb) {
      this.begin(this.at);
      if (markup.kind === "empty") this.endRecord(markup.end);
    }
    if (!this.open) this.around.start(this.nameOf(markup), this.at, markup.end);
  }

  private begin(from: number, hasHeader = false): void {
    this.open = new OpenRecord(from, hasHeader);
    this.candidate = -1;
    this.around.interrupt();
  }

  private meetStartInRecord({ element, kind }: Markup, open: OpenRecord): void {
    const { at, candidate } = this;
    if (element === TOKEN) this.close(at);
    else if (element === RECORD && open.hasHeader) {
      if (kind === "empty") return;
      open.depth++;
      this.candidate = at;
    } else if (element === RECORD) {
      this.close(at);
      this.begin(at);
    } else if (element === HEADER && candidate >= 0) this.beginInner(candidate, open);
    else {
      if (element === HEADER) open.hasHeader = true;
      if (open.isBehindInner && kind === "start") open.startBeside();
      this.candidate = -1;
    }
  }

  /** A record with a header begins in the open one: a part of its metadata, or the next one. */
  private beginInner(from: number, open: OpenRecord): void {
    this.candidate = -1;
    if (!open.hasInner || open.isBeside) {
      open.beginInner(from);
      return;
    }
    this.close(from);
    this.begin(from, true);
  }

  private meetEnd(markup: Markup): void {
    const { element } = markup;
    const { open } = this;
    if (open) {
      if (element === AROUND) this.close(this.at);
      else if (element === RECORD) this.endRecord(markup.end);
      else open.endBeside();
      if (element !== AROUND) return;
    }
    if (!this.open) this.around.end(this.nameOf(markup), this.at);
  }

  /** Takes the end tag of the open record, or of one within its metadata. */
  private endRecord(end: number): void {
    const { open } = this;
    if (open === null) return;
    // Records in metadata are not followed by the end of a record, but by that of what they stand in.
    if (open.isBehindInner) this.close(this.at);
    else if (open.endRecord(end)) this.close(end);
    this.candidate = -1;
  }

  /** The local name. */
  private nameOf({ nameFrom, nameTo }: Markup): string {
    const name = this.window.slice(nameFrom, nameTo).toString("latin1");
    const local = name.slice(name.lastIndexOf(":") + 1);
    // To miss it for its capitals would be to take the part of a list for the whole.
    return local.toLowerCase() === "resumptiontoken" ? "resumptionToken" : local;
  }

  /** Closes the open record; `limit` is where something else begins. */
  private close(limit: number): void {
    this.takeApart();
    const { open } = this;
    this.candidate = -1;
    if (open === null) return;
    this.open = null;
    if (!open.oversize) this.add(open.range(limit));
  }

  /** What stands in the open record are those after it, since it was not closed. */
  private takeApart(): void {
    while (this.open?.hasInner) {
      const { ended, open } = this.open.apart();
      for (const range of ended) this.add(range);
      this.open = open;
    }
  }

  private add(
    { from, to, isClosed }: RecordRange,
    refusal: Code | null = isClosed ? null : "M704",
  ): void {
    const { encoding } = this;
    const { bindings } = this.around;
    const bytes = this.window.slice(from, to);
    this.cut.push({ offset: from, bytes, bindings, encoding, refusal });
  }

  /** Of a record that is too long the first part is rejected, and the rest passed over. */
  private shedOversize(known: number): void {
    const { maxRecordSize } = this.options;
    if (this.open && known - this.open.from > maxRecordSize) this.takeApart();
    const { open } = this;
    if (open === null || known - open.from <= maxRecordSize) return;
    const { from } = open;
    if (!open.oversize) this.add({ from, to: from + maxRecordSize, isClosed: false }, "M706");
    open.oversize = true;
    open.from = known;
  }
}
