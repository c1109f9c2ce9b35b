/** Of numbers that too many rows bear it says nothing that two share one; whoever of both is asked. */

import { describe, expect, it } from "vitest";
import { compareDescriptions } from "../../../src/matching/evidence/compare.js";
import { withoutShared } from "../../../src/matching/evidence/without-shared.js";
import { described, fixed, outcomeOf } from "./described.js";

const COMMON = [{ kind: "oclc", number: "123" }] as const;
const sheet = (...numbers: string[]) =>
  described([
    fixed(),
    ["245", "10", "aSheets of the north"],
    ...numbers.map((number) => ["035", "  ", `a(OCoLC)${number}`] as const),
  ]);

function outcome(a: readonly string[], b: readonly string[]): string | null {
  const told = (one: readonly string[], other: readonly string[]) =>
    outcomeOf(
      compareDescriptions(...withoutShared(sheet(...one), sheet(...other), COMMON)),
      "oclc",
    );
  expect(told(b, a)).toBe(told(a, b));
  return told(a, b);
}

describe("a number that too many rows bear", () => {
  it("says nothing of two that share it", () => {
    expect(outcome(["123"], ["123"])).toBe(null);
    expect(outcome(["123", "456"], ["123"])).toBe(null);
  });

  it("leaves the others to say what they do", () => {
    expect(outcome(["123", "456"], ["123", "456"])).toBe("shared");
    expect(outcome(["123", "456"], ["123", "789"])).toBe("other");
  });

  it("is another number than those of a row that does not bear it", () => {
    expect(outcome(["123"], ["456"])).toBe("other");
  });
});
