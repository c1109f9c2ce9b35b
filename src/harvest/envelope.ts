/** What an answer says beside its records: what it answers, when, its errors, and how the list goes on. */

import type { Window } from "../input/window.js";
import { attributesOf, contentText, localName } from "./markup.js";

export interface OaiError {
  readonly code: string;
  readonly text: string;
}

/** The errors of an answer as they are told, "" for none. */
export function errorsText(errors: readonly OaiError[]): string {
  return errors.map(({ code, text }) => `${code}: ${text}`).join("; ");
}

export interface ResumptionToken {
  /** "" at the end of a list. */
  readonly text: string;
  readonly expirationDate: string;
  readonly completeListSize: number | null;
  readonly cursor: number | null;
}

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
  /** Whether something but blanks stands before or behind the document. */
  readonly hasRubbish: boolean;
}

/** Whether the repository says that it knows no sets. */
export function hasNoSets({ errors }: Pick<Envelope, "errors">): boolean {
  return errors.some(({ code }) => code === "noSetHierarchy");
}

const EXCLAMATION = 0x21;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
/** Characters of an element. */
const LONGEST_TEXT = 1_048_576;
const TOKEN = "resumptionToken";
/** Elements whose text is taken. */
const TAKEN = new Set(["responseDate", "error", TOKEN]);
const VERBS = new Set([
  "Identify",
  "ListMetadataFormats",
  "ListSets",
  "GetRecord",
  "ListIdentifiers",
  "ListRecords",
]);

/** Is told of the tags outside the records. Places are absolute offsets. */
export class EnvelopeReader {
  private root = "";
  private closed = false;
  private responseDate = "";
  private verb = "";
  private readonly errors: OaiError[] = [];
  private token: ResumptionToken | null = null;
  private rubbish = false;
  private declared: Readonly<Record<string, string>> = {};
  /** The element whose text is awaited. */
  private taking: { name: string; tag: string; from: number } | null = null;

  constructor(private readonly window: Window) {}

  get envelope(): Envelope {
    const { root, closed, responseDate, verb, errors, token, rubbish: hasRubbish } = this;
    return { root, closed, responseDate, verb, errors, token, hasRubbish };
  }

  /** Namespaces that have been declared, by prefix, "" the default one. */
  get bindings(): Readonly<Record<string, string>> {
    return this.declared;
  }

  /** Whether the outermost element of an answer has been met. */
  get hasRoot(): boolean {
    return this.root === "OAI-PMH";
  }

  /** Whether records may come: what a verb is answered with has begun. */
  get hasVerb(): boolean {
    return this.verb !== "";
  }

  /** The first byte that is still needed, null for none. */
  get neededFrom(): number | null {
    return this.taking?.from ?? null;
  }

  /** Takes a start tag, or an empty one, by the local name of its element. */
  start(name: string, from: number, end: number): void {
    const tag = this.window.slice(from, end).toString("utf8");
    if (this.root === "") this.root = name;
    else if (name === "OAI-PMH" && this.root !== name && this.verb === "") {
      // Messages of a program may stand before what it was asked for.
      this.root = name;
      this.closed = false;
      this.rubbish = true;
    } else if (this.verb === "" && VERBS.has(name)) this.verb = name;
    this.bind(tag);
    if (!TAKEN.has(name)) return;
    this.taking = { name, tag, from: end };
    if (tag.endsWith("/>")) this.take(end);
  }

  /** Takes an end tag that begins at `from`. */
  end(name: string, from: number): void {
    if (this.taking?.name === name) this.take(from);
    if (name === this.root && this.root !== "") this.closed = true;
  }

  /** A record begins: no text of the envelope goes on in it. */
  interrupt(): void {
    this.taking = null;
  }

  /** Looks at the text between two pieces of markup. */
  between(from: number, to: number): void {
    if (this.rubbish || !(this.closed || this.root === "")) return;
    const text = this.window.slice(from, to);
    // A DOCTYPE is no markup here, and not told of.
    if (text[0] === EXCLAMATION) return;
    const isMark = from === 0 && text.subarray(0, 3).equals(BYTE_ORDER_MARK);
    this.rubbish = text.subarray(isMark ? 3 : 0).some((byte) => byte > 0x20);
  }

  /** A new object where something is added: records that were cut keep theirs. */
  private bind(tag: string): void {
    if (!tag.includes("xmlns")) return;
    for (const [name, value] of Object.entries(attributesOf(tag))) {
      if (name === "xmlns") this.declared = { ...this.declared, "": value };
      else if (name.startsWith("xmlns:")) {
        this.declared = { ...this.declared, [localName(name)]: value };
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
    else if (text !== "" || !this.token?.text) {
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
