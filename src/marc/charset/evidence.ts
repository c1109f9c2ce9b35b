/** What the bytes of a record that is not plainly ASCII or UTF-8 say about their encoding. */

import { readEscape } from "./escape.js";
import { ANSEL, characterSet, MARK, SPECIAL } from "./marc8-sets.js";
import { composeAscii } from "./marks.js";
import { sequenceLength } from "./utf8.js";

const ESCAPE = 0x1b;
const DESIGNATION_WORTH = 5;

/** Counts over the pieces of a record, a piece being what stands between two delimiters. */
export interface Evidence {
  /** Well-formed UTF-8 sequences of two bytes or more, and bytes runs that are none. */
  goodSequences: number;
  badSequences: number;
  /** Valid UTF-8 with something beyond ASCII in it. */
  unicodePieces: number;
  /** Mostly UTF-8: more good sequences than bad ones. */
  brokenUnicodePieces: number;
  /** With a MARC-8 escape sequence, or with marks before letters that can bear them. */
  marc8Pieces: number;
  /** Beyond ASCII, but like none of these. */
  plainPieces: number;
  /**
   * ANSEL mark and letter for which Unicode has one character, and those for which it has none.
   * A piece with an escape sequence counts as several likely pairs.
   */
  likelyPairs: number;
  oddPairs: number;
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
    likelyPairs: 0,
    oddPairs: 0,
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
  const { likely, odd } = countPairs(piece);
  evidence.likelyPairs += likely + (designation ? DESIGNATION_WORTH : 0);
  evidence.oddPairs += odd;
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

/** Looks at each ANSEL mark that stands before an ASCII letter. Double marks prove nothing. */
function countPairs(piece: Buffer): { likely: number; odd: number } {
  const ansel = characterSet(ANSEL, 1);
  let likely = 0;
  let odd = 0;
  for (let at = 0; at + 1 < piece.length; at++) {
    const entry = piece[at] > 0x7f ? ansel[piece[at] & 0x7f] : 0;
    if ((entry & (MARK | SPECIAL)) !== MARK || !isLetter(piece[at + 1])) continue;
    if (composeAscii(piece[at + 1], entry & 0xffff) > 0) likely++;
    else odd++;
  }
  return { likely, odd };
}
