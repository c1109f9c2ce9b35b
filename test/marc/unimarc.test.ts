/** UNIMARC: character sets by 100 $a, and what its leader has by standard. */

import { describe, expect, it } from "vitest";
import type { ConfiguredEncoding } from "../../src/config/marc/marc-mapping.js";
import { recordKind } from "../../src/mapping/marc/record-kind.js";
import { parseRecord } from "../../src/marc/iso2709.js";
import { tagText } from "../../src/marc/marc-record.js";
import { isoOf } from "../support/marc-builder.js";

const LEADER = "00000nam0 2200000   450 ";
const MUSIC = Buffer.from("\x88L'\x89", "latin1");

interface Given {
  /** Codes of 100 $a/26-33. */
  readonly sets: string;
  readonly title: Buffer;
  readonly encoding?: ConfiguredEncoding;
  readonly leader?: string;
}

function processingData(sets: string): Buffer {
  return Buffer.from(`  \x1fa20140730d2014    m  y0frey${sets.padEnd(8)}ba`);
}

function read({ sets, title, encoding = "auto", leader = LEADER }: Given) {
  const bytes = isoOf(leader, [
    ["001", Buffer.from("f1")],
    ["100", processingData(sets)],
    ["200", Buffer.concat([Buffer.from("1 \x1fa"), title])],
  ]);
  const frame = {
    kind: "record",
    offset: 0,
    length: bytes.length,
    bytes,
    diagnostics: [],
  } as const;
  const parsed = parseRecord(frame, { encoding, strict: false });
  if ("reject" in parsed) throw new Error(parsed.reject.code);
  const { record } = parsed;
  const field = [...Array(record.fieldCount).keys()].find((n) => tagText(record.tag(n)) === "200");
  const texts: string[] = [];
  record.eachSubfield(field ?? 0, (_, start, end) => texts.push(record.text(start, end)));
  const codes = record.diagnostics.map(({ code }) => code);
  return { text: texts.join(), encoding: record.encoding, codes, kind: recordKind(record) };
}

const latin = (text: string) => Buffer.from(text, "latin1");
const ete = Buffer.concat([MUSIC, latin("\xc2et\xc2e \xd0ca et l\xe1")]);

describe("the character sets of 100 $a", () => {
  it("are ISO 646 and ISO 5426, without a finding", () => {
    const given = { sets: "0103", title: ete };
    expect(read(given)).toEqual({
      text: "L'été ça et lÆ",
      encoding: "iso5426",
      codes: [],
      kind: "unimarc",
    });
  });

  it("are the Cyrillic and Greek ones, in G1 or by a locking shift from G2 and G3", () => {
    expect(read({ sets: "0102", title: latin("\xed\xc9\xd2 & mir") }).text).toBe("Мир & mir");
    expect(read({ sets: "0105", title: latin("\xe1\xa2\xe2") }).text).toBe("αβ́");
    const shifted = "\xc2e \x1b}\xcd\xc9\xd2 \x1b|\xe1 \x1b~\xc2e";
    expect(read({ sets: "01030205", title: latin(shifted) })).toMatchObject({
      text: "é мир α é",
      codes: [],
    });
  });

  it("may be designated by escape sequences", () => {
    expect(
      read({ sets: "0103", title: latin("\xc2e \x1b)N\xcd\xc9\xd2 \x1b)P\xc2e") }),
    ).toMatchObject({
      text: "é мир é",
      codes: [],
    });
  });

  it("are Unicode for 50, without a word on leader/09", () => {
    expect(read({ sets: "50", title: Buffer.from("Été à Łódź") })).toMatchObject({
      text: "Été à Łódź",
      encoding: "utf-8",
      codes: [],
    });
  });

  it("are left where the text is UTF-8 all the same", () => {
    const given = { sets: "0103", title: Buffer.from("Été") };
    expect(read(given)).toMatchObject({ text: "Été", encoding: "utf-8", codes: ["M418"] });
    expect(read({ ...given, sets: "" })).toMatchObject({ text: "Été", codes: [] });
  });

  it("are told if they are not read; what is of them becomes U+FFFD", () => {
    const given = { sets: "0111", title: latin("\xc2e") };
    expect(read(given)).toMatchObject({ text: "\u00e9", codes: ["M419"] });
    const african = { sets: "010306", title: latin("\xc2e \x1b}\xa1") };
    expect(read(african)).toMatchObject({ text: "é \ufffd", codes: ["M419", "M409"] });
  });

  it("give way to the configuration", () => {
    const given = { sets: "50", title: ete, encoding: "iso5426" } as const;
    expect(read(given)).toMatchObject({ text: "L'été ça et lÆ", encoding: "iso5426", codes: [] });
  });
});

describe("sets that are not read", () => {
  const names = (sets: string) => read({ sets, title: latin("\xc2e") }).encoding;

  it("are no sets of their own, whatever codes stand there", () => {
    const others = ["06", "11", "99", "xx", "~~"];
    expect(new Set(others.map((code) => names(`0102${code}`)))).toEqual(new Set(["unimarc 0102"]));
    expect(names("0106")).toBe("iso5426");
  });
});

describe("marks of ISO 5426", () => {
  it.each([
    ["\xc9u\xc8u", "üü"],
    ["\xd3a\xcfz\xd0c", "ąžç"],
    ["\xddt\xdes", "t\u0361s"],
    ["\xddn\xdfg", "n\u0360g"],
    ["\xe8\xf8\xe9\xf9\xea\xfa\xfb", "ŁłØøŒœß"],
    ["\xb0\xb1\xbd\xbe", "\u02bb\u02bc\u02b9\u02ba"],
    ["\xa4\xa9\xb9\xab\xbb", "$‘’«»"],
  ])("%j", (bytes, text) => {
    expect(read({ sets: "0103", title: latin(bytes) })).toMatchObject({ text, codes: [] });
  });

  it("are no pair where nothing stands between, and change none that stands before", () => {
    const { text } = read({ sets: "0103", title: latin("\xddt\xdes, \xdd\xdfng") });
    expect(text).toContain("t\u0361s, ");
  });
});

describe("the leader", () => {
  it("of MARC 21 is still told of", () => {
    const bytes = isoOf("00000nam a2200000 a 450 ", [["245", Buffer.from("10\x1faTitle")]]);
    const frame = {
      kind: "record",
      offset: 0,
      length: bytes.length,
      bytes,
      diagnostics: [],
    } as const;
    const parsed = parseRecord(frame, { encoding: "auto", strict: false });
    expect("record" in parsed && parsed.record.diagnostics.map(({ code }) => code)).toEqual([
      "M206",
    ]);
  });

  it("of a UNIMARC authority with x is no holdings record", () => {
    const bytes = isoOf("00000nx  a2200000   450 ", [
      ["001", Buffer.from("a1")],
      ["100", Buffer.from("  \x1fa20140730afrey50      ba0")],
      ["210", Buffer.from("  \x1faÉcole")],
    ]);
    const frame = {
      kind: "record",
      offset: 0,
      length: bytes.length,
      bytes,
      diagnostics: [],
    } as const;
    const parsed = parseRecord(frame, { encoding: "auto", strict: false });
    if ("reject" in parsed) throw new Error(parsed.reject.code);
    expect(recordKind(parsed.record)).toBe("authority");
    expect(parsed.record.diagnostics).toEqual([]);
  });
});
