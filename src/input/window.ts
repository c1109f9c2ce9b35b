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
    if (this.end <= keepFrom) {
      this.base = this.end;
      this.bytes = chunk;
      this.store = null;
      return;
    }
    const used = this.bytes.length;
    const { store } = this;
    const hasRoom = store !== null && store.length - used >= chunk.length;
    chunk.copy(hasRoom ? store : this.moved(chunk.length, keepFrom), this.bytes.length);
    this.grow(chunk.length);
  }

  /**
   * Memory for `length` bytes behind the last one, which `grow` then adds; everything before the absolute
   * offset `keepFrom` is let go. Spares a copy of what is read, and new memory: views of earlier bytes are
   * good no longer.
   */
  roomInPlace(length: number, keepFrom: number): Buffer {
    const from = Math.min(keepFrom, this.end);
    const kept = this.end - from;
    let { store } = this;
    if (store === null || store.length < kept + length) {
      // With room to spare: what is kept may be longer the next time.
      store = this.moved(2 * length, from);
    } else if (store.length - this.bytes.length < length) {
      store.copyWithin(0, from - this.base, this.bytes.length);
      this.base = from;
      this.bytes = store.subarray(0, kept);
    }
    const used = this.bytes.length;
    return store.subarray(used, used + length);
  }

  /** Adds bytes that were written into the room that was given last. */
  grow(length: number): void {
    if (this.store === null) throw new Error("a window without room");
    this.bytes = this.store.subarray(0, this.bytes.length + length);
  }

  /** Moves what is still wanted to memory that has room for `length` bytes more. */
  private moved(length: number, keepFrom: number): Buffer {
    const kept = this.end - keepFrom;
    // Doubling keeps the cost of many small chunks linear.
    const store = Buffer.allocUnsafeSlow(Math.max(SMALLEST_STORE, 2 * kept, kept + length));
    this.bytes.copy(store, 0, keepFrom - this.base);
    this.base = keepFrom;
    this.store = store;
    this.bytes = store.subarray(0, kept);
    return store;
  }

  /** A view of the bytes between two absolute offsets. */
  slice(from: number, to: number): Buffer {
    return this.bytes.subarray(from - this.base, to - this.base);
  }
}
