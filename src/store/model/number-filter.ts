/**
 * A filter in memory over what a database holds, for loads into an empty one: it answers "surely
 * not there" without a look at any index. A Bloom filter (B. H. Bloom, 1970) over 53-bit digests.
 */

/** Two bits a number in 4 MiB: at five million numbers one look-up in ten is made in vain. */
const BITS = 2 ** 25;
/** A remainder of numbers beyond 32 bits takes the processor far longer than their lowest bits. */
const LOWEST = BITS - 1;

export class NumberFilter {
  private readonly bits = new Int32Array(BITS / 32);

  /** @param digest a well-mixed 53-bit number */
  add(digest: number): void {
    const first = digest & LOWEST;
    const second = (digest / BITS) & LOWEST;
    this.bits[first >>> 5] |= 1 << (first & 31);
    this.bits[second >>> 5] |= 1 << (second & 31);
  }

  /** Whether the number may have been added; false is certain. */
  mayHold(digest: number): boolean {
    const first = digest & LOWEST;
    if ((this.bits[first >>> 5] & (1 << (first & 31))) === 0) return false;
    const second = (digest / BITS) & LOWEST;
    return (this.bits[second >>> 5] & (1 << (second & 31))) !== 0;
  }
}
