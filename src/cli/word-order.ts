/**
 * Words of a command line whose order cannot be mistaken. The configuration comes first, as the pages say;
 * who has it last is understood all the same.
 */

import { statSync } from "node:fs";
import { resolve } from "node:path";
import { LAST } from "../running/find-run.js";

/** Names of runs begin with their time. */
const RUN = /^\d{8}T\d{6}Z/;

function isRun(word: string): boolean {
  return word === LAST || RUN.test(word);
}

function isFile(word: string, cwd: string): boolean {
  return statSync(resolve(cwd, word), { throwIfNoEntry: false })?.isFile() ?? false;
}

export interface RunWords {
  readonly config: string | undefined;
  readonly run: string | undefined;
}

/**
 * A configuration and a run in either order.
 *
 * @param alone what one word that does not look like a run is
 */
export function runWords(
  words: readonly (string | undefined)[],
  alone: "config" | "run",
): RunWords {
  const [first, second] = words.filter((word) => word !== undefined);
  if (first === undefined) return { config: undefined, run: undefined };
  if (second === undefined) {
    return alone === "run" || isRun(first)
      ? { config: undefined, run: first }
      : { config: first, run: undefined };
  }
  return isRun(first) && !isRun(second)
    ? { config: second, run: first }
    : { config: first, run: second };
}

/**
 * A configuration, which need not be named, and the words of a command behind or before it.
 *
 * @param count words that there are without a configuration
 * @returns the other words, as many as there are
 */
export function configAndWords(
  words: readonly (string | undefined)[],
  count: number,
  cwd: string,
): { readonly config: string | undefined; readonly others: readonly string[] } {
  const given = words.filter((word) => word !== undefined);
  if (given.length <= count) return { config: undefined, others: given };
  const [first, last] = [given[0], given[count]];
  if (!isFile(first, cwd) && isFile(last, cwd)) {
    return { config: last, others: given.slice(0, count) };
  }
  return { config: first, others: given.slice(1) };
}
