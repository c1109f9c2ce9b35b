import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { loadConfig } from "../../src/config/load-config.js";
import { configOf, mapOne } from "../mapping/support.js";
import type { FieldOf } from "../support/record-view.js";

const ETC = fileURLToPath(new URL("../../etc/", import.meta.url));

/** What a shipped file makes of a record in one field. */
function shipped(file: string, field: string): (...fields: FieldOf[]) => string {
  const config = configOf(`include "${ETC}generic_${file}.conf"\n`);
  return (...fields) => mapOne(config, { fields: [["001", "x"], ...fields] }).value(field);
}

describe("generic_publication.conf", () => {
  const date = shipped("publication", "publication_date");
  const fixed = (dates: string): FieldOf => ["008", `240115${dates}nyu     o     000 0 eng d`];

  it.each([
    ["s2004    ", "2004"],
    ["s0850    ", "0850"],
    ["m19989999", "1998"],
    ["s9999    ", ""],
    ["s0000    ", ""],
    ["q88582006", ""],
    ["s19uu    ", ""],
    ["b        ", ""],
    ["|||||||||", ""],
  ])("008 %s: %s", (dates, year) => {
    expect(date(fixed(dates))).toBe(year);
    expect(date(fixed(dates), ["264", " 1", "c[1973]"])).toBe(year || "1973");
    expect(date(fixed(dates), ["260", "  ", "cc1973."])).toBe(year || "1973");
  });

  it.each([
    ["c1998.", "1998"],
    ["[1998?]", "1998"],
    ["1998-", "1998"],
    ["©1998, ℗1997", "1998"],
    ["20 Oct 1998", "1998"],
    ["[between 1900 and 1909]", "1900"],
    ["1967 [distributed 1973]", "1967"],
    ["1957 [i.e. 1958]", "1958"],
    ["5765 [2004 or 2005]", "2004"],
    ["1425 [2004]", "2004"],
    ["2547 [2004]", "2004"],
    ["Shōwa 55 [1980]", "1980"],
    ["MCMXCVIII [1998]", "1998"],
    ["[19]98", "1998"],
    ["199[8]", "1998"],
    ["5765", ""],
    ["[2032 B.C. or 2031 B.C.?]", ""],
    ["1200 v. Chr.", ""],
    ["[s.d.]", ""],
    ["199-?", ""],
    ["12345", ""],
    ["9999", ""],
  ])("264 %s: %s", (written, year) => {
    expect(date(["264", " 1", `c${written}`])).toBe(year);
    expect(date(["264", "  ", `c${written}`])).toBe(year);
    expect(date(["264", " 2", `c${written}`])).toBe("");
    expect(date(["260", "  ", `c${written}`])).toBe(year);
  });
});

describe("generic_language.conf", () => {
  const language = shipped("language", "language");
  const fixed = (code: string): FieldOf => ["008", `240115s2004    nyu     o     000 0 ${code} d`];

  it.each([
    ["ger", "German"],
    ["GER", "German"],
    ["Ger", "German"],
    ["und", ""],
    ["ZXX", ""],
  ])("%s is read alike in 008 and 041", (code, name) => {
    expect(language(fixed(code))).toBe(name);
    expect(language(["041", "1 ", `a${code}`])).toBe(name);
    expect(language(fixed("|||"), ["041", "0 ", `d${code} `])).toBe(name);
  });

  it.each([
    ["ger ", "German"],
    [" ger", "German"],
    ["gereng", "German"],
    ["GERENGFRE", "German"],
    ["ger  eng", "German"],
    ["ger, eng", "German"],
    ["ger;eng", "German"],
    ["ger/eng", "German"],
    ["English", "English"],
  ])("041 %j: %s", (codes, name) => {
    expect(language(fixed("   "), ["041", "1 ", `a${codes}`])).toBe(name);
  });

  it("takes the first of several", () => {
    expect(language(["041", "1 ", "afre", "aeng", "hger"])).toBe("French");
  });
});

describe("generic_lcc.conf", () => {
  const lcc = shipped("lcc", "lcc");

  it("keeps repeated class numbers apart, and nothing that is none", () => {
    expect(lcc(["050", "00", "aQA76.6", "b.A24", "aTK7885"])).toBe(";QA76.6;TK7885;");
    expect(lcc(["050", "00", "aQA76.6", "aIN PROCESS"], ["090", "  ", "a025.4"])).toBe(";QA76.6;");
    expect(lcc(["050", "00", "aCurrent issues only", "aPS 3511"])).toBe(";PS 3511;");
  });
});

