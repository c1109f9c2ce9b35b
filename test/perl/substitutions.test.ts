import { describe, expect, it } from "vitest";
import { parsePattern, parseSubstitutions } from "../../src/perl/substitutions.js";
import { PATTERNS, SUBSTITUTIONS } from "./cases.js";
import { askPerl, type OracleCase } from "./oracle.js";

/** A list of substitutions, put to perl one after the other. */
function substitutedByPerl(): ReadonlyMap<string, readonly (string | null)[]> {
  const results = new Map<string, (string | null)[]>();
  let open = SUBSTITUTIONS.map(([text, ...inputs]) => {
    const states: (string | null)[] = [...inputs];
    results.set(text, states);
    return { steps: parseSubstitutions(text).map((step) => step.text), states };
  });
  while (open.length > 0) {
    const asked: { states: (string | null)[]; at: number }[] = [];
    const cases: OracleCase[] = [];
    for (const { steps, states } of open) {
      states.forEach((input, at) => {
        if (input === null) return;
        cases.push({ operator: "s", text: steps[0] ?? "", input });
        asked.push({ states, at });
      });
    }
    askPerl(cases).forEach((answer, n) => {
      const one = asked[n];
      if (one) one.states[one.at] = answer;
    });
    open = open
      .map(({ steps, states }) => ({ steps: steps.slice(1), states }))
      .filter((one) => one.steps.length > 0);
  }
  return results;
}

describe("substitutions", () => {
  const expected = substitutedByPerl();

  it("are many", () => {
    expect(new Set(SUBSTITUTIONS.map(([text]) => text)).size).toBeGreaterThanOrEqual(200);
  });

  it.each(SUBSTITUTIONS)("%s does what perl does", (text, ...inputs) => {
    const steps = parseSubstitutions(text);
    const actual = inputs.map((input) => steps.reduce((value, step) => step.apply(value), input));
    expect(actual).toEqual(expected.get(text));
  });
});

describe("patterns", () => {
  it.each(PATTERNS)("%s matches what perl matches", (text, ...inputs) => {
    const expected = askPerl(inputs.map((input) => ({ operator: "m" as const, text, input })));
    const pattern = parsePattern(text);
    expect(inputs.map((input) => (pattern.test(input) ? "yes" : "no"))).toEqual(expected);
  });
});
