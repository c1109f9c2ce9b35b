/** Rows as text: whatever a value holds, a reader of the format gets it back. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tableWriter } from "../../src/output/table-text.js";
import { readCsv, readTsv } from "../support/read-tables.js";

const NAMES = ["one", "two, three", 'say "four"'];
const awkward = fc.string({
  unit: fc.constantFrom(..."a;é€😀 ,\t\n\r\\\"'=0", "\r\n", "\\t", '""'),
});
const rows = fc.array(fc.tuple(awkward, awkward, awkward));

describe("a table", () => {
  it.each([
    ["csv", readCsv],
    ["tsv", readTsv],
  ] as const)("as %s is read back as it was", (format, read) => {
    fc.assert(
      fc.property(rows, (values) => {
        const { head, row } = tableWriter(format, NAMES, null);
        expect(read(head + values.map(row).join(""))).toEqual([NAMES, ...values]);
      }),
    );
  });

  it("as tsv has a line for each row, and a tab for each column but the first", () => {
    fc.assert(
      fc.property(rows, (values) => {
        const { row } = tableWriter("tsv", NAMES, null);
        const lines = values.map(row).join("").split("\n");
        expect(lines.pop()).toBe("");
        expect(lines.map((line) => line.split("\t").length)).toEqual(values.map(() => 3));
      }),
    );
  });

  it("as jsonl is an object a line, numbers and nothings as they are", () => {
    const { head, row } = tableWriter("jsonl", ["id", "title", "subjects"], null);
    expect(head).toBe("");
    const text = row([7, null, ["a", 'b"']]) + row([8, "x\ny", []]);
    expect(text).toBe(
      '{"id":7,"title":null,"subjects":["a","b\\""]}\n{"id":8,"title":"x\\ny","subjects":[]}\n',
    );
  });

  it.each([
    ["csv", null, '1,"[""a"",""b, c""]",\r\n'],
    ["csv", "; ", '1,"a; b, c",\r\n'],
    ["tsv", null, '1\t["a","b, c"]\t\n'],
    ["tsv", "|", "1\ta|b, c\t\n"],
    ["jsonl", "|", '{"n":1,"list":"a|b, c","none":null}\n'],
  ] as const)("as %s joins lists by %j", (format, join, expected) => {
    const { row } = tableWriter(format, ["n", "list", "none"], join);
    expect(row([1, ["a", "b, c"], null])).toBe(expected);
  });
});
