import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordsOf, rowsOf, SAMPLES } from "../support/samples.js";

const SCRIPT = fileURLToPath(new URL("../../scripts/make-samples.mjs", import.meta.url));
const NAMES = ["catalog", "trial", "vendor", "duplicates"] as const;

let made: string;

beforeAll(() => {
  made = mkdtempSync(join(tmpdir(), "samples-"));
  copyFileSync(join(SAMPLES, "README.md"), join(made, "README.md"));
  execFileSync(process.execPath, [SCRIPT, made]);
});

afterAll(() => rmSync(made, { recursive: true }));

describe("the samples are what their script makes", () => {
  it.each([...NAMES.map((name) => `${name}.mrc`), "package.mrc", "README.md"])("%s", (file) => {
    const fresh = readFileSync(join(made, file));
    expect(fresh.equals(readFileSync(join(SAMPLES, file)))).toBe(true);
  });
});

describe.each(NAMES)("%s.mrc", (name) => {
  const records = recordsOf(name);

  it("has one row for each record in samples/README.md, in order, with its 001", () => {
    const rows = rowsOf(name);
    expect(rows.map((row) => row.number)).toEqual(records.map((_, index) => index + 1));
    expect(rows.map((row) => row.controlNumber)).toEqual(records.map(controlNumber));
  });

  it("names only outcomes that there are", () => {
    const outcomes = "created updated unchanged merged ignored deleted rejected".split(" ");
    for (const row of rowsOf(name)) {
      expect(outcomes).toContain(row.first);
      expect(outcomes).toContain(row.second);
    }
  });

  it("has sound directories but for the record that is to be rejected", () => {
    const unsound = records.flatMap((record, index) => (isSound(record) ? [] : [index + 1]));
    const rejected = rowsOf(name).filter((row) => row.first === "rejected");
    expect(unsound).toEqual(rejected.map((row) => row.number));
  });
});

describe("catalog.mrc", () => {
  it("holds text in UTF-8 and in MARC-8, and leader/09 says which", () => {
    for (const record of recordsOf("catalog")) {
      const unicode = record[9] === 0x61;
      expect(Buffer.from(record.toString("utf8")).equals(record)).toBe(unicode || isAscii(record));
    }
    expect(recordsOf("catalog").filter((record) => record[9] === 0x20).length).toBeGreaterThan(3);
  });
});

function isAscii(record: Buffer): boolean {
  return record.every((byte) => byte < 0x80);
}

/** The directory as tag, length and start of each field. */
function directoryOf(record: Buffer): { tag: string; length: number; start: number }[] {
  const text = record.toString("latin1", 24, Number(record.toString("latin1", 12, 17)) - 1);
  return [...text.matchAll(/(...)(\d{4})(\d{5})/g)].map(([, tag, length, start]) => ({
    tag,
    length: Number(length),
    start: Number(start),
  }));
}

/** Whether the fields of the directory fill the record exactly, each to its field terminator. */
function isSound(record: Buffer): boolean {
  const base = Number(record.toString("latin1", 12, 17));
  let end = base;
  for (const { length, start } of directoryOf(record)) {
    if (base + start !== end || record[end + length - 1] !== 0x1e) {
      return false;
    }
    end += length;
  }
  return end === record.length - 1 && record[end] === 0x1d;
}

function controlNumber(record: Buffer): string {
  const base = Number(record.toString("latin1", 12, 17));
  const entry = directoryOf(record).find(({ tag }) => tag === "001");
  if (entry === undefined) {
    return "(none)";
  }
  const start = base + entry.start;
  return record.toString("latin1", start, start + entry.length - 1);
}
