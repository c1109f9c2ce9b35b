/** The same records in several formats, as other programs wrote them: every reader gives the same. */

import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { ConfiguredEncoding } from "../src/config/marc/marc-mapping.js";
import { MarcXmlReader } from "../src/input/marcxml.js";
import { FormatError, type ParsedRecord } from "../src/input/parsed-record.js";
import { type RecordFormat, recordReader } from "../src/input/record-reader.js";
import { plainOf } from "../test/support/plain-record.js";
import { accountFor } from "../test/support/read-formats.js";
import { corpus } from "./support/corpora.js";

/**
 * Leader and fields of all records of a file. Only ISO 2709 has lengths, addresses and a character
 * set (leader/09) to tell.
 */
function read(bytes: Buffer, format: RecordFormat, encoding: ConfiguredEncoding = "auto") {
  const reader = recordReader(format, { encoding, strict: false, maxRecordSize: 1 << 24 });
  return [...reader.push(bytes), ...reader.end()].flatMap((one) => {
    if (one.kind === "padding") return [];
    if (one.kind !== "record") throw new Error(`a record was not read at ${one.offset}`);
    const { leader, fields } = plainOf(one.record);
    return [{ leader: leader.slice(5, 9) + leader.slice(17, 20), fields }];
  });
}

describe("traject's thirty records", () => {
  const name = "traject/test/test_support/test_data.utf8";
  const marc = read(corpus(`${name}.mrc`), "iso2709");

  it("are thirty", () => {
    expect(marc).toHaveLength(30);
  });

  it.each<[string, RecordFormat]>([
    [".marc.xml", "marcxml"],
    [".json", "mij"],
  ])("are the same in %s", (ending, format) => {
    expect(read(corpus(name + ending), format)).toEqual(marc);
  });

  it("are the same in .mrc.gz", () => {
    expect(read(gunzipSync(corpus(`${name}.mrc.gz`)), "iso2709")).toEqual(marc);
  });
});

describe("marcli's ten records", () => {
  it("are the same in ISO 2709 and MARCXML", () => {
    const marc = read(corpus("marcli/data/test_10.mrc"), "iso2709");
    expect(marc).toHaveLength(10);
    expect(read(corpus("marcli/data/test_10.xml"), "marcxml")).toEqual(marc);
  });
});

/** What yaz writes is not always what it read; the reasons are told where a file is left out. */
describe("yaz's test records", () => {
  // 4 is damaged, and yaz has left nothing of it but a leader: such a record is refused.
  const all = [0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12];
  const name = (number: number) => `yaz/test/marc-files/marc${number}`;
  const xml = (number: number) => read(corpus(`${name(number)}.xml`), "marcxml");

  // 12 has separators in its text: yaz leaves them out of its XML and writes them into its JSON.
  it.each(all.filter((number) => number !== 12))("marc%i is the same in MARC-in-JSON", (number) => {
    expect(read(corpus(`${name(number)}.json`), "mij")).toEqual(xml(number));
  });

  // 1 to 3 are danMARC, with subfields in 001 to 009: without a tag list those are control fields.
  it.each(all.filter((number) => number < 1 || number > 3))(
    "marc%i is the same in ISO 2709 made of the MARCXML",
    (number) => {
      expect(read(corpus(`${name(number)}.xml.marc`), "iso2709", "utf-8")).toEqual(xml(number));
    },
  );

  // Besides: in 5 yaz takes text without a delimiter for a code;
  // from 7 it drops half a ligature; 10 and 11 have a character set of their own; 12 as above.
  it.each<[number, ConfiguredEncoding]>([
    [0, "utf-8"],
    [6, "marc-8"],
    [8, "marc-8"],
    [9, "marc-8"],
  ])("marc%i is the same in the ISO 2709 that the MARCXML was made of", (number, encoding) => {
    expect(read(corpus(`${name(number)}.marc`), "iso2709", encoding)).toEqual(xml(number));
  });
});

interface Counted {
  readonly path: string;
  readonly count: number;
}

/** The MARCXML files of the inventory, with the number of records that others count in them. */
function marcXmlFiles(): Counted[] {
  const [head, ...rows] = corpus("INVENTORY.tsv").toString("utf8").trimEnd().split("\n");
  const columns = head.split("\t");
  const column = (row: string, title: string) => row.split("\t")[columns.indexOf(title)];
  return rows
    .filter((row) => column(row, "kind") === "xml")
    .map((row) => ({
      path: column(row, "path"),
      count: Number(column(row, "n_records_xml_json_mrk")),
    }));
}

/** The inventory counts leaders: neither other metadata (M702) nor records without one (M731). */
function isCounted(one: ParsedRecord): boolean {
  if (one.kind === "record") return one.record.diagnostics.every(({ code }) => code !== "M731");
  return one.kind === "reject" && one.reason.code !== "M702";
}

describe("all MARCXML files", () => {
  it("hold as many records as others count, and every byte is accounted for", () => {
    const files = marcXmlFiles();
    expect(files.length).toBeGreaterThan(300);
    const counted = files.map(({ path }) => {
      const bytes = corpus(path);
      const reader = new MarcXmlReader({ encoding: "auto", strict: false, maxRecordSize: 1 << 24 });
      const parsed = [...reader.push(bytes)];
      try {
        parsed.push(...reader.end());
      } catch (error) {
        // A file of other XML is refused as a whole.
        if (!(error instanceof FormatError)) throw error;
        return { path, count: 0 };
      }
      expect(accountFor(parsed, bytes).equals(bytes)).toBe(true);
      return { path, count: parsed.filter(isCounted).length };
    });
    expect(counted).toEqual(files);
  });
});
