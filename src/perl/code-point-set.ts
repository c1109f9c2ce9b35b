/**
 * Sets of Unicode code points as sorted ranges, so that a character class can be computed from what
 * Perl says and handed to the engine as plain ranges, without any of the engine's own classes.
 */

const LAST_CODE_POINT = 0x10ffff;

/** An immutable set of code points. */
export class CodePointSet {
  /** Flat pairs `first, last`, inclusive, ascending, neither touching nor overlapping. */
  readonly ranges: readonly number[];
  #source: string | null = null;

  private constructor(ranges: readonly number[]) {
    this.ranges = ranges;
  }

  /** Makes a set of flat inclusive pairs in any order. */
  static of(pairs: readonly number[]): CodePointSet {
    const sorted: [number, number][] = [];
    for (let at = 0; at + 1 < pairs.length; at += 2)
      sorted.push([pairs[at] ?? 0, pairs[at + 1] ?? 0]);
    sorted.sort((a, b) => a[0] - b[0]);
    const ranges: number[] = [];
    for (const [first, last] of sorted) {
      const end = ranges.length - 1;
      if (end > 0 && first <= (ranges[end] ?? 0) + 1)
        ranges[end] = Math.max(ranges[end] ?? 0, last);
      else ranges.push(first, last);
    }
    return new CodePointSet(ranges);
  }

  static single(code: number): CodePointSet {
    return new CodePointSet([code, code]);
  }

  /** Reads gaps and lengths in base 36, the form of `unicode-data.ts`. */
  static unpack(packed: string, separator = " "): CodePointSet {
    const ranges: number[] = [];
    let at = 0;
    for (const part of packed.split(separator)) {
      if (part === "") continue;
      at += Number.parseInt(part, 36);
      ranges.push(at);
    }
    return new CodePointSet(ranges);
  }

  union(...others: CodePointSet[]): CodePointSet {
    return CodePointSet.of([this, ...others].flatMap((set) => set.ranges));
  }

  complement(): CodePointSet {
    const ranges: number[] = [];
    let next = 0;
    for (let at = 0; at < this.ranges.length; at += 2) {
      const first = this.ranges[at] ?? 0;
      if (first > next) ranges.push(next, first - 1);
      next = (this.ranges[at + 1] ?? 0) + 1;
    }
    if (next <= LAST_CODE_POINT) ranges.push(next, LAST_CODE_POINT);
    return new CodePointSet(ranges);
  }

  minus(other: CodePointSet): CodePointSet {
    return this.complement().union(other).complement();
  }

  has(code: number): boolean {
    for (let at = 0; at < this.ranges.length; at += 2) {
      if (code < (this.ranges[at] ?? 0)) return false;
      if (code <= (this.ranges[at + 1] ?? 0)) return true;
    }
    return false;
  }

  /** The only member, or null. */
  get only(): number | null {
    return this.ranges.length === 2 && this.ranges[0] === this.ranges[1]
      ? (this.ranges[0] ?? null)
      : null;
  }

  equals(other: CodePointSet): boolean {
    return (
      this.ranges.length === other.ranges.length &&
      this.ranges.every((value, at) => value === other.ranges[at])
    );
  }

  /** One character class of a JavaScript expression with the `u` flag (and without `i`). */
  get source(): string {
    this.#source ??= this.#build();
    return this.#source;
  }

  #build(): string {
    if (this.only !== null) return literalSource(this.only);
    // A class of few holes reads and compiles better from the other side.
    const outside = this.complement();
    return outside.ranges.length < this.ranges.length
      ? `[^${listed(outside.ranges)}]`
      : `[${listed(this.ranges)}]`;
  }
}

function listed(ranges: readonly number[]): string {
  let out = "";
  for (let at = 0; at < ranges.length; at += 2) {
    const first = ranges[at] ?? 0;
    const last = ranges[at + 1] ?? 0;
    out += literalSource(first);
    if (last > first) out += (last > first + 1 ? "-" : "") + literalSource(last);
  }
  return out;
}

/** One code point as JavaScript source, valid inside and outside of a class. */
export function literalSource(code: number): string {
  const plain =
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x61 && code <= 0x7a);
  return plain ? String.fromCharCode(code) : `\\u{${code.toString(16)}}`;
}
