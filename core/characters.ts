/**
 * Characters of UTF-8 and what is to be known of them. What a character beyond ASCII is the caller says, by
 * the very rules that texts are treated with elsewhere; it is asked once for each.
 */

import { CLASSES } from "./layout";
import { HIGHEST_BITS } from "./text";

/** One that normalisation may change, reorder or put together with what stands before it. */
const MARK: i32 = 1;
/** A blank, a mark without width, a control, U+FFFD: what trimming or decoding has to do with. */
const ODD: i32 = 2;
const IN_WORD: i32 = 4;
const LETTER: i32 = 8;
const CLOSING: i32 = 16;
/** Set in every answer, so that 0 is none. */
const KNOWN: i32 = 128;

const IN_TABLE: i32 = 0x10000;

/** Answered by the caller: the flags above of a code point. */
declare function classOf(code: i32): i32;

/** Bytes of the character that `codeAt` has read. */
export let width: usize = 0;

function follows(at: usize): bool {
  return (load<u8>(at) & 0xc0) === 0x80;
}

/** Begins to read characters of another record, or another run. */
export function forgetCharacters(): void {
  memory.fill(CLASSES, 0, IN_TABLE as usize);
}

/** The code point at a place, and its `width`; -1 if no sound sequence stands there. */
export function codeAt(at: usize, end: usize): i32 {
  const lead = load<u8>(at) as i32;
  width = 1;
  if (lead < 0x80) return lead;
  if (lead < 0xc2 || lead > 0xf4) return -1;
  width = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (at + width > end || !follows(at + 1)) return -1;
  const second = (load<u8>(at, 1) & 0x3f) as i32;
  if (width === 2) return ((lead & 0x1f) << 6) | second;
  if (!follows(at + 2)) return -1;
  const middle = (second << 6) | ((load<u8>(at, 2) & 0x3f) as i32);
  if (width === 3) {
    const code = ((lead & 0xf) << 12) | middle;
    return code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? -1 : code;
  }
  if (!follows(at + 3)) return -1;
  const code = ((lead & 7) << 18) | (middle << 6) | ((load<u8>(at, 3) & 0x3f) as i32);
  return code < 0x10000 || code > 0x10ffff ? -1 : code;
}

/** Where the character before a place begins; the place is behind the first one. */
export function before(at: usize): usize {
  let start = at - 1;
  while (follows(start)) start--;
  return start;
}

function traits(code: i32): i32 {
  if (code >= IN_TABLE) return classOf(code);
  const place = CLASSES + (code as usize);
  const known = load<u8>(place) as i32;
  if (known !== 0) return known;
  const asked = classOf(code) | KNOWN;
  store<u8>(place, asked as u8);
  return asked;
}

function isAlphanumeric(code: i32): bool {
  const lower = code | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || (code >= 0x30 && code <= 0x39);
}

/** Letters, marks and numbers, but no modifier letters: behind and before them a word goes on. */
export function isInWord(code: i32): bool {
  return code < 0x80 ? isAlphanumeric(code) : (traits(code) & IN_WORD) !== 0;
}

/** Letters and their marks. */
export function isLetter(code: i32): bool {
  if (code >= 0x80) return (traits(code) & LETTER) !== 0;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

/** What a full stop may follow that ends an area, of the characters beyond ASCII. */
export function isClosingBeyondAscii(code: i32): bool {
  return (traits(code) & CLOSING) !== 0;
}

/** UTF-16 units of a code point. */
export function unitsOf(code: i32): usize {
  return code < IN_TABLE ? 1 : 2;
}

/**
 * Whether a text may be cut, trimmed and joined as bytes: it is sound UTF-8 without controls, odd blanks and
 * marks without width, and in NFC, and so is whatever is put together of it and other such texts.
 *
 * @param isNormal whether it is known to be in NFC; then marks may stand in it, within words
 */
export function isSound(start: usize, end: usize, isNormal: bool): bool {
  let inWord: bool = false;
  for (let at = start; at < end; at += width) {
    const code = codeAt(at, end);
    if (code < 0x20 || code === 0x7f) return false;
    if (code < 0x80) {
      inWord = isAlphanumeric(code);
      continue;
    }
    const found = traits(code);
    if ((found & ODD) !== 0) return false;
    if ((found & MARK) !== 0 && !(isNormal && inWord)) return false;
    inWord = (found & IN_WORD) !== 0;
  }
  return true;
}

/** How many UTF-16 units a text has: a byte each, none for those that go on, two for what takes four. */
export function units(start: usize, end: usize): usize {
  let count = end - start;
  for (let at = start; at < end; at += 8) {
    let eight = load<u64>(at);
    // What lies behind the end is moved out.
    if (end - at < 8) eight <<= ((8 - (end - at)) << 3) as u64;
    if ((eight & HIGHEST_BITS) === 0) continue;
    const goOn = eight & ~(eight << 1) & HIGHEST_BITS;
    const four = eight & (eight << 1) & (eight << 2) & (eight << 3) & HIGHEST_BITS;
    count += (popcnt<u64>(four) as usize) - (popcnt<u64>(goOn) as usize);
  }
  return count;
}