describe("generic_identifiers.conf", () => {
  const oclc = shipped("identifiers", "oclc_number");
  const under = (number: string, agency: string, ...more: FieldOf[]): string => {
    const config = configOf(`include "${ETC}generic_identifiers.conf"\n`);
    const mapped = mapOne(config, {
      fields: [["001", number], ["003", agency], ...more],
    });
    expect(mapped.codes()).toEqual([]);
    return mapped.value("oclc_number");
  };

  it("takes numbers that say they are OCLC's", () => {
    expect(oclc(["035", "  ", "aocm00814782 "])).toBe(";814782;");
    expect(oclc(["035", "  ", "aOCN123456789"])).toBe(";123456789;");
    expect(oclc(["035", "  ", "a(OCoLC)ocm00814782"], ["035", "  ", "a814783"])).toBe(";814782;");
    expect(oclc(["035", "  ", "a(DLC)   92005291"])).toBe("");
  });

  it("takes a bare 001 where 003 says that it is OCLC's, and only there", () => {
    expect(under("00814782", "OCoLC")).toBe(";814782;");
    expect(under("814782 ", " OCOLC")).toBe(";814782;");
    expect(under("ocm00814782", "OCoLC")).toBe(";814782;");
    expect(under("814782", "DLC")).toBe("");
    expect(under("b814782", "OCoLC")).toBe("");
  });

  it("leaves a bare 001 out where 035 has OCLC's number, as of systems that number records anew", () => {
    expect(under("000356446", "OCoLC", ["035", "  ", "a(OCoLC)24359107"])).toBe(";24359107;");
    expect(under("000356446", "OCoLC", ["035", "  ", "a(DLC)   92005291"])).toBe(";356446;");
    expect(under("000356446", "OCoLC", ["019", "  ", "a1077298"])).toBe(";356446;1077298;");
  });
});

describe("unimarc.conf", () => {
  const config = loadConfig(`${ETC}unimarc.conf`, { cwd: ETC, sets: [] }).config;
  const value = (field: string, ...fields: FieldOf[]) =>
    mapOne(config, {
      leader: "00000nam0 2200000   450 ",
      fields: [["001", "x"], ["200", "1 ", "aT"], ...fields],
    }).value(field);
  const processed = (dates: string): FieldOf => [
    "100",
    "  ",
    `a20140730${dates}m  y0frey50      ba`,
  ];

  it.each([
    ["d2014    ", "2014"],
    ["j18501851", "1850"],
    ["d9999    ", ""],
    ["f19..    ", ""],
    ["|||||||||", ""],
    ["         ", ""],
  ])("100 %s: %s", (dates, year) => {
    const date = (...fields: FieldOf[]) => value("publication_date", processed(dates), ...fields);
    expect(date()).toBe(year);
    expect(date(["214", " 0", "dDL 1973"])).toBe(year || "1973");
    expect(date(["210", "  ", "d[19]73"])).toBe(year || "1973");
    expect(date(["214", " 4", "dC 1973"])).toBe(year);
  });

  it.each([
    ["impr. 1987", "1987"],
    ["an VII [1799]", "1799"],
    ["5765 [2004]", "2004"],
    ["1957 [i.e. 1958]", "1958"],
    ["[19]98", "1998"],
    ["n° 123456", ""],
    ["9999", ""],
    ["s.d.", ""],
  ])("210 %s: %s", (written, year) => {
    expect(value("publication_date", ["210", "  ", `d${written}`])).toBe(year);
    expect(value("publication_date", ["214", " 0", `d${written}`])).toBe(year);
  });

  it.each([
    ["fre", "French"],
    ["FRE", "French"],
    [" ita ", "Italian"],
    ["und", ""],
    ["zxx", ""],
  ])("101 %s: %s", (code, name) => {
    expect(value("language", ["101", "0 ", `a${code}`])).toBe(name);
  });

  it.each([
    ["(OCoLC)690860370", ";690860370;"],
    ["(ocolc)00690860370", ";690860370;"],
    ["ocm00000017", ";17;"],
    ["on1234567890", ";1234567890;"],
    ["(FrPBN)690860370", ""],
    ["690860370", ""],
  ])("035 %s: %s", (number, kept) => {
    expect(value("oclc_number", ["035", "  ", `a${number}`])).toBe(kept);
  });
});
