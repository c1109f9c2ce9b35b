/** What `mend` writes of every file of the corpora is sound for yaz-marcdump, and holds the same records. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { MarcRecord } from "../src/marc/marc-record.js";
import { recordWriter } from "../src/output/record-writer.js";
import { plainOf } from "../test/support/plain-record.js";
import { LENIENT, readXml, recordsOf } from "../test/support/read-formats.js";
import { inventory } from "./support/inventory.js";
import { bytesOf, framesOf, viewsOf } from "./support/read-file.js";

const folder = mkdtempSync(join(tmpdir(), "mend-conformance-"));
afterAll(() => rmSync(folder, { recursive: true }));

const meaning = (record: MarcRecord) => {
  const { leader, fields } = plainOf(record);
  const tagged = fields.map((field) => ({ ...field, tag: field.tag.replace(/[^!-~]/g, "?") }));
  return JSON.stringify([leader.slice(5, 9) + leader.slice(17, 20), tagged]);
};

/** The records of an ISO 2709 file as yaz-marcdump hands them on in MARCXML. */
function throughYaz(bytes: Buffer): MarcRecord[] {
  const file = join(folder, "mended.mrc");
  writeFileSync(file, bytes);
  const options = ["-i", "marc", "-o", "marcxml", "-f", "utf-8", "-t", "utf-8", file];
  const { stdout, status } = spawnSync("yaz-marcdump", options, { maxBuffer: 1 << 30 });
  expect(status).toBe(0);
  // What the text is was decided when the record was read; a text that only looks encoded twice stays.
  return recordsOf(readXml(stdout, { ...LENIENT, encoding: "utf-8" }));
}

describe("mend", () => {
  it.each(inventory("iso2709"))("$path", async ({ path }) => {
    const views = viewsOf(framesOf(await bytesOf(path)));
    const writer = recordWriter("marc");
    const written = views.flatMap((record) => {
      const bytes = record === null || lacksCode(record) ? null : writer.record(record);
      return record === null || bytes === null ? [] : [{ record, bytes }];
    });
    const yaz = throughYaz(Buffer.concat(written.map(({ bytes }) => bytes)));
    expect(yaz.map(meaning)).toEqual(written.map(({ record }) => meaning(record)));
  });
});

/** What yaz-marcdump hands on in another form: text without a code. */
function lacksCode({ diagnostics }: MarcRecord): boolean {
  return diagnostics.some(({ code }) => code === "M313");
}
