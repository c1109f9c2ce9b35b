/** ISBD punctuation, which cataloguers put between areas and which means nothing at the end of a value. */

import { charCodeAt } from "../../fields/string-methods.js";

/** Abbreviations of three letters and more, whose full stop is their own. */
const ABBREVIATIONS: ReadonlySet<string> = new Set(
  (
    "approx assn assoc aufl bde bibl bros capt cent coll comp corp dept diagr diagrs enl esq etc " +
    "facsim facsims fasc fig figs gen geneal govt hon hrsg ill illus inc incl introd ltd mrs port " +
    "ports repr rev ser suppl tom trans univ vol vols jan feb mar apr aug sept oct nov dec"
  ).split(" "),
);
const LONGEST_ABBREVIATION = Math.max(...Array.from(ABBREVIATIONS, ({ length }) => length));
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

function isSeparator(unit: number): boolean {
  return unit < ASCII ? SEPARATORS[unit] === 1 : /\s/u.test(String.fromCharCode(unit));
}

function isClosing(unit: number): boolean {
  return unit < ASCII ? CLOSING[unit] === 1 : CLOSING_BEYOND_ASCII.test(String.fromCharCode(unit));
}

const LETTER = /[\p{L}\p{M}]/u;

/** Letters and their marks; a half of a surrogate pair counts as one, as most such characters are. */
function isLetter(unit: number): boolean {
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
  const stop = end - 1;
  if (stop < 1) return false;
  const before = charCodeAt(text, stop - 1);
  if (isClosing(before)) return true;
  let start = stop;
  while (start > 0 && isLetter(charCodeAt(text, start - 1))) start--;
  if (stop - start < SHORTEST_WORD) return false;
  return stop - start > LONGEST_ABBREVIATION || isWord(text.slice(start, stop));
}

function isWord(text: string): boolean {
  return !ABBREVIATIONS.has(text.toLowerCase());
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
  return isWord(text);
}

function withoutBrackets(text: string): string {
  const last = text.length - 1;
  const opensFirst = charCodeAt(text, 0) === OPENING_BRACKET;
  const closesLast = charCodeAt(text, last) === CLOSING_BRACKET;
  if (!opensFirst && !closesLast) return text;
  const opens = text.indexOf("[");
  const closes = text.indexOf("]");
  // [S.l.]: the brackets say that the cataloguer supplied it.
  if (opensFirst && closes === last) return text.slice(1, -1);
  // One half of a pair: the other is in a subfield that was not chosen.
  if (opens < 0) return closes === last ? text.slice(0, -1) : text;
  return opensFirst && closes < 0 ? text.slice(1) : text;
}

/**
 * Trims the ISBD punctuation at the end of a value: blanks and `/ : ; , =`, a full stop that ends an
 * area (but not that of an initial, of an abbreviation, or of `...`), and square brackets around
 * the whole value or left over from a pair.
 */
export function trimPunctuation(text: string): string {
  let end = beforeSeparators(text, text.length);
  if (end > 0 && charCodeAt(text, end - 1) === STOP && endsArea(text, end)) {
    end = beforeSeparators(text, end - 1);
  }
  return withoutBrackets(end === text.length ? text : text.slice(0, end)).trim();
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
