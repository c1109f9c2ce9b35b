/** Shared memory that numbers and texts are written into, one behind another. */

/** What a memory holds at first; one of more than eight times that is not kept. */
const FEW_NUMBERS = 2048;
const FEW_LENGTHS = 16_384;
const FEW_BYTES = 262_144;
const MOST_GROWTH = 8;

type Numeric = Float64Array | Int32Array | Uint8Array;

/** Shared memory that is filled from its beginning, and grows. */
class Sheet<T extends Numeric> {
  used = 0;
  memory: T;

  constructor(
    private readonly kind: { new (memory: SharedArrayBuffer): T; BYTES_PER_ELEMENT: number },
    private readonly least: number,
  ) {
    this.memory = this.allocate(least);
  }

  private allocate(length: number): T {
    return new this.kind(new SharedArrayBuffer(length * this.kind.BYTES_PER_ELEMENT));
  }

  /** Begins anew, in the same memory unless it has grown very large. */
  clear(): void {
    this.used = 0;
    if (this.memory.length > MOST_GROWTH * this.least) this.memory = this.allocate(this.least);
  }

  /** Makes room for `count` elements more. */
  reserve(count: number): void {
    const needed = this.used + count;
    if (needed <= this.memory.length) return;
    const larger = this.allocate(Math.max(needed, 2 * this.memory.length));
    larger.set(this.memory);
    this.memory = larger;
  }

  /** Takes `count` elements, to be written by the caller; gives the index of the first. */
  take(count: number): number {
    this.reserve(count);
    const first = this.used;
    this.used += count;
    return first;
  }

  add(number: number): void {
    if (this.used === this.memory.length) this.reserve(1);
    this.memory[this.used++] = number;
  }

  /** Adds what stands in memory of the same kind from `start` to `end` (exclusive). */
  addAll(from: T, start: number, end: number): void {
    this.reserve(end - start);
    this.memory.set(from.subarray(start, end), this.used);
    this.used += end - start;
  }

  get filled(): T {
    return this.memory.subarray(0, this.used) as T;
  }
}

/** The texts of a portion. */
class TextSheet extends Sheet<Uint8Array> {
  private bytes: Buffer = Buffer.alloc(0);

  constructor() {
    super(Uint8Array, FEW_BYTES);
  }

  addText(text: string, isWide: boolean): void {
    this.reserve(isWide ? 2 * text.length : text.length);
    const { used } = this;
    const bytes = this.view();
    this.used += isWide ? bytes.ucs2Write(text, used) : bytes.latin1Write(text, used);
  }

  addBytes(bytes: Buffer): void {
    this.reserve(bytes.length);
    this.memory.set(bytes, this.used);
    this.used += bytes.length;
  }

  private view(): Buffer {
    if (this.bytes.buffer !== this.memory.buffer) this.bytes = Buffer.from(this.memory.buffer);
    return this.bytes;
  }
}

/** What one portion is packed into. */
export class Sheets {
  readonly numbers = new Sheet(Float64Array, FEW_NUMBERS);
  readonly lengths: Sheet<Int32Array> = new Sheet(Int32Array, FEW_LENGTHS);
  readonly texts = new TextSheet();

  clear(): void {
    this.numbers.clear();
    this.lengths.clear();
    this.texts.clear();
  }
}
