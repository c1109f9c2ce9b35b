/**
 * MARC-8 to Unicode, by the MARC-8 Encoding Environment of the MARC 21 specifications and the
 * Library of Congress's code tables. The sets of UNIMARC are read alike: both follow ISO 2022, and put
 * a mark before its letter.
 *
 * What a byte means is a question to `DesignatedSets`; where a character and its marks go is `MarkedText`'s.
 */

import type { Code } from "../../diagnostics/catalogue.js";
import { readReference, startsReference } from "./character-reference.js";
import { MarkedText } from "./combining-marks.js";
import { isControl, isSeparator, type NonSort } from "./controls.js";
import { DesignatedSets } from "./designated-sets.js";
import { Findings } from "./findings.js";
import { COMPOSES, eaccCharacter, MARK, SPECIAL } from "./marc8-sets.js";
import { toNfc } from "./normal-form.js";
import type { UnimarcSets } from "./unimarc-sets.js";
import type { UnitBuffer } from "./unit-buffer.js";

const ESCAPE = 0x1b;
const SPACE = 0x20;
const AMPERSAND = 0x26;
/** No character by itself, but a vendor's East Asian codes begin with it. */
const DELETE = 0x7f;
const REPLACEMENT = 0xfffd;

/** One decoder serves all calls, one after the other. */
class Marc8Decoder {
  private readonly sets = new DesignatedSets();
  private readonly text = new MarkedText();
  private escapeAt = 0;
  private nonSort: NonSort = "dropped";
  private bytes: Buffer = Buffer.alloc(0);
  private end = 0;
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
    this.nonSort = nonSort;
    this.end = end;
    this.findings = findings;
    this.sets.begin(unimarc);
    // No byte makes more than one unit.
    this.text.begin(buffer.reserve(end - start + 1), findings, unimarc !== null);
    for (let at = this.plain(start); at < end; at = this.plain(at)) at = this.special(at);
    this.text.finish(end);
    if (!this.sets.hasAscii()) findings.note("M413", this.escapeAt, end - this.escapeAt);
    const text = buffer.text(this.text.count);
    return this.text.mustNormalise ? toNfc(text, findings, start, end - start) : text;
  }

  /** Copies a run of bytes that are one character each. Returns where it ends. */
  private plain(start: number): number {
    const { bytes, end, text } = this;
    const { g0, g1 } = this.sets;
    const { units } = text;
    let { count } = text;
    let at = start;
    for (; at < end; at++) {
      const byte = bytes[at];
      const entry = byte < 0x80 ? g0[byte] : g1[byte & 0x7f];
      if (entry === 0 || entry >= MARK) break;
      units[count++] = entry;
    }
    text.count = count;
    return at;
  }

  private entryAt(at: number): number {
    return this.sets.entryOf(this.bytes[at]);
  }

  /** Everything that is not one byte for one character. Returns where to go on. */
  private special(at: number): number {
    const entry = this.entryAt(at);
    if (entry === SPECIAL) return this.eastAsian(at);
    if (entry >= MARK && entry < SPECIAL) return this.marked(entry & 0xffff, at);
    const byte = this.bytes[at];
    if (byte === ESCAPE) return this.escape(at);
    if (byte === DELETE && this.sets.hasEacc()) return this.eastAsian(at);
    if (entry === 0) this.undefinedByte(byte, at);
    else if ((entry & MARK) !== 0) this.text.holdHalf(entry & 0xffff, at);
    else if ((entry & COMPOSES) !== 0) {
      this.text.mustNormalise = true;
      this.text.put(entry & 0xffff, at);
    } else if (byte === AMPERSAND && startsReference(this.bytes, at, this.end)) {
      return this.reference(at);
    } else this.text.put(AMPERSAND, at);
    return this.based(at + 1);
  }

  /** Holds the mark at `at` and takes the character after it, if that is a plain one. */
  private marked(mark: number, at: number): number {
    this.text.hold(mark, at);
    return this.based(at + 1);
  }

  /** If marks wait and a plain character stands at `at`, takes it for their base. */
  private based(at: number): number {
    if (!this.text.isWaiting() || at >= this.end) return at;
    const entry = this.entryAt(at);
    if (entry === 0 || entry >= MARK) return at;
    this.text.put(entry, at);
    return at + 1;
  }

  private escape(at: number): number {
    const length = this.sets.follow(this.bytes, at, this.end);
    this.escapeAt = at;
    if (length < 0) this.replace("M404", at, -length);
    return this.based(at + Math.abs(length));
  }

  private replace(code: Code, at: number, length: number): void {
    this.findings.note(code, at, length);
    this.text.put(REPLACEMENT, at);
  }

  private undefinedByte(byte: number, at: number): void {
    if (!isControl(byte)) this.replace("M409", at, 1);
    // JOINER and NON-JOINER stand between characters and bear no marks.
    else if (byte === 0x8d) this.text.append(0x200d);
    else if (byte === 0x8e) this.text.append(0x200c);
    // NON-SORT BEGIN and END are no text, and no damage.
    else if (byte === 0x88 || byte === 0x89) {
      if (this.nonSort === "kept") this.text.append(byte === 0x88 ? 0x98 : 0x9c);
    } else {
      this.findings.note("M411", at, 1);
      if (isSeparator(byte)) this.text.put(SPACE, at);
    }
  }

  /** A run of three-byte codes. Returns where it ends. */
  private eastAsian(start: number): number {
    const { bytes, end, text, sets } = this;
    let at = start;
    do {
      if (at + 2 >= end) return this.brokenEastAsian(at);
      const first = bytes[at];
      const second = bytes[at + 1];
      const third = bytes[at + 2];
      const oneHalf = ((first ^ second) & 0x80) === 0 && ((first ^ third) & 0x80) === 0;
      const code = oneHalf ? eaccCharacter(first, second, third) : 0;
      if (code === 0) return this.brokenEastAsian(at);
      text.putCodePoint(code, at);
      at += 3;
    } while (at < end && sets.entryOf(bytes[at]) === SPECIAL);
    return at;
  }

  /** A code that is cut short, which takes only the bytes that can belong to it, or is not defined. */
  private brokenEastAsian(at: number): number {
    let stop = at + 1;
    while (stop < at + 3 && stop < this.end && this.entryAt(stop) === SPECIAL) stop++;
    this.replace(stop === at + 3 ? "M409" : "M405", at, stop - at);
    return stop;
  }

  private reference(at: number): number {
    const reference = readReference(this.bytes, at, this.end);
    if (reference === null) {
      this.findings.note("M407", at, Math.min(10, this.end - at));
      this.text.put(AMPERSAND, at);
      return at + 1;
    }
    const { code, length } = reference;
    if (code === REPLACEMENT) this.findings.note("M414", at, length);
    // A mark that is written in Unicode stands in Unicode's order, after its base.
    if (/\p{M}/u.test(String.fromCodePoint(code))) {
      for (const unit of String.fromCodePoint(code).split("")) this.text.append(unit.charCodeAt(0));
    } else this.text.putCodePoint(code, at);
    this.text.mustNormalise = true;
    return at + length;
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
