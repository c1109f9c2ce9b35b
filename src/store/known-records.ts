/**
 * The records that a source's rows were last made from, by digest: a record that comes again byte for
 * byte, mapped by the same rules, is known without being looked at. Held in shared memory, so that
 * the reading thread can ask it.
 */

import type { Database } from "better-sqlite3";

/** Slots are filled to a half at most, so that a search is short. */
const FILL = 2;

export class KnownRecords {
  private readonly mask: number;

  private constructor(
    private readonly digests: Float64Array,
    private readonly recordIds: Uint32Array,
  ) {
    this.mask = digests.length - 1;
  }

  /** @param count how many records will be added at most */
  static withRoomFor(count: number): KnownRecords {
    let slots = 1024;
    while (slots < count * FILL) slots *= 2;
    return new KnownRecords(
      new Float64Array(new SharedArrayBuffer(slots * Float64Array.BYTES_PER_ELEMENT)),
      new Uint32Array(new SharedArrayBuffer(slots * Uint32Array.BYTES_PER_ELEMENT)),
    );
  }

  /** The records that rows were last made from, and those last merged into rows if asked for. */
  static read(db: Database, { withMerged }: { withMerged: boolean }): KnownRecords {
    const known = KnownRecords.withRoomFor(
      db
        .prepare<[], number>(
          "SELECT (SELECT count(*) FROM record_state) + (SELECT count(*) FROM merged_sources)",
        )
        .pluck()
        .get() ?? 0,
    );
    const rows = db.prepare<[], [number, number]>(
      `SELECT input_digest, record_id FROM record_state WHERE input_digest IS NOT NULL ${
        withMerged
          ? "UNION ALL SELECT input_digest, record_id FROM merged_sources WHERE input_digest IS NOT NULL"
          : ""
      }`,
    );
    for (const [digest, recordId] of rows.raw().iterate()) known.add(digest, recordId);
    return known;
  }

  /** The same records in another thread, from what `shared` gave. */
  static from(shared: SharedKnownRecords): KnownRecords {
    return new KnownRecords(new Float64Array(shared.digests), new Uint32Array(shared.recordIds));
  }

  /** What can be handed to another thread. */
  get shared(): SharedKnownRecords {
    return {
      digests: this.digests.buffer as SharedArrayBuffer,
      recordIds: this.recordIds.buffer as SharedArrayBuffer,
    };
  }

  /** @param digest a 53-bit digest other than 0 */
  add(digest: number, recordId: number): void {
    let slot = this.slotOf(digest);
    while (this.digests[slot] !== 0 && this.digests[slot] !== digest) slot = (slot + 1) & this.mask;
    this.digests[slot] = digest;
    this.recordIds[slot] = recordId;
  }

  /** The row that was made from a record of that digest; 0 if there is none. */
  find(digest: number): number {
    let slot = this.slotOf(digest);
    while (this.digests[slot] !== 0) {
      if (this.digests[slot] === digest) return this.recordIds[slot];
      slot = (slot + 1) & this.mask;
    }
    return 0;
  }

  private slotOf(digest: number): number {
    return (digest % 4294967296) & this.mask;
  }
}

export interface SharedKnownRecords {
  readonly digests: SharedArrayBuffer;
  readonly recordIds: SharedArrayBuffer;
}
