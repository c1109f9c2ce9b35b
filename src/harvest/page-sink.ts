/** Takes the body of an answer: onto the disk, and through the cutter, which counts what it holds. */

import { createHash, type Hash } from "node:crypto";
import { hash53 } from "../matching/hash.js";
import type { Envelope } from "./envelope.js";
import { resolved } from "./markup.js";
import { DAY_MS, readDate } from "./oai-dates.js";
import { type CutRecord, PageCutter } from "./page-cutter.js";

/** Bytes of a record; a longer one is rejected. */
export const MAX_RECORD_SIZE = 16 * 1024 * 1024;

/** What the records of a page come to. */
export interface PageCounts {
  readonly records: number;
  readonly deleted: number;
  /** Of the datestamps, as written; "" without any. */
  readonly first: string;
  readonly last: string;
  /** Whether no datestamp is before the one of the record before it, nor missing. */
  readonly ascending: boolean;
  /** Equal for the same records: of their headers and lengths. */
  readonly digest: number;
  /** Records that state sets, and not the one that was asked for. */
  readonly strayed: number;
}

/** Bytes in which a header stands. */
const HEAD = 4096;
/** Bytes in which most headers stand. */
export const SHORT_HEAD = 512;
const DATESTAMP = /<(?:[\w.-]+:)?datestamp(?:\s[^<>]*)?>\s*([^<>]{1,40}?)\s*</;
const IDENTIFIER = /<(?:[\w.-]+:)?identifier(?:\s[^<>]*)?>\s*(<!\[CDATA\[)?([^<>]{1,1000})/;
const DELETED = /<(?:[\w.-]+:)?header\s[^<>]*?status\s*=\s*["']\s*deleted/i;
const HEADER_END = /<\/(?:[\w.-]+:)?header\s*>|<(?:[\w.-]+:)?metadata[\s>/]/;
const SET_SPEC = /<(?:[\w.-]+:)?setSpec(?:\s[^<>]*)?>\s*([^<>]*?)\s*</g;

/** The beginning of a record up to the end of its header, a byte a character. */
function headOf(record: Buffer): string {
  for (const length of [SHORT_HEAD, HEAD]) {
    const head = record.latin1Slice(0, Math.min(record.length, length));
    const end = head.search(HEADER_END);
    if (end >= 0) return head.slice(0, end);
    if (record.length <= length || length === HEAD) return head;
  }
  return "";
}

/** The identifier in the text of a header that no parser can read; "" for none. */
export function identifierOf(header: string): string {
  const end = header.search(HEADER_END);
  return resolved(identifierIn(end < 0 ? header : header.slice(0, end)));
}

function identifierIn(head: string): string {
  const found = IDENTIFIER.exec(head);
  if (found === null) return "";
  const [, section, text] = found;
  return (section === undefined ? text : text.replace(/\]\]$/, "")).trim();
}

/** What the header of a record states, as it is written, a byte a character; "" for nothing. */
export function headerTexts(record: Buffer): { identifier: string; datestamp: string } {
  const head = headOf(record);
  return {
    identifier: identifierIn(head),
    datestamp: DATESTAMP.exec(head)?.[1] ?? "",
  };
}

/** A number that is different for different identifiers; 0 for a record without one. */
export function identifierDigest(record: Buffer): number {
  return digestOf(headOf(record));
}

function digestOf(head: string): number {
  const identifier = identifierIn(head);
  return identifier === "" ? 0 : hash53(identifier);
}

/** Of a record with its header and length, and of those before it. */
function recordDigest(head: string, length: number, before: number): number {
  return hash53(`${head}${length}`, (before % 4294967296) | 0);
}

/** The digest of a page that holds this record alone. */
export function digestAlone(record: Buffer): number {
  return recordDigest(headOf(record), record.length, 0);
}

/** Whether a header names sets, and neither the given one nor one below it; of one that is cut nobody knows. */
function isStray(head: string, set: string): boolean {
  if (head.length >= HEAD) return false;
  const sets = Array.from(head.matchAll(SET_SPEC), ([, one]) => one);
  return sets.length > 0 && !sets.some((one) => one === set || one.startsWith(`${set}:`));
}

interface PlaceForBody {
  begin(): void;
  append(bytes: Buffer): void;
}

export class PageSink {
  private hash: Hash = createHash("sha256");
  private cutter = new PageCutter({ offset: 0, maxRecordSize: MAX_RECORD_SIZE });
  private records = 0;
  private deleted = 0;
  private first = "";
  private last = "";
  private ascending = true;
  private before = "";
  private digest = 0;
  private strayed = 0;
  private digests: number[] = [];

  /** @param set that was asked for, "" for none */
  constructor(
    private readonly place: PlaceForBody,
    private readonly set = "",
  ) {}

  begin(): void {
    this.place.begin();
    this.hash = createHash("sha256");
    this.cutter = new PageCutter({ offset: 0, maxRecordSize: MAX_RECORD_SIZE });
    this.records = 0;
    this.deleted = 0;
    this.first = "";
    this.last = "";
    this.ascending = true;
    this.before = "";
    this.digest = 0;
    this.strayed = 0;
    this.digests = [];
  }

  write(bytes: Buffer): void {
    this.place.append(bytes);
    this.hash.update(bytes);
    this.count(this.cutter.push(bytes));
  }

  /** What the answer says, once its body is whole. */
  get envelope(): Envelope {
    this.count(this.cutter.end());
    return this.cutter.envelope;
  }

  get counts(): PageCounts {
    const { records, deleted, first, last, ascending, digest, strayed } = this;
    return { records, deleted, first, last, ascending, digest, strayed };
  }

  /** Of the identifiers of its records, 0 for one without. */
  get identifiers(): readonly number[] {
    return this.digests;
  }

  /** In hex; to be asked for once. */
  sha256(): string {
    return this.hash.digest("hex");
  }

  private count(cut: readonly CutRecord[]): void {
    for (const { bytes } of cut) {
      this.records++;
      const head = headOf(bytes);
      this.digests.push(digestOf(head));
      if (this.set !== "" && isStray(head, this.set)) this.strayed++;
      if (DELETED.test(head)) this.deleted++;
      this.stamp(DATESTAMP.exec(head)?.[1] ?? "");
      this.digest = recordDigest(head, bytes.length, this.digest);
    }
  }

  private stamp(datestamp: string): void {
    if (datestamp < this.before || datestamp === "") this.ascending = false;
    this.before = datestamp;
    if (datestamp === "") return;
    if (this.first === "" || datestamp < this.first) this.first = datestamp;
    if (datestamp > this.last) this.last = datestamp;
  }
}

/** Whether datestamps of a page lie outside what was asked for. */
export function isOutside(
  { first, last }: Pick<PageCounts, "first" | "last">,
  { from, until }: { readonly from: string | null; readonly until: string | null },
): boolean {
  const start = from === null ? null : readDate(from);
  const end = until === null ? null : readDate(until);
  const least = readDate(first);
  const most = readDate(last);
  const day = until !== null && until.length <= 10 ? DAY_MS : 1000;
  return (
    (start !== null && least !== null && least < start) ||
    (end !== null && most !== null && most >= end + day)
  );
}
