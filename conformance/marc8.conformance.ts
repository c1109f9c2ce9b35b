/** MARC-8 against texts whose Unicode form others have published, and against other readers. */

import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../src/diagnostics/diagnostic.js";
import { decodeText } from "../src/marc/charset/decode.js";
import { judgeEncoding } from "../src/marc/charset/verdict.js";
import { corpus } from "./support/corpora.js";
import { byMarcCharset, byYaz } from "./support/marc8-readers.js";
import { seeded } from "./support/random.js";
import { type Feature, type RandomText, randomMarc8 } from "./support/random-marc8.js";

function split(bytes: Buffer, delimiter: number): Buffer[] {
  const pieces: Buffer[] = [];
  let start = 0;
  for (let at = bytes.indexOf(delimiter); at >= 0; at = bytes.indexOf(delimiter, start)) {
    pieces.push(bytes.subarray(start, at));
    start = at + 1;
  }
  return pieces;
}

function fromMarc8(bytes: Buffer, diagnostics: Diagnostic[] = []): string {
  return decodeText(bytes, 0, bytes.length, "marc-8", diagnostics);
}

describe("published pairs", () => {
  it("reads all lines of pymarc's pairs alike", () => {
    const marc8 = split(corpus("pymarc/test/test_marc8.txt"), 0x0a);
    const utf8 = split(corpus("pymarc/test/test_utf8.txt"), 0x0a);
    const diagnostics: Diagnostic[] = [];
    expect(marc8.length).toBe(1515);
    expect(marc8.map((line) => fromMarc8(line, diagnostics))).toEqual(
      utf8.map((line) => line.toString("utf8").normalize("NFC")),
    );
    expect(diagnostics).toEqual([]);
  });

  it("reads the NIST twins alike, all 33 records beyond ASCII among them", () => {
    const root = "gpo-cataloging-records/NIST_Collection";
    const marc8 = split(corpus(`${root}/MARC8/nistir_marc8.mrc`), 0x1d).map(readRecord);
    const utf8 = split(corpus(`${root}/UTF8/nistir_utf8.mrc`), 0x1d).map(readRecord);
    expect(marc8.filter(({ encoding }) => encoding === "marc-8")).toHaveLength(33);
    expect(marc8.map(({ texts }) => texts)).toEqual(utf8.map(({ texts }) => texts));
    expect([...marc8, ...utf8].flatMap(({ diagnostics }) => diagnostics)).toEqual([]);
  });
});

interface ReadRecord {
  readonly encoding: string;
  readonly texts: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The text of every subfield and control field of a record without damage. */
function readRecord(record: Buffer): ReadRecord {
  const { encoding, diagnostics } = judgeEncoding(record, 0, record.length, record[9], "auto");
  const found = [...diagnostics];
  const base = Number(record.toString("latin1", 12, 17));
  const texts = split(record.subarray(base), 0x1e).flatMap((field) => {
    const subfields = split(Buffer.concat([field, Buffer.from([0x1f])]), 0x1f);
    return subfields.map((text) => decodeText(text, 0, text.length, encoding, found));
  });
  return { encoding, texts, diagnostics: found };
}

type Undo = readonly [Feature, (text: string) => string];

/** Marks of one base in code point order, so that only their order can differ. */
function sortMarks(text: string): string {
  return text.normalize("NFD").replace(/\p{M}+/gu, (marks) => [...marks].sort().join(""));
}

/** What must be done to both readings before they are equal, each named in docs/character-sets.md. */
const NON_SORT: Undo = ["non-sort", (text) => text.replace(/[\x98\x9c]/g, "")];
const SEVERAL_MARKS: Undo = ["several marks", sortMarks];
const MARK_ON_BLANK: Undo = [
  "mark on blank",
  (text) => text.normalize("NFD").replace(/\p{M}/gu, ""),
];
const EAST_ASIAN_HIGH: Undo = ["East Asian in G1", () => ""];

/** "" if both readings are equal, else the kind or kinds of their difference. */
function difference(
  ours: string,
  theirs: string,
  features: RandomText["features"],
  undos: readonly Undo[],
): string {
  const equal = (undone: readonly Undo[]): boolean => {
    const apply = (text: string): string => undone.reduce((so, [, undo]) => undo(so), text);
    return apply(ours).normalize("NFC") === apply(theirs).normalize("NFC");
  };
  if (equal([])) return "";
  const possible = undos.filter(([feature]) => features.has(feature));
  const one = possible.find((undo) => equal([undo]));
  if (one !== undefined) return one[0];
  return equal(possible) ? possible.map(([feature]) => feature).join(" and ") : "not explained";
}

describe("other readers, on 100,000 random texts over all sets", () => {
  const random = seeded(20_240_229);
  const texts = Array.from({ length: 100_000 }, () => randomMarc8(random));
  const bytes = texts.map((text) => text.bytes);
  const ours = bytes.map((text) => fromMarc8(text));

  function kinds(theirs: readonly string[], undos: readonly Undo[]): Record<string, number> {
    expect(theirs).toHaveLength(texts.length);
    const counts: Record<string, number> = {};
    texts.forEach((text, index) => {
      const kind = difference(ours[index], theirs[index], text.features, undos);
      if (kind !== "") counts[kind] = (counts[kind] ?? 0) + 1;
      if (kind === "not explained" && counts[kind] < 10) {
        expect.soft(ours[index], text.bytes.toString("hex")).toBe(theirs[index]);
      }
    });
    return counts;
  }

  it("finds every text sound, apart from marks on blanks", () => {
    const codes = new Set<string>();
    for (const text of texts) {
      const diagnostics: Diagnostic[] = [];
      fromMarc8(text.bytes, diagnostics);
      if (!text.features.has("mark on blank")) expect(diagnostics).toEqual([]);
      for (const { code } of diagnostics) codes.add(code);
    }
    expect([...codes]).toEqual(["M406"]);
  });

  it("agrees with yaz, or differs for a reason", () => {
    const counts = kinds(byYaz(bytes), [NON_SORT, SEVERAL_MARKS]);
    console.table(counts);
    expect(Object.keys(counts)).not.toContain("not explained");
  });

  it("agrees with MARC::Charset, or differs for a reason", () => {
    const undos = [NON_SORT, SEVERAL_MARKS, MARK_ON_BLANK, EAST_ASIAN_HIGH];
    const counts = kinds(byMarcCharset(bytes), undos);
    console.table(counts);
    expect(Object.keys(counts)).not.toContain("not explained");
  });
});
