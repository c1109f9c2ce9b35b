/** The kind that is kept of a record is the same, remembered from another one or made anew. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kindTexts } from "../../src/mapping/marc/described-texts.js";
import { KindEvidence } from "../../src/mapping/marc/kind-evidence.js";
import { describeKind } from "../../src/matching/evidence/describe.js";
import { keptText, kindOf } from "../../src/matching/kept-evidence.js";
import { BOOK, type FieldOf, viewOf } from "../support/record-view.js";

const PHYSICAL: readonly FieldOf[] = [
  ["007", "cr |||"],
  ["007", "he bfb"],
  ["007", "ta"],
];
const FIXED: readonly FieldOf[] = ["a", "o", "q", " ", "é"].map((form) => [
  "008",
  `761020s1974    ohua   ${form}|b   f000 0 eng d`,
]);
const DATA: readonly FieldOf[] = [
  ["245", "10", "aA title", "h[microform] /"],
  ["245", "10", "aA title", "nPart 2,", "pRivers"],
  ["245", "10", "aA title", "n", "pRivers"],
  ["300", "  ", "axii, 345 p. ;", "c24 cm"],
  ["300", "  ", "axii, 1 p. ;"],
  ["300", "  ", "axii, p. 1"],
  ["300", "  ", "a1 online resource (v, 83 pages)"],
  ["300", "  ", "a2 &#x0070;"],
  ["300", "  ", "a2 &#x0071;"],
  ["300", "  ", "a2 microfiches"],
  ["300", "  ", "a1 Band"],
  ["337", "  ", "acomputer", "bc"],
  ["338", "  ", "avolume", "bnc"],
  ["533", "  ", "aMicrofilm."],
];

const field = fc.constantFrom(...PHYSICAL, ...FIXED, ...DATA);
const record = fc.record({
  leader: fc.tuple(fc.constantFrom(..."aemgt"), fc.constantFrom(..."msi")),
  fields: fc.array(field, { maxLength: 6 }),
});

describe("the kind that is kept of a record", () => {
  it("does not depend on the records before it", () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 12 }), (records) => {
        const evidence = new KindEvidence();
        for (const { leader, fields } of records) {
          const view = viewOf({
            leader: BOOK.slice(0, 6) + leader.join("") + BOOK.slice(8),
            fields,
          });
          const kind = describeKind(kindTexts(view));
          const kept = evidence.of(view);
          expect(kept).toBe(keptText(kind));
          expect(kindOf(kept, "serial")).toEqual(kind);
        }
      }),
      { numRuns: 500 },
    );
  });
});
