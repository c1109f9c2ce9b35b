/** Record views made of plain data, as a parser would give them. */

import { FIELD_STRIDE, MarcRecord, tagCode } from "../../src/marc/marc-record.js";

/**
 * A control field is `["001", "x"]`; a data field is its tag, its indicators and its subfields, each
 * the code and the text in one: `["245", "10", "aTitle", "bRest"]`.
 */
export type FieldOf = readonly [tag: string, ...content: string[]];

export interface RecordOf {
  readonly leader?: string;
  readonly fields: readonly FieldOf[];
}

export const BOOK = "00000nam a2200000 a 4500";
export const SERIAL = "00000nas a2200000 a 4500";

function content([, ...parts]: FieldOf): string {
  if (parts.length === 1) return parts[0];
  return (
    parts[0] +
    parts
      .slice(1)
      .map((subfield) => `\x1f${subfield}`)
      .join("")
  );
}

/** A view over UTF-8 bytes that holds nothing but the fields' contents and their terminators. */
export function viewOf({ leader = BOOK, fields }: RecordOf): MarcRecord {
  const chunks = fields.map((field) => Buffer.from(`${content(field)}\x1e`, "utf8"));
  const table = new Int32Array(fields.length * FIELD_STRIDE);
  let start = 0;
  fields.forEach((field, index) => {
    const end = start + chunks[index].length - 1;
    table.set([tagCode(field[0]), start, end, field.length === 2 ? 1 : 0], index * FIELD_STRIDE);
    start = end + 1;
  });
  return new MarcRecord(Buffer.concat(chunks), leader, table, fields.length, "utf-8", []);
}
