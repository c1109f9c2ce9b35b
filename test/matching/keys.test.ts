import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyTexts } from "../../src/matching/keys.js";
import { type KeySource, MATCH_METHODS, type MatchMethod } from "../../src/matching/methods.js";

const EMPTY: KeySource = {
  url: "",
  title: "",
  creators: "",
  publication_date: "",
  isbn: "",
  issn: "",
  lccn: "",
  oclc_number: "",
  record_type: "",
  evidence: "",
  urlIsFallback: false,
};

function keys(method: MatchMethod, columns: Partial<KeySource>): readonly string[] {
  return keyTexts(method, { ...EMPTY, ...columns });
}

describe("keyTexts", () => {
  it.each(MATCH_METHODS)("%s: a row without values has no key", (method) => {
    expect(keyTexts(method, EMPTY)).toEqual([]);
  });

  it("makes no key under NONE", () => {
    expect(keys("NONE", { title: "Moby Dick", url: "http://x.org/" })).toEqual([]);
  });

  it("makes no key of a fallback URL, but still of the title", () => {
    const row = { url: "http://x.org/v#1", title: "Moby Dick", urlIsFallback: true };
    expect(keys("EXACT_URL", row)).toEqual([]);
    expect(keys("FUZZY_URL", row)).toEqual([]);
    expect(keys("EXACT_TITLE", row)).toEqual(["Moby Dick"]);
  });

  it("makes one key of each identifier, in normal form, each once", () => {
    expect(keys("ISBN", { isbn: ";9780306406157;9780618714605;" })).toEqual([
      "9780306406157",
      "9780618714605",
    ]);
    expect(keys("ISBN", { isbn: ";0-306-40615-2;9780306406157;" })).toEqual(["9780306406157"]);
    expect(keys("OCLC_NUMBER", { oclc_number: ";814782;" })).toEqual(["814782"]);
    expect(keys("OCLC_NUMBER", { oclc_number: ";ocm00814782;(OCoLC)814782;" })).toEqual(["814782"]);
    expect(keys("ISSN", { issn: ";0378-5955;" })).toEqual(["0378-5955"]);
    expect(keys("LCCN", { lccn: ";sn83031896;" })).toEqual(["sn83031896"]);
  });

  it("compares what somebody else wrote into an identifier column as it is", () => {
    expect(keys("ISBN", { isbn: ";forthcoming;" })).toEqual(["forthcoming"]);
    expect(keys("ISBN", { isbn: "0306406152" })).toEqual(["9780306406157"]);
    expect(keys("ISBN", { isbn: ";;" })).toEqual([]);
  });

  describe("TITLE_AUTHOR_YEAR", () => {
    const book = { title: "Moby Dick", creators: ";Melville, Herman;", publication_date: "1851" };

    it.each([
      ["title", { title: "—" }],
      ["creators", { creators: ";;" }],
      ["creators with a surname", { creators: ";, Herman;" }],
      ["publication_date", { publication_date: "[n.d.]" }],
    ])("needs %s", (_what, lacking) => {
      expect(keys("TITLE_AUTHOR_YEAR", book)).toHaveLength(1);
      expect(keys("TITLE_AUTHOR_YEAR", { ...book, ...lacking })).toEqual([]);
    });

    it.each([
      ["c1851.", "1851"],
      ["[1851?], 1999", "1851"],
      ["1851-1899", "1851"],
      ["18511899", "1851"],
      ["18510702", "1851"],
      ["printed 12 Oct. 1851", "1851"],
      ["no. 123456, 1851", "1851"],
      ["185-?", undefined],
      ["851", undefined],
      ["3851", undefined],
    ])("reads %j as the year %s", (publication_date, year) => {
      const [key] = keys("TITLE_AUTHOR_YEAR", { ...book, publication_date });
      expect(key).toBe(year === undefined ? undefined : `MOBY DICK|MELVILLE|H|${year}`);
    });

    it("takes the first creator only, and a name without comma whole", () => {
      expect(keys("TITLE_AUTHOR_YEAR", { ...book, creators: ";Plato;Lee, D.;" })).toEqual([
        "MOBY DICK|PLATO||1851",
      ]);
      expect(keys("TITLE_AUTHOR_YEAR", { ...book, creators: ";Lee, 1950-;" })).toEqual([
        "MOBY DICK|LEE||1851",
      ]);
    });
  });

  it("never throws, and never gives an empty key or one twice, whatever the columns hold", () => {
    const text = fc.string({ unit: "binary", maxLength: 30 });
    const columns = fc.record({
      url: text,
      title: text,
      creators: text,
      publication_date: text,
      isbn: text,
      issn: text,
      lccn: text,
      oclc_number: text,
      record_type: text,
      evidence: fc.constant(""),
      urlIsFallback: fc.boolean(),
    });
    fc.assert(
      fc.property(columns, fc.constantFrom(...MATCH_METHODS), (source, method) => {
        const found = keyTexts(method, source);
        expect(found).not.toContain("");
        expect(new Set(found).size).toBe(found.length);
        expect(keyTexts(method, source)).toEqual(found);
      }),
    );
  });
});
