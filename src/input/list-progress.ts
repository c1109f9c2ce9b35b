/** Whether a file of XML holds the whole of a list that a server gives page by page (OAI-PMH, SRU, Atom and others). */

import { type Diagnostic, diagnostic } from "../diagnostics/diagnostic.js";
import { type ListCount, missingOf, partOfList } from "./list-count.js";

/** Bytes of an element that is waited for. */
const LONGEST = 4096;
const SHOWN = 32;
/** Elements that may hold others, which are read with them. */
const ERRORS = new Set(["error", "diagnostic"]);
/** Elements whose content is asked for, by their local names. */
const READ = new Set([
  ...ERRORS,
  "resumptionToken",
  "nextRecordPosition",
  "numberOfRecords",
  "resultCountPrecision",
  "request",
  "totalResults",
]);
/** Elements with which a page begins. */
const PAGE = new Set(["ListRecords", "searchRetrieveResponse", "feed"]);
/** Attributes of the outermost element that state how many records there are: of Alma's interface, of Solr's. */
const TOTAL =
  /\s(?:total_?(?:record_?count|records|results|count)|numFound)\s*=\s*["'](\d{1,15})["']/i;

/** The value of an attribute, "" if it is not there. */
function attribute(attributes: string, name: string): string {
  return new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(attributes)?.[1] ?? "";
}

/** What stands between the name of an element and the `>` of its start tag. */
function attributesOf(text: string): string {
  const end = text.indexOf(">");
  return end < 0 ? text : text.slice(0, end);
}

function errorAnswer(code: string, content: string, offset: number): Diagnostic | null {
  if (code === "noRecordsMatch") return null;
  const plain = content
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return diagnostic("M714", { offset, found: `${code} ${plain}`.trim().slice(0, SHOWN) });
}

/**
 * Is told of the elements outside the records, and of the records. Pages that were joined in their order
 * are one list: the last of them decides. An SRU server may leave out where its next page begins; then the
 * number of records that it states tells, unless it says that it is no exact one. OAI-PMH ends its lists by
 * an empty token, and its numbers may be estimates.
 */
export class ListProgress {
  private name = "";
  private from = -1;
  /** Whether the start tag that is waited for has been read. */
  private tagged = false;
  private isRoot = false;
  private hasPages = false;
  private hasTokens = false;
  private isEstimate = false;
  /** Whether the first page is told to be a later one. */
  private isLater = false;

  /** @param counted of the list before the first byte */
  constructor(private readonly counted: ListCount = { stated: 0, listed: 0 }) {}

  /** What a reader that begins later must be told, undefined where nothing depends on it. */
  get count(): ListCount | undefined {
    const { stated, next } = this.counted;
    return stated > 0 || next !== undefined ? this.counted : undefined;
  }

  /** A record, or what should be one, begins: no element that was waited for goes on. */
  beginRecord(): void {
    this.from = -1;
  }

  /** A record, or what should be one, has ended. */
  endRecord(): void {
    this.counted.listed++;
  }

  /**
   * The first byte that is still needed, -1 for none.
   *
   * @param end absolute offset behind the last byte so far; an element that is too long is given up
   */
  neededFrom(end: number): number {
    if (end - this.from > LONGEST) this.from = -1;
    return this.from;
  }

  /**
   * @param at absolute offset of the first byte behind the name
   * @param isRoot whether it is the outermost element
   */
  start(name: string, at: number, isRoot: boolean): void {
    if (this.from >= 0 && ERRORS.has(this.name)) return;
    const local = name.slice(name.indexOf(":") + 1);
    this.from = isRoot || local === "link" || READ.has(local) ? at : -1;
    this.tagged = false;
    this.isRoot = isRoot;
    this.name = local;
    if (PAGE.has(local)) this.next("");
  }

  /**
   * Where the start tag that is waited for begins behind its name, -1 where none is.
   *
   * @param at absolute offset of the markup that follows it
   */
  tagFrom(at: number): number {
    return this.tagged || this.neededFrom(at) < 0 ? -1 : this.from;
  }

  /** Takes the start tag, from its name on; returns what is to be told of it at once. */
  tag(text: string): Diagnostic | null {
    this.tagged = true;
    const attributes = attributesOf(text);
    const offset = this.from;
    if (this.isRoot) this.state(TOTAL.exec(attributes)?.[1] ?? "");
    if (this.name === "link" && attribute(attributes, "rel") === "next") {
      this.next(attribute(attributes, "href"));
    }
    const ended = attributes.endsWith("/") ? this.end(attributes, "") : null;
    return ended ?? (this.name === "resumptionToken" ? this.cursor(attributes, offset) : null);
  }

  /** Where the content of the element that ends is asked for from, -1 where it is not. */
  contentFrom(name: string, at: number): number {
    const isWanted = READ.has(this.name) && name.slice(name.indexOf(":") + 1) === this.name;
    if (isWanted) return this.neededFrom(at);
    if (!ERRORS.has(this.name)) this.from = -1;
    return -1;
  }

  /** Takes an element that has ended, from its name on; returns what is to be told of it at once. */
  content(text: string): Diagnostic | null {
    const attributes = attributesOf(text);
    return this.end(attributes, text.slice(attributes.length + 1).trim());
  }

  private end(attributes: string, content: string): Diagnostic | null {
    const offset = this.from;
    this.from = -1;
    switch (this.name) {
      case "resumptionToken":
      case "nextRecordPosition":
        this.next(content);
        return null;
      case "numberOfRecords":
      case "totalResults":
        this.state(content);
        return null;
      case "resultCountPrecision":
        this.isEstimate = !/(?:^|\/)exact$/.test(content);
        return null;
      case "request":
        return this.request(attributes, offset);
      case "error":
      case "diagnostic":
        return errorAnswer(attribute(attributes, "code"), content, offset);
      default:
        return null;
    }
  }

  private next(token: string): void {
    if (token === "") delete this.counted.next;
    else this.counted.next = token.slice(0, SHOWN);
  }

  private state(digits: string): void {
    if (/^\d{1,15}$/.test(digits)) this.counted.stated = Number(digits);
  }

  private request(attributes: string, offset: number): Diagnostic | null {
    const token = attribute(attributes, "resumptionToken");
    const isLater = !this.hasPages && token !== "";
    this.hasPages = true;
    return isLater ? this.laterPage(`the page after ${token}`, offset) : null;
  }

  /** The cursor of a page is the number of records of the pages before it. */
  private cursor(attributes: string, offset: number): Diagnostic | null {
    const before = attribute(attributes, "cursor");
    const isLater = !this.hasTokens && /^[1-9]\d*$/.test(before);
    this.hasTokens = true;
    return isLater ? this.laterPage(`the page after record ${before}`, offset) : null;
  }

  private laterPage(found: string, offset: number): Diagnostic | null {
    if (this.isLater) return null;
    this.isLater = true;
    return partOfList(found, offset);
  }

  /** What is to be told at the end of the stream. */
  finish(offset: number): Diagnostic[] {
    const { counted, isEstimate } = this;
    return missingOf(isEstimate ? { ...counted, stated: 0 } : counted, offset);
  }
}
