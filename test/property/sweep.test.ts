/** A sweep finds what comparing every row with every other that shares a key finds, however little it may keep in memory. */

import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { OrderedPairs } from "../../src/deciding/ordered-pairs.js";
import { Sweep } from "../../src/deciding/sweep.js";
import type { RecordDescription } from "../../src/fields/record-description.js";
import { candidateKeys, mostWith } from "../../src/matching/evidence/candidates.js";
import { compareDescriptions } from "../../src/matching/evidence/compare.js";
import { packDescription } from "../../src/matching/evidence/packed.js";
import { described, fixed } from "../matching/evidence/described.js";
import { TestDatabase, temporaryFolder } from "../support/import-harness.js";
import { otherProgram } from "../support/other-program.js";

const folder = temporaryFolder();
afterAll(() => folder.remove());

const COMMON = 3;
/** Of few titles, years, names and numbers: they meet by several keys, and some keys are too many rows'. */
const record = fc
  .record({
    title: fc.constantFrom("The history of whales", "The history of seals", "Poems of the sea"),
    rest: fc.constantFrom("", "a guide", "a manual"),
    year: fc.constantFrom("1998", "1999", "2004"),
    name: fc.constantFrom("", "Melville, Herman", "Shelley, Percy"),
    isbn: fc.constantFrom("", "9780306406157", "9780140013665", "9783161484100"),
    sudoc: fc.constantFrom("", "A 13.13", "I 19.76"),
    pages: fc.constantFrom("345 p.", "346 p.", "12 p."),
    form: fc.constantFrom(" ", "o"),
  })
  .map(({ title, rest, year, name, isbn, sudoc, pages, form }) =>
    described([
      fixed({ year, form }),
      ["245", "10", `a${title}`, ...(rest === "" ? [] : [`b${rest}`])],
      ["300", "  ", `a${pages}`],
      ...(name === "" ? [] : [["100", "1 ", `a${name}`] as const]),
      ...(isbn === "" ? [] : [["020", "  ", `a${isbn}`] as const]),
      ...(sudoc === "" ? [] : [["086", "0 ", `a${sudoc}`] as const]),
    ]),
  );

type Found = readonly [one: number, other: number, verdict: string, points: number];

/** Every pair that shares a key which not too many rows have; a row's number is its place, from 1. */
function allPairs(rows: readonly RecordDescription[]): Found[] {
  const keys = rows.map((row) => candidateKeys(row));
  const count = new Map<string, number>();
  for (const key of keys.flat()) count.set(key, (count.get(key) ?? 0) + 1);
  const isCommon = (key: string) => (count.get(key) ?? 0) > mostWith(key, COMMON);
  return rows.flatMap((row, one) =>
    rows.flatMap((other, at): Found[] => {
      const meets = keys[one].some((key) => keys[at].includes(key) && !isCommon(key));
      if (at <= one || !meets) return [];
      const common = keys[one].filter((key) => keys[at].includes(key) && isCommon(key));
      const { verdict, points } = compareDescriptions(without(row, common), without(other, common));
      return [[one + 1, at + 1, verdict, points]];
    }),
  );
}

/** A row without numbers, given as keys. */
function without(row: RecordDescription, keys: readonly string[]): RecordDescription {
  const numbers = Object.entries(row.numbers).map(([kind, ofKind]) => [
    kind,
    ofKind.filter((number: string) => !keys.includes(`${kind}:${number}`)),
  ]);
  return { ...row, numbers: Object.fromEntries(numbers) };
}

describe("a sweep", () => {
  it("finds the pairs that a comparison of all rows finds, in their order", () => {
    let round = 0;
    fc.assert(
      fc.property(
        fc.array(record, { maxLength: 24 }),
        fc.constantFrom(30, 300),
        fc.boolean(),
        (rows, mostPairs, otherKeys) => {
          const database = new TestDatabase(`${folder.path}/${round++}.sqlite`, {
            matchMethods: otherKeys ? ["EXACT_TITLE", "DESCRIPTION"] : ["DESCRIPTION"],
          });
          const records = rows.map((row, at) => ({
            id: String(at),
            values: { title: "Index" },
            evidence: packDescription(row),
          }));
          database.import(records, { duplicatePolicy: "KEEP_ALL" });
          const base = database.config();
          const config = { ...base, evidence: { ...base.evidence, commonNumber: COMMON } };
          database.with((store) => {
            const sweep = new Sweep(config, store, mostPairs);
            const possible = [...sweep.possible()].flat();
            const same = [...sweep.groups()].flatMap((group) => group.pairs);
            const told = (pairs: typeof possible) =>
              pairs.map((pair) => [pair.recordId, pair.otherRecordId, pair.verdict, pair.points]);
            const all = allPairs(rows);
            const expected = (wanted: string) => all.filter(([, , verdict]) => verdict === wanted);
            expect(told(possible)).toEqual(expected("possible"));
            expect(
              told(same)
                .map((pair) => pair.slice(0, 3))
                .sort(byRows),
            ).toEqual(expected("same").map((pair) => pair.slice(0, 3)));
            expect(sweep.totals.rows).toBe(rows.length);
            expect(sweep.totals.possible).toBe(expected("possible").length);
          });
        },
      ),
      { numRuns: 40 },
    );
  });

  it("leaves aside rows with a key of which too many were deleted by another program, and those that are gone", () => {
    const database = new TestDatabase(`${folder.path}/gone.sqlite`, {
      matchMethods: ["DESCRIPTION"],
    });
    const row = described([fixed(), ["245", "10", "aThe history of whales"]]);
    const records = Array.from({ length: 60 }, (_, at) => ({
      id: String(at),
      evidence: packDescription(row),
    }));
    database.import(records, { duplicatePolicy: "KEEP_ALL" });
    otherProgram(database.path, (db) => db.exec("DELETE FROM record_info WHERE record_id < 56"));
    database.with((store) => {
      // Nobody has taken notice yet, so that the keys of all are there.
      const sweep = new Sweep(database.config(), store);
      expect([...sweep.possible()].flat()).toEqual([]);
      expect(sweep.totals).toMatchObject({ rows: 5, leftOut: 5 });
      expect(sweep.crowded).toEqual([56, 57, 58, 59, 60]);
    });
  });
});

const byRows = (a: readonly unknown[], b: readonly unknown[]) =>
  Number(a[0]) - Number(b[0]) || Number(a[1]) - Number(b[1]);

describe("pairs in order", () => {
  const pair = fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 10, max: 14 }));

  it("come all of them, walk after walk, however few are kept at a time", () => {
    const pairs = fc.uniqueArray(pair, { selector: String });
    fc.assert(
      fc.property(pairs, (all) => {
        const found: (readonly [number, number])[] = [];
        for (let first = -Infinity; first < Infinity; ) {
          const kept = new OrderedPairs(6);
          for (const [one, other] of all) if (one >= first) kept.add(one, other);
          expect(kept.limit).toBeGreaterThan(first);
          found.push(...kept.inOrder());
          first = kept.limit;
        }
        expect(found).toEqual(all.toSorted(byRows));
      }),
    );
  });
});
