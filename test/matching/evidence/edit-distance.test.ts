/** How alike two texts are, against the table that everybody writes first. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isClose } from "../../../src/matching/evidence/edit-distance.js";

function distance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= a.length; i++) {
    rows.push([i]);
    for (let j = 1; j <= b.length; j++) {
      const change = rows[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      rows[i].push(Math.min(change, rows[i - 1][j] + 1, rows[i][j - 1] + 1));
    }
  }
  return rows[a.length][b.length];
}

const text = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 24 });

describe("two texts", () => {
  it("are close where the whole table says so", () => {
    fc.assert(
      fc.property(text, text, fc.constantFrom(0.7, 0.8, 0.85, 0.9, 1), (a, b, least) => {
        const longer = Math.max(a.length, b.length);
        const expected = longer === 0 || 1 - distance(a, b) / longer >= least;
        expect(isClose(a, b, least)).toBe(expected);
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ["tomsawyer", "tomsawyr", 0.85, true],
    ["tomsawyer", "tomsawr", 0.85, false],
    ["", "", 0.9, true],
    ["", "a", 0.9, false],
  ])("%s and %s at %d: %s", (a, b, least, close) => {
    expect(isClose(a, b, least)).toBe(close);
  });
});
