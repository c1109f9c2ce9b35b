/** MARC-8 escape sequences: MARC-8 Encoding Environment, techniques 1 and 2, after ISO 2022. */

import { ASCII, EACC, EXTENDED_LATIN, isOneByteSet } from "./marc8-sets.js";

/** What an escape sequence does. */
interface Escape {
  /** Its bytes, the escape character among them. */
  readonly length: number;
  /** 0: designates G0 (bytes 21 to 7E), 1: G1 (A1 to FE), -1: a sequence that MARC-8 does not know. */
  readonly half: number;
  /** Final byte of the set, 0 if unknown. */
  readonly set: number;
}

const DOLLAR = 0x24;
const EXCLAMATION = 0x21;

/** Technique 1: one letter, always G0. */
const GREEK_SYMBOLS = 0x67;
const SUBSCRIPTS = 0x62;
const SUPERSCRIPTS = 0x70;
const BACK_TO_ASCII = 0x73;

/** By G1, G2, G3. */
const LOCKING_SHIFTS = [0x7e, 0x7d, 0x7c];

/** Technique 2: the intermediates `(` and `,` mean G0, `)` and `-` G1. */
function halfOf(byte: number): number {
  if (byte === 0x28 || byte === 0x2c) return 0;
  return byte === 0x29 || byte === 0x2d ? 1 : -1;
}

function isSingleLetter(byte: number): boolean {
  return byte === GREEK_SYMBOLS || byte === SUBSCRIPTS || byte === SUPERSCRIPTS;
}

/**
 * Reads the escape sequence whose ESC stands at `at`; reads nothing beyond `end`. Both ways of
 * writing are known: `ESC ( 3` and `ESC , 3`, `ESC $ 1`, `ESC $ , 1` and so on. A `!` may stand
 * before any final byte (ANSEL is `!E`), and EACC is known without its `$`, since neither can mean
 * anything else.
 */
export function readEscape(bytes: Buffer, at: number, end: number): Escape {
  let next = at + 1;
  let byte = next < end ? bytes[next] : 0;
  if (byte === BACK_TO_ASCII) return { length: 2, half: 0, set: ASCII };
  if (isSingleLetter(byte)) return { length: 2, half: 0, set: byte };
  const severalBytes = byte === DOLLAR;
  if (severalBytes) byte = ++next < end ? bytes[next] : 0;
  let half = halfOf(byte);
  if (half >= 0) byte = ++next < end ? bytes[next] : 0;
  else if (severalBytes) half = 0;
  if (half >= 0 && byte === EXCLAMATION) byte = ++next < end ? bytes[next] : 0;
  const known = byte === EACC || (!severalBytes && isOneByteSet(byte) && !isSingleLetter(byte));
  if (half >= 0 && known) return { length: next + 1 - at, half, set: byte };
  return { length: unknownLength(bytes, at, end), half: -1, set: 0 };
}

/** ISO 646, International Reference Version: ASCII since 1991. */
const REFERENCE_VERSION = 0x40;

/**
 * Reads an escape sequence of UNIMARC (ISO 2022): as in MARC-8, and beside those sets ISO 5426 and ISO
 * 646, and the locking shifts that put G1, G2 or G3 into the right half (LS1R, LS2R, LS3R).
 *
 * @param sets final bytes of G1, G2 and G3
 */
export function readUnimarcEscape(
  bytes: Buffer,
  at: number,
  end: number,
  sets: readonly number[],
): Escape {
  const byte = at + 1 < end ? bytes[at + 1] : 0;
  const shift = LOCKING_SHIFTS.indexOf(byte);
  if (shift >= 0) return { length: 2, half: 1, set: sets[shift] };
  const half = halfOf(byte);
  const final = at + 2 < end ? bytes[at + 2] : 0;
  if (half >= 0 && final === EXTENDED_LATIN) return { length: 3, half, set: EXTENDED_LATIN };
  if (half >= 0 && final === REFERENCE_VERSION) return { length: 3, half, set: ASCII };
  return readEscape(bytes, at, end);
}

/**
 * Length of a sequence that MARC-8 does not know: by ISO 2022 intermediates (21 to 2F) and a final
 * byte (30 to 7E). An escape character alone takes nothing with it, since text may follow.
 */
function unknownLength(bytes: Buffer, at: number, end: number): number {
  let next = at + 1;
  while (next < end && bytes[next] >= 0x21 && bytes[next] <= 0x2f) next++;
  const hasFinal = next > at + 1 && next < end && bytes[next] >= 0x30 && bytes[next] <= 0x7e;
  return next - at + (hasFinal ? 1 : 0);
}
