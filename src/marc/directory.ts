/** The directory of a record, read as ISO 2709 means it: 12-byte entries of tag, length, start. */

import type { Code } from "../diagnostics/catalogue.js";

export const LEADER_LENGTH = 24;
export const ENTRY_LENGTH = 12;
export const FIELD_TERMINATOR = 0x1e;
export const RECORD_TERMINATOR = 0x1d;
export const DELIMITER = 0x1f;

/** Where the fields of a record were found. */
export interface Located {
  /** As in MarcRecord: tag code, start, end without terminator, 1 for a control field. */
  readonly table: Int32Array;
  readonly fieldCount: number;
}

export interface Span {
  readonly tag: number;
  /** Absolute in the record's bytes. */
  readonly start: number;
  readonly end: number;
}

export interface Reading {
  readonly spans: readonly Span[];
  /** Code of the repair, null if the directory was right after all. */
  readonly code: Code | null;
  /** Further codes of the same reading. */
  readonly also?: readonly Code[];
}

/** The fields' bytes: from the base address to the record terminator or the end. */
export interface FieldArea {
  readonly bytes: Buffer;
  readonly base: number;
  /** Exclusive. */
  readonly end: number;
  /** Whether a record terminator stands at `end`. */
  readonly terminated: boolean;
}

/** Entries that were read but not yet believed; a number that is not all digits is -1. */
export interface Entries {
  readonly count: number;
  readonly tags: Int32Array;
  readonly lengths: Int32Array;
  /** Relative to the base address. */
  readonly starts: Int32Array;
}

/** How many digits an entry gives to the length and to the start of a field. */
export interface EntryShape {
  readonly lengthDigits: number;
  readonly startDigits: number;
}

export const STANDARD_ENTRY: EntryShape = { lengthDigits: 4, startDigits: 5 };

/** The number that `count` digits say, -1 if one of them is no digit or lies beyond the end. */
export function digitsAt(bytes: Buffer, at: number, count: number): number {
  let value = 0;
  for (let k = at; k < at + count; k++) {
    const digit = bytes[k] - 0x30;
    // The negated form also refuses the NaN of a byte beyond the end.
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** Three tag bytes as the number that `tagCode` makes of the tag. */
export function tagAt(bytes: Buffer, at: number): number {
  return (bytes[at] << 16) | (bytes[at + 1] << 8) | bytes[at + 2];
}

/** Reads the entries between the leader and `end` (exclusive), whose distance must be even. */
export function readEntries(bytes: Buffer, end: number, shape: EntryShape): Entries {
  const step = 3 + shape.lengthDigits + shape.startDigits;
  const count = Math.floor((end - LEADER_LENGTH) / step);
  const tags = new Int32Array(count);
  const lengths = new Int32Array(count);
  const starts = new Int32Array(count);
  for (let entry = 0; entry < count; entry++) {
    const at = LEADER_LENGTH + entry * step;
    tags[entry] = tagAt(bytes, at);
    lengths[entry] = digitsAt(bytes, at + 3, shape.lengthDigits);
    starts[entry] = digitsAt(bytes, at + 3 + shape.lengthDigits, shape.startDigits);
  }
  return { count, tags, lengths, starts };
}

/** 00X. */
export function isControlTag(tag: number): boolean {
  return tag >> 8 === 0x3030;
}

/** Three digits. */
export function isNumericTag(tag: number): boolean {
  return isDigit(tag >> 16) && isDigit((tag >> 8) & 0xff) && isDigit(tag & 0xff);
}

/** Whether a byte is an ASCII digit. */
export function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

/**
 * Whether a field is a control field: 00X is, other numbers are not, and a tag with letters (`FMT`,
 * `CAT`) is what its content shows.
 */
export function isControlField(bytes: Buffer, tag: number, start: number, end: number): boolean {
  if (isControlTag(tag)) return true;
  if (isNumericTag(tag)) return false;
  return !bytes.subarray(start, end).includes(DELIMITER);
}
