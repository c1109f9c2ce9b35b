/** Substitutions may let a text grow, but not without measure. */

import { describe, expect, it } from "vitest";
import { MOST_GROWTH, parseSubstitutions, TextGrowthError } from "../../src/perl/substitutions.js";

function applied(substitutions: string, text: string): string {
  return parseSubstitutions(substitutions).reduce((before, one) => one.apply(before), text);
}

const GROUPS = "$&".repeat(200);

describe("growth", () => {
  it.each([
    ["many matches", "/a/aaaaaaaaaa/g,/a/aaaaaaaaaa/g", "a".repeat(20_000)],
    ["one match", `/.*/${GROUPS}/s`, "a".repeat(20_000)],
    ["one match with a change of case", `/.*/\\U${GROUPS}/s`, "a".repeat(20_000)],
    ["a text put in between all characters", `/a?/${"x".repeat(100)}/g`, "a".repeat(20_000)],
  ])("by %s is stopped", (_, substitutions, text) => {
    expect(() => applied(substitutions, text)).toThrow(TextGrowthError);
  });

  it("up to the limit is none of our business, however long the text is", () => {
    const long = "a".repeat(3 * MOST_GROWTH);
    expect(applied("/a/b/g", long)).toBe("b".repeat(3 * MOST_GROWTH));
    const text = "a".repeat(MOST_GROWTH / 2);
    expect(applied("/a/bb/g", text)).toBe("bb".repeat(MOST_GROWTH / 2));
    expect(applied("/a//g", long)).toBe("");
  });
});
