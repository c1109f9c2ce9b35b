/** Seeded random numbers: the same seed and record number always give the same record. */

/**
 * Scrambles 32 bits without collisions (each input has its own output).
 *
 * @param {number} value an integer
 * @returns {number} 0 to 2^32 - 1
 */
export function scramble(value) {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** A stream of random numbers (mulberry32). */
export class Random {
  /** @param {number} seed any integer; neighbours give unrelated streams */
  constructor(seed) {
    this.state = scramble(seed);
  }

  /** @returns {number} 0 (inclusive) to 1 (exclusive) */
  next() {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let bits = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 4294967296;
  }

  /** @returns {number} an integer from 0 to `limit` - 1 */
  int(limit) {
    return Math.floor(this.next() * limit);
  }

  /** @returns {boolean} true in `share` (0 to 1) of the calls */
  chance(share) {
    return this.next() < share;
  }

  /**
   * @template T
   * @param {readonly T[]} list not empty
   * @returns {T}
   */
  pick(list) {
    return list[this.int(list.length)];
  }
}
