/** Lines of Open Library's editions as records: known by what they hold, damaged, and there and back. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sniff } from "../../src/input/sniff.js";
import { buildRecord, type PlainField } from "../../src/marc/build-record.js";
import type { MarcRecord } from "../../src/marc/marc-record.js";
import { type Edition, editionOf } from "../../src/openlibrary/edition.js";
import { jsonLine } from "../../src/openlibrary/gate.js";
import { PlainRecord } from "../../src/openlibrary/plain-fields.js";
import { fitted } from "../../src/openlibrary/schema.js";
import { plainOf } from "../support/plain-record.js";
import { codesOf, outline, readMij, recordsOf, rejectsOf } from "../support/read-formats.js";

const line = (more: object = {}) =>
  JSON.stringify({
    title: "Title",
    source_records: ["lib:1", "ia:title00auth"],
    authors: [{ name: "Doe, Jane", entity_type: "person", birth_date: "1901" }],
    publishers: ["Press"],
    publish_date: "1999",
    publish_places: ["Billings, Mont."],
    table_of_contents: [{ title: "One", type: "/type/toc_item" }],
    ...more,
  });

/** An edition of their dump. */
const DUMPED = {
  publishers: ["Press"],
  key: "/books/OL1M",
  type: { key: "/type/edition" },
  title: "Title",
  languages: [{ key: "/languages/ger" }],
  description: { type: "/type/text", value: "What it is about." },
  works: [{ key: "/works/OL1W" }],
  last_modified: { type: "/type/datetime", value: "2008-04-01T03:28:50.625462" },
};

function fieldsOf(text: string): string[] {
  const [record] = recordsOf(readMij(text));
  return plainOf(record).fields.map((field) =>
    "text" in field
      ? `${field.tag} ${field.text}`
      : `${field.tag} ${field.subfields.map(([code, one]) => `$${code}${one}`).join("")}`,
  );
}

describe("a line of an edition", () => {
  it("is known by its content and read into the fields that it would be made of", () => {
    expect(sniff(Buffer.from(line()), true)).toEqual({ kind: "mij" });
    expect(fieldsOf(line())).toEqual([
      "001 lib:1",
      `008 ||||||s1999       ${"|".repeat(17)}   ||`,
      "024 $aia:title00auth$2openlibrary",
      "100 $aDoe, Jane$d1901-",
      "245 $aTitle",
      "260 $a[Billings, Mont.]$bPress$c1999",
      "505 $aOne",
    ]);
  });

  it("is read as their dump writes it", () => {
    const text = JSON.stringify(DUMPED);
    expect(sniff(Buffer.from(text), true)).toEqual({ kind: "mij" });
    expect(codesOf(readMij(text))).toEqual([]);
    expect(fieldsOf(text)).toEqual([
      "001 OL1M",
      "005 20080401032850.0",
      `008 ||||||nuuuuuuuu   ${"|".repeat(17)}ger||`,
      "245 $aTitle",
      "260 $bPress",
      "520 $aWhat it is about.",
    ]);
  });

  it("says that it is deleted where their dump says so", () => {
    const [record] = recordsOf(readMij(JSON.stringify({ ...DUMPED, type: "/type/delete" })));
    expect(record.leader[5]).toBe("d");
  });

  it.each([
    ["an author that is a number", { authors: [7] }, "authors holds a number"],
    ["a title that is a list", { title: ["a"] }, "title is an array"],
    ["pages that are none", { number_of_pages: "many" }, "number_of_pages is"],
    ["publishers that are true", { publishers: true }, "publishers is a boolean"],
  ])("with %s is rejected, and told why", (_, more, reason) => {
    const [reject] = rejectsOf(readMij(line(more)));
    expect(reject.reason).toMatchObject({
      code: "M722",
      found: expect.stringContaining(reason),
    });
  });

  it("tells what has no place in a record", () => {
    expect(codesOf(readMij(line({ mood: "gay" })))).toEqual(["M711"]);
  });
});

describe("lines of editions", () => {
  /** Keys in any order: their dump keeps none. */
  const shuffled = (edition: object, order: readonly number[]) => {
    const entries = Object.entries(edition);
    const keyed = entries.map((entry, i) => [order[i % order.length] + i * 1e-6, entry] as const);
    return JSON.stringify(
      Object.fromEntries(keyed.sort(([a], [b]) => a - b).map(([, entry]) => entry)),
    );
  };
  const damaged = (text: string, at: number) => text.slice(0, 1 + (at % (text.length - 2)));

  it("that are cut cost themselves alone, and every byte is told of once", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.nat(99), { minLength: 1, maxLength: 9 }), {
          minLength: 2,
          maxLength: 5,
        }),
        fc.nat(),
        fc.nat(),
        fc.integer({ min: 1, max: 300 }),
        (orders, which, cut, chunk) => {
          const lines = orders.map((order, i) =>
            shuffled({ ...JSON.parse(line()), source_records: [`lib:${i}`] }, order),
          );
          const broken = which % (lines.length - 1);
          const texts = lines.map((text, i) => (i === broken ? damaged(text, cut) : text));
          const bytes = Buffer.from(`${texts.join("\n")}\n`);
          const parsed = readMij(bytes, undefined, chunk);
          let at = 0;
          for (const { offset, length } of parsed) {
            expect(offset).toBe(at);
            at += length;
          }
          expect(at).toBe(bytes.length);
          const ids = outline(parsed)
            .split(" ")
            .filter((id) => id.startsWith("lib:"));
          expect(ids).toEqual(lines.map((_, i) => `lib:${i}`).filter((_, i) => i !== broken));
        },
      ),
      { numRuns: 200 },
    );
  });

  it("stand beside records of MARC in one file", () => {
    const marc = '{"leader":"00000nam a2200000 a 4500","fields":[{"001":"m"}]}';
    expect(outline(readMij([line(), marc, line()].join("\n")))).toBe("lib:1 m lib:1");
    expect(outline(readMij(`[${line()},\n${line()}]`))).toBe("lib:1 lib:1");
  });
});

