/**
 * MARC-8 to Unicode, by the MARC-8 Encoding Environment of the MARC 21 specifications and the
 * Library of Congress's code tables. The sets of UNIMARC are read alike: both follow ISO 2022, and put
 * a mark before its letter.
 *
 * It is one machine, and one file: each construct (escapes, held marks, double marks, three-byte codes)
 * changes what the next byte means.
 */

import type { Code } from "../../diagnostics/catalogue.js";
import { readReference, startsReference } from "./character-reference.js";
import { isControl, isSeparator, type NonSort } from "./controls.js";
import { readEscape, readUnimarcEscape } from "./escape.js";
import { Findings } from "./findings.js";
import {
  ANSEL,
  ASCII,
  COMPOSES,
  characterSet,
  EACC,
  eaccCharacter,
  MARK,
  SPECIAL,
} from "./marc8-sets.js";
import { composeAscii, inUnicodeOrder } from "./marks.js";
import { toNfc } from "./normal-form.js";
import type { UnimarcSets } from "./unimarc-sets.js";
import type { UnitBuffer } from "./unit-buffer.js";

const ESCAPE = 0x1b;
const SPACE = 0x20;
const AMPERSAND = 0x26;
/** No character by itself, but a vendor's East Asian codes begin with it. */
const DELETE = 0x7f;
const NO_BREAK_SPACE = 0xa0;
const REPLACEMENT = 0xfffd;

/** U+FE21 and U+FE23 stand only for a second half whose first half is missing. */
const SECOND_HALF_OF: Readonly<Record<number, number>> = { 65057: 0x361, 65059: 0x360 };
const LIGATURE = 0x361;
const DOUBLE_TILDE = 0x360;

/** One decoder serves all calls, one after the other. */
class Marc8Decoder {
  /** Entries of the set designated for bytes below 80, and of the one for bytes above. */
  private g0 = characterSet(ASCII, 0);
  private g1 = characterSet(ANSEL, 1);
  /** Final byte of the set in G0. */
  private g0Set = ASCII;
  private escapeAt = 0;
  /** Combining marks that wait for the character they belong to, which comes after them. */
  private readonly marks: number[] = [];
  private markCount = 0;
  private markAt = 0;
  /** The double mark whose second half is still to come, 0 for none. */
  private openDouble = 0;
  private doubleAt = 0;
  /** Units that were written when its first half came. */
  private unitsBefore = 0;
  private count = 0;
  private normalise = false;

  /** Null in MARC-8. */
  private unimarc: UnimarcSets | null = null;
  private nonSort: NonSort = "dropped";
  private bytes: Buffer = Buffer.alloc(0);
  private end = 0;
  private units: Uint16Array = new Uint16Array(0);
  private findings = new Findings(this.bytes, []);

  decode(
    bytes: Buffer,
    start: number,
    end: number,
    buffer: UnitBuffer,
    findings: Findings,
    unimarc: UnimarcSets | null,
    nonSort: NonSort,
  ): string {
    this.bytes = bytes;
    this.unimarc = unimarc;
    this.nonSort = nonSort;
    this.end = end;
    this.findings = findings;
    // No byte makes more than one unit; a mark at the end needs one more to stand on.
    this.units = buffer.reserve(end - start + 1);
    this.designate(0, ASCII);
    this.designate(1, unimarc === null ? ANSEL : unimarc.rightSets[0]);
    this.count = 0;
    this.markCount = 0;
    this.openDouble = 0;
    this.normalise = false;
    for (let at = this.plain(start); at < end; at = this.plain(at)) at = this.special(at);
    this.finish();
    const text = buffer.text(this.count);
    return this.normalise ? toNfc(text, findings, start, end - start) : text;
  }

  /** Copies a run of bytes that are one character each. Returns where it ends. */
  private plain(start: number): number {
    const { bytes, end, units, g0, g1 } = this;
    let { count } = this;
    let at = start;
    for (; at < end; at++) {
      const byte = bytes[at];
      const entry = byte < 0x80 ? g0[byte] : g1[byte & 0x7f];
      if (entry === 0 || entry >= MARK) break;
      units[count++] = entry;
    }
    this.count = count;
    return at;
  }

