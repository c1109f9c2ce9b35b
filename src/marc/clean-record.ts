/**
 * The way that nearly every record takes: the directory describes its fields one behind another, and
 * every field is built as it should be. One pass, no copies; the slightest doubt ends it.
 */

import {
  DELIMITER,
  digitsAt,
  ENTRY_LENGTH,
  FIELD_TERMINATOR,
  isControlTag,
  isNumericTag,
  LEADER_LENGTH,
  type Located,
  RECORD_TERMINATOR,
  tagAt,
} from "./directory.js";
import { FIELD_STRIDE } from "./marc-record.js";

/** Locates the fields of a record without any damage; null if anything at all is out of order. */
export function locateClean(bytes: Buffer): Located | null {
  const dataEnd = bytes.length - 1;
  const base = digitsAt(bytes, 12, 5);
  if (base <= LEADER_LENGTH || base > dataEnd || bytes[dataEnd] !== RECORD_TERMINATOR) return null;
  if (bytes[base - 1] !== FIELD_TERMINATOR) return null;
  const count = (base - 1 - LEADER_LENGTH) / ENTRY_LENGTH;
  if (!Number.isInteger(count)) return null;
  const table = new Int32Array(count * FIELD_STRIDE);
  let start = base;
  let slot = 0;
  for (let at = LEADER_LENGTH; at < base - 1; at += ENTRY_LENGTH) {
    const tag = tagAt(bytes, at);
    const length = digitsAt(bytes, at + 3, 4);
    if (digitsAt(bytes, at + 7, 5) !== start - base || length < 2 || !isNumericTag(tag))
      return null;
    const end = start + length - 1;
    if (end >= dataEnd || bytes[end] !== FIELD_TERMINATOR) return null;
    const control = isControlTag(tag);
    if (!(control ? isCleanText(bytes, start, end) : isCleanData(bytes, start, end))) return null;
    table[slot] = tag;
    table[slot + 1] = start;
    table[slot + 2] = end;
    table[slot + 3] = control ? 1 : 0;
    slot += FIELD_STRIDE;
    start = end + 1;
  }
  return start === dataEnd ? { table, fieldCount: count } : null;
}

function isGraphic(byte: number): boolean {
  return byte > 0x20 && byte < 0x7f;
}

/** Whether a control field holds neither delimiters nor terminators. */
export function isCleanText(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at];
    if (byte < 0x20 && byte >= RECORD_TERMINATOR) return false;
  }
  return true;
}

/** Whether a data field is two indicators, then subfields that each have a graphic code. */
export function isCleanData(bytes: Buffer, start: number, end: number): boolean {
  if (end - start < 4 || bytes[start + 2] !== DELIMITER) return false;
  if (!isIndicator(bytes[start]) || !isIndicator(bytes[start + 1])) return false;
  for (let at = start + 2; at < end; at++) {
    const byte = bytes[at];
    if (byte >= 0x20 || byte < RECORD_TERMINATOR) continue;
    if (byte !== DELIMITER || at + 1 === end || !isGraphic(bytes[at + 1])) return false;
  }
  return true;
}

/** Any graphic ASCII or the blank: what an indicator means is not a question of structure. */
export function isIndicator(byte: number): boolean {
  return byte >= 0x20 && byte < 0x7f;
}
