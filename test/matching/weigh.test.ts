/** Of hundreds of rows that a record is compared with, a comparison to the verdict alone gives those that anybody asks for. */

import { describe, expect, it } from "vitest";
import type { RecordDescription } from "../../src/fields/record-description.js";
import type { DuplicateIndex, DuplicateQuery } from "../../src/matching/duplicate-query.js";
import { compareDescriptions, DEFAULT_EVIDENCE } from "../../src/matching/evidence/compare.js";
import { packDescription } from "../../src/matching/evidence/packed.js";
import { PriorityList } from "../../src/matching/priorities.js";
import { FAR, weighCandidates } from "../../src/matching/weigh.js";
import type { FieldOf } from "../support/record-view.js";
import { changed, described, fixed } from "./evidence/described.js";

const WHALES: FieldOf[] = [
  ["007", "ta"],
  fixed(),
  ["010", "  ", "a   98012345 "],
  ["100", "1 ", "aMelville, Herman."],
  ["245", "14", "aThe history of whales in the northern seas"],
  ["260", "  ", "aNew York :", "bHarper,", "c1998."],
  ["300", "  ", "axii, 345 p. ;", "c24 cm."],
];

const ROWS = {
  same: described(WHALES),
  "other pages": described(changed(WHALES, ["300", "  ", "a90 p. ;", "c24 cm."])),
  "other form": described([["007", "he"], ...WHALES.slice(1), ["300", "  ", "a3 microfiches"]]),
  "said to be different": described(WHALES),
  "another book": described(
    changed(
      WHALES,
      ["010", "  ", "a   98077777 "],
      ["100", "1 ", "aDickens, Charles."],
      ["245", "14", "aThe history of railways and those who built them"],
      ["300", "  ", "a90 p. ;", "c18 cm."],
    ),
  ),
};
const NAMES = Object.keys(ROWS) as (keyof typeof ROWS)[];
const SAID = NAMES.indexOf("said to be different") + 1;

/** All rows bear every key. */
const index: DuplicateIndex = {
  mayHold: () => true,
  sourcesWith: () => [1],
  recordsWith: () => NAMES.map((_, at) => at + 1),
  group: () => new Map(NAMES.map((_, at) => [at + 1, 1])),
  sourceName: () => "a",
  row: () => null,
  described: (recordId): RecordDescription => ROWS[NAMES[recordId - 1]],
};

const query: DuplicateQuery = {
  methods: ["DESCRIPTION"],
  keys: {
    ...{ url: "", title: "", creators: "", publication_date: "", isbn: "", issn: "", lccn: "" },
    ...{ oclc_number: "", record_type: "", urlIsFallback: false },
    evidence: packDescription(described(WHALES)),
  },
  foreignSource: "a",
  except: null,
  neverIf: DEFAULT_EVIDENCE.neverIf,
  decided: new Map([[SAID, { decision: "different", foreignSource: "a" }]]),
  evidence: DEFAULT_EVIDENCE,
  describe: () => described(WHALES),
};

const names = (extent: "verdict" | "whole") =>
  weighCandidates(index, new PriorityList([]), query, "DESCRIPTION", extent).weighed.map(
    ({ recordId }) => NAMES[recordId - 1],
  );

describe("rows that a record is compared with", () => {
  it("are all given where somebody is to read how each came out", () => {
    expect(names("whole")).toEqual(NAMES);
  });

  it("are given but for those far from being possible where the verdict is all that is asked", () => {
    const { possible } = DEFAULT_EVIDENCE;
    const points = (name: keyof typeof ROWS) =>
      compareDescriptions(described(WHALES), ROWS[name]).points;
    expect(points("another book")).toBeLessThan(possible - FAR);
    expect(names("verdict")).toEqual(NAMES.filter((name) => name !== "another book"));
  });
});
