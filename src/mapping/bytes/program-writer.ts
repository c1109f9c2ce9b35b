/** Writes the rule table into the core's memory: numbers, texts and flags, one behind another. */

import { PROGRAM, PROGRAM_END } from "./layout.js";

/** Thrown when a configuration is too large for the core. */
export class ProgramFull extends Error {}

const PRINTABLE = /^[ -~]*$/;

/** Whether a text is one that the core can write. */
export function isPrintable(text: string): boolean {
  return PRINTABLE.test(text);
}

export class ProgramWriter {
  private used = PROGRAM;
  private readonly view: DataView;
  private readonly bytes: Buffer;
  /** Where texts and flags lie that were written before. */
  private readonly known = new Map<string, number>();

  constructor(memory: ArrayBuffer) {
    this.view = new DataView(memory);
    this.bytes = Buffer.from(memory);
  }

  /** Room of so many bytes, all 0. @throws ProgramFull */
  reserve(size: number): number {
    const at = this.used;
    this.used += (size + 7) & ~7;
    if (this.used > PROGRAM_END) throw new ProgramFull("the rule table is full");
    this.bytes.fill(0, at, this.used);
    return at;
  }

  number(at: number, value: number): void {
    this.view.setInt32(at, value, true);
  }

  /** 64 flags as one number. */
  bits(at: number, value: bigint): void {
    this.view.setBigUint64(at, value, true);
  }

  /** The place of a text and its length, at two numbers. */
  text(at: number, text: string): void {
    const bytes = Buffer.from(text);
    this.number(at, this.placeOf(bytes));
    this.number(at + 4, bytes.length);
  }

  /** Texts: their number, then the place and length of each. */
  texts(texts: readonly string[]): number {
    const at = this.reserve(4 + 8 * texts.length);
    this.number(at, texts.length);
    texts.forEach((text, index) => {
      this.text(at + 4 + 8 * index, text);
    });
    return at;
  }

  /** The place of 256 flags; 0 for null. */
  flags(flags: Uint8Array | null): number {
    return flags === null ? 0 : this.placeOf(Buffer.from(flags));
  }

  private placeOf(bytes: Buffer): number {
    const key = bytes.toString("latin1");
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const at = this.reserve(bytes.length);
    bytes.copy(this.bytes, at);
    this.known.set(key, at);
    return at;
  }
}
