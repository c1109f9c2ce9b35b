/** What the bytes of a record that is not plainly ASCII or UTF-8 say about their encoding. */

import { readEscape } from "./escape.js";
import { countMarks } from "./likely-marks.js";
import { sequenceLength } from "./utf8.js";

const ESCAPE = 0x1b;
/** What a piece with an escape sequence counts for, in marks. */
const BY_DESIGNATION = { likely: 5, odd: 0 };

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
  return isDesignated(text, 0, text.length);
}

function isDesignated(text: Buffer, from: number, end: number): boolean {
  let at = text.indexOf(ESCAPE, from);
  for (; at >= 0 && at < end; at = text.indexOf(ESCAPE, at + 1)) {
    if (readEscape(text, at, end).half >= 0) return true;
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
  const end = text.length;
  // The first byte of the piece that is beyond ASCII or an escape, -1 as long as there is none.
  let first = -1;
  let escaped = false;
  for (let at = 0; at < end; at++) {
    const byte = text[at];
    if (byte > 0x1f && byte < 0x80) continue;
    if (byte > 0x7f || byte === ESCAPE) {
      if (first < 0) first = at;
      escaped ||= byte === ESCAPE;
    } else if (byte >= 0x1d && first >= 0) {
      weighPiece(text, { first, end: at, escaped }, evidence);
      first = -1;
      escaped = false;
    }
  }
  if (first >= 0) weighPiece(text, { first, end, escaped }, evidence);
  return evidence;
}

/** A piece from the first byte that is more than ASCII; `end` is exclusive. */
interface Piece {
  readonly first: number;
  readonly end: number;
  /** Whether there is an escape character in it. */
  readonly escaped: boolean;
}

function weighPiece(text: Buffer, { first, end, escaped }: Piece, evidence: Evidence): void {
  const { good, bad } = countSequences(text, first, end);
  const designation = escaped && isDesignated(text, first, end);
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
  const { likely, odd } = designation ? BY_DESIGNATION : countMarks(text, first, end);
  evidence.likelyMarks += likely;
  evidence.oddMarks += odd;
  if (designation || (likely > 0 && likely >= odd)) evidence.marc8Pieces++;
  else evidence.plainPieces++;
}

function countSequences(text: Buffer, first: number, end: number): { good: number; bad: number } {
  let good = 0;
  let bad = 0;
  for (let at = first; at < end; ) {
    if (text[at] < 0x80) {
      at++;
      continue;
    }
    const length = sequenceLength(text, at, end);
    if (length > 0) good++;
    else bad++;
    at += Math.abs(length);
  }
  return { good, bad };
}