  private entryAt(at: number): number {
    const byte = this.bytes[at];
    return byte < 0x80 ? this.g0[byte] : this.g1[byte & 0x7f];
  }

  /** Writes a character, then the marks that stood before it. */
  private put(unit: number, at: number): void {
    this.units[this.count++] = unit;
    if (this.markCount > 0) this.attachMarks(unit, at);
  }

  private attachMarks(base: number, at: number): void {
    if (base === SPACE) this.findings.note("M406", this.markAt, at + 1 - this.markAt);
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
    this.normalise = true;
  }

  /** Keeps a mark until its base comes. */
  private hold(mark: number, at: number): void {
    if (this.markCount === 0) this.markAt = at;
    this.marks[this.markCount++] = mark;
  }

  /** Everything that is not one byte for one character. Returns where to go on. */
  private special(at: number): number {
    const entry = this.entryAt(at);
    if (entry === SPECIAL) return this.eastAsian(at);
    if (entry >= MARK && entry < SPECIAL) return this.marked(entry & 0xffff, at);
    const byte = this.bytes[at];
    if (byte === ESCAPE) return this.escape(at);
    if (byte === DELETE && this.g0Set === EACC) return this.eastAsian(at);
    if (entry === 0) this.undefinedByte(byte, at);
    else if ((entry & MARK) !== 0) this.doubleMark(entry & 0xffff, at);
    else if ((entry & COMPOSES) !== 0) {
      this.normalise = true;
      this.put(entry & 0xffff, at);
    } else if (byte === AMPERSAND && startsReference(this.bytes, at, this.end)) {
      return this.reference(at);
    } else this.put(AMPERSAND, at);
    return this.based(at + 1);
  }

  /** Holds the mark at `at` and takes the character after it, if that is a plain one. */
  private marked(mark: number, at: number): number {
    this.hold(mark, at);
    return this.based(at + 1);
  }

  /** If marks wait and a plain character stands at `at`, takes it for their base. */
  private based(at: number): number {
    if (this.markCount === 0 || at >= this.end) return at;
    const entry = this.entryAt(at);
    if (entry === 0 || entry >= MARK) return at;
    this.put(entry, at);
    return at + 1;
  }

  private escape(at: number): number {
    const { bytes, end, unimarc } = this;
    const { length, half, set } =
      unimarc === null
        ? readEscape(bytes, at, end)
        : readUnimarcEscape(bytes, at, end, unimarc.rightSets);
    this.escapeAt = at;
    if (half < 0) this.replace("M404", at, length);
    else this.designate(half, set);
    return this.based(at + length);
  }

  private designate(half: number, set: number): void {
    if (half === 1) this.g1 = characterSet(set, 1);
    else {
      this.g0 = characterSet(set, 0);
      this.g0Set = set;
    }
  }

  private replace(code: Code, at: number, length: number): void {
    this.findings.note(code, at, length);
    this.put(REPLACEMENT, at);
  }

  private undefinedByte(byte: number, at: number): void {
    if (!isControl(byte)) this.replace("M409", at, 1);
    // JOINER and NON-JOINER stand between characters and bear no marks.
    else if (byte === 0x8d) this.units[this.count++] = 0x200d;
    else if (byte === 0x8e) this.units[this.count++] = 0x200c;
    // NON-SORT BEGIN and END are no text, and no damage.
    else if (byte === 0x88 || byte === 0x89) {
      if (this.nonSort === "kept") this.units[this.count++] = byte === 0x88 ? 0x98 : 0x9c;
    } else {
      this.findings.note("M411", at, 1);
      if (isSeparator(byte)) this.put(SPACE, at);
    }
  }