// Not among them: what Open Library turns or cuts again each time it reads it, as "Chess, etc."
const WORDS = fc.constantFrom(
  ...["Title :", "a part /", "Smith, John,", "1878-1967.", "[s.n.]", "Chicago, Ill.", "X, Y, Z"],
  ...["King, Martin Luther, Jr.,", "Paris (France)", "n.d.", "b. 1930", "a -- b", "--"],
  ...["12, 345 p.", "…", "[brackets]", "Inc.", "ö\u2028é"],
);
const SUBFIELD = fc.tuple(fc.constantFrom(..."abcdefhkmnopqrstuvxyz23"), WORDS);
const FIELD = fc.record({
  tag: fc.constantFrom(
    ...["020", "022", "024", "035", "041", "050", "082", "100", "110", "111", "130", "240", "245"],
    ...["246", "250", "260", "264", "300", "440", "490", "500", "504", "505", "520", "600", "610"],
    ...["611", "630", "648", "650", "651", "700", "710", "711", "740", "830", "852", "856"],
  ),
  indicator1: fc.constantFrom(" ", "1"),
  indicator2: fc.constantFrom(" ", "0", "1"),
  subfields: fc.array(SUBFIELD, { minLength: 1, maxLength: 4 }),
});

describe("an edition that was exported", () => {
  it("has the parts of a name apart as before", () => {
    const text = line({
      authors: [
        {
          name: "John Paul II Pope",
          entity_type: "person",
          personal_name: "John Paul",
          birth_date: "1920",
          death_date: "2005",
          title: "Pope",
        },
      ],
    });
    expect(fieldsOf(text)).toContain("100 $aJohn Paul$bII$cPope$d1920-2005");
    const [record] = recordsOf(readMij(text));
    const { edition } = fitted(editionOf(new PlainRecord(record), ["lib:1"]), "schema");
    expect(edition.authors).toEqual(JSON.parse(text).authors);
  });

  it.each([
    ["Jane Doe (1901-1990)", "600 $aJane Doe$d1901-1990"],
    ["John, Saint Smith", "600 $aSmith, John, Saint"],
    ["b. 1930 Y, Z X", "600 $cb. 1930 Y, Z X"],
    ["Smith, John: Doe", "600 $cSmith, John: Doe"],
    ["A, B  Doe", "600 $cA, B  Doe"],
    ["Y, Z X (Title :)", "600 $cY, Z X (Title :)"],
    ["Smith, John ö\u2028é", "600 $cSmith, John ö\u2028é"],
  ])("has the name %s first only where it would be turned back", (name, field) => {
    expect(fieldsOf(line({ subject_people: [name] }))).toContain(field);
  });

  it("has no blank for a field without text", () => {
    const edition = (subfields: [string, string][]): PlainField => ({
      tag: "250",
      indicator1: " ",
      indicator2: " ",
      subfields,
    });
    const fields: PlainField[] = [
      { tag: "001", text: "1" },
      edition([["a", "2nd ed."]]),
      edition([["2", "x"]]),
    ];
    const built = buildRecord("00000nam a2200000 a 4500", fields, 0, []) as MarcRecord;
    expect(editionOf(new PlainRecord(built), ["lib:1"]).edition_name).toBe("2nd ed.");
  });

  it("is the same again when it is read and exported once more", () => {
    const again = (edition: Edition): Edition => {
      const [record] = recordsOf(readMij(jsonLine(edition)));
      return fitted(editionOf(new PlainRecord(record), edition.source_records), "schema").edition;
    };
    // In which order a name has its parts is not told.
    const namesOnly = (edition: Edition) => ({
      ...edition,
      authors: edition.authors?.map(({ personal_name: _, title: __, ...author }) => author),
    });
    fc.assert(
      fc.property(fc.array(FIELD, { maxLength: 12 }), (fields) => {
        const plain: PlainField[] = [{ tag: "001", text: "1" }, ...fields];
        const built = buildRecord("00000nam a2200000 a 4500", plain, 0, []) as MarcRecord;
        const { edition } = fitted(editionOf(new PlainRecord(built), ["lib:1"]), "schema");
        expect(again(again(edition))).toEqual(again(edition));
        expect(namesOnly(again(edition))).toEqual(namesOnly(edition));
      }),
      { numRuns: 500 },
    );
  });
});
