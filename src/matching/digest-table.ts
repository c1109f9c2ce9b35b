/** Numbers by digest, in memory that threads share. */

/** Slots are filled to a half at most, so that a search is short. */
const FILL = 2;
const FEWEST_SLOTS = 1024;

/** What can be handed to another thread. */
export interface SharedDigests {
  readonly digests: SharedArrayBuffer;
  readonly numbers: SharedArrayBuffer;
}

export class DigestTable {
  private readonly digests: Float64Array;
  private readonly numbers: Uint32Array;
  private readonly mask: number;

  private constructor(readonly shared: SharedDigests) {
    this.digests = new Float64Array(shared.digests);
    this.numbers = new Uint32Array(shared.numbers);
    this.mask = this.digests.length - 1;
  }

  /** @param count how many digests will be set at most */
  static withRoomFor(count: number): DigestTable {
    let slots = FEWEST_SLOTS;
    while (slots < count * FILL) slots *= 2;
    return new DigestTable({
      digests: new SharedArrayBuffer(slots * Float64Array.BYTES_PER_ELEMENT),
      numbers: new SharedArrayBuffer(slots * Uint32Array.BYTES_PER_ELEMENT),
    });
  }

  /** The same table in another thread, from what `shared` gave. */
  static from(shared: SharedDigests): DigestTable {
    return new DigestTable(shared);
  }

  /**
   * @param digest a 53-bit digest other than 0
   * @param number 1 to 2^32 - 1
   */
  set(digest: number, number: number): void {
    let slot = this.slotOf(digest);
    while (this.digests[slot] !== 0 && this.digests[slot] !== digest) slot = (slot + 1) & this.mask;
    this.digests[slot] = digest;
    this.numbers[slot] = number;
  }

  /** The number of a digest, 0 for none. */
  find(digest: number): number {
    let slot = this.slotOf(digest);
    while (this.digests[slot] !== 0) {
      if (this.digests[slot] === digest) return this.numbers[slot];
      slot = (slot + 1) & this.mask;
    }
    return 0;
  }

  private slotOf(digest: number): number {
    return (digest % 4294967296) & this.mask;
  }
}
