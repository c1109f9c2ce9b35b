/** ISBD punctuation, which cataloguers put between areas and which means nothing at the end of a value. */

import { charCodeAt } from "../../fields/string-methods.js";
import { isAbbreviation, LONGEST_ABBREVIATION } from "./abbreviations.js";

/** Separate areas and elements: what follows them is in another subfield or field. */
const SEPARATORS = asciiFlags(" /:;,=").fill(1, 0, 0x20);
/** What a full stop may follow that ends an area, besides a word. */
const CLOSING = asciiFlags(`])>"'0123456789`);
const CLOSING_BEYOND_ASCII = /[”’»\p{N}]/u;

const BLANK = 0x20;
const STOP = 0x2e;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const ASCII = 0x80;
const SHORTEST_WORD = 3;

function asciiFlags(characters: string): Uint8Array {
  const flags = new Uint8Array(0x80);
  for (const character of characters) flags[character.charCodeAt(0)] = 1;
  return flags;
}

/** Marks of direction, joiners and other marks without width: they stand in front of nothing. */
const INVISIBLE = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;
const OUTER = /[\s\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;

function isSeparator(unit: number): boolean {
  return unit < ASCII ? SEPARATORS[unit] === 1 : OUTER.test(String.fromCharCode(unit));
}

/** Where a text begins behind blanks and marks without width. */
function behindMarks(text: string): number {
  let first = 0;
  while (first < text.length) {
    const unit = charCodeAt(text, first);
    if (unit > BLANK && (unit < ASCII || !OUTER.test(String.fromCharCode(unit)))) break;
    first++;
  }
  return first;
}

/** Whether a full stop behind a UTF-16 unit ends an area whatever stands before it. */
export function isClosing(unit: number): boolean {
  return unit < ASCII ? CLOSING[unit] === 1 : CLOSING_BEYOND_ASCII.test(String.fromCharCode(unit));
}

const LETTER = /[\p{L}\p{M}]/u;

/** Whether a text is nothing but a blank or a mark without width. */
export function isOuter(character: string): boolean {
  return OUTER.test(character);
}

/** Letters and their marks; a half of a surrogate pair counts as one, as most such characters are. */
export function isLetter(unit: number): boolean {
  if (unit >= 0xd800 && unit <= 0xdfff) return true;
  if (unit >= ASCII) return LETTER.test(String.fromCharCode(unit));
  const lower = unit | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

/** Where the separators at the end of `text` up to `end` begin. */
function beforeSeparators(text: string, end: number): number {
  let last = end;
  while (last > 0 && isSeparator(charCodeAt(text, last - 1))) last--;
  return last;
}

/**
 * Whether the full stop before `end` ends an area: it stands behind a bracket, a quote, a digit or a
 * word of three letters and more that is no abbreviation. Initials and `...` keep theirs.
 */
function endsArea(text: string, end: number): boolean {
  let stop = end - 1;
  while (stop > 0 && isInvisible(charCodeAt(text, stop - 1))) stop--;
  if (stop < 1) return false;
  const before = charCodeAt(text, stop - 1);
  if (isClosing(before)) return true;
  let start = stop;
  while (start > 0 && isLetter(charCodeAt(text, start - 1))) start--;
  if (stop - start < SHORTEST_WORD) return false;
  return !isAbbreviation(text.slice(start, stop));
}

function isInvisible(unit: number): boolean {
  return unit >= ASCII && INVISIBLE.test(String.fromCharCode(unit));
}

/** The same for a full stop in plain bytes, where what stands before `start` is no letter. */
function stopEndsArea(bytes: Uint8Array, start: number, stop: number): boolean {
  if (CLOSING[bytes[stop - 1]] === 1) return true;
  let word = stop;
  while (word > start && isLetter(bytes[word - 1])) word--;
  if (stop - word < SHORTEST_WORD) return false;
  if (stop - word > LONGEST_ABBREVIATION) return true;
  let text = "";
  for (let at = word; at < stop; at++) text += String.fromCharCode(bytes[at]);
  return !isAbbreviation(text);
}

/** Without brackets around the whole, or those that are one half of a pair. */
function withoutBrackets(text: string): string {
  const last = text.length - 1;
  const opensFirst = charCodeAt(text, 0) === OPENING_BRACKET;
  const closesLast = charCodeAt(text, last) === CLOSING_BRACKET;
  if (!opensFirst && !closesLast) return text;
  const closes = text.indexOf("]");
  // [S.l.]: the brackets say that the cataloguer supplied it.
  if (opensFirst && closes === last) return text.slice(1, -1);
  // One half of a pair: the other is in a subfield that was not chosen.
  if (opensFirst && closes < 0) return text.replace(/^[[\s]+/, "");
  return closes === last && !text.includes("[") ? text.slice(0, -1) : text;
}

/** Blanks and separators off the end, then a full stop that ends an area, and marks around both. */
function withoutEnd(text: string): string {
  let end = beforeSeparators(text, text.length);
  if (end > 0 && charCodeAt(text, end - 1) === STOP && endsArea(text, end)) {
    end = beforeSeparators(text, end - 1);
  }
  const start = behindMarks(text);
  return start === 0 && end === text.length ? text : text.slice(Math.min(start, end), end);
}

/**
 * Trims the ISBD punctuation at the end of a value: blanks and `/ : ; , =`, a full stop that ends an
 * area (but not that of an initial, of an abbreviation, or of `...`), and square brackets around
 * the whole value or left over from a pair. Marks without width (U+200F) at the ends go too, since
 * they hide what stands before them. What is left would not be trimmed any further.
 */
export function trimPunctuation(text: string): string {
  let trimmed = withoutEnd(text);
  // Within brackets punctuation ends as it does without them.
  for (let bare = withoutBrackets(trimmed); bare !== trimmed; bare = withoutBrackets(trimmed)) {
    trimmed = withoutEnd(bare);
  }
  return trimmed;
}

/**
 * Where plain bytes (printable ASCII) end when trimmed as `trimPunctuation` would trim their text;
 * -1 where more than these bytes must be looked at, or something at their beginning goes too.
 *
 * @param start zero-based offset of the bytes that end the text, behind something that is no
 *   letter; `end` is exclusive
 * @param opening the first byte of the whole text, 0 if it is not known
 */
export function trimmedEnd(bytes: Uint8Array, start: number, end: number, opening: number): number {
  if (opening <= BLANK || opening === OPENING_BRACKET) return -1;
  let last = end;
  while (last > start && SEPARATORS[bytes[last - 1]] === 1) last--;
  if (last - 1 > start && bytes[last - 1] === STOP && stopEndsArea(bytes, start, last - 1)) {
    last--;
    while (last > start && SEPARATORS[bytes[last - 1]] === 1) last--;
  }
  if (last - 1 === start && bytes[start] === STOP) return -1;
  return last === start || bytes[last - 1] === CLOSING_BRACKET ? -1 : last;
}
