/** Whatever the records hold: no failure, one verdict in both orders, bounded work. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describedTexts } from "../../../src/mapping/marc/described-texts.js";
import { candidateKeys } from "../../../src/matching/evidence/candidates.js";
import { compareDescriptions, DEFAULT_EVIDENCE } from "../../../src/matching/evidence/compare.js";
import { describe as describeRecord } from "../../../src/matching/evidence/describe.js";
import { rowTexts } from "../../../src/matching/evidence/describe-row.js";
import { KeptDescription } from "../../../src/matching/evidence/kept-description.js";
import { packDescription } from "../../../src/matching/evidence/packed.js";
import type { FieldOf } from "../../support/record-view.js";
import { viewOf } from "../../support/record-view.js";
import { described, told } from "./described.js";

/** Texts that records hold, and texts that nobody would expect. */
const text = fc.oneof(
  fc.constantFrom(
    ...[
      "The history of whales",
      "Vol. III",
      "xii, 345 p. ;",
      "c1998",
      "Melville, Herman",
      "(OCoLC)814782",
    ],
    ...[
      "2nd ed.",
      "",
      " ",
      "…",
      "0306406152 (pbk.)",
      "Война и мир",
      "1 online resource",
      "245-01/(N",
      "Y 4.H 75:98-1",
    ],
  ),
  fc.string({ unit: "binary", maxLength: 30 }).map((one) => one.replace(/[\x1d-\x1f]/g, " ")),
);
const TAGS = [
  "020",
  "022",
  "024",
  "028",
  "035",
  "086",
  "088",
  "100",
  "110",
  "245",
  "246",
  "250",
  "260",
  "264",
  "300",
  "337",
  "490",
  "533",
  "700",
  "856",
  "880",
];
const dataField: fc.Arbitrary<FieldOf> = fc
  .tuple(
    fc.constantFrom(...TAGS),
    fc.constantFrom("  ", "10", "14", " 1", "40"),
    fc.array(fc.tuple(fc.constantFrom(..."abcdhnpquvx6"), text), { minLength: 1, maxLength: 4 }),
  )
  .map(([tag, indicators, subfields]) => [
    tag,
    indicators,
    ...subfields.map((one) => one.join("")),
  ]);
const controlField: fc.Arbitrary<FieldOf> = fc
  .tuple(
    fc.constantFrom("007", "008"),
    fc.oneof(text, fc.constant("980101s1998    nyu     o     000 0 eng d")),
  )
  .map(([tag, content]) => [tag, content]);
const leader = fc
  .tuple(fc.constantFrom(..."acdefgijkmoprt z"), fc.constantFrom(..."abcdims "))
  .map(([type, level]) => `00000n${type}${level} a2200000 a 4500`);
const record = fc
  .tuple(leader, fc.array(fc.oneof(dataField, controlField), { maxLength: 12 }))
  .map(([of, fields]) => describeRecord(describedTexts(viewOf({ leader: of, fields }))));

/** Records of one book, or of books that are much like it: so much agrees that caps are asked for. */
const CHOICES: readonly (readonly FieldOf[])[] = [
  ["1998", "1999", "1994"].map((year) => ["008", `980101s${year}    nyu           000 0 eng d`]),
  [
    ["100", "1 ", "aMelville, Herman."],
    ["700", "1 ", "aMelville, H."],
  ],
  ["whales 1851", "whales 1852", "whales", "wales"].map((name) => [
    "245",
    "10",
    `aThe history of ${name} /`,
    "cHerman Melville.",
  ]),
  ["bHarper,", "bDent,"].map((name) => ["260", "  ", "aNew York :", name]),
  ["12 p.", "345 p.", "2 v.", "2 v. (12 p.)", "2 v. (345 p.)", "3 v."].map((extent) => [
    "300",
    "  ",
    `a${extent} ;`,
    "c24 cm.",
  ]),
  ["1st ed.", "2nd ed."].map((edition) => ["250", "  ", `a${edition}`]),
  ["0306406152 (pbk.)", "0306406152 (hbk.)", "0262033844"].map((isbn) => ["020", "  ", `a${isbn}`]),
  ["Y 4.H 75:98-1", "Y 4.H 75:98-2"].map((number) => ["086", "0 ", `a${number}`]),
];
const likeBook = fc
  .tuple(
    fc.constantFrom("am", "em", "as"),
    ...CHOICES.map((choice) => fc.option(fc.constantFrom(...choice), { freq: 6 })),
  )
  .map(([kind, ...fields]) =>
    described(
      fields.filter((field) => field !== null),
      `00000n${kind} a2200000 a 4500`,
    ),
  );