  /**
   * The first half becomes the one Unicode mark that spans two characters (U+0361, U+0360), the
   * second half nothing, as the notes to the ANSEL code table prefer since 2004.
   */
  private doubleMark(mark: number, at: number): void {
    const first = SECOND_HALF_OF[mark];
    if (first === undefined) {
      if (this.openDouble > 0) this.findings.note("M406", this.doubleAt, 1);
      this.openDouble = mark;
      this.doubleAt = at;
      this.unitsBefore = this.count;
      this.hold(mark, at);
    } else if (this.openDouble === first) this.openDouble = 0;
    else if (this.unimarc !== null && this.openDouble === LIGATURE) this.closeDoubleTilde();
    else {
      this.findings.note("M406", at, 1);
      this.hold(mark, at);
    }
  }

  /** ISO 5426 has one first half for both: what was taken for a ligature is a double tilde. */
  private closeDoubleTilde(): void {
    this.openDouble = 0;
    const at = this.units.subarray(this.unitsBefore, this.count).indexOf(LIGATURE);
    if (at >= 0) this.units[this.unitsBefore + at] = DOUBLE_TILDE;
  }

  /** A run of three-byte codes. Returns where it ends. */
  private eastAsian(start: number): number {
    const { bytes, end } = this;
    let at = start;
    do {
      if (at + 2 >= end) return this.brokenEastAsian(at);
      const first = bytes[at];
      const second = bytes[at + 1];
      const third = bytes[at + 2];
      const oneHalf = ((first ^ second) & 0x80) === 0 && ((first ^ third) & 0x80) === 0;
      const code = oneHalf ? eaccCharacter(first, second, third) : 0;
      if (code === 0) return this.brokenEastAsian(at);
      this.putCodePoint(code, at);
      at += 3;
    } while (at < end && this.entryAt(at) === SPECIAL);
    return at;
  }

  /** A code that is cut short, which takes only the bytes that can belong to it, or is not defined. */
  private brokenEastAsian(at: number): number {
    let stop = at + 1;
    while (stop < at + 3 && stop < this.end && this.entryAt(stop) === SPECIAL) stop++;
    this.replace(stop === at + 3 ? "M409" : "M405", at, stop - at);
    return stop;
  }

  private putCodePoint(code: number, at: number): void {
    if (code <= 0xffff) {
      this.put(code, at);
      return;
    }
    this.units[this.count++] = 0xd7c0 + (code >> 10);
    this.put(0xdc00 | (code & 0x3ff), at);
  }

  private reference(at: number): number {
    const reference = readReference(this.bytes, at, this.end);
    if (reference === null) {
      this.findings.note("M407", at, Math.min(10, this.end - at));
      this.put(AMPERSAND, at);
      return at + 1;
    }
    const { code, length } = reference;
    if (code === REPLACEMENT) this.findings.note("M414", at, length);
    // A mark that is written in Unicode stands in Unicode's order, after its base.
    if (/\p{M}/u.test(String.fromCodePoint(code))) {
      for (const unit of String.fromCodePoint(code).split("")) {
        this.units[this.count++] = unit.charCodeAt(0);
      }
    } else this.putCodePoint(code, at);
    this.normalise = true;
    return at + length;
  }

  private finish(): void {
    if (this.markCount > 0) {
      this.findings.note("M406", this.markAt, this.end - this.markAt);
      this.put(NO_BREAK_SPACE, this.end);
    }
    if (this.openDouble > 0) this.findings.note("M406", this.doubleAt, 1);
    if (this.g0Set !== ASCII) this.findings.note("M413", this.escapeAt, this.end - this.escapeAt);
  }
}

let decoder: Marc8Decoder | undefined;

/**
 * Decodes bytes `start` to `end` (exclusive) of MARC-8, beginning with ASCII and ANSEL, into NFC
 * text: marks after their base, U+FFFD for what the standard does not define.
 *
 * @param unimarc the sets of a UNIMARC record, for ASCII and ANSEL
 */
export function decodeMarc8(
  bytes: Buffer,
  start: number,
  end: number,
  buffer: UnitBuffer,
  findings: Findings,
  unimarc: UnimarcSets | null = null,
  nonSort: NonSort = "dropped",
): string {
  decoder ??= new Marc8Decoder();
  return decoder.decode(bytes, start, end, buffer, findings, unimarc, nonSort);
}
