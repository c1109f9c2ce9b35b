/** The classes that Perl writes with one letter (`\w`) and in brackets (`[:alpha:]`). */

import { CodePointSet } from "./code-point-set.js";
import { DIGIT, WORD } from "./unicode-data.js";
import { unicodeProperty } from "./unicode-properties.js";

const word = CodePointSet.unpack(WORD);
const digit = CodePointSet.unpack(DIGIT);
const vertical = CodePointSet.of([0x0a, 0x0d, 0x85, 0x85, 0x2028, 0x2029]);
const horizontal = CodePointSet.of([
  0x09, 0x09, 0x20, 0x20, 0xa0, 0xa0, 0x1680, 0x1680, 0x2000, 0x200a, 0x202f, 0x202f, 0x205f,
  0x205f, 0x3000, 0x3000,
]);
const newline = CodePointSet.single(0x0a);

/** Every code point: `.` under `s`. */
export const ANYTHING = CodePointSet.of([0, 0x10ffff]);
/** `.` without `s`, and `\N`. */
export const NOT_NEWLINE = newline.complement();
/** What `\b` looks at. */
export const WORD_CHARACTERS = word;
/** What `\R` takes besides a carriage return with its newline. */
export const LINE_ENDS = vertical;

const LETTERS: Readonly<Record<string, CodePointSet>> = {
  w: word,
  d: digit,
  s: vertical.union(horizontal),
  h: horizontal,
  v: vertical,
  W: word.complement(),
  D: digit.complement(),
  S: vertical.union(horizontal).complement(),
  H: horizontal.complement(),
  V: vertical.complement(),
  N: NOT_NEWLINE,
};

/** The class that a letter after a backslash stands for, or null. */
export function letterClass(letter: string): CodePointSet | null {
  return LETTERS[letter] ?? null;
}

const POSIX: Readonly<Record<string, string>> = {
  alpha: "XPosixAlpha",
  digit: "XPosixDigit",
  alnum: "XPosixAlnum",
  upper: "XPosixUpper",
  lower: "XPosixLower",
  punct: "XPosixPunct",
  print: "XPosixPrint",
  graph: "XPosixGraph",
  cntrl: "XPosixCntrl",
  space: "XPosixSpace",
  blank: "XPosixBlank",
  xdigit: "XPosixXDigit",
  word: "XPosixWord",
  ascii: "ASCII",
};

/** The class `[:name:]`, or null; `fold`: case does not count. */
export function posixClass(name: string, fold: boolean): CodePointSet | null {
  const property = POSIX[name];
  return property === undefined ? null : unicodeProperty(property, fold);
}
