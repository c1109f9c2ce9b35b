/**
 * Items as they travel between threads. What is sent is copied object by object and text by text; so
 * the records that are as most are (nothing to tell, nothing left out) are written into memory that
 * both threads see, and made again on the other side one by one. The memories are used in turn.
 */

import type { InputItem } from "../portion.js";

/** Plain data; its numbers and bytes stand in shared memory. */
export interface PackedItems {
  /** The input file of all packed items. */
  readonly file: string;
  /** The items that were not packed, in order. */
  readonly unpacked: readonly InputItem[];
  /** By item: its kind, then the numbers of that kind. */
  readonly numbers: Float64Array;
  /** The length of each text in order: in UTF-16 units, of finished rows in bytes. */
  readonly lengths: Int32Array;
  /** The texts one behind another: a byte or two a unit, as the kind of the record says, or UTF-8. */
  readonly texts: Uint8Array;
  /** How many are finished rows, null where none ever is. */
  readonly finished: number | null;
}

export const UNPACKED = 0;
export const KNOWN = 1;
export const RECORD = 2;
/** A record whose texts are in UTF-8, as they are stored. */
export const FINISHED = 3;
/** The bits of a kind without its flags. */
export const KIND = 3;
/** Flags of a record, added to its kind. */
export const WIDE = 4;
export const FALLBACK_URL = 8;
/** The record itself stands behind its texts, and its length behind theirs. */
export const KEPT_MARC = 16;
export const KEPT_XML = 32;

/** Kind, number, offset, length, what it is known as. */
export const NUMBERS_OF_KNOWN = 5;
/** Kind, number, offset, length, digest, units (of finished rows bytes) of all its texts. */
export const NUMBERS_OF_RECORD = 6;
/** Texts of a record before its values: control number, foreign id, 005, evidence. */
export const TEXTS_BEFORE_VALUES = 4;
export const ID_TEXT = 1;
export const EVIDENCE_TEXT = 3;
