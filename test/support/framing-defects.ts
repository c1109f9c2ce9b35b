/** The catalogue of defects: wrong lengths, lost terminators, what stands between records. */

import { iso } from "./marc-builder.js";
import type { FieldOf } from "./record-view.js";
import { overwritten, withStatedLength } from "./sound-record.js";

export interface FramingDefect {
  readonly code: string;
  readonly what: string;
  /** The bytes that stand in the stream instead of a sound record. */
  damage(record: Buffer): Buffer;
  /** Where the damage is possible at all. */
  readonly place?: "first" | "last";
  /** Whether the record itself comes back, as these bytes. */
  readonly recovered?: (damaged: Buffer) => Buffer;
  readonly maxRecordSize?: number;
}

const whole = (damaged: Buffer) => damaged;

export const FRAMING_DEFECTS: readonly FramingDefect[] = [
  {
    code: "M101",
    what: "length too large",
    damage: (r) => withStatedLength(r, r.length + 7),
    recovered: whole,
  },
  {
    code: "M101",
    what: "length too small",
    damage: (r) => withStatedLength(r, r.length - 2),
    recovered: whole,
  },
  {
    code: "M101",
    what: "length reaches over two neighbours",
    damage: (r) => withStatedLength(r, r.length * 3),
    recovered: whole,
  },
  {
    code: "M102",
    what: "length counts characters",
    damage: (r) => withStatedLength(r, r.toString("utf8").length),
    recovered: whole,
  },
  {
    code: "M103",
    what: "length is letters",
    damage: (r) => overwritten(r, 0, "abcde"),
    recovered: whole,
  },
  {
    code: "M103",
    what: "length has a sign",
    damage: (r) => overwritten(r, 0, "+0400"),
    recovered: whole,
  },
  {
    code: "M103",
    what: "length is blank",
    damage: (r) => overwritten(r, 0, "     "),
    recovered: whole,
  },
  {
    code: "M103",
    what: "length is zero bytes",
    damage: (r) => overwritten(r, 0, "\0\0\0\0\0"),
    recovered: whole,
  },
  {
    code: "M104",
    what: "length 00000",
    damage: (r) => overwritten(r, 0, "00000"),
    recovered: whole,
  },
  {
    code: "M104",
    what: "length 99999",
    damage: (r) => overwritten(r, 0, "99999"),
    recovered: whole,
  },
  { code: "M104", what: "over 99,999 bytes", damage: () => longRecord(), recovered: whole },
  { code: "M105", what: "larger than allowed", damage: () => longRecord(), maxRecordSize: 50_000 },
  { code: "M106", what: "no terminator", damage: (r) => r.subarray(0, -1), recovered: whole },
  {
    code: "M106",
    what: "line end for terminator",
    damage: (r) => overwritten(r, r.length - 1, "\n"),
    recovered: (d) => d.subarray(0, -1),
  },
  {
    code: "M106",
    what: "cut in the middle",
    damage: (r) => r.subarray(0, r.length - 40),
    recovered: whole,
  },
  {
    code: "M107",
    what: "no last terminator",
    damage: (r) => r.subarray(0, -1),
    place: "last",
    recovered: whole,
  },
  { code: "M108", what: "cut off", damage: (r) => r.subarray(0, r.length - 40), place: "last" },
  { code: "M108", what: "cut off in the leader", damage: (r) => r.subarray(0, 15), place: "last" },
  {
    code: "M109",
    what: "terminator in a field",
    damage: (r) => overwritten(r, r.indexOf("Clowns"), "\x1d"),
    recovered: whole,
  },
  {
    code: "M110",
    what: "line end behind",
    damage: (r) => Buffer.concat([r, Buffer.from("\r\n")]),
    recovered: (d) => d.subarray(0, -2),
  },
  {
    code: "M110",
    what: "zero bytes and ^Z behind",
    damage: (r) => Buffer.concat([r, Buffer.alloc(3000), Buffer.from("\x1a")]),
    recovered: (d) => d.subarray(0, -3001),
  },
  {
    code: "M111",
    what: "byte order mark before",
    damage: (r) => Buffer.concat([Buffer.from("\ufeff"), r]),
    place: "first",
    recovered: (d) => d.subarray(3),
  },
  {
    code: "M112",
    what: "log text",
    damage: () => Buffer.from("2024-05-01 12:00:01 ERROR 00123 connection lost\n"),
  },
  {
    code: "M112",
    what: "log text that ends like a record",
    damage: () => Buffer.from("12345 records written\x1e\x1d"),
  },
  {
    code: "M112",
    what: "a web page",
    damage: () => Buffer.from("<!DOCTYPE html><html><body>503 Service Unavailable</body></html>"),
  },
  { code: "M112", what: "a wrecked leader", damage: (r) => overwritten(r, 0, "?".repeat(24)) },
  {
    code: "M113",
    what: "very much junk",
    damage: () => Buffer.alloc(1200, "junk "),
    maxRecordSize: 1000,
  },
];

/** Over 99,999 bytes: its stated length has wrapped. */
function longRecord(): Buffer {
  const text = `aNote ${"x".repeat(9000)}`;
  const fields = Array.from({ length: 14 }, (): FieldOf => ["500", "  ", text]);
  return iso({ fields: [["001", "long"], ...fields] });
}
