/** Valid ISO 2709 records made of plain data, and views read back into plain data. */

import { expect } from "vitest";
import { FIELD_STRIDE, type MarcRecord, tagText } from "../../src/marc/marc-record.js";
import type { FieldOf } from "./record-view.js";

export interface IsoRecord {
  /** 24 characters; length and base address are filled in. */
  readonly leader?: string;
  readonly fields: readonly FieldOf[];
}

/** Unicode book: leader/09 is `a`. */
const BOOK = "00000nam a2200000 a 4500";

/** The bytes of a field without its terminator. */
export function fieldContent([, ...parts]: FieldOf): Buffer {
  if (parts.length === 1) return Buffer.from(parts[0], "utf8");
  const [indicators, ...subfields] = parts;
  return Buffer.from(indicators + subfields.map((text) => `\x1f${text}`).join(""), "utf8");
}

/** How a directory is written; the standard unless a test damages it. */
export interface DirectoryStyle {
  readonly length?: (field: Buffer) => number;
  readonly entry?: (tag: string, length: number, start: number) => string;
}

function standardEntry(tag: string, length: number, start: number): string {
  return tag + String(length).padStart(4, "0") + String(start).padStart(5, "0");
}

/** Writes a record whose fields have these tags and contents. */
export function isoOf(
  leader: string,
  fields: readonly (readonly [tag: string, content: Buffer])[],
  { length = (field) => field.length, entry = standardEntry }: DirectoryStyle = {},
): Buffer {
  const bodies = fields.map(([, content]) => Buffer.concat([content, Buffer.from([0x1e])]));
  let start = 0;
  const entries = fields.map(([tag], index) => {
    const text = entry(tag, length(bodies[index]), start);
    start += length(bodies[index]);
    return text;
  });
  const directory = Buffer.from(`${entries.join("")}\x1e`, "latin1");
  const base = 24 + directory.length;
  const body = Buffer.concat([...bodies, Buffer.from([0x1d])]);
  return Buffer.concat([leaderOf(leader, base + body.length, base), directory, body]);
}

function leaderOf(leader: string, length: number, base: number): Buffer {
  const five = (value: number) => String(value % 100_000).padStart(5, "0");
  return Buffer.from(five(length) + leader.slice(5, 12) + five(base) + leader.slice(17), "latin1");
}

export function iso({ leader = BOOK, fields }: IsoRecord): Buffer {
  return isoOf(
    leader,
    fields.map((field) => [field[0], fieldContent(field)]),
  );
}

/** The fields of a view as plain data; checks on the way that the view is well formed. */
export function fieldsOf(record: MarcRecord): FieldOf[] {
  const fields: FieldOf[] = [];
  for (let field = 0; field < record.fieldCount; field++) {
    fields.push(record.isControl(field) ? controlOf(record, field) : dataOf(record, field));
  }
  expect(record.table.length).toBeGreaterThanOrEqual(record.fieldCount * FIELD_STRIDE);
  return fields;
}

function controlOf(record: MarcRecord, field: number): FieldOf {
  const bytes = record.bytes.subarray(record.start(field), record.end(field));
  expect(bytes.some((byte) => byte >= 0x1d && byte <= 0x1f)).toBe(false);
  return [tagText(record.tag(field)), bytes.toString("utf8")];
}

function dataOf(record: MarcRecord, field: number): FieldOf {
  const bytes = record.bytes.subarray(record.start(field), record.end(field));
  expect(bytes.length).toBeGreaterThan(2);
  expect(bytes[2]).toBe(0x1f);
  expect(bytes.some((byte) => byte === 0x1d || byte === 0x1e)).toBe(false);
  const indicators = bytes.subarray(0, 2).toString("latin1");
  expect(indicators).toMatch(/^[ -~]{2}$/);
  const subfields = bytes.toString("utf8", 3).split("\x1f");
  for (const subfield of subfields) expect(subfield).toMatch(/^[ -~]/);
  return [tagText(record.tag(field)), indicators, ...subfields];
}

/** The records of an ISO 2709 file, cut apart by the lengths in their leaders. */
export function cutByLength(bytes: Buffer): Buffer[] {
  const records: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = Number(bytes.toString("latin1", at, at + 5));
    records.push(bytes.subarray(at, at + length));
    at += length;
  }
  return records;
}
