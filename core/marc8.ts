/**
 * Texts of MARC-8 as most are: in ASCII and ANSEL, of characters of a byte, and marks of which each stands before a
 * graphic ASCII character but `&`; and in the East Asian set (EACC), of three bytes a character. What comes out is in NFC
 * without being put there: a letter and a mark that do not compose are, and no character of EACC is touched by it
 * (`test/marc/charset/tables.test.ts`). What bytes mean and what a mark makes of a
 * letter the caller says, by the tables that texts are decoded with elsewhere; it is asked once for each, or seldom
 * again. Every other text is left to the caller.
 */

import { ANSEL_MEANINGS, COMPOSED, EACC_CHARACTERS, EACC_SLOTS } from "./layout";

const MARKS: usize = 0x40;
const HALF: usize = 0x80;
const ESCAPE: i32 = 0x1b;
const SPACE: i32 = 0x20;
const NUMBER_SIGN: i32 = 0x23;
const AMPERSAND: i32 = 0x26;
const DELETE: i32 = 0x7f;
/** Behind ESC: of the East Asian set, of ASCII, and of ASCII again. */
const TO_EACC: i32 = 0x2431;
const TO_ASCII: i32 = 0x2842;
const BACK_TO_ASCII: i32 = 0x73;

/** What is beside the character in a meaning: none, that it is a mark, that it is for the caller. */
const CHARACTER: u32 = 0x10000;
const MARK: u32 = 0x20000;
const FOR_CALLER: u32 = 0x30000;

/** Bits of a code point, below the upper bits of its code in a slot of EACC_CHARACTERS. */
const POINT_BITS: u32 = 21;
const SLOT_BITS: u32 = 12;

/** Answered by the caller: what a byte from 80 on means in ANSEL, as above with the code point below; never 0. */
declare function meaningOf(byte: i32): u32;
/** Answered by the caller: the character of an ASCII character and a mark, -1 if there is none. */
declare function composedOf(base: i32, mark: i32): i32;
/** Answered by the caller: the code point of a code of EACC, 0 if there is none. */
declare function eastAsianOf(first: i32, second: i32, third: i32): u32;

/** Begins another run. */
export function forgetMarc8(): void {
  memory.fill(ANSEL_MEANINGS, 0, HALF << 2);
  memory.fill(COMPOSED, 0, (MARKS * HALF) << 1);
  memory.fill(EACC_CHARACTERS, 0, (EACC_SLOTS as usize) << 2);
}

function meaning(byte: i32): u32 {
  const place = ANSEL_MEANINGS + (((byte & 0x7f) as usize) << 2);
  const known = load<u32>(place);
  if (known !== 0) return known;
  const asked = meaningOf(byte);
  store<u32>(place, asked);
  return asked;
}

/** The character of both; -1 if there is none. */
function composed(base: i32, mark: i32): i32 {
  const nth = (mark - 0x300) as u32;
  if (nth >= (MARKS as u32)) return composedOf(base, mark);
  const place = COMPOSED + (((nth as usize) * HALF + (base as usize)) << 1);
  const known = load<u16>(place) as i32;
  // One more than the character, whatever it is; none is U+FFFF.
  if (known !== 0) return known === 0xffff ? -1 : known - 1;
  const asked = composedOf(base, mark);
  store<u16>(place, asked < 0 ? 0xffff : ((asked + 1) as u16));
  return asked;
}

/** The code point of three bytes below 80; 0 if there is none. */
function eastAsian(first: i32, second: i32, third: i32): u32 {
  const code = ((first << 14) | (second << 7) | third) as u32;
  const place = EACC_CHARACTERS + (((code & (EACC_SLOTS - 1)) as usize) << 2);
  const known = load<u32>(place);
  const upper = (code >> SLOT_BITS) + 1;
  if (known >> POINT_BITS === upper) return known & ((1 << POINT_BITS) - 1);
  const asked = eastAsianOf(first, second, third);
  if (asked !== 0) store<u32>(place, (upper << POINT_BITS) | asked);
  return asked;
}

let out: usize = 0;

function putByte(byte: i32): void {
  store<u8>(out++, byte as u8);
}

/** Writes a byte behind the first one of a character: six bits. */
function putFurther(bits: i32): void {
  putByte(0x80 | (bits & 0x3f));
}

/** Writes a code point as UTF-8. */
function put(code: i32): void {
  if (code < 0x80) putByte(code);
  else if (code < 0x800) {
    putByte(0xc0 | (code >> 6));
    putFurther(code);
  } else if (code < 0x10000) {
    putByte(0xe0 | (code >> 12));
    putFurther(code >> 6);
    putFurther(code);
  } else {
    putByte(0xf0 | (code >> 18));
    putFurther(code >> 12);
    putFurther(code >> 6);
    putFurther(code);
  }
}

/** A character that stands for itself and may bear a mark. */
function isPlain(byte: i32): bool {
  return byte > SPACE && byte < DELETE && byte !== AMPERSAND;
}

function byteAt(at: usize, end: usize): i32 {
  return at < end ? (load<u8>(at) as i32) : 0;
}

/** Writes the character of a mark at a place and the letter behind it; false if that is for the caller. */
function putMarked(mark: i32, at: usize, end: usize): bool {
  const base = byteAt(at + 1, end);
  if (!isPlain(base)) return false;
  const one = composed(base, mark);
  if (one >= 0) put(one);
  else {
    putByte(base);
    put(mark);
  }
  return true;
}

/** Decodes from the first code of EACC on; gives the place behind the return to ASCII, 0 if that is for the caller. */
function putEastAsian(start: usize, end: usize): usize {
  let at = start;
  while (at < end) {
    const first = load<u8>(at) as i32;
    if (first === ESCAPE) {
      const second = byteAt(at + 1, end);
      if (second === BACK_TO_ASCII) return at + 2;
      return ((second << 8) | byteAt(at + 2, end)) === TO_ASCII ? at + 3 : 0;
    }
    if (first === SPACE) {
      putByte(SPACE);
      at++;
      continue;
    }
    const second = byteAt(at + 1, end);
    const third = byteAt(at + 2, end);
    if (first < SPACE || ((first | second | third) & 0x80) !== 0) return 0;
    const code = eastAsian(first, second, third);
    if (code === 0) return 0;
    put(code as i32);
    at += 3;
  }
  return 0;
}

/** Bytes of UTF-8 that a byte may come to, at most. */
export const MOST_OF_BYTE: usize = 3;

/**
 * Decodes bytes into UTF-8.
 *
 * @param to the place of the text, with room for `MOST_OF_BYTE` a byte
 * @returns the place behind it; 0 if the text is for the caller
 */
export function decodeMarc8(start: usize, end: usize, to: usize): usize {
  out = to;
  let at = start;
  while (at < end) {
    const byte = load<u8>(at) as i32;
    if (byte === ESCAPE) {
      if (((byteAt(at + 1, end) << 8) | byteAt(at + 2, end)) !== TO_EACC) return 0;
      at = putEastAsian(at + 3, end);
      if (at === 0) return 0;
    } else if (byte < 0x80) {
      // A reference may begin here.
      const isReference = byte === AMPERSAND && byteAt(at + 1, end) === NUMBER_SIGN;
      if (byte < SPACE || byte === DELETE || isReference) return 0;
      putByte(byte);
      at++;
    } else {
      const found = meaning(byte);
      const kind = found & FOR_CALLER;
      const code = (found & 0xffff) as i32;
      if (kind === CHARACTER) {
        put(code);
        at++;
      } else {
        if (kind !== MARK || !putMarked(code, at, end)) return 0;
        at += 2;
      }
    }
  }
  return out;
}
