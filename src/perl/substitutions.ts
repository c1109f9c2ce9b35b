/**
 * Perl substitutions and patterns as a mapping uses them: parsed, checked and compiled when the
 * configuration is read, and then meaning what Perl 5.36 means on decoded text.
 */

import { compilePattern } from "./compiled-pattern.js";
import { compileReplacement } from "./compiled-replacement.js";
import { type Parts, splitPattern, splitSubstitutions } from "./delimiters.js";
import { checkGrowth } from "./growth.js";
import { neededText } from "./needed-text.js";
import { parsePatternTree } from "./pattern-parser.js";
import type { PatternFlags } from "./pattern-tree.js";
import { groupsTaken, parseReplacement } from "./replacement.js";

export { checkGrowth, MOST_GROWTH, TextGrowthError } from "./growth.js";
export { PerlSyntaxError } from "./perl-syntax-error.js";

/** One compiled substitution. */
export interface Substitution {
  /** As written, `/pattern/replacement/flags`. */
  readonly text: string;
  /** A text without which the pattern cannot match, "" if none is plain to see. */
  readonly needed: string;
  /**
   * Substitutes; the input itself comes back when the pattern does not match. Keeps no state.
   *
   * @throws TextGrowthError if the text would grow by more than MOST_GROWTH
   */
  apply(input: string): string;
}

/** A compiled match pattern `/pattern/flags` of a filter. */
export interface MatchPattern {
  readonly text: string;
  /** Whether the pattern matches somewhere in the input. Keeps no state. */
  test(input: string): boolean;
}

/**
 * Compiles the fifth part of a SearchField: comma-separated `/pattern/replacement/flags`, with the
 * flags g, i, m, s and x. Throws PerlSyntaxError for the first thing that is not exactly Perl's or
 * cannot be had.
 */
export function parseSubstitutions(text: string): readonly Substitution[] {
  // A configuration is checked before its rules are compiled for use.
  let compiled = known.get(text);
  if (!compiled) {
    compiled = splitSubstitutions(text).map(compileSubstitution);
    known.set(text, compiled);
  }
  return compiled;
}

/** What has been compiled, by its text; compiled patterns keep no state. */
const known = new Map<string, readonly Substitution[]>();

/** Compiles `/pattern/flags` with the flags i, m, s and x. Throws PerlSyntaxError. */
export function parsePattern(text: string): MatchPattern {
  const parts = splitPattern(text);
  const tree = parsePatternTree(parts.pattern, patternFlags(parts));
  const { find } = compilePattern(parts.pattern, tree, []);
  return { text: parts.text, test: (input) => find(input, 0) !== null };
}

function compileSubstitution(parts: Parts): Substitution {
  const tree = parsePatternTree(parts.pattern, patternFlags(parts));
  const pieces = parts.replacement ? parseReplacement(parts.replacement, tree) : [];
  const pattern = compilePattern(parts.pattern, tree, groupsTaken(pieces));
  const replace = compileReplacement(pieces);
  const { find, findAfter } = pattern;
  const needed = neededText(tree.body);
  const once = (input: string): string => {
    if (needed !== "" && !input.includes(needed)) return input;
    const match = find(input, 0);
    if (match === null) return input;
    return input.slice(0, match.start) + replace(match) + input.slice(match.end);
  };
  const everywhere = (input: string): string => {
    if (needed !== "" && !input.includes(needed)) return input;
    let match = find(input, 0);
    if (match === null) return input;
    let out = "";
    let done = 0;
    while (match !== null) {
      out += input.slice(done, match.start) + replace(match);
      done = match.end;
      checkGrowth(out.length - done);
      match = findAfter(input, match);
    }
    return out + input.slice(done);
  };
  return { text: parts.text, needed, apply: parts.flags.has("g") ? everywhere : once };
}

function patternFlags({ flags }: Parts): PatternFlags {
  return { i: flags.has("i"), m: flags.has("m"), s: flags.has("s"), x: flags.has("x") };
}
