/** The bytes of a stream that are still wanted, under absolute offsets. */

const SMALLEST_STORE = 4096;

/**
 * Chunks join into one buffer only where a record reaches over their border, and what has been given
 * out is never written again: views of it stay good.
 */
export class Window {
  /** The bytes from `base` on, and nothing behind them. */
  bytes: Buffer = Buffer.alloc(0);
  /** Absolute offset of `bytes[0]`. */
  base: number;
  private store: Buffer | null = null;

  constructor(base: number) {
    this.base = base;
  }

  /** Absolute offset behind the last byte. */
  get end(): number {
    return this.base + this.bytes.length;
  }

  /** Adds a chunk; everything before the absolute offset `keepFrom` is let go. */
  append(chunk: Buffer, keepFrom: number): void {
    const kept = this.end - keepFrom;
    if (kept <= 0) {
      this.base = this.end;
      this.bytes = chunk;
      this.store = null;
      return;
    }
    const used = this.bytes.length;
    if (this.store && this.store.length - used >= chunk.length) {
      chunk.copy(this.store, used);
      this.bytes = this.store.subarray(0, used + chunk.length);
      return;
    }
    // Doubling keeps the cost of many small chunks linear.
    const store = Buffer.allocUnsafeSlow(Math.max(SMALLEST_STORE, 2 * kept, kept + chunk.length));
    this.bytes.copy(store, 0, keepFrom - this.base);
    chunk.copy(store, kept);
    this.base = keepFrom;
    this.store = store;
    this.bytes = store.subarray(0, kept + chunk.length);
  }

  /** A view of the bytes between two absolute offsets. */
  slice(from: number, to: number): Buffer {
    return this.bytes.subarray(from - this.base, to - this.base);
  }
}
