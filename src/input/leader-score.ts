/**
 * How much a stretch of bytes looks like the start of a record (leader and first directory entry).
 * Seven points: five digits (two points), a type letter, `22`, five base address digits, `45`, and
 * the start of a directory.
 */

import { digitsAt, FIELD_TERMINATOR, isDigit } from "../marc/directory.js";

/** Bytes that a verdict on a leader looks at. */
export const LEADER_REACH = 28;
/** Enough to try a record here at all. */
export const PLAUSIBLE = 5;
/** Enough to be a boundary, together with a sign from what stands around. */
export const STRONG = 6;
export const PERFECT = 7;

function isCapital(byte: number): boolean {
  return byte >= 0x41 && byte <= 0x5a;
}

function isLetter(byte: number): boolean {
  return isCapital(byte) || (byte >= 0x61 && byte <= 0x7a);
}

function areDigits(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    if (!isDigit(bytes[at])) return false;
  }
  return true;
}

/** The number that five digits at `at` say, -1 if they are not five digits or lie beyond the end. */
export function fiveDigits(bytes: Buffer, at: number): number {
  return digitsAt(bytes, at, 5);
}

/** A tag of digits, or of capitals (`FMT`, `LKR`) before a digit; or an empty directory. */
function isDirectoryStart(bytes: Buffer, at: number): boolean {
  if (bytes[at] === FIELD_TERMINATOR) return true;
  if (areDigits(bytes, at, at + 3)) return true;
  const capitals = isCapital(bytes[at]) && isCapital(bytes[at + 1]) && isCapital(bytes[at + 2]);
  return capitals && isDigit(bytes[at + 3]);
}

/** The five points that do not speak of the record length. */
export function scoreWithoutLength(bytes: Buffer, at: number): number {
  let score = 0;
  if (isLetter(bytes[at + 6])) score++;
  if (bytes[at + 10] === 0x32 && bytes[at + 11] === 0x32) score++;
  if (areDigits(bytes, at + 12, at + 17)) score++;
  if (bytes[at + 20] === 0x34 && bytes[at + 21] === 0x35) score++;
  if (isDirectoryStart(bytes, at + 24)) score++;
  return score;
}

/** Bytes that may be missing of the first twelve of a leader. */
const MOST_MISSING = 2;

/**
 * Whether a leader stands at `at` of whose first twelve bytes one or two are missing: the base address,
 * `45` and the directory stand that much too early.
 */
function isShortLeader(bytes: Buffer, at: number): boolean {
  for (let missing = 1; missing <= MOST_MISSING; missing++) {
    const shifted = at - missing;
    const isMapped = bytes[shifted + 20] === 0x34 && bytes[shifted + 21] === 0x35;
    if (!isMapped || !isDirectoryStart(bytes, shifted + 24)) continue;
    if (areDigits(bytes, shifted + 12, shifted + 17)) return true;
  }
  return false;
}

/** Whether what begins at `at` is worth being tried as a record. */
export function isPlausible(bytes: Buffer, at: number): boolean {
  return leaderScore(bytes, at) >= PLAUSIBLE || isShortLeader(bytes, at);
}

/** The score of a leader at `at`, 0 to 7; bytes beyond the end score nothing. */
export function leaderScore(bytes: Buffer, at: number): number {
  const length = fiveDigits(bytes, at) >= 0 ? 2 : 0;
  return length + scoreWithoutLength(bytes, at);
}

/** A strong leader lacks no more than one point, so one of the two fixed pairs is there. */
function mayBeStrong(bytes: Buffer, at: number): boolean {
  return (
    (bytes[at + 10] === 0x32 && bytes[at + 11] === 0x32) ||
    (bytes[at + 20] === 0x34 && bytes[at + 21] === 0x35)
  );
}

/**
 * The first place in `from` to `to` (exclusive) that is strong as a leader with a numeric length,
 * -1 if there is none. Places whose score would need bytes beyond the end score without them.
 */
export function findLeader(bytes: Buffer, from: number, to: number): number {
  for (let at = from; at < to; at++) {
    // Five digits are wanted, so a byte that is none settles itself and the four places before it.
    if (!isDigit(bytes[at + 4])) at += 4;
    else if (mayBeStrong(bytes, at) && leaderScore(bytes, at) >= STRONG) return at;
  }
  return -1;
}
