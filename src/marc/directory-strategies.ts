/**
 * Readings of a directory that does not simply fit. Each either explains every entry or gives null;
 * the caller takes the first that holds.
 *
 * A reading gives spans: for each field its entry and where it stands. `ends` are exclusive and
 * before the field terminator, if the field has one.
 */

import { isAscii, isUtf8 } from "node:buffer";
import type { Code } from "../diagnostics/catalogue.js";
import {
  type Entries,
  FIELD_TERMINATOR,
  type FieldArea,
  type Reading,
  type Span,
} from "./directory.js";
import { unclaimed } from "./unclaimed-bytes.js";

/** Turns a place of the directory into a place of the record; -1 if there is none. */
type Place = (relative: number) => number;

interface Found {
  readonly spans: readonly Span[];
  /** Whether a field goes on over several entries, and whether an entry has no field (M307). */
  readonly continued: boolean;
  readonly empty: boolean;
}

/**
 * Spans by length and start, each ended by a field terminator and none over another. An entry may
 * have no field only if no field lacks its entry.
 */
function bySpans(area: FieldArea, entries: Entries, place: Place): Found | null {
  const spans: Span[] = [];
  let continued = false;
  let empty = false;
  for (let entry = 0; entry < entries.count; entry++) {
    const first = entry;
    while (continues(area, entries, entry, place)) entry++;
    continued ||= entry > first;
    const from = entries.starts[first];
    const start = entries.starts[entry];
    const length = entries.lengths[entry];
    if (from < 0 || start < 0 || length < 0) return null;
    if (length === 0 && entry === first) {
      empty = true;
      continue;
    }
    const span = { tag: entries.tags[entry], start: place(from), end: place(start + length) - 1 };
    if (span.start < area.base || span.end >= area.end || span.end < span.start) return null;
    if (area.bytes[span.end] !== FIELD_TERMINATOR) return null;
    spans.push(span);
  }
  if (overlap(spans) || (empty && unclaimed(area, spans).length > 0)) return null;
  return { spans, continued, empty };
}

/**
 * Whether a field goes on in the next entry: ISO 2709 says so by the length 0000 and the same tag. A
 * field that ended there ends there.
 */
function continues(area: FieldArea, entries: Entries, entry: number, place: Place): boolean {
  const next = entry + 1;
  return (
    entries.lengths[entry] === 0 &&
    next < entries.count &&
    entries.tags[next] === entries.tags[entry] &&
    entries.starts[next] > entries.starts[entry] &&
    area.bytes[place(entries.starts[next]) - 1] !== FIELD_TERMINATOR
  );
}

function overlap(spans: readonly Span[]): boolean {
  const sorted = [...spans].sort((a, b) => a.start - b.start);
  return sorted.some((span, index) => index > 0 && span.start <= sorted[index - 1].end);
}

/** The directory as it stands. */
export function byBytes(area: FieldArea, entries: Entries): Reading | null {
  const found = bySpans(area, entries, (relative) => area.base + relative);
  return (
    found && { spans: found.spans, code: found.continued ? "M210" : null, also: emptied(found) }
  );
}

function emptied({ empty }: Found): readonly Code[] {
  return empty ? ["M307"] : [];
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
  const found = bySpans(area, entries, (relative) => (relative < count ? places[relative] : -1));
  return found && { spans: found.spans, code: "M211", also: emptied(found) };
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
