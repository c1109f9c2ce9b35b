/** What can be said of a record whose stated length does not land on its terminator. */

import { type Diagnostic, diagnostic } from "../diagnostics/diagnostic.js";
import { printableBytes } from "../diagnostics/format.js";
import { ENTRY_LENGTH, FIELD_TERMINATOR, LEADER_LENGTH } from "../marc/directory.js";
import { SHORTEST_RECORD } from "./boundaries.js";
import { findLeader, fiveDigits, LEADER_REACH } from "./leader-score.js";

const LONGEST_STATED = 99_999;
/** Place of the base address in the leader. */
const BASE_ADDRESS = 12;

/** Characters of UTF-8 text: the bytes that do not continue a character. */
function countCharacters(bytes: Buffer): number {
  let count = 0;
  for (let at = 0; at < bytes.length; at++) {
    if ((bytes[at] & 0xc0) !== 0x80) count++;
  }
  return count;
}

/**
 * Why the record length is wrong.
 *
 * @param bytes the whole record as it was found
 * @param offset absolute, of its first byte
 */
export function lengthFinding(bytes: Buffer, offset: number): Diagnostic {
  const stated = fiveDigits(bytes, 0);
  const known = {
    offset,
    found: printableBytes(bytes, 0, 5),
    expected: String(bytes.length).padStart(5, "0"),
  };
  if (stated < 0) return diagnostic("M103", known);
  const unsayable = stated === 0 || stated === LONGEST_STATED || bytes.length > LONGEST_STATED;
  if (unsayable) return diagnostic("M104", known);
  return diagnostic(stated === countCharacters(bytes) ? "M102" : "M101", known);
}

/**
 * Whether the directory of a record, at its stated base address, leads with its last entry to the
 * record's end: so it is in all records whose fields stand in the order of the directory.
 *
 * @param start of the record in `bytes`
 * @param length of the record, with its terminator
 */
export function reachesEnd(bytes: Buffer, start: number, length: number): boolean {
  const base = fiveDigits(bytes, start + BASE_ADDRESS);
  if (base <= LEADER_LENGTH || base >= length) return false;
  if (bytes[start + base - 1] !== FIELD_TERMINATOR) return false;
  if (base === LEADER_LENGTH + 1) return length === SHORTEST_RECORD;
  const entry = start + base - 1 - ENTRY_LENGTH;
  // The length has four digits; its fifth here is the first of the start, and taken off again.
  const size = Math.floor(fiveDigits(bytes, entry + 3) / 10);
  return base + fiveDigits(bytes, entry + 7) + size === length - 1;
}

/**
 * Where, in a record that ends well but whose directory does not, another record begins which ends
 * there too: the first one was cut, and its stated length is right by chance.
 *
 * @returns the place in `bytes`, -1 if there is none
 */
export function recordInside(bytes: Buffer, start: number, length: number): number {
  const end = start + length;
  const last = end - LEADER_REACH;
  for (let at = start + 1; ; at++) {
    at = findLeader(bytes, at, last);
    if (at < 0 || at + fiveDigits(bytes, at) === end) return at;
  }
}

/**
 * Whether the directory is sound and its farthest field ends exactly where the bytes end: the record
 * is whole, though its terminator is missing.
 */
export function isWhole(bytes: Buffer): boolean {
  if (bytes.length < SHORTEST_RECORD - 1 || bytes[bytes.length - 1] !== FIELD_TERMINATOR)
    return false;
  const base = bytes.indexOf(FIELD_TERMINATOR, LEADER_LENGTH) + 1;
  if ((base - 1 - LEADER_LENGTH) % ENTRY_LENGTH !== 0) return false;
  let farthest = 0;
  for (let entry = LEADER_LENGTH; entry < base - 1; entry += ENTRY_LENGTH) {
    const start = fiveDigits(bytes, entry + 7);
    const length = bytes.toString("latin1", entry + 3, entry + 7);
    if (start < 0 || !/^\d{4}$/.test(length)) return false;
    farthest = Math.max(farthest, start + Number(length));
  }
  return base + farthest === bytes.length;
}
