/** The fields of a file as a table, for `validate --fields`. */

import { printable } from "../diagnostics/format.js";

/** What the records of a file have under one tag. */
export interface FieldCount {
  readonly tag: string;
  /** Records that have the field. */
  readonly records: number;
  /** Fields of that tag in all records. */
  readonly fields: number;
  /** The values of the first and of the second indicator, `#` for a blank; "" in control fields. */
  readonly indicators: readonly [string, string];
  /** By subfield code: fields that have it. */
  readonly subfields: Readonly<Record<string, number>>;
  /** The beginning of the first text, of the first subfield if there are subfields. */
  readonly example: string;
}

const HEAD = ["tag", "records", "fields", "ind1", "ind2", "subfields", "example"];
/** Columns of numbers, which end in line. */
const NUMBERS = new Set([1, 2]);
/** A column wider than that pushes the examples out of line in its own row only. */
const WIDEST = 40;

/** One line a tag, ready for a terminal. */
export function fieldTable(counts: readonly FieldCount[]): string {
  const rows = [HEAD, ...counts.map(cells)];
  const widths = HEAD.map((_, i) =>
    Math.min(WIDEST, Math.max(...rows.map((row) => row[i].length))),
  );
  return rows
    .map((row) => {
      const line = row.map((cell, i) =>
        NUMBERS.has(i) ? cell.padStart(widths[i]) : cell.padEnd(widths[i]),
      );
      return `  ${line.join("  ")}`.trimEnd();
    })
    .join("\n");
}

function cells({ tag, records, fields, indicators, subfields, example }: FieldCount): string[] {
  const codes = Object.keys(subfields).join("");
  return [tag, String(records), String(fields), ...indicators, codes, example].map(printable);
}
