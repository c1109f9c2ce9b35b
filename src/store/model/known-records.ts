/**
 * The records that a source's rows were last made from, by digest: a record that comes again byte for
 * byte, mapped by the same rules, is known without being looked at. Held in shared memory, so that
 * the reading thread can ask it.
 */

import { DigestTable, type SharedDigests } from "../../matching/digest-table.js";

/** Rows with other numbers, which another program must have given out, are always looked at. */
export const LAST_RECORD_ID = 2 ** 31 - 1;

/** What a record is known as: the number of its row, and whether it was merged into it. */
export interface KnownRow {
  readonly recordId: number;
  readonly isMerged: boolean;
}

/** @param knownAs what `KnownRecords.find` gave */
export function knownRow(knownAs: number): KnownRow {
  return { recordId: knownAs >>> 1, isMerged: (knownAs & 1) === 1 };
}

/** What known records are read from. */
export interface KnownSource {
  /** How many there are at most. */
  readonly count: number;
  /** Gives each to `add`: a 53-bit digest other than 0, and what the record is known as. */
  readonly read: (add: (digest: number, row: KnownRow) => void) => void;
}

/** What can be handed to another thread. */
export interface SharedKnown {
  readonly table: SharedDigests;
  /** A 32-bit number: 1 when the table is filled. */
  readonly filled: SharedArrayBuffer;
}

/** They are read by `fill`, or when one is first looked for; another thread that looks before waits. */
export class KnownRecords {
  private isFilled = false;

  private constructor(
    private readonly table: DigestTable,
    private readonly filled: Int32Array,
    private source: KnownSource | null,
  ) {}

  /** Those of a source that is yet to be read. */
  static of(source: KnownSource): KnownRecords {
    const filled = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    return new KnownRecords(DigestTable.withRoomFor(source.count), filled, source);
  }

  /** The same records in another thread, from what `shared` gave. */
  static from({ table, filled }: SharedKnown): KnownRecords {
    return new KnownRecords(DigestTable.from(table), new Int32Array(filled), null);
  }

  get shared(): SharedKnown {
    return { table: this.table.shared, filled: this.filled.buffer as SharedArrayBuffer };
  }

  /** Reads them, unless that is done. Whoever hands them to another thread must call it. */
  fill(): void {
    const { source } = this;
    if (source === null) return;
    this.source = null;
    let room = source.count;
    try {
      source.read((digest, { recordId, isMerged }) => {
        if (recordId < 1 || recordId > LAST_RECORD_ID || --room < 0) return;
        this.table.set(digest, 2 * recordId + (isMerged ? 1 : 0));
      });
    } finally {
      Atomics.store(this.filled, 0, 1);
      Atomics.notify(this.filled, 0);
    }
  }

  /** What a record of that digest is known as, for `knownRow`; 0 if it is not. */
  find(digest: number): number {
    if (!this.isFilled) this.await();
    return this.table.find(digest);
  }

  private await(): void {
    this.fill();
    Atomics.wait(this.filled, 0, 0);
    this.isFilled = true;
  }
}
