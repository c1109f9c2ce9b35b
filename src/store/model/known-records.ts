/**
 * The records that a source's rows were last made from, by digest: a record that comes again byte for
 * byte, mapped by the same rules, is known without being looked at. Held in shared memory, so that
 * the reading thread can ask it.
 */

import { DigestTable, type SharedDigests } from "../../matching/digest-table.js";

/** Rows with other numbers, which another program must have given out, are always looked at. */
const LAST_RECORD_ID = 2 ** 31 - 1;

/** What a record is known as: the number of its row, and whether it was merged into it. */
export interface KnownRow {
  readonly recordId: number;
  readonly isMerged: boolean;
}

/** @param knownAs what `KnownRecords.find` gave */
export function knownRow(knownAs: number): KnownRow {
  return { recordId: knownAs >>> 1, isMerged: (knownAs & 1) === 1 };
}

export class KnownRecords {
  private constructor(private readonly table: DigestTable) {}

  /** @param count how many records will be added at most */
  static withRoomFor(count: number): KnownRecords {
    return new KnownRecords(DigestTable.withRoomFor(count));
  }

  /** The same records in another thread, from what `shared` gave. */
  static from(shared: SharedDigests): KnownRecords {
    return new KnownRecords(DigestTable.from(shared));
  }

  /** What can be handed to another thread. */
  get shared(): SharedDigests {
    return this.table.shared;
  }

  /** @param digest a 53-bit digest other than 0 */
  add(digest: number, { recordId, isMerged }: KnownRow): void {
    if (recordId < 1 || recordId > LAST_RECORD_ID) return;
    this.table.set(digest, 2 * recordId + (isMerged ? 1 : 0));
  }

  /** What a record of that digest is known as, for `knownRow`; 0 if it is not. */
  find(digest: number): number {
    return this.table.find(digest);
  }
}
