/** The same records in every form that is read: equal rows, and a cut costs none but the one that it goes through. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import {
  createRecordMapper,
  loadConfiguration,
  type MappedRow,
  type ReadOptions,
  type ReadPiece,
  readRecords,
} from "../../src/index.js";
import { Iso2709Reader } from "../../src/input/iso2709-reader.js";
import { iso2709Record } from "../../src/output/iso2709-text.js";
import { soundParts } from "../../src/output/sound-parts.js";
import {
  type PlainRecord,
  plainOf,
  toCatmandu,
  toFolio,
  toMij,
  toMrk,
  toNatLibFi,
  toTurbo,
  toXml,
} from "../support/plain-record.js";
import { LENIENT, recordsOf } from "../support/read-formats.js";
import { SAMPLES } from "../support/samples.js";

const lines = (value: (record: PlainRecord) => unknown) => (records: readonly PlainRecord[]) =>
  records.map((record) => `${JSON.stringify(value(record))}\n`).join("");

type Format = NonNullable<ReadOptions["format"]>;
type Write = (records: readonly PlainRecord[]) => string;

/** Each form as its programs write it. */
const FORMS: readonly (readonly [name: string, format: Format, write: Write])[] = [
  [
    "MARCXML",
    "marcxml",
    (records) =>
      `<?xml version="1.0"?>\n<collection xmlns="http://www.loc.gov/MARC21/slim">\n${records.map((one) => toXml(one)).join("\n")}</collection>\n`,
  ],
  [
    "an SRU answer, packed as strings",
    "marcxml",
    (records) =>
      `<searchRetrieveResponse><records>${records.map((one) => `<record><recordPacking>string</recordPacking><recordData>${toXml(one).replace(/&/g, "&amp;").replace(/</g, "&lt;")}</recordData></record>`).join("\n")}</records></searchRetrieveResponse>`,
  ],
  [
    "TurboMARC",
    "turbomarc",
    (records) =>
      `<collection xmlns="http://www.indexdata.com/turbomarc">\n${records.map(toTurbo).join("\n")}</collection>`,
  ],
  ["MARC-in-JSON lines", "mij", lines(toMij)],
  ["a MARC-in-JSON array", "mij", (records) => JSON.stringify(records.map(toMij), null, 2)],
  ["JSON of NatLibFi", "mij", lines(toNatLibFi)],
  ["JSON of Catmandu", "mij", lines(toCatmandu)],
  ["JSON of FOLIO", "mij", lines(toFolio)],
  ["MARCMaker text", "mrk", (records) => `${records.map(toMrk).join("\n\n")}\n`],
];

function noRecords(error: unknown): [] {
  expect(error).toMatchObject({ name: "Failure", exitStatus: 3 });
  return [];
}

/** A record, or a reject, and what an import would make of it. */
interface Twin {
  readonly end: number;
  readonly row: Pick<MappedRow, "foreignId" | "columns" | "isDeleted" | "ignoredBecause"> | null;
}

describe("twins", () => {
  const configuration = loadConfiguration(join(SAMPLES, "../etc/sample.conf"));
  const map = createRecordMapper(configuration);
  const records = recordsOf([
    ...new Iso2709Reader({ ...LENIENT, offset: 0 }).push(
      readFileSync(join(SAMPLES, "catalog.mrc")),
    ),
  ]);
  const plain = records.map(plainOf);
  const iso = Buffer.concat(records.map((one) => iso2709Record(soundParts(one)) as Buffer));

  async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += 4096) yield bytes.subarray(at, at + 4096);
  }

  /** What is read of some bytes; they are accounted for to the last. */
  async function twinsIn(
    bytes: Buffer,
    { size = bytes.length, format = "auto" as Format } = {},
  ): Promise<Twin[]> {
    const pieces: ReadPiece[] = [];
    const twins: Twin[] = [];
    for await (const piece of readRecords(once(bytes), {
      configuration,
      format,
      allowEmpty: true,
    })) {
      pieces.push(piece);
      if (piece.kind === "padding") continue;
      const end = piece.offset + piece.length;
      if (piece.kind === "reject") twins.push({ end, row: null });
      else {
        const { foreignId, columns, isDeleted, ignoredBecause } = map(piece);
        twins.push({ end, row: { foreignId, columns, isDeleted, ignoredBecause } });
      }
    }
    expect(pieces.reduce((sum, { length }) => sum + length, 0)).toBe(size);
    return twins;
  }

  let expected: (Twin["row"] | null)[] = [];
  beforeAll(async () => {
    expected = (await twinsIn(iso)).map(({ row }) => row);
    expect(expected.length).toBe(plain.length);
    const filled = new Set(
      expected
        .flatMap((row) => Object.entries(row?.columns ?? {}))
        .flatMap(([name, text]) => (text === "" ? [] : [name])),
    );
    expect(filled.size).toBeGreaterThan(20);
  });

  describe.each([
    ["ISO 2709", "marc" as Format, iso] as const,
    ...FORMS.map(([name, format, write]) => [name, format, Buffer.from(write(plain))] as const),
  ])("in %s", (_name, format, bytes) => {
    it("give equal rows, zipped or not", async () => {
      const twins = await twinsIn(bytes);
      expect(twins.map(({ row }) => row)).toEqual(expected);
      expect(await twinsIn(gzipSync(bytes), { size: bytes.length })).toEqual(twins);
    });

    it("lose no neighbour where they are cut", async () => {
      const whole = await twinsIn(bytes);
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: bytes.length - 1 }), async (cut) => {
          const before = whole.filter(({ end }) => end <= cut);
          const reading = twinsIn(bytes.subarray(0, cut), { format });
          // Of a head alone it may be told that it holds no record.
          const twins = await (before.length > 0 ? reading : reading.catch(noRecords));
          expect(twins.slice(0, before.length)).toEqual(before);
          // The record that was cut is told, or was left whole.
          expect(twins.length).toBeLessThanOrEqual(before.length + 1);
        }),
        { numRuns: 25 },
      );
    });

    it("lose no neighbour where some bytes are gone from the middle", async () => {
      const whole = await twinsIn(bytes);
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 1, max: bytes.length - 40 }),
          fc.integer({ min: 1, max: 30 }),
          async (at, count) => {
            const damaged = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + count)]);
            const twins = await twinsIn(damaged, { format });
            const rows = new Set(twins.map(({ row }) => JSON.stringify(row)));
            // Between two records there may be a blank line: two line ends, of which each touches a neighbour.
            const hit = whole.filter(
              ({ end }, i) => end > at - 2 && (whole[i - 1]?.end ?? 0) < at + count + 1,
            );
            const kept = whole.filter((one) => !hit.includes(one));
            expect(kept.filter(({ row }) => !rows.has(JSON.stringify(row)))).toEqual([]);
          },
        ),
        { numRuns: 25 },
      );
    });
  });
});
