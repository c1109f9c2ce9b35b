/** Of all pairs that a run compares, those are kept that came nearest to the two numbers of points, on either side. */

import fc from "fast-check";
import { expect, it } from "vitest";
import type { Evidence } from "../../src/matching/evidence/compare.js";
import type { Weighed } from "../../src/matching/weigh.js";
import { ClosestCalls } from "../../src/running/closest-calls.js";
import type { CloseCall } from "../../src/store/model/run-statistics.js";

const SETTINGS = { same: 100, possible: 60 };
const KEPT = 5;

/** A row that was compared: with all points counted, or, where it is different, some of them. */
function weighed(points: number, counted = points): Weighed {
  const verdict = points >= 100 ? "same" : points >= 60 ? "possible" : "different";
  const evidence: Evidence = { verdict, points, outcomes: [], veto: null, caps: [] };
  return {
    recordId: points,
    foreignSource: "",
    rank: "same",
    keys: [],
    evidence: { ...evidence, points: counted },
    decided: false,
    whole: () => evidence,
  };
}

function kept(rows: readonly Weighed[]): CloseCall[] {
  const calls: CloseCall[] = [];
  const closest = new ClosestCalls(calls, SETTINGS);
  for (const row of rows) {
    closest.take([row], ({ recordId, foreignSource }) => {
      const row = { recordId, foreignSource, title: "" };
      return { file: "", number: 1, foreignId: "", title: "", row };
    });
  }
  return calls;
}

const side = (calls: readonly CloseCall[], about: string, where: string) =>
  calls.filter((call) => call.about === about && call.side === where).map(({ points }) => points);

it("keeps the nearest on each side of both numbers, whatever the order", () => {
  const all = Array.from({ length: 160 }, (_, points) => weighed(points));
  fc.assert(
    fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (rows) => {
      const calls = kept(rows);
      expect(calls).toHaveLength(4 * KEPT);
      expect(side(calls, "same", "above")).toEqual([100, 101, 102, 103, 104]);
      expect(side(calls, "same", "below")).toEqual([99, 98, 97, 96, 95]);
      expect(side(calls, "possible", "above")).toEqual([60, 61, 62, 63, 64]);
      expect(side(calls, "possible", "below")).toEqual([59, 58, 57, 56, 55]);
    }),
    { numRuns: 20 },
  );
});

it("goes by all points, also where the verdict needed less, and by no pair that is out of the question", () => {
  const vetoed = weighed(59);
  const refused: Weighed = { ...vetoed, evidence: { ...vetoed.evidence, veto: "form" } };
  const decided: Weighed = { ...weighed(58), decided: true };
  const calls = kept([refused, decided, weighed(20, 55), weighed(57, 40), weighed(200)]);
  expect(side(calls, "possible", "below")).toEqual([57]);
  expect(calls).toHaveLength(1);
});
