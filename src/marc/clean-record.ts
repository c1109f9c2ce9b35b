/**
 * The way that nearly every record takes: the directory describes its fields one behind another, and
 * every field is built as it should be. One pass, no copies; the slightest doubt ends it.
 */

import { standsForBlank } from "./blank-indicators.js";
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

/** Numbers that are asked for at a time: memory for each record apart costs more than its record. */
const POOL = 16_384;
let pool = new Int32Array(POOL);
let used = 0;

function newTable(length: number): Int32Array {
  if (length > POOL / 4) return new Int32Array(length);
  if (used + length > POOL) {
    pool = new Int32Array(POOL);
    used = 0;
  }
  const table = new Int32Array(pool.buffer, used * Int32Array.BYTES_PER_ELEMENT, length);
  used += length;
  return table;
}

/** Locates the fields of a record without any damage; null if anything at all is out of order. */
export function locateClean(bytes: Buffer): Located | null {
  const dataEnd = bytes.length - 1;
  const base = digitsAt(bytes, 12, 5);
  if (base <= LEADER_LENGTH || base > dataEnd || bytes[dataEnd] !== RECORD_TERMINATOR) return null;
  if (bytes[base - 1] !== FIELD_TERMINATOR) return null;
  const count = (base - 1 - LEADER_LENGTH) / ENTRY_LENGTH;
  if (!Number.isInteger(count)) return null;
  const table = newTable(count * FIELD_STRIDE);
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
    if (!isCleanField(bytes, control, start, end)) return null;
    table[slot] = tag;
    table[slot + 1] = start;
    table[slot + 2] = end;
    table[slot + 3] = control ? 1 : 0;
    slot += FIELD_STRIDE;
    start = end + 1;
  }
  return start === dataEnd ? { table, fieldCount: count } : null;
}

/** Whether a byte is a printable ASCII character other than the blank. */
export function isGraphic(byte: number): boolean {
  return byte > 0x20 && byte < 0x7f;
}

/** Whether a field is built as it should be. */
export function isCleanField(bytes: Buffer, control: boolean, start: number, end: number): boolean {
  return control ? isCleanText(bytes, start, end) : isCleanData(bytes, start, end);
}

/** Whether a control field holds neither delimiters nor terminators. */
function isCleanText(bytes: Buffer, start: number, end: number): boolean {
  let at = controlIn(bytes, start, end);
  while (at < end) {
    if (bytes[at] >= RECORD_TERMINATOR) return false;
    at = controlIn(bytes, at + 1, end);
  }
  return true;
}

/** Whether a data field is two indicators, then subfields that each have a graphic code. */
function isCleanData(bytes: Buffer, start: number, end: number): boolean {
  if (end - start < 4 || bytes[start + 2] !== DELIMITER) return false;
  if (!isIndicator(bytes[start]) || !isIndicator(bytes[start + 1])) return false;
  let at = start + 2;
  while (at < end) {
    const byte = bytes[at];
    if (byte >= RECORD_TERMINATOR) {
      if (byte !== DELIMITER || at + 1 === end || !isGraphic(bytes[at + 1])) return false;
    }
    at = controlIn(bytes, at + 1, end);
  }
  return true;
}

let viewed: Buffer | null = null;
let view: DataView = new DataView(new ArrayBuffer(0));

/** Asking a Buffer for its memory costs as much as a field does: it is asked once a record. */
function viewOf(bytes: Buffer): DataView {
  if (bytes !== viewed) {
    viewed = bytes;
    if (bytes.buffer !== view.buffer) view = new DataView(bytes.buffer);
  }
  return view;
}

/**
 * Where the first byte below 0x20 stands from `start` to `end` (exclusive); `end` if there is none.
 * Four bytes are asked at a time: a byte below 0x20 borrows from its highest bit.
 */
function controlIn(bytes: Buffer, start: number, end: number): number {
  const view = viewOf(bytes);
  const offset = bytes.byteOffset;
  let at = start;
  for (; at + 4 <= end; at += 4) {
    const four = view.getInt32(offset + at, true);
    if (((four - 0x20202020) & ~four & 0x80808080) === 0) continue;
    for (let k = at; k < at + 4; k++) if (bytes[k] < 0x20) return k;
  }
  for (; at < end; at++) if (bytes[at] < 0x20) return at;
  return end;
}

/** Any graphic ASCII or the blank, but not what is written for a blank. */
function isIndicator(byte: number): boolean {
  return byte >= 0x20 && byte < 0x7f && !standsForBlank(byte);
}
