/**
 * The records that a source's rows were last made from, by digest: a record that comes again byte for
 * byte, mapped by the same rules, is known without being looked at. Held in shared memory, so that
 * the reading thread can ask it.
 */

/** Slots are filled to a half at most, so that a search is short. */
const FILL = 2;

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
  private readonly mask: number;

  private constructor(
    private readonly digests: Float64Array,
    private readonly knownAs: Uint32Array,
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

  /** The same records in another thread, from what `shared` gave. */
  static from(shared: SharedKnownRecords): KnownRecords {
    return new KnownRecords(new Float64Array(shared.digests), new Uint32Array(shared.knownAs));
  }

  /** What can be handed to another thread. */
  get shared(): SharedKnownRecords {
    return {
      digests: this.digests.buffer as SharedArrayBuffer,
      knownAs: this.knownAs.buffer as SharedArrayBuffer,
    };
  }

  /** @param digest a 53-bit digest other than 0 */
  add(digest: number, { recordId, isMerged }: KnownRow): void {
    if (recordId < 1 || recordId > LAST_RECORD_ID) return;
    let slot = this.slotOf(digest);
    while (this.digests[slot] !== 0 && this.digests[slot] !== digest) slot = (slot + 1) & this.mask;
    this.digests[slot] = digest;
    this.knownAs[slot] = 2 * recordId + (isMerged ? 1 : 0);
  }

  /** What a record of that digest is known as, for `knownRow`; 0 if it is not. */
  find(digest: number): number {
    let slot = this.slotOf(digest);
    while (this.digests[slot] !== 0) {
      if (this.digests[slot] === digest) return this.knownAs[slot];
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
  readonly knownAs: SharedArrayBuffer;
}
