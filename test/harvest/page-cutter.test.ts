/** An answer is cut into the same records however its bytes come, and where they come into used memory. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PageCutter } from "../../src/harvest/page-cutter.js";
import { PagesFile } from "../../src/harvest/pages-file.js";

/** What may stand in the metadata of a record. */
const PIECES = [
  "text",
  "a < b",
  "<<",
  "</>",
  "<dc:title>T</dc:title>",
  "<r:records/>",
  "<headers>h</headers>",
  "<!-- comment -->",
  "<![CDATA[<b>]]>",
  "<?pi </record> ?>",
  "<header>not of the record</header>",
  "<marc:record>one</marc:record>",
  "<record><header>of another repository</header><metadata>m</metadata></record>",
  "<o:record><o:header status='deleted'/></o:record><x/>",
  "<record xmlns='urn:x' a='>'>two</record>",
  "é中\u{1f40b}",
  "x".repeat(80),
] as const;

const record = fc
  .array(fc.constantFrom(...PIECES), { maxLength: 12 })
  .map((inner) => `<record><header>h</header><metadata>${inner.join("")}</metadata></record>`);

const answer = (records: readonly string[], between = "\n") =>
  `<?xml version="1.0"?><OAI-PMH xmlns="urn:o"><ListRecords>${records.join(between)}<resumptionToken>t</resumptionToken></ListRecords></OAI-PMH>`;

const texts = (cut: readonly { readonly bytes: Buffer }[]) =>
  cut.map(({ bytes }) => bytes.toString("utf8"));

function pulled(bytes: Buffer, sizes: readonly number[]): string[] {
  const cutter = new PageCutter({ offset: 0, maxRecordSize: 1e6 });
  const cut: string[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = Math.min(sizes[turn % sizes.length], bytes.length - at);
    cut.push(...texts(cutter.pull(size, (room) => bytes.copy(room, 0, at, at + size))));
    at += size;
  }
  cut.push(...texts(cutter.end()));
  expect(cutter.envelope.token?.text).toBe("t");
  return cut;
}

describe("an answer", () => {
  it("gives the same records in portions of any size", () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(record, { maxLength: 8 }), sizes, (records, portions) => {
        expect(pulled(Buffer.from(answer(records)), portions)).toEqual(records);
      }),
      { numRuns: 500 },
    );
  });

  const whole = (name: string) =>
    `<record><header>${name}</header><metadata><x>${name}</x></metadata></record>`;
  it.each([
    ["in its metadata", "<record><header>b</header><metadata><x>", [1]],
    ["in a record of its metadata", "<record><header>b</header><metadata><marc:record><x>", [1]],
    ["behind its metadata", "<record><header>b</header><metadata><x/></metadata>", [1]],
    ["twice in a row", "<record><header>b</header><record><header>c</header>", [1, 2]],
  ])("gives the neighbours of a record that is not closed %s", (_, open, wrong) => {
    for (const between of ["", "\n", "<b>Warning</b>: <br>"]) {
      const parts = [whole("a"), open, whole("d"), whole("e"), open, whole("f")];
      for (const size of [1, 7, 10_000]) {
        const cut = pulled(Buffer.from(answer(parts, between)), [size]);
        expect(
          cut.filter((one) => !one.includes("<header>b") && !one.includes("<header>c")),
        ).toEqual(["a", "d", "e", "f"].map(whole));
        expect(cut).toHaveLength(4 + 2 * wrong.length);
      }
    }
  });

  it("that is longer than a block gives each record as it stands", () => {
    const folder = mkdtempSync(join(tmpdir(), "pages-"));
    try {
      const records = Array.from({ length: 3000 }, (_, i) => {
        const text = `${i} `.repeat(1 + ((i * 7919) % 200));
        return `<record><header>${i}</header><metadata>${text}</metadata></record>`;
      });
      const bytes = Buffer.from(answer(records));
      expect(bytes.length).toBeGreaterThan(1024 * 1024);
      const path = join(folder, "all.pages");
      writeFileSync(path, Buffer.concat([bytes, bytes]));
      const { length } = bytes;
      const pages = new PagesFile(path, [
        { offset: 0, length },
        { offset: length, length },
      ]);
      const cut = Array.from(pages.records(), ({ bytes: one }) => one.toString("utf8"));
      expect(cut).toEqual([...records, ...records]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
