/** A directory that leads nowhere, beside fields that end as they should: both are paired one by one. */

import type { Code } from "../diagnostics/catalogue.js";
import {
  DELIMITER,
  type Entries,
  FIELD_TERMINATOR,
  type FieldArea,
  isControlTag,
  isNumericTag,
  type Reading,
  type Span,
} from "./directory.js";

const LONGEST_FIELD = 9_999;
const FARTHEST_START = 99_999;

/** Entries and fields agree in number: they are paired in the order that the entries bear out. */
export function byTerminators(area: FieldArea, entries: Entries): Reading | null {
  const { fields, unended } = splitAtTerminators(area);
  const paired = entryOrders(area, entries, fields.length).map((order) =>
    order.map((entry, index) => ({ entry, ...fields[index] })),
  );
  const pairs = paired.length < 2 ? paired[0] : likelier(area, entries, paired);
  if (!pairs || !pairsHold(area, entries, pairs, unended)) return null;
  return pairedReading(area, entries, pairs, unended);
}

/**
 * Of two orders the one in which more entries are right, in place and length or else in length; null
 * where nothing tells them apart, since then fields could come under one another's tags.
 */
function likelier(
  { base }: FieldArea,
  { starts, lengths }: Entries,
  [first, second]: readonly (readonly Pair[])[],
): readonly Pair[] | null {
  const right = (pairs: readonly Pair[], placed: boolean) =>
    pairs.filter(
      ({ entry, start, end }) =>
        lengths[entry] === end + 1 - start && (!placed || starts[entry] === start - base),
    ).length;
  for (const placed of [true, false]) {
    const difference = right(first, placed) - right(second, placed);
    if (difference !== 0) return difference > 0 ? first : second;
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
  const also: Code[] = [];
  if (unended) also.push("M301");
  if (pairs.length < entries.count) also.push("M307");
  return {
    spans: spans.filter((span) => span !== undefined),
    code: wrong ? "M204" : unsayable ? "M205" : null,
    also,
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
function pairsHold(
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
    const unsupported = !alone || wrong.every(Boolean);
    if (unsupported && !suitsTag(area.bytes, entries.tags[entry], start, end)) return false;
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

/** Orders in which the entries may go with the fields, none if the numbers do not agree, else one or two. */
function entryOrders(area: FieldArea, entries: Entries, fieldCount: number): number[][] {
  const all = Array.from({ length: entries.count }, (_, entry) => entry);
  const order =
    all.length === fieldCount ? all : all.filter((entry) => entries.lengths[entry] !== 0);
  if (order.length !== fieldCount) return [];
  const starts = order.map((entry) => entries.starts[entry]);
  const distinct = !starts.includes(-1) && new Set(starts).size === starts.length;
  // Starts beyond five digits wrap or stick, and then tell no order.
  if (!distinct || area.end - area.base > FARTHEST_START) return [order];
  const sorted = order.toSorted((a, b) => entries.starts[a] - entries.starts[b]);
  return sorted.every((entry, index) => entry === order[index]) ? [order] : [sorted, order];
}

/** Whether a field's content can belong to a tag: 00X has no delimiters, others begin with one. */
function suitsTag(bytes: Buffer, tag: number, start: number, end: number): boolean {
  if (!isNumericTag(tag) || start === end) return true;
  return bytes.subarray(start, end).includes(DELIMITER) !== isControlTag(tag);
}
