import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PerlSyntaxError, parsePattern, parseSubstitutions } from "../../src/perl/substitutions.js";
import { matchCase, substitutionCase } from "./generated.js";
import { askPerl, type OracleCase } from "./oracle.js";

/** Fixed, so that a failure comes again; PERL_SEED tries another. */
const seed = Number(process.env.PERL_SEED ?? 20240614);
const numRuns = Number(process.env.PERL_RUNS ?? 4000);

/** Our result, or null where the case is refused. */
function ours({ operator, text, input }: OracleCase): string | null {
  try {
    if (operator === "m") return parsePattern(text).test(input) ? "yes" : "no";
    return parseSubstitutions(text).reduce((value, step) => step.apply(value), input);
  } catch (error) {
    if (error instanceof PerlSyntaxError) return null;
    throw new Error(`${text} on ${JSON.stringify(input)}`, { cause: error });
  }
}

/**
 * Where case does not count, Perl 5.36 at times takes a whole ß for the s of an alternative: the one
 * known difference, described in docs/substitutions.md.
 */
function halfLigature({ text, input }: OracleCase): boolean {
  return text.includes("|") && text.includes("i") && /[ßẞﬁﬃ]/.test(input);
}

/** Perl 5.36 does not come back from some lookaheads on an empty text. */
function hangsPerl({ text, input }: OracleCase): boolean {
  return input === "" && text.includes("(?=");
}

/** The cases that are taken, with the shortest on which perl does otherwise first. */
function compare(generated: readonly OracleCase[]) {
  const taken = generated
    .map((one) => ({ ...one, ours: ours(one) }))
    .filter((one) => one.ours !== null);
  const perls = askPerl(taken);
  const different = taken
    .map((one, at) => ({ ...one, perl: perls[at] }))
    .filter((one) => one.ours !== one.perl && !halfLigature(one))
    .sort((a, b) => a.text.length + a.input.length - b.text.length - b.input.length);
  return { taken: taken.length, different };
}

describe(`generated substitutions, seed ${seed}`, () => {
  it.each([
    ["substitutions", substitutionCase],
    ["patterns", matchCase],
  ] as const)("%s do what perl does, or are refused", (_, arbitrary) => {
    const generated = fc.sample(arbitrary, { seed, numRuns });
    const { taken, different } = compare(generated.filter((one) => !hangsPerl(one)));
    expect(different.slice(0, Number(process.env.PERL_SHOW ?? 5))).toEqual([]);
    expect(taken).toBeGreaterThan(numRuns / 4);
  });
});
