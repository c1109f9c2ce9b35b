/** What is wrong with a configuration: located problems, gathered and reported together. */

import { isAbsolute, relative } from "node:path";
import { Failure } from "../../diagnostics/failure.js";

/** Where a value was written: a file (absolute path) and a one-based line. */
export interface Location {
  readonly file: string;
  readonly line: number;
}

/** One mistake. Every text is non-empty and without a line break, except `found`, which may be "". */
export interface ConfigProblem {
  /** Where it stands; null for the command line. */
  readonly at: Location | null;
  /** What is written there. */
  readonly found: string;
  /** What is wrong with it. */
  readonly problem: string;
  /** What may stand there. */
  readonly allowed: string;
  /** What to do. */
  readonly advice: string;
}

/** Thrown when a configuration cannot be used: every problem of it, in the order of reading. */
export class ConfigErrors extends Failure {
  constructor(readonly problems: readonly ConfigProblem[]) {
    const mistakes = problems.length === 1 ? "a mistake" : "mistakes";
    super("usage", `the configuration has ${mistakes}`, "Mend what is named.");
    this.name = "ConfigErrors";
  }

  /** Every problem, a blank line between two. */
  override report(cwd: string): string {
    return formatProblems(this, cwd);
  }
}

/** The reason why one value is refused; the reader of the configuration adds place and text. */
export class ValueError extends Error {
  /** @param secret whether the value holds a secret, so that it is not shown where it is refused */
  constructor(
    readonly problem: string,
    readonly allowed: string,
    readonly advice: string,
    readonly secret = false,
  ) {
    super(problem);
    this.name = "ValueError";
  }
}

/** Takes problems in any order and gives them back in the order of reading. */
export class ProblemList {
  readonly #entries: { order: number; problem: ConfigProblem }[] = [];

  /** @param order position in the order of reading; equal positions keep the order of adding */
  add(order: number, problem: ConfigProblem): void {
    this.#entries.push({ order, problem });
  }

  /** @throws ConfigErrors if there is a problem */
  throwIfAny(): void {
    if (this.#entries.length > 0) {
      const sorted = this.#entries.toSorted((a, b) => a.order - b.order);
      throw new ConfigErrors(sorted.map((entry) => entry.problem));
    }
  }
}

/** Where a SearchField of `--set` stands. */
export const COMMAND_LINE: Location = Object.freeze({ file: "command line", line: 0 });

/** Where a SearchField stands that the program supplies itself. */
export const BUILT_IN: Location = Object.freeze({ file: "default", line: 0 });

/** `file:line` with the file relative to `cwd` where it lies below it; "command line" for null. */
export function formatLocation(at: Location | null, cwd: string): string {
  if (at === null || at.line === 0) {
    return (at ?? COMMAND_LINE).file;
  }
  const below = relative(cwd, at.file);
  const file = below === "" || below.startsWith("..") || isAbsolute(below) ? at.file : below;
  return `${file}:${at.line}`;
}

/**
 * The report for people: one block a problem, a blank line between two, no stack.
 *
 * @param cwd absolute path that file names are shown relative to
 */
export function formatProblems(errors: ConfigErrors, cwd: string): string {
  return errors.problems.map((problem) => formatProblem(problem, cwd)).join("\n\n");
}

function formatProblem(problem: ConfigProblem, cwd: string): string {
  const found = problem.found === "" ? "" : `\n  found:   ${printable(problem.found)}`;
  return (
    `${formatLocation(problem.at, cwd)}: ${printable(problem.problem)}${found}` +
    `\n  allowed: ${printable(problem.allowed)}\n  to do:   ${printable(problem.advice)}`
  );
}

/** A configuration may come from anywhere: no control character of it reaches a terminal. */
function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, (character) =>
    character === "\t" ? " " : `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}
