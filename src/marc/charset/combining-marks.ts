/**
 * Combining marks: MARC-8 and the sets of UNIMARC put them before their letter, Unicode behind it. What is
 * written into a `MarkedText` as it comes stands there in Unicode's order.
 */

import type { Findings } from "./findings.js";

/** Memo of ASCII character and mark U+0300 to U+033F: 0 not known yet, else the composed one. */
const composed = new Uint16Array(64 * 128);
const DOES_NOT_COMPOSE = 0xffff;

/** The precomposed form of an ASCII character and a mark of the code tables, or 0 if there is none. */
export function composeAscii(base: number, mark: number): number {
  if (mark > 0x33f) return 0;
  const key = ((mark & 0x3f) << 7) | base;
  if (composed[key] === 0) {
    const text = String.fromCharCode(base, mark).normalize("NFC");
    composed[key] = text.length === 1 ? text.charCodeAt(0) : DOES_NOT_COMPOSE;
  }
  return composed[key] === DOES_NOT_COMPOSE ? 0 : composed[key];
}

/** Above this number marks are left as they stand; no writing system needs more. */
const MOST_ORDERED = 4;

/**
 * MARC-8 puts the marks of one letter from top to bottom or from left to right, Unicode from the
 * letter outwards. So the acute over the circumflex of a Vietnamese letter comes first in the one
 * and last in the other. They are turned round if that alone makes one character of them.
 */
export function inUnicodeOrder(base: number, marks: number[]): number[] {
  if (marks.length > MOST_ORDERED || base >= 0xd800) return marks;
  const compose = (order: number[]): boolean =>
    String.fromCharCode(base, ...order).normalize("NFC").length === 1;
  const reversed = marks.toReversed();
  return !compose(marks) && compose(reversed) ? reversed : marks;
}

const SPACE = 0x20;
const NO_BREAK_SPACE = 0xa0;

const LIGATURE = 0x361;
const DOUBLE_TILDE = 0x360;
/** By second half. U+FE21 and U+FE23 stand in a text only where the first half is missing. */
const DOUBLE_MARKS: Readonly<Record<number, number>> = { 65057: LIGATURE, 65059: DOUBLE_TILDE };

/**
 * A text in the making. `at` is always the zero-based offset of the bytes that are written, told where a mark
 * has no character (M406). One serves many texts, one after the other.
 */
export class MarkedText {
  /** The text so far: the first `count` UTF-16 code units. */
  units: Uint16Array = new Uint16Array(0);
  count = 0;
  /** Whether the text must still be put into NFC. */
  mustNormalise = false;
  private findings: Findings | null = null;
  private oneFirstHalf = false;
  /** Marks that wait for the character they belong to. */
  private readonly marks: number[] = [];
  private markCount = 0;
  private markAt = 0;
  /** The double mark whose second half is still to come, 0 for none. */
  private openDouble = 0;
  private doubleAt = 0;
  /** Units that were written when its first half came. */
  private unitsBefore = 0;

  /**
   * Begins a text.
   *
   * @param units with room for a unit more than is going to be written: what a mark at the end stands on
   * @param oneFirstHalf ligature and double tilde have the same first half, as in ISO 5426
   */
  begin(units: Uint16Array, findings: Findings, oneFirstHalf: boolean): void {
    this.units = units;
    this.count = 0;
    this.mustNormalise = false;
    this.findings = findings;
    this.oneFirstHalf = oneFirstHalf;
    this.markCount = 0;
    this.openDouble = 0;
  }

  /** Whether a mark waits for its character. */
  isWaiting(): boolean {
    return this.markCount > 0;
  }

  /** Writes what bears no marks, nor keeps them from the character behind it. */
  append(unit: number): void {
    this.units[this.count++] = unit;
  }

  /** Writes a character, then the marks that stood before it. */
  put(unit: number, at: number): void {
    this.units[this.count++] = unit;
    if (this.markCount > 0) this.attachMarks(unit, at);
  }

  /** `put` of any code point. */
  putCodePoint(code: number, at: number): void {
    if (code <= 0xffff) {
      this.put(code, at);
      return;
    }
    this.units[this.count++] = 0xd7c0 + (code >> 10);
    this.put(0xdc00 | (code & 0x3ff), at);
  }

  private attachMarks(base: number, at: number): void {
    if (base === SPACE) this.lonely(this.markAt, at + 1 - this.markAt);
    const count = this.markCount;
    this.markCount = 0;
    const mark = this.marks[0];
    if (count === 1 && base < 0x80) {
      const one = composeAscii(base, mark);
      if (one > 0) this.units[this.count - 1] = one;
      else this.units[this.count++] = mark;
      return;
    }
    const marks = inUnicodeOrder(base, this.marks.slice(0, count));
    for (const unit of marks) this.units[this.count++] = unit;
    this.mustNormalise = true;
  }

  /** Keeps a mark until its character comes. */
  hold(mark: number, at: number): void {
    if (this.markCount === 0) this.markAt = at;
    this.marks[this.markCount++] = mark;
  }

  /**
   * Takes half of a double mark, as the code tables have it. The first half becomes the one Unicode mark that
   * spans two characters (U+0361, U+0360), the second half nothing, as the notes to the ANSEL code table prefer
   * since 2004.
   */
  holdHalf(half: number, at: number): void {
    const double = DOUBLE_MARKS[half];
    if (double === undefined) {
      if (this.openDouble > 0) this.lonely(this.doubleAt, 1);
      this.openDouble = half;
      this.doubleAt = at;
      this.unitsBefore = this.count;
      this.hold(half, at);
    } else if (this.openDouble === double) this.openDouble = 0;
    else if (this.oneFirstHalf && this.openDouble === LIGATURE) this.closeDoubleTilde();
    else {
      this.lonely(at, 1);
      this.hold(half, at);
    }
  }

  /** What was taken for a ligature is a double tilde, as its second half says. */
  private closeDoubleTilde(): void {
    this.openDouble = 0;
    const at = this.units.subarray(this.unitsBefore, this.count).indexOf(LIGATURE);
    if (at >= 0) this.units[this.unitsBefore + at] = DOUBLE_TILDE;
  }

  /** Ends the text, which may not end with a mark that waits. */
  finish(end: number): void {
    if (this.markCount > 0) {
      this.lonely(this.markAt, end - this.markAt);
      this.put(NO_BREAK_SPACE, end);
    }
    if (this.openDouble > 0) this.lonely(this.doubleAt, 1);
  }

  private lonely(at: number, length: number): void {
    this.findings?.note("M406", at, length);
  }
}
