/** A digest of a few bytes and numbers in 53 bits, to look up what was made of the same ones before. */

const PRIME_1 = 0x01000193;
const PRIME_2 = 0x85ebca6b;
const ESCAPE = 0x1b;
const AMPERSAND = 0x26;
const ZERO = 0x30;
const NINE = 0x39;

/** FNV-1a twice, with two primes: among a thousand values no two are equal but by a chance of 1 in 10^10. */
export class ByteDigest {
  private one = 0;
  private two = 0;

  begin(first: number, second: number): void {
    this.one = 0x811c9dc5 | 0;
    this.two = 0x9747b28c | 0;
    this.addNumber(first);
    this.addNumber(second);
  }

  /** A whole number from 0 to 2^53 - 1. */
  get value(): number {
    return (this.one >>> 0) * 0x200000 + (this.two >>> 11);
  }

  addNumber(number: number): void {
    this.one = Math.imul(this.one ^ number, PRIME_1);
    this.two = Math.imul(this.two ^ number, PRIME_2);
    this.two ^= this.two >>> 15;
  }

  /** The length is a part of it, so that what stands one after the other is not taken for one. */
  addText(text: string): void {
    for (let at = 0; at < text.length; at++) this.addNumber(text.charCodeAt(at));
    this.addNumber(-1 - text.length);
  }

  addBytes(bytes: Uint8Array, start: number, end: number): void {
    for (let at = start; at < end; at++) this.addNumber(bytes[at]);
    this.addNumber(-1 - (end - start));
  }

  /** The same with each number taken for 0, up to where digits may be more than digits. */
  addWithoutNumbers(bytes: Uint8Array, start: number, end: number): void {
    let inNumber = false;
    for (let at = start; at < end; at++) {
      const byte = bytes[at];
      if (byte === ESCAPE || byte === AMPERSAND) {
        this.addBytes(bytes, at, end);
        return;
      }
      const isDigit = byte >= ZERO && byte <= NINE;
      if (!isDigit) this.addNumber(byte);
      else if (!inNumber) this.addNumber(ZERO);
      inNumber = isDigit;
    }
  }
}
