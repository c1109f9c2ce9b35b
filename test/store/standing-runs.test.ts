import { describe, expect, it } from "vitest";
import { standingRuns } from "../../src/store/model/standing-runs.js";

/** Runs 1, 2 and 3 are imports; each undo is written with the run that it takes back. */
const CASES: readonly [what: string, runs: number[], undoes: [number, number][], number[]][] = [
  ["imports stand one upon the other", [1, 2, 3], [], [1, 2, 3]],
  ["a resumed run may come twice", [1, 2, 1], [], [1, 2, 1]],
  ["an undo takes one away", [1, 2, 4], [[4, 2]], [1]],
  [
    "all taken away",
    [1, 2, 4, 5],
    [
      [4, 2],
      [5, 1],
    ],
    [],
  ],
  [
    "undoing the undo brings it back",
    [1, 2, 4, 5],
    [
      [4, 2],
      [5, 4],
    ],
    [1, 2],
  ],
  ["a forced undo takes along what came later", [1, 2, 3, 4], [[4, 1]], []],
  [
    "and undoing that brings all back",
    [1, 2, 3, 4, 5],
    [
      [4, 1],
      [5, 4],
    ],
    [1, 2, 3],
  ],
  ["an undo seen alone stands itself", [4], [[4, 1]], [4]],
  ["an undo of an earlier run takes along what came between", [2, 4], [[4, 1]], [4]],
  ["work goes on behind an undo", [1, 4, 2], [[4, 1]], [2]],
];

describe("the runs whose work stands", () => {
  it.each(CASES)("%s", (_what, runs, undoes, standing) => {
    expect(standingRuns(runs, new Map(undoes))).toEqual(standing);
  });
});
