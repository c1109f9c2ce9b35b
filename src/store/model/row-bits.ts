/** A set of rows in memory, one bit a row. */

const BITS_PER_CHUNK = 32_768;
const NO_BITS = new Uint8Array(0);

export class RowBits {
  private readonly chunks = new Map<number, Uint8Array>();
  /** The chunk that was added to last, since rows come in the order of their numbers. */
  private last = Number.NaN;
  private lastChunk: Uint8Array = NO_BITS;

  has(recordId: number): boolean {
    const number = chunkOf(recordId);
    const chunk = this.chunks.get(number);
    if (!chunk) return false;
    const bit = recordId - number * BITS_PER_CHUNK;
    return (chunk[bit >> 3] & (1 << (bit & 7))) !== 0;
  }

  add(recordId: number): void {
    const number = chunkOf(recordId);
    if (number !== this.last) {
      this.lastChunk = this.chunkToFill(number);
      this.last = number;
    }
    const bit = recordId - number * BITS_PER_CHUNK;
    this.lastChunk[bit >> 3] |= 1 << (bit & 7);
  }

  private chunkToFill(number: number): Uint8Array {
    let chunk = this.chunks.get(number);
    if (!chunk) {
      chunk = new Uint8Array(BITS_PER_CHUNK / 8);
      this.chunks.set(number, chunk);
    }
    return chunk;
  }

  /** The bits of some rows, those of one `chunkOf`; to be kept elsewhere. */
  chunk(number: number): Uint8Array {
    return this.chunks.get(number) ?? new Uint8Array(BITS_PER_CHUNK / 8);
  }

  setChunk(number: number, bits: Uint8Array): void {
    this.chunks.set(number, bits);
    this.last = Number.NaN;
  }

  copy(): RowBits {
    const copy = new RowBits();
    for (const [number, bits] of this.chunks) copy.setChunk(number, bits.slice());
    return copy;
  }
}

/** The number of the chunk that a row's bit stands in. */
export function chunkOf(recordId: number): number {
  return Math.floor(recordId / BITS_PER_CHUNK);
}
