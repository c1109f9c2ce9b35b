/**
 * Texts of MARC-8 in ASCII and ANSEL, as most are: characters of a byte, and marks of which each stands before an
 * ASCII character. What a byte means and what a mark makes of a letter the caller says, by the tables that
 * texts are decoded with elsewhere; it is asked once for each. Every other text is left to the caller.
 */

import { ANSEL_COMPOSED, ANSEL_MEANINGS } from "./layout";

const MARKS: usize = 0x40;
const HALF: usize = 0x80;
const AMPERSAND: i32 = 0x26;
const NUMBER_SIGN: i32 = 0x23;
const DELETE: i32 = 0x7f;

/** What is beside the character in a meaning: none, that it is a mark, that it is for the caller. */
const CHARACTER: u32 = 0x10000;
const MARK: u32 = 0x20000;
const FOR_CALLER: u32 = 0x30000;

/** Answered by the caller: what a byte from 80 on means in ANSEL, as above with the code point below; never 0. */
declare function meaningOf(byte: i32): u32;
/** Answered by the caller: the character of an ASCII character and a mark, -1 if there is none. */
declare function composedOf(base: i32, mark: i32): i32;

/** Begins another run. */
export function forgetAnsel(): void {
  memory.fill(ANSEL_MEANINGS, 0, HALF << 2);
  memory.fill(ANSEL_COMPOSED, 0, (MARKS * HALF) << 1);
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
  if (nth >= MARKS) return composedOf(base, mark);
  const place = ANSEL_COMPOSED + (((nth as usize) * HALF + (base as usize)) << 1);
  const known = load<u16>(place) as i32;
  // One more than the character, whatever it is; none is U+FFFF.
  if (known !== 0) return known === 0xffff ? -1 : known - 1;
  const asked = composedOf(base, mark);
  store<u16>(place, asked < 0 ? 0xffff : ((asked + 1) as u16));
  return asked;
}

/** Writes a code point up to U+FFFF as UTF-8; gives the place behind it. */
function put(at: usize, code: i32): usize {
  if (code < 0x80) {
    store<u8>(at, code as u8);
    return at + 1;
  }
  if (code < 0x800) {
    store<u8>(at, (0xc0 | (code >> 6)) as u8);
    store<u8>(at, (0x80 | (code & 0x3f)) as u8, 1);
    return at + 2;
  }
  store<u8>(at, (0xe0 | (code >> 12)) as u8);
  store<u8>(at, (0x80 | ((code >> 6) & 0x3f)) as u8, 1);
  store<u8>(at, (0x80 | (code & 0x3f)) as u8, 2);
  return at + 3;
}

/** A character that stands for itself and may bear a mark. */
function isPlain(byte: i32): bool {
  return byte > 0x20 && byte < DELETE && byte !== AMPERSAND;
}

/** Bytes of UTF-8 that a byte may come to, at most. */
export const MOST_OF_BYTE: usize = 3;

/**
 * Decodes bytes into UTF-8.
 *
 * @param to the place of the text, with room for `MOST_OF_BYTE` a byte
 * @returns the place behind it; 0 if the text is for the caller
 */
export function ansel(start: usize, end: usize, to: usize): usize {
  let out = to;
  for (let at = start; at < end; at++) {
    const byte = load<u8>(at) as i32;
    if (byte < 0x80) {
      // A reference may begin here.
      const further = at + 1 < end ? (load<u8>(at, 1) as i32) : 0;
      if (byte < 0x20 || byte === DELETE || (byte === AMPERSAND && further === NUMBER_SIGN))
        return 0;
      store<u8>(out++, byte as u8);
      continue;
    }
    const found = meaning(byte);
    const code = (found & 0xffff) as i32;
    const kind = found & FOR_CALLER;
    if (kind === CHARACTER) {
      out = put(out, code);
      continue;
    }
    if (kind !== MARK || ++at === end) return 0;
    const base = load<u8>(at) as i32;
    if (!isPlain(base)) return 0;
    const one = composed(base, code);
    out = one < 0 ? put(put(out, base), code) : put(out, one);
  }
  return out;
}
