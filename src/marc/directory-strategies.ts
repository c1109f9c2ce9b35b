/**
 * Readings of a directory that does not simply fit. Each either explains every entry or gives null;
 * the caller takes the first that holds.
 *
 * A reading gives spans: for each field its entry and where it stands. `ends` are exclusive and
 * before the field terminator, if the field has one.
 */

import { isAscii, isUtf8 } from "node:buffer";
import {
  DELIMITER,
  type Entries,
  FIELD_TERMINATOR,
  isControlTag,
  isNumericTag,
} from "./directory.js";

const LONGEST_FIELD = 9_999;
const FARTHEST_START = 99_999;

export interface Span {
  readonly tag: number;
  /** Absolute in the record's bytes. */
  readonly start: number;
  readonly end: number;
}

export interface Reading {
  readonly spans: readonly Span[];
  /** Code of the repair, null if the directory was right after all. */
  readonly code: string | null;
  /** Further codes of the same reading. */
  readonly also?: readonly string[];
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

/** Turns a place of the directory into a place of the record; -1 if there is none. */
type Place = (relative: number) => number;

/** Spans by length and start, each ended by a field terminator and none over another. */
function bySpans(area: FieldArea, entries: Entries, place: Place): readonly Span[] | null {
  const spans: Span[] = [];
  for (let entry = 0; entry < entries.count; entry++) {
    const first = entry;
    // ISO 2709: length 0000 says that the field goes on in the next entry of the same tag.
    while (entries.lengths[entry] === 0 && continues(entries, entry)) entry++;
    const from = entries.starts[first];
    const start = entries.starts[entry];
    const length = entries.lengths[entry];
    if (from < 0 || start < 0 || length < 0) return null;
    if (length === 0 && entry === first) continue;
    const span = { tag: entries.tags[entry], start: place(from), end: place(start + length) - 1 };
    if (span.start < area.base || span.end >= area.end || span.end < span.start) return null;
    if (area.bytes[span.end] !== FIELD_TERMINATOR) return null;
    spans.push(span);
  }
  return overlap(spans) ? null : spans;
}

function continues(entries: Entries, entry: number): boolean {
  const next = entry + 1;
  return (
    next < entries.count &&
    entries.tags[next] === entries.tags[entry] &&
    entries.starts[next] > entries.starts[entry]
  );
}

function overlap(spans: readonly Span[]): boolean {
  const sorted = [...spans].sort((a, b) => a.start - b.start);
  return sorted.some((span, index) => index > 0 && span.start <= sorted[index - 1].end);
}

/** The directory as it stands. */
export function byBytes(area: FieldArea, entries: Entries): Reading | null {
  const spans = bySpans(area, entries, (relative) => area.base + relative);
  if (!spans) return null;
  const continued = entries.lengths.some(
    (length, entry) => length === 0 && continues(entries, entry),
  );
  const empty = spans.length < entries.count && !continued;
  return { spans, code: continued ? "M210" : empty ? "M307" : null };
}

/** The directory counts characters of UTF-8 text. */
export function byCharacters(area: FieldArea, entries: Entries): Reading | null {
  const fields = area.bytes.subarray(area.base, area.end);
  if (isAscii(fields) || !isUtf8(fields)) return null;
  const places = new Int32Array(fields.length + 1);
  let count = 0;
  for (let at = 0; at <= fields.length; at++) {
    if ((fields[at] & 0xc0) !== 0x80) places[count++] = area.base + at;
  }
  const spans = bySpans(area, entries, (relative) => (relative < count ? places[relative] : -1));
  return spans && { spans, code: "M211" };
}

/** Entries and fields agree in number: they are paired by the order of the starts, or as they stand. */
export function byTerminators(area: FieldArea, entries: Entries): Reading | null {
  const { fields, unended } = splitAtTerminators(area);
  for (const order of entryOrders(area, entries, fields.length)) {
    const pairs = order.map((entry, index) => ({ entry, ...fields[index] }));
    if (arePaired(area, entries, pairs, unended))
      return pairedReading(area, entries, pairs, unended);
  }
  return null;
}

function pairedReading(
  area: FieldArea,
  entries: Entries,
  pairs: readonly Pair[],
  unended: boolean,
): Reading {
  const spans = new Array<Span | undefined>(entries.count);
  let unsayable = false;
  let wrong = false;
  for (const { entry, start, end } of pairs) {
    const length = end + 1 - start;
    if (length > LONGEST_FIELD || start - area.base > FARTHEST_START) unsayable = true;
    const fits =
      entries.starts[entry] === start - area.base &&
      lengthAgrees(entries.lengths[entry], length, unended && end === area.end);
    wrong ||= !fits && !unsayable;
    spans[entry] = { tag: entries.tags[entry], start, end };
  }
  return {
    spans: spans.filter((span) => span !== undefined),
    code: wrong ? "M204" : unsayable ? "M205" : null,
    also: unended ? ["M301"] : [],
  };
}

/** An entry and the field that its place in the order gives it. */
interface Pair {
  readonly entry: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Whether the pairs can be right. Where one terminator was lost and another one came in, the numbers
 * agree though the fields between have moved by one: their lengths are then those of their neighbours.
 */
function arePaired(
  area: FieldArea,
  entries: Entries,
  pairs: readonly Pair[],
  unended: boolean,
): boolean {
  const stated = pairs.map(({ entry }) => entries.lengths[entry]);
  const lengths = pairs.map(({ start, end }) => end + 1 - start);
  const wrong = lengths.map(
    (length, index) => !lengthAgrees(stated[index], length, unended && index === pairs.length - 1),
  );
  let moved = 0;
  for (const [index, { entry, start, end }] of pairs.entries()) {
    if (!wrong[index]) continue;
    const length = lengths[index];
    const alone = !wrong[index - 1] && !wrong[index + 1];
    if (length === stated[index - 1] || length === stated[index + 1]) moved++;
    // Two fields in one: the terminator between them was overwritten, or is gone.
    const joined = stated[index] + stated[index + 1];
    if (!alone && (length === joined || length === joined - 1)) return false;
    if (!alone && !suitsTag(area.bytes, entries.tags[entry], start, end)) return false;
  }
  return moved < 2;
}

/** A field whose terminator was overwritten has its length still; `length` counts a terminator. */
function lengthAgrees(stated: number, length: number, unended: boolean): boolean {
  return stated === length || (unended && stated === length - 1);
}

function splitAtTerminators({ bytes, base, end, terminated }: FieldArea): {
  fields: { start: number; end: number }[];
  unended: boolean;
} {
  const fields: { start: number; end: number }[] = [];
  let start = base;
  for (;;) {
    const at = bytes.indexOf(FIELD_TERMINATOR, start);
    if (at < 0 || at >= end) break;
    fields.push({ start, end: at });
    start = at + 1;
  }
  // Without a record terminator a last piece may have been cut off, so it is no field.
  const unended = terminated && start < end;
  if (unended) fields.push({ start, end });
  return { fields, unended };
}

/** Orders in which the entries may go with the fields; none if the numbers do not agree. */
function entryOrders(area: FieldArea, entries: Entries, fieldCount: number): number[][] {
  const all = Array.from({ length: entries.count }, (_, entry) => entry);
  const order =
    all.length === fieldCount ? all : all.filter((entry) => entries.lengths[entry] !== 0);
  if (order.length !== fieldCount) return [];
  const starts = order.map((entry) => entries.starts[entry]);
  const distinct = !starts.includes(-1) && new Set(starts).size === starts.length;
  // Starts beyond five digits wrap or stick, and then tell no order.
  if (!distinct || area.end - area.base > FARTHEST_START) return [order];
  return [order.toSorted((a, b) => entries.starts[a] - entries.starts[b]), order];
}

/** Whether a field's content can belong to a tag: 00X has no delimiters, others begin with one. */
function suitsTag(bytes: Buffer, tag: number, start: number, end: number): boolean {
  if (!isNumericTag(tag) || start === end) return true;
  return bytes.subarray(start, end).includes(DELIMITER) !== isControlTag(tag);
}

/** Spans that follow one another without a gap, some of them without a field terminator. */
export function byNeighbours(area: FieldArea, entries: Entries): Reading | null {
  const spans: Span[] = [];
  let expected = 0;
  let ended = 0;
  for (let entry = 0; entry < entries.count; entry++) {
    const start = entries.starts[entry];
    const length = entries.lengths[entry];
    if (start !== expected || length < 1) return null;
    const from = area.base + start;
    const to = from + length;
    if (to > area.end) return null;
    const ends = area.bytes[to - 1] === FIELD_TERMINATOR;
    if (ends) ended++;
    spans.push({ tag: entries.tags[entry], start: from, end: ends ? to - 1 : to });
    expected += length;
  }
  // Most fields must bear the directory out, or it is the directory that is wrong.
  if (area.base + expected !== area.end || ended * 2 < entries.count) return null;
  return { spans, code: "M301" };
}
