/** `trim_punctuation`; `src/mapping/marc/punctuation.ts` says what it is to do. */

import { before, codeAt, isClosingBeyondAscii, isLetter, unitsOf } from "./characters";
import { ASK_ABBREVIATION, asked } from "./memo";
import { endOf, indexOf, lengthOf, startOf, Text, textOf, UNSURE } from "./text";

const BLANK: u8 = 0x20;
const STOP: u8 = 0x2e;
const OPENING: u8 = 0x5b;
const CLOSING: u8 = 0x5d;
const SHORTEST_WORD: usize = 3;

/** ` /:;,=` */
function isSeparator(byte: u8): bool {
  return (
    byte === BLANK ||
    byte === 0x2f ||
    byte === 0x3a ||
    byte === 0x3b ||
    byte === 0x2c ||
    byte === 0x3d
  );
}

/** `])>"'` and digits: what a full stop may follow that ends an area, besides a word. */
function isClosing(byte: u8): bool {
  if (byte >= 0x30 && byte <= 0x39) return true;
  return byte === CLOSING || byte === 0x29 || byte === 0x3e || byte === 0x22 || byte === 0x27;
}

function beforeSeparators(start: usize, end: usize): usize {
  let last = end;
  while (last > start && isSeparator(load<u8>(last - 1))) last--;
  return last;
}

/** Whether the full stop before `end` ends an area; -1 if the caller does not know. */
function endsArea(start: usize, end: usize): i32 {
  const stop = end - 1;
  if (stop === start) return 0;
  const last = load<u8>(stop - 1);
  if (last < 0x80 ? isClosing(last) : isClosingBeyondAscii(codeAt(before(stop), stop))) return 1;
  let word = stop;
  let units: usize = 0;
  while (word > start) {
    const place = before(word);
    const code = codeAt(place, word);
    if (!isLetter(code)) break;
    word = place;
    units += unitsOf(code);
  }
  if (units < SHORTEST_WORD) return 0;
  const answer = asked(ASK_ABBREVIATION, textOf(word, stop - word));
  if (answer === UNSURE) return -1;
  return lengthOf(answer) === 0 ? 1 : 0;
}

/** Blanks and separators off the end, then a full stop that ends an area, and blanks in front. */
function withoutEnd(text: Text): Text {
  let start = startOf(text);
  let end = beforeSeparators(start, endOf(text));
  if (end > start && load<u8>(end - 1) === STOP) {
    const ends = endsArea(start, end);
    if (ends < 0) return UNSURE;
    if (ends === 1) end = beforeSeparators(start, end - 1);
  }
  while (start < end && load<u8>(start) === BLANK) start++;
  return textOf(start, end - start);
}

/** Without brackets around the whole, or those that are one half of a pair. */
function withoutBrackets(text: Text): Text {
  const start = startOf(text);
  const end = endOf(text);
  if (start === end) return text;
  const opensFirst = load<u8>(start) === OPENING;
  if (!opensFirst && load<u8>(end - 1) !== CLOSING) return text;
  const closes = indexOf(CLOSING, start, end);
  if (opensFirst && closes === end - 1) return textOf(start + 1, end - start - 2);
  if (opensFirst && closes === end) {
    let first = start;
    while (first < end && (load<u8>(first) === OPENING || load<u8>(first) === BLANK)) first++;
    return textOf(first, end - first);
  }
  const alone = closes === end - 1 && indexOf(OPENING, start, end) === end;
  return alone ? textOf(start, end - start - 1) : text;
}

/** A value without the punctuation at its end; UNSURE if that is not certain. */
export function withoutPunctuation(text: Text): Text {
  let trimmed = withoutEnd(text);
  while (trimmed !== UNSURE) {
    const bare = withoutBrackets(trimmed);
    if (bare === trimmed) break;
    trimmed = withoutEnd(bare);
  }
  return trimmed;
}
