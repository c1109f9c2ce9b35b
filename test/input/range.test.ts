/** FILE:OFFSET:LENGTH as an input: a record alone, in every format. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { inspect } from "../../src/looking/validate.js";
import { soundRecord } from "../support/sound-record.js";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "marc-range-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

const OPTIONS = {
  format: "auto",
  encoding: "auto",
  strict: false,
  allowEmpty: false,
  maxRecordSize: 1 << 24,
  fields: false,
} as const;

function file(bytes: string | Buffer, name = "in"): string {
  const path = join(directory, name);
  writeFileSync(path, bytes);
  return path;
}

const LEADER = "00000cam a2200000 i 4500";
const JSON_RECORD = `{"leader":"${LEADER}","fields":[{"001":"é"}]}`;
const XML_RECORD = `<record><leader>${LEADER}</leader><controlfield tag="001">é</controlfield></record>`;
const TURBO_RECORD = `<r><l>${LEADER}</l><c001>é</c001></r>`;
const MRK_RECORD = `=LDR  ${LEADER}\n=001  é`;

const FORMS: readonly (readonly [string, string, string, string])[] = [
  ["MARCXML", '<?xml version="1.0"?>\n<collection>\n', XML_RECORD, "\n</collection>"],
  ["TurboMARC", "<collection>", TURBO_RECORD, "</collection>"],
  ["JSON in an array", "[", JSON_RECORD, "]"],
  ["MARCMaker text", "\n", MRK_RECORD, "\n"],
];

describe.each(FORMS)("a record of %s", (_, head, record, tail) => {
  const text = `${head}${[record, record, record].join("\n\n")}${tail}`;
  const length = Buffer.byteLength(record);
  const second = Buffer.byteLength(head) + length + 2;

  it.each([
    ["plain", (bytes: Buffer) => bytes],
    ["zipped", (bytes: Buffer) => gzipSync(bytes)],
  ])("is read alone, without a finding, and with its bytes (%s)", async (_what, packed) => {
    const path = file(packed(Buffer.from(text)));
    const one = await inspect(`${path}:${second}:${length}`, OPTIONS);
    expect(one).toMatchObject({
      records: 1,
      bytes: length,
      rejects: [],
      warnings: {},
      repairs: {},
    });
    expect(await inspect(`${path}:${second}`, OPTIONS)).toMatchObject({ records: 2, warnings: {} });
  });

  it("is told where it begins, if a range does not", async () => {
    const path = file(text);
    await expect(inspect(`${path}:${second - length}:9`, OPTIONS)).rejects.toMatchObject({
      code: "M014",
      exitStatus: 3,
      message: expect.stringContaining(`begin at bytes ${second}, ${second + length + 2}`),
    });
  });
});

describe("a range", () => {
  it("may be of what was rejected", async () => {
    const text = `${JSON_RECORD}\nno record\n${JSON_RECORD}\n`;
    const at = Buffer.byteLength(JSON_RECORD) + 1;
    const one = await inspect(`${file(text)}:${at}:9`, OPTIONS);
    expect(one.rejects).toMatchObject([{ offset: at, length: 9, code: "M721" }]);
  });

  it("behind the end names no place", async () => {
    const path = file(soundRecord());
    await expect(inspect(`${path}:9999`, OPTIONS)).rejects.toThrow("none was found behind it");
  });

  it("is none where a file has such a name, or none has the name before it", async () => {
    const path = file(soundRecord(), "in:0:5");
    expect(await inspect(path, OPTIONS)).toMatchObject({ records: 1, rejects: [] });
    await expect(inspect(join(directory, "none:0:5"), OPTIONS)).rejects.toMatchObject({
      code: "M006",
    });
  });
});
