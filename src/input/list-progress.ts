/** Whether a file holds the whole of a list that a server gives page by page (OAI-PMH, SRU). */

import { type Diagnostic, diagnostic } from "../diagnostics/diagnostic.js";

/** Bytes of an element that is waited for. */
const LONGEST = 4096;
const SHOWN = 32;
/** Elements whose content is asked for, by their local names. */
const READ = new Set([
  "resumptionToken",
  "nextRecordPosition",
  "numberOfRecords",
  "resultCountPrecision",
  "request",
  "error",
  "diagnostic",
]);
/** Elements with which a page begins. */
const PAGE = new Set(["ListRecords", "searchRetrieveResponse"]);

/** Records of a list. */
export interface ListCount {
  /** What the server says that the whole list holds, 0 where it does not. */
  stated: number;
  /** What has been seen of them. */
  listed: number;
}

/** What is to be told at the end of a stream that holds fewer records than its server states. */
export function missingOf({ stated, listed }: ListCount, offset: number): Diagnostic[] {
  if (listed >= stated) return [];
  return [diagnostic("M713", { offset, found: `${listed} of ${stated} records` })];
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
  /** What the next page is to be asked for with, "" where there is none. */
  private next = "";
  private hasPages = false;
  private isEstimate = false;

  /** @param counted of the list before the first byte */
  constructor(private readonly counted: ListCount = { stated: 0, listed: 0 }) {}

  /** What a reader that begins later must be told, undefined where nothing depends on it. */
  get count(): ListCount | undefined {
    return this.counted.stated > 0 ? this.counted : undefined;
  }

  /** A record, or what should be one, has ended. */
  record(): void {
    this.counted.listed++;
  }

  /** The first byte that is still needed, -1 for none. */
  get neededFrom(): number {
    return this.from;
  }

  /** @param at absolute offset of the first byte behind the name */
  start(name: string, at: number): void {
    const local = name.slice(name.indexOf(":") + 1);
    this.from = READ.has(local) ? at : -1;
    this.name = local;
    if (PAGE.has(local)) this.next = "";
  }

  /** Whether the content of the element that ends is asked for. */
  wants(name: string, at: number): boolean {
    const wanted = this.from >= 0 && name.slice(name.indexOf(":") + 1) === this.name;
    if (wanted && at - this.from <= LONGEST) return true;
    this.from = -1;
    return false;
  }

  /**
   * Takes the content of the element that ends, from its name on.
   *
   * @returns what is to be told of it at once
   */
  end(text: string, offset: number): Diagnostic | null {
    this.from = -1;
    const mark = text.indexOf(">");
    const attributes = text.slice(0, mark);
    const content = text.slice(mark + 1).trim();
    switch (this.name) {
      case "resumptionToken":
      case "nextRecordPosition":
        this.next = content;
        return null;
      case "numberOfRecords":
        this.counted.stated = /^\d{1,15}$/.test(content) ? Number(content) : 0;
        return null;
      case "resultCountPrecision":
        this.isEstimate = !/(?:^|\/)exact$/.test(content);
        return null;
      case "request":
        return this.request(attributes, offset);
      default: {
        const code = /code\s*=\s*["']([^"']*)["']/.exec(attributes)?.[1] ?? "";
        if (code === "noRecordsMatch") return null;
        const plain = content.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
        const found = `${code} ${plain}`.trim().slice(0, SHOWN);
        return diagnostic("M714", { offset, found });
      }
    }
  }

  private request(attributes: string, offset: number): Diagnostic | null {
    const isFirst = !this.hasPages;
    this.hasPages = true;
    const token = /resumptionToken\s*=\s*["']([^"']*)["']/.exec(attributes)?.[1] ?? "";
    if (token === "" || !isFirst) return null;
    const found = `the page after ${token}`.slice(0, SHOWN);
    return diagnostic("M713", { offset, found });
  }

  /** What is to be told at the end of the stream. */
  finish(offset: number): Diagnostic[] {
    const { next } = this;
    if (next === "") return this.isEstimate ? [] : missingOf(this.counted, offset);
    return [diagnostic("M713", { offset, found: `next: ${next}`.slice(0, SHOWN) })];
  }
}
