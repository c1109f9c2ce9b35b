import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FinishedRow } from "../../src/store/model/finished-row.js";
import { PAGE_SIZE, RowPages } from "../../src/store/sqlite/side/row-pages.js";
import { otherProgram } from "../support/other-program.js";

const TEXTS = 3;
/** What fits into one page beside the head of the page and that of the row. */
const NEARLY_A_PAGE = PAGE_SIZE - 60;

let folder: string;
let path: string;
let first: Buffer;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "marc-import-test-"));
  path = join(folder, "side");
  otherProgram(path, (db) => {
    db.pragma(`page_size = ${PAGE_SIZE}`);
    db.exec(
      "CREATE TABLE rows (row INTEGER PRIMARY KEY, digest, fallback, source, one, two, three)",
    );
  });
  first = readFileSync(path).subarray(0, PAGE_SIZE);
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Row {
  readonly digest: number;
  readonly fallback: number | null;
  readonly source: string;
  readonly texts: readonly string[];
}

/** A row in memory that holds other things before and behind it. */
function finished({ digest, fallback, texts }: Row): FinishedRow {
  const sizes = texts.map((text) => Buffer.byteLength(text));
  return {
    inputDigest: digest,
    fallbackUrl: fallback,
    sizes: Int32Array.from([77, ...sizes, 99]),
    firstSize: 1,
    textCount: texts.length,
    bytes: Buffer.from(`before${texts.join("")}behind`),
    from: "before".length,
  };
}

/** What SQLite reads in a file that was filled with rows; those that were refused are left out. */
function readBack(pages: RowPages, rows: readonly Row[]) {
  pages.clear();
  const taken = rows.filter((row) => pages.add(finished(row), row.source));
  writeFileSync(path, pages.file(first));
  const found = otherProgram(path, (db) => ({
    check: db.pragma("integrity_check", { simple: true }),
    rows: db.prepare("SELECT * FROM rows ORDER BY row").raw().all(),
    last: db.prepare("SELECT three FROM rows WHERE row = ?").pluck().get(taken.length),
  }));
  const expected = taken.map(({ digest, fallback, source, texts }, index) => [
    index + 1,
    digest,
    fallback,
    source,
    ...texts,
  ]);
  expect(found.check).toBe("ok");
  expect(found.rows).toEqual(expected);
  expect(found.last).toBe(taken.at(-1)?.texts[2]);
  return taken;
}

const number = fc.nat(Number.MAX_SAFE_INTEGER);
/** Lengths at which a size takes a byte more, and characters of one to four bytes. */
const text = fc.oneof(
  fc.constant(""),
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.constantFrom(56, 57, 58, 59, 8184, 8185, 8186, 8187).map((length) => "x".repeat(length)),
  fc.nat(3000).map((length) => "ж".repeat(length)),
);
const row: fc.Arbitrary<Row> = fc.record({
  digest: number,
  fallback: fc.option(number),
  source: fc.string({ unit: "grapheme", maxLength: 60 }),
  texts: fc.array(text, { minLength: TEXTS, maxLength: TEXTS }),
});
const small = { digest: 1, fallback: null, source: "a.mrc:0:100", texts: ["one", "", "three"] };

describe("rows as pages", () => {
  it("are what SQLite reads, whatever stood in the pages before", () => {
    const pages = new RowPages();
    const refused = fc.property(fc.array(row, { minLength: 1, maxLength: 60 }), (rows) => {
      readBack(pages, rows);
    });
    fc.assert(refused, { numRuns: 60 });
  });

  it("may fill a page to its last byte, and are refused where they would not fit", () => {
    const pages = new RowPages();
    for (let length = NEARLY_A_PAGE; length < PAGE_SIZE; length++) {
      const long = { ...small, texts: ["x".repeat(length), "", "end"] };
      const taken = readBack(pages, [small, long, small]);
      expect(taken.length, `${length}`).toBe(taken.includes(long) ? 3 : 2);
    }
    const whole = { ...small, texts: ["x".repeat(PAGE_SIZE), "", ""] };
    expect(readBack(pages, [small, whole]).includes(whole)).toBe(false);
  });

  it("are refused once the file is full", () => {
    const pages = new RowPages();
    const many = Array.from({ length: 20_000 }, (_, digest) => ({ ...small, digest }));
    expect(readBack(pages, many).length).toBe(16_383);
    const long = { ...small, texts: ["x".repeat(9000), "", ""] };
    const taken = readBack(pages, new Array<Row>(1000).fill(long));
    expect(taken.length).toBeGreaterThan(200);
    expect(taken.length).toBeLessThan(1000);
  });
});
