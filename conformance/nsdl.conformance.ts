/**
 * Captured answers of the National Science Digital Library under the sections of iVia's manual: each
 * record becomes a row with the one address that it has.
 */

import { describe, expect, it } from "vitest";
import { elementsOf } from "../src/fields/list-form.js";
import type { MappedRecord } from "../src/fields/mapped-record.js";
import { OaiRecordReader } from "../src/harvest/oai-record.js";
import type { HarvestedRecord } from "../src/input/harvested-record.js";
import { loadHarvest } from "../test/config/harvest/files.js";
import { MANUAL } from "../test/config/harvest/manual-example.js";
import { mapperOf, TraceLines, valuesOf } from "../test/mapping/dc/support.js";
import { corpus } from "./support/corpora.js";

const BINDINGS = {
  "": "http://www.openarchives.org/OAI/2.0/",
  xsi: "http://www.w3.org/2001/XMLSchema-instance",
};

function recordsOf(file: string): HarvestedRecord[] {
  const reader = new OaiRecordReader();
  const text = corpus(`oai-pmh/phpoaipmh/${file}`).toString("utf8");
  return [...text.matchAll(/<record>.*?<\/record>/gs)].map(([record]) => {
    const bytes = Buffer.from(record);
    const read = reader.read({ offset: 0, bytes, bindings: BINDINGS, encoding: "", refusal: null });
    if (read.kind === "reject") throw new Error(JSON.stringify(read));
    return read.record;
  });
}

describe("162 records of the NSDL", () => {
  const config = loadHarvest(MANUAL).repositories[1];
  const mapper = mapperOf(config);
  const records = recordsOf("GoodResponseSinglePage.xml");
  const mapped = records.map((record): MappedRecord => mapper.map(record));
  const rows = mapped.map((one) => valuesOf(config, one));

  it("are all taken, each with an address of its own", () => {
    expect(mapped).toHaveLength(162);
    expect(mapped.filter(({ ignore, deleted }) => ignore !== null || deleted)).toEqual([]);
    expect(new Set(rows.map(({ url }) => url)).size).toBe(162);
    expect(rows.filter(({ other_urls }) => other_urls !== undefined)).toEqual([]);
    expect(new Set(mapped.map(({ foreignId }) => foreignId)).size).toBe(162);
  });

  it("hold the defaults where they say nothing themselves", () => {
    for (const row of rows) {
      expect(row).toMatchObject({
        categories: ";unknown;",
        my_infomine: ";OAI-PMH-importer;NSDL;",
        access: "free",
        audience_levels: ";academic;",
        expert_created: "1",
        remote_user: "caltech-importer",
      });
      expect(row.title).toBeTruthy();
    }
  });

  it("have the values that the record of dinitrophenol has", () => {
    const index = records.findIndex(({ identifier }) => identifier.endsWith("/20061003062336249T"));
    expect(rows[index].url).toBe(
      "http://www.reciprocalnet.org/recipnet/showsample.jsp?sampleId=27344140",
    );
    expect(rows[index].title).toBe("Molecular Structure of Dinitrophenol");
    expect(elementsOf(rows[index].keywords)).toEqual([
      ...["diet pill", "dyes", "explosives", "pesticide", "Ecology, Forestry and Agriculture"],
      ...["Geoscience", "Dataset", "Interactive Simulation", "Instructional Material", "Text"],
    ]);
    expect(elementsOf(rows[index].contributors)).toEqual([
      "Common molecules",
      "Obtained courtesy of the Cambridge Structural Database",
    ]);
    expect(mapped[index].marcDate).toBe("2012-08-03T08:00:22Z");
  });

  it("explain every candidate: one address and five that are none", () => {
    for (const record of records) {
      const trace = new TraceLines();
      mapper.map(record, trace);
      const candidates = trace.lines.filter((line) => line.startsWith("dc:identifier["));
      expect(candidates.filter((line) => line.includes("| taken as url |"))).toHaveLength(1);
      const identifiers = record.elements.filter(({ name }) => name === "identifier");
      expect(candidates).toHaveLength(identifiers.length);
    }
  });
});

it("four pages of identifiers hold 733, all different", () => {
  const identifiers = [1, 2, 3, 4].flatMap((page) => {
    const text = corpus(`oai-pmh/phpoaipmh/GoodResponseFourPage_${page}.xml`).toString("utf8");
    return [...text.matchAll(/<identifier>([^<]*)</g)].map(([, identifier]) => identifier);
  });
  expect(identifiers).toHaveLength(733);
  expect(new Set(identifiers).size).toBe(733);
});
