/** Takes the body of an answer: onto the disk, and through the cutter, which counts what it holds. */

import { createHash, type Hash } from "node:crypto";
import { hash53 } from "../matching/hash.js";
import type { Envelope } from "./envelope.js";
import { DAY_MS, readDate } from "./oai-dates.js";
import { type CutRecord, PageCutter } from "./page-cutter.js";
import { datestampIn, digestOf, headOf, isDeleted, isStray } from "./record-header.js";

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

/** Of a record with its header and length, and of those before it. */
function recordDigest(head: string, length: number, before: number): number {
  return hash53(`${head}${length}`, (before % 4294967296) | 0);
}

/** The digest of a page that holds this record alone. */
export function digestAlone(record: Buffer): number {
  return recordDigest(headOf(record), record.length, 0);
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
      if (isDeleted(head)) this.deleted++;
      this.stamp(datestampIn(head));
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
