/** Whether bytes that may be marks of MARC-8 or letters of Latin-1 are more likely the one or the other. */

import { composeAscii, inUnicodeOrder } from "./combining-marks.js";
import { ANSEL, characterSet, MARK, SPECIAL } from "./marc8-sets.js";

/** No letter of a living script has more. */
const MOST_MARKS = 3;

function isLetter(byte: number): boolean {
  return (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
}

const VOWELS: ReadonlySet<number> = new Set(Buffer.from("aeiouy"));

function isVowel(byte: number): boolean {
  return VOWELS.has(byte | 0x20);
}

/** The bytes of marks that are consonants in Latin-1 (ç ð ñ þ); it has vowels for the others. */
const CONSONANTS: ReadonlySet<number> = new Set([0xe7, 0xf0, 0xf1, 0xfe]);
/** Vowels that do follow these letters of Latin-1: é in French, ä in German. */
const VOWELS_BEHIND: ReadonlyMap<number, ReadonlySet<number>> = new Map([
  [0xe9, VOWELS],
  [0xe4, new Set(Buffer.from("eiu"))],
]);

/** In the romanization of many scripts; ò in Latin-1, which mostly ends a word. */
const DOT_BELOW = 0xf2;

/** © in Latin-1; in ANSEL the flat sign, which stands behind the name of a note. */
const COPYRIGHT_OR_FLAT = 0xa9;

function isNote(byte: number): boolean {
  return byte >= 0x41 && byte <= 0x47;
}

/** By byte: its mark in ANSEL, 0 for what is none or half of a double one. */
let marks: Uint16Array | null = null;

function ansel(): Uint16Array {
  const table = new Uint16Array(256);
  for (const [code, entry] of characterSet(ANSEL, 1).entries()) {
    if ((entry & (MARK | SPECIAL)) === MARK) table[code | 0x80] = entry & 0xffff;
  }
  return table;
}

/** The halves of LIGATURE and of DOUBLE TILDE; the second stands one letter behind the first. */
const SECOND_HALVES: ReadonlyMap<number, number> = new Map([
  [0xeb, 0xec],
  [0xfa, 0xfb],
]);

/** Whether both halves of a double mark stand before a letter each, with other marks or without. */
function isDoubled(text: Buffer, at: number, end: number, table: Uint16Array): boolean {
  const second = SECOND_HALVES.get(text[at]);
  if (second === undefined) return false;
  let next = at + 1;
  while (next < end && table[text[next]] > 0) next++;
  if (next + 2 >= end || !isLetter(text[next]) || text[next + 1] !== second) return false;
  next += 2;
  while (next < end && table[text[next]] > 0) next++;
  return next < end && isLetter(text[next]);
}

/**
 * Looks at each ANSEL mark of a piece of text. Half of a double mark proves nothing; both halves are
 * two likely marks, since their bytes mean nothing in Latin-1 that stands like this.
 *
 * @param first where the first byte beyond ASCII stands
 * @param end exclusive
 */
export function countMarks(
  text: Buffer,
  first: number,
  end: number,
): { likely: number; odd: number } {
  marks ??= ansel();
  let likely = 0;
  let odd = 0;
  for (let at = first; at < end; at++) {
    const byte = text[at];
    if (byte < 0x80) continue;
    if (byte === COPYRIGHT_OR_FLAT && !(at > 0 && isNote(text[at - 1]))) odd++;
    if (isDoubled(text, at, end, marks)) likely += 2;
    if (marks[byte] === 0) continue;
    const from = at;
    while (at + 1 < end && marks[text[at + 1]] > 0) at++;
    const letter = at + 1 < end ? text[at + 1] : 0;
    if (letter > 0x7f) continue;
    if (isLetter(letter) && isLikely(text, from, at + 1, marks)) likely++;
    else odd++;
  }
  return { likely, odd };
}

/** Whether there is a character of the letter at `base` and the several marks from `at` on. */
function composes(text: Buffer, at: number, base: number, table: Uint16Array): boolean {
  if (base - at > MOST_MARKS) return false;
  const several = Array.from(text.subarray(at, base), (byte) => table[byte]);
  const ordered = inUnicodeOrder(text[base], several);
  return String.fromCharCode(text[base], ...ordered).normalize("NFC").length === 1;
}

/**
 * Whether the marks from `at` to `base` are more likely marks of the letter there than letters of
 * Latin-1, in which vowels and consonants would mostly take turns.
 */
function isLikely(text: Buffer, at: number, base: number, table: Uint16Array): boolean {
  if (base - at > 1) return composes(text, at, base, table);
  const letter = text[base];
  const byte = text[at];
  if (composeAscii(letter, table[byte]) === 0) return false;
  const isCapital = letter < 0x61;
  if (isCapital || byte === DOT_BELOW) return true;
  const vowel = !CONSONANTS.has(byte);
  const usual = VOWELS_BEHIND.get(byte)?.has(letter) ?? false;
  if (vowel === isVowel(letter) && !usual) return true;
  const before = at > 0 ? text[at - 1] : 0;
  return isLetter(before) && vowel === isVowel(before);
}

const LETTERS = 0x80;
const ESCAPE = 0x1b;

/** By mark and the ASCII character behind it, whether that one mark is likely there, whatever stands before it. */
let surely: Uint8Array | null = null;

function surelyLikely(table: Uint16Array): Uint8Array {
  const pairs = new Uint8Array(256 * LETTERS);
  for (let mark = 0x80; mark < 256; mark++) {
    if (table[mark] === 0) continue;
    for (let letter = 0; letter < LETTERS; letter++) {
      const alone = Buffer.of(mark, letter);
      if (isLetter(letter) && isLikely(alone, 0, 1, table)) pairs[mark * LETTERS + letter] = 1;
    }
  }
  return pairs;
}

/**
 * A quick look that settles it for most records in ANSEL: nothing is UTF-8, no set is designated, and the marks that are
 * likely for sure outweigh all others. False tells nothing.
 */
export function isSurelyAnsel(text: Buffer): boolean {
  marks ??= ansel();
  surely ??= surelyLikely(marks);
  let [likely, others] = [0, 0];
  let before = 0;
  for (let at = 0; at < text.length; at++) {
    const byte = text[at];
    if (byte < 0x80) {
      if (byte === ESCAPE) return false;
    } else {
      const next = at + 1 < text.length ? text[at + 1] : 0;
      if (next >= 0x80 && next < 0xc0 && byte >= 0xc2) return false;
      if (marks[byte] > 0) {
        // Of several marks in a row none is looked at.
        const isLikelyHere = next < 0x80 && surely[byte * LETTERS + next] === 1;
        if (isLikelyHere && marks[before] === 0) likely++;
        else others++;
      } else if (byte === COPYRIGHT_OR_FLAT) others++;
    }
    before = byte;
  }
  return others <= likely;
}
