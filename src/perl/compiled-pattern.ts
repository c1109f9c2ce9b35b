/** Compiles a checked pattern and finds its matches as Perl's `s///` does. */

import { FoldRunError } from "./folded-source.js";
import { javaScriptSource } from "./javascript-source.js";
import { backreferenced, findObjection } from "./pattern-check.js";
import { lengthBounds } from "./pattern-length.js";
import type { PatternTree } from "./pattern-tree.js";
import { Cursor, type SourceText } from "./source-text.js";

/** A match: where it is in the input (UTF-16 units), what `\K` keeps not counted, and its groups. */
export interface Match {
  readonly start: number;
  readonly end: number;
  readonly input: string;
  /** The text of a group by Perl's number, undefined if it did not match. */
  group(number: number): string | undefined;
}

interface CompiledPattern {
  /** The first match at or after an index. */
  find(input: string, from: number): Match | null;
  /** The next match of `s///g`. */
  findAfter(input: string, previous: Match): Match | null;
}

/** One JavaScript expression and the meaning of its groups. */
interface Expression {
  readonly regexp: RegExp;
  readonly groups: ReadonlyMap<number, number>;
  readonly kept: readonly number[];
}

/**
 * Checks and compiles a pattern. `taken`: the groups that its replacement takes. Throws
 * PerlSyntaxError for what JavaScript cannot do in the same way.
 */
export function compilePattern(
  source: SourceText,
  tree: PatternTree,
  taken: readonly number[],
): CompiledPattern {
  const used = new Set([...taken, ...backreferenced(tree.body)]);
  const objection = findObjection(tree.body, used);
  if (objection) throw new Cursor(source).refuse(objection.reason, objection.at);
  const plain = expression(source, tree, used, false);
  const find = (input: string, from: number): Match | null => match(plain, input, from);
  if (lengthBounds(tree.body).min > 0 && plain.kept.length === 0) {
    return { find, findAfter: (input, previous) => find(input, previous.end) };
  }
  const longer = expression(source, tree, used, true);
  return {
    find,
    findAfter: (input, previous) => findPastEmpty(plain, longer, tree, input, previous),
  };
}

/**
 * After an empty match Perl goes on at the same place, for a match that ends further on: `s/a*?/-/g`
 * finds the empty text before an `a` and then the `a`.
 */
function findPastEmpty(
  plain: Expression,
  longer: Expression,
  tree: PatternTree,
  input: string,
  previous: Match,
): Match | null {
  const { start, end } = previous;
  if (start < end) return match(plain, input, end);
  const here = match(longer, input, end);
  if (here !== null || tree.anchoredAtLastMatch || end >= input.length) return here;
  return match(plain, input, end + ((input.codePointAt(end) ?? 0) > 0xffff ? 2 : 1));
}

function expression(
  source: SourceText,
  tree: PatternTree,
  used: ReadonlySet<number>,
  notEmpty: boolean,
): Expression {
  try {
    const written = javaScriptSource(tree, used, notEmpty ? 1 : 0);
    const sticky = notEmpty || tree.anchoredAtLastMatch;
    // The rest of the text, remembered at the start, tells at the end whether anything was taken.
    const whole = notEmpty ? `(?=([^]*))(?:${written.source})(?!\\1$)` : written.source;
    return { ...written, regexp: new RegExp(whole, sticky ? "uy" : "ug") };
  } catch (error) {
    if (error instanceof FoldRunError) throw new Cursor(source).refuse("fold-run", 0);
    throw error;
  }
}

function match({ regexp, groups, kept }: Expression, input: string, from: number): Match | null {
  regexp.lastIndex = from;
  let found = regexp.exec(input);
  // V8 finds empty texts within a surrogate pair where a pattern begins with a negative lookbehind.
  while (found !== null && found[0] === "" && splitsPair(input, found.index)) {
    regexp.lastIndex = found.index + 1;
    found = regexp.exec(input);
  }
  if (found === null) return null;
  const matched = found;
  const start = kept.reduce((at, group) => at + (matched[group] ?? "").length, matched.index);
  return {
    start,
    end: found.index + found[0].length,
    input,
    group: (number) => matched[groups.get(number) ?? -1],
  };
}

function splitsPair(input: string, index: number): boolean {
  return index > 0 && (input.codePointAt(index - 1) ?? 0) > 0xffff;
}
