/**
 * Which of several records of one identifier is the newest: by identifier the datestamp of the newest that
 * has come in this harvest. A repository may list a record and its tombstone, or two versions, in any order.
 */

import { DigestTable, type SharedDigests } from "../matching/digest-table.js";
import { hash53 } from "../matching/hash.js";
import type { PageLine } from "./manifest.js";
import { readDate } from "./oai-dates.js";
import type { CutRecord } from "./page-cutter.js";
import { headerTexts } from "./page-sink.js";
import { type PageInFile, PagesFile } from "./pages-file.js";

/** One list of a harvest. */
export interface ListOfPages {
  /** Absolute path of the pages file. */
  readonly path: string;
  /** The pages that count, in order. */
  readonly pages: readonly PageInFile[];
}

/** Of one record. */
export interface Stamp {
  /** Of its identifier. */
  readonly digest: number;
  /** Its datestamp, seconds since 1970. */
  readonly seconds: number;
}

/** Plain data: what another thread is handed. */
export interface SharedStamps {
  readonly lists: readonly ListOfPages[];
  readonly table: SharedDigests;
  /** Element 0: how many lists have been begun. */
  readonly begun: SharedArrayBuffer;
}

/** Whether no record can be older than one before it, so that the last of an identifier is its newest. */
export function isAscending(pages: readonly PageLine[]): boolean {
  let last = Number.NEGATIVE_INFINITY;
  for (const page of pages) {
    if (page.records === 0) continue;
    const least = readDate(page.first);
    const most = readDate(page.last);
    if (page.ascending !== true || least === null || most === null || least < last) return false;
    last = most;
  }
  return true;
}

export class NewestStamps {
  private readonly table: DigestTable;
  private readonly begun: Int32Array;

  constructor(readonly shared: SharedStamps) {
    this.table = DigestTable.from(shared.table);
    this.begun = new Int32Array(shared.begun);
  }

  /** @param records how many the lists hold */
  static of(lists: readonly ListOfPages[], records: number): NewestStamps {
    const table = DigestTable.withRoomFor(records).shared;
    return new NewestStamps({ lists, table, begun: new SharedArrayBuffer(4) });
  }

  /**
   * To be called before a list is read: what stands before that place, and was read by an earlier
   * process, is taken note of.
   *
   * @param list zero-based
   * @param offset in the file of the list
   */
  begin(list: number, offset: number): void {
    for (let before = this.begun[0]; before < list; before++) this.noteAll(before, null);
    if (offset > 0) this.noteAll(list, offset);
    this.begun[0] = list + 1;
  }

  /** @param end only what begins before it; null for all */
  private noteAll(list: number, end: number | null): void {
    const { path, pages } = this.shared.lists[list];
    const file = new PagesFile(
      path,
      pages.filter(({ offset }) => end === null || offset < end),
    );
    for (const cut of file.records()) {
      if (end !== null && cut.offset >= end) return;
      const stamp = cut.refusal === null ? this.stampOf(cut) : null;
      if (stamp !== null && this.newer(stamp) === null) this.note(stamp);
    }
  }

  /** What a record states of itself; null where it says nothing that can be compared. */
  stampOf({ bytes }: CutRecord): Stamp | null {
    const { identifier, datestamp } = headerTexts(bytes);
    const time = readDate(datestamp);
    if (identifier === "" || time === null) return null;
    const seconds = Math.min(Math.max(1, Math.floor(time / 1000)), 0xffff_ffff);
    return { digest: hash53(identifier) || 1, seconds };
  }

  /** The datestamp of a newer record of the same identifier, milliseconds since 1970; null for none. */
  newer({ digest, seconds }: Stamp): number | null {
    const before = this.table.find(digest);
    return before > seconds ? before * 1000 : null;
  }

  /** Takes note of a record that is the newest so far. */
  note({ digest, seconds }: Stamp): void {
    this.table.set(digest, seconds);
  }
}