describe("any two records", () => {
  it("give the same evidence in both orders, and a record is never vetoed against itself", () => {
    fc.assert(
      fc.property(record, record, (a, b) => {
        expect(compareDescriptions(b, a)).toEqual(compareDescriptions(a, b));
        expect(compareDescriptions(a, a).veto).toBeNull();
      }),
      { numRuns: 300 },
    );
  });

  it("that are much alike give the same evidence in both orders, strict or not", () => {
    fc.assert(
      fc.property(likeBook, likeBook, fc.boolean(), (a, b, strict) => {
        const settings = { ...DEFAULT_EVIDENCE, possible: 1, same: 60, strict };
        expect(compareDescriptions(b, a, settings)).toEqual(compareDescriptions(a, b, settings));
      }),
      { numRuns: 2000 },
    );
  });

  it("have the same verdict when no more is compared than it takes", () => {
    fc.assert(
      fc.property(record, record, fc.integer({ min: -50, max: 120 }), (a, b, possible) => {
        const settings = { ...DEFAULT_EVIDENCE, possible, same: possible + 40 };
        const whole = compareDescriptions(a, b, settings);
        const { verdict } = compareDescriptions(a, b, settings, "verdict");
        expect(verdict).toBe(whole.verdict);
      }),
      { numRuns: 500 },
    );
  });

  it("that are called the same meet in a key that both have", () => {
    fc.assert(
      fc.property(record, record, (a, b) => {
        if (compareDescriptions(a, b).verdict !== "same") return;
        const keys = new Set(candidateKeys(a));
        expect(candidateKeys(b).some((key) => keys.has(key))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

it("a description that is kept is read as it was", () => {
  fc.assert(
    fc.property(record, (one) => {
      expect(told(new KeptDescription(packDescription(one)))).toEqual(one);
    }),
    { numRuns: 300 },
  );
});

const COLUMNS = [
  "title",
  "creators",
  "contributors",
  "publisher",
  "edition",
  "series",
  "publication_date",
  "language",
  "record_type",
  "url",
  "other_urls",
  "isbn",
  "issn",
  "lccn",
  "oclc_number",
] as const;

it("rows of other programs can be described whatever they hold", () => {
  const row = fc.record(
    Object.fromEntries(COLUMNS.map((name) => [name, text])) as Record<
      (typeof COLUMNS)[number],
      typeof text
    >,
  );
  fc.assert(
    fc.property(row, (columns) => {
      const one = describeRecord(rowTexts(columns));
      expect(compareDescriptions(one, one).veto).toBeNull();
    }),
  );
});

it("a record with thousands of names, titles and numbers has a description of bounded size", () => {
  const many = <T>(make: (index: number) => T): T[] =>
    Array.from({ length: 5000 }, (_, i) => make(i));
  const long = "words and more words ".repeat(400);
  const one = described([
    ["245", "10", `a${long}`, `b${long}`, ...many((i) => `nPart ${i}`)],
    ...many((i): FieldOf => ["700", "1 ", `aName${i}, A.`]),
    ...many((i): FieldOf => ["246", "3 ", `aVariant ${i} ${long.slice(0, 50)}`]),
    ...many((i): FieldOf => ["020", "  ", `a978030640${String(i).padStart(4, "0")}`]),
    ...many((i): FieldOf => ["856", "40", `uhttp://x.org/${i}`]),
    ...many(
      (i): FieldOf => ["260", "  ", `aPlace ${i} :`, `bPublisher ${i},`, `c${1400 + (i % 600)}`],
    ),
    ...many((i): FieldOf => ["490", "0 ", `aSeries ${i}`, `v${i}`]),
    ["300", "  ", `a${"12 p., ".repeat(5000)}`],
  ]);
  expect(JSON.stringify(one).length).toBeLessThan(50_000);
  expect(candidateKeys(one).length).toBeLessThan(500);
  expect(compareDescriptions(one, one).verdict).not.toBe("different");
});
