/** What the bytes of a record that is not plainly ASCII or UTF-8 say about their encoding. */

import { readEscape } from "./escape.js";
import { ANSEL, characterSet, MARK, SPECIAL } from "./marc8-sets.js";
import { composeAscii, inUnicodeOrder } from "./marks.js";
import { sequenceLength } from "./utf8.js";

const ESCAPE = 0x1b;
/** What a piece with an escape sequence counts for, in marks. */
const BY_DESIGNATION = { likely: 5, odd: 0 };
/** No letter of a living script has more. */
const MOST_MARKS = 3;

/** Counts over the pieces of a record, a piece being what stands between two delimiters. */
export interface Evidence {
  /** Well-formed UTF-8 sequences of two bytes or more, and bytes runs that are none. */
  goodSequences: number;
  badSequences: number;
  /** Valid UTF-8 with something beyond ASCII in it. */
  unicodePieces: number;
  /** Mostly UTF-8: more good sequences than bad ones. */
  brokenUnicodePieces: number;
  /** With a MARC-8 escape sequence, or with marks where MARC-8 puts them. */
  marc8Pieces: number;
  /** Beyond ASCII, but like none of these. */
  plainPieces: number;
  /**
   * ANSEL marks that stand as MARC-8 puts them, and those that might as well be letters of Latin-1.
   * A piece with an escape sequence counts as several likely marks.
   */
  likelyMarks: number;
  oddMarks: number;
}

/** Whether there is an escape sequence that MARC-8 knows. */
export function hasDesignation(text: Buffer): boolean {
  for (let at = text.indexOf(ESCAPE); at >= 0; at = text.indexOf(ESCAPE, at + 1)) {
    if (readEscape(text, at, text.length).half >= 0) return true;
  }
  return false;
}

/** Weighs all pieces of `text`; linear in its length. */
export function gatherEvidence(text: Buffer): Evidence {
  const evidence: Evidence = {
    goodSequences: 0,
    badSequences: 0,
    unicodePieces: 0,
    brokenUnicodePieces: 0,
    marc8Pieces: 0,
    plainPieces: 0,
    likelyMarks: 0,
    oddMarks: 0,
  };
  let start = 0;
  let special = false;
  for (let at = 0; at <= text.length; at++) {
    const byte = at < text.length ? text[at] : 0x1d;
    if (byte > 0x7f || byte === ESCAPE) special = true;
    if (byte < 0x1d || byte > 0x1f) continue;
    if (special) weighPiece(text.subarray(start, at), evidence);
    start = at + 1;
    special = false;
  }
  return evidence;
}

function weighPiece(piece: Buffer, evidence: Evidence): void {
  const { good, bad } = countSequences(piece);
  const designation = hasDesignation(piece);
  evidence.goodSequences += good;
  evidence.badSequences += bad;
  if (bad === 0 && !designation) {
    if (good > 0) evidence.unicodePieces++;
    return;
  }
  if (good > bad && !designation) {
    evidence.brokenUnicodePieces++;
    return;
  }
  // Behind an escape sequence the bytes of ANSEL's marks may be letters of another script.
  const { likely, odd } = designation ? BY_DESIGNATION : countMarks(piece);
  evidence.likelyMarks += likely;
  evidence.oddMarks += odd;
  if (designation || (likely > 0 && likely >= odd)) evidence.marc8Pieces++;
  else evidence.plainPieces++;
}

function countSequences(piece: Buffer): { good: number; bad: number } {
  let good = 0;
  let bad = 0;
  for (let at = 0; at < piece.length; ) {
    if (piece[at] < 0x80) {
      at++;
      continue;
    }
    const length = sequenceLength(piece, at, piece.length);
    if (length > 0) good++;
    else bad++;
    at += Math.abs(length);
  }
  return { good, bad };
}

function isLetter(byte: number): boolean {
  return (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
}

function isVowel(byte: number): boolean {
  return "aeiouy".includes(String.fromCharCode(byte | 0x20));
}

/** The bytes of marks that are consonants in Latin-1 (ç ð ñ þ); it has vowels for the others. */
const CONSONANTS: ReadonlySet<number> = new Set([0xe7, 0xf0, 0xf1, 0xfe]);
/** Vowels that do follow these letters of Latin-1: é in French, ä in German. */
const VOWELS_BEHIND: ReadonlyMap<number, string> = new Map([
  [0xe9, "aeiouy"],
  [0xe4, "eiu"],
]);

/** In the romanization of many scripts; ò in Latin-1, which mostly ends a word. */
const DOT_BELOW = 0xf2;

/** © in Latin-1; in ANSEL the flat sign, which stands behind the name of a note. */
const COPYRIGHT_OR_FLAT = 0xa9;

function isNote(byte: number): boolean {
  return byte >= 0x41 && byte <= 0x47;
}

/** Looks at each ANSEL mark. Double marks prove nothing. */
function countMarks(piece: Buffer): { likely: number; odd: number } {
  let likely = 0;
  let odd = 0;
  for (let at = 0; at < piece.length; ) {
    let base = at;
    while (markAt(piece, base) > 0) base++;
    if (base === at) {
      if (piece[at] === COPYRIGHT_OR_FLAT && !isNote(piece[at - 1])) odd++;
      at++;
    } else {
      if (isLikely(piece, at, base)) likely++;
      else if (!(piece[base] > 0x7f)) odd++;
      at = base;
    }
  }
  return { likely, odd };
}

/** The mark of MARC-8 at a place, 0 if there is none or half of a double one. */
function markAt(piece: Buffer, at: number): number {
  if (!(piece[at] > 0x7f)) return 0;
  const entry = characterSet(ANSEL, 1)[piece[at] & 0x7f];
  return (entry & (MARK | SPECIAL)) === MARK ? entry & 0xffff : 0;
}

/** Whether there is a character of the letter at `base` and the several marks before it. */
function composes(piece: Buffer, at: number, base: number): boolean {
  if (base - at > MOST_MARKS) return false;
  const marks = Array.from(piece.subarray(at, base), (_, index) => markAt(piece, at + index));
  const ordered = inUnicodeOrder(piece[base], marks);
  return String.fromCharCode(piece[base], ...ordered).normalize("NFC").length === 1;
}

/**
 * Whether the marks from `at` to `base` are more likely marks of the letter behind them than letters
 * of Latin-1, in which vowels and consonants would mostly take turns.
 */
function isLikely(piece: Buffer, at: number, base: number): boolean {
  const letter = piece[base] ?? 0;
  if (!isLetter(letter)) return false;
  if (base - at > 1) return composes(piece, at, base);
  if (composeAscii(letter, markAt(piece, at)) === 0) return false;
  const isCapital = letter < 0x61;
  const byte = piece[at];
  if (isCapital || byte === DOT_BELOW) return true;
  const vowel = !CONSONANTS.has(byte);
  const usual = VOWELS_BEHIND.get(byte)?.includes(String.fromCharCode(letter)) ?? false;
  if (vowel === isVowel(letter) && !usual) return true;
  const before = at > 0 ? piece[at - 1] : 0;
  return isLetter(before) && vowel === isVowel(before);
}
