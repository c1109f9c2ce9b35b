/** Byte order marks where files were joined: padding in every format, wherever they stand. */

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Framer } from "../../src/input/framer.js";
import { sniff } from "../../src/input/sniff.js";
import { findingsOf } from "../support/frames.js";
import { data, toMij, toXml } from "../support/plain-record.js";
import { comparable, LENIENT, outline, readMij, readXml } from "../support/read-formats.js";
import { soundRecord } from "../support/sound-record.js";

const MARK = "\ufeff";

function book(id: string) {
  const fields = [{ tag: "001", text: id }, data("245", "10", ["a", "Title"])];
  return { leader: "00000cam a2200000 i 4500", fields };
}

function kinds(bytes: Buffer, size: number): string[] {
  const framer = new Framer({ maxRecordSize: 1 << 20, strict: false });
  const frames = [];
  for (let at = 0; at < bytes.length; at += size) {
    frames.push(...framer.push(Buffer.from(bytes.subarray(at, at + size))));
  }
  return [...frames, ...framer.end()].map(
    (one) => `${one.kind} ${one.length} ${findingsOf(one).map(({ code }) => code)}`,
  );
}

describe("ISO 2709", () => {
  const record = soundRecord();
  const whole = `record ${record.length} `;

  it("has them between records, alone and among other padding, however the bytes are cut", () => {
    const parts = [record, MARK, record, `\n${MARK}\n${MARK}`, record, MARK];
    const bytes = Buffer.concat(parts.map((part) => Buffer.from(part)));
    const expected = [whole, "padding 3 M110", whole, "padding 8 ", whole, "padding 3 "];
    for (const size of [1, 2, 3, 5, 64, 1000]) expect(kinds(bytes, size)).toEqual(expected);
  });

  it("has them behind a record without its terminator, or without its field terminator", () => {
    const noEnd = Buffer.concat([record.subarray(0, -1), Buffer.from(MARK), record]);
    expect(kinds(noEnd, 7)).toEqual([`record ${record.length - 1} M106`, "padding 3 M110", whole]);
  });

  it("is known behind several of them", () => {
    const bytes = Buffer.concat([Buffer.from(`${MARK}${MARK}\n`), record]);
    expect(sniff(bytes, true)).toEqual({ kind: "iso2709" });
    expect(kinds(bytes, 9)).toEqual(["padding 7 M111", whole]);
  });

  it("takes no part of one for a mark", () => {
    const bytes = Buffer.concat([record, Buffer.from([0xef, 0xbb]), record]);
    expect(kinds(bytes, 50)).toEqual([whole, "reject 2 M112", whole]);
  });
});

describe.each([
  ["MARCXML", readXml, (id: string) => `<?xml version="1.0"?><c>${toXml(book(id))}</c>`],
  ["MARC-in-JSON", readMij, (id: string) => JSON.stringify(toMij(book(id)))],
  ["an array of MARC-in-JSON", readMij, (id: string) => JSON.stringify([toMij(book(id))], null, 1)],
] as const)("%s", (_, read, write) => {
  it("has them between joined files, however the bytes are cut", () => {
    const gap = fc.constantFrom(MARK, `\n${MARK}`, `${MARK}${MARK}`, `\r\n${MARK}\r\n`, "\n");
    fc.assert(
      fc.property(gap, gap, fc.integer({ min: 1, max: 40 }), (one, two, size) => {
        const text = [MARK, write("a"), one, write("b"), two, write("c"), MARK].join("");
        const parsed = read(text, LENIENT, size);
        expect(outline(parsed)).toBe("a b c");
        expect(comparable(parsed)).toEqual(comparable(read(text)));
      }),
      { numRuns: 60 },
    );
  });
});
