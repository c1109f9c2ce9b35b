/** What a configuration states, whatever it is a configuration of: its files, then the command line. */

import { resolve } from "node:path";
import { applyCommandLine, type Overrides } from "./command-line.js";
import { ProblemList } from "./problems.js";
import { type Section, toSections } from "./sections.js";
import { readSource } from "./source.js";

/** What the command line adds to a configuration file. */
export interface LoadOptions {
  /** The arguments of `--set`, in order; of two for one key the later counts. */
  readonly sets?: readonly string[];
  readonly overrides?: Overrides;
  /** Absolute; what paths on the command line are relative to. */
  readonly cwd: string;
}

/** Sections and keys that nobody has read as settings yet. */
export interface Stated {
  /** Absolute path of the main file. */
  readonly file: string;
  /** By name, in the order in which they are first opened. */
  readonly sections: ReadonlyMap<string, Section>;
  /** Whether every file could be read: what is missing here is missing indeed. */
  readonly complete: boolean;
  /** Absolute paths of the files that were read. */
  readonly files: readonly string[];
  /** What is wrong so far; whoever reads on adds to it. */
  readonly problems: ProblemList;
  /** Absolute; places in messages are shown relative to it. */
  readonly cwd: string;
}

/**
 * Reads the files of a configuration and lays the command line over them.
 *
 * @param path the main file, relative to `cwd` or absolute
 */
export function readStated(path: string, { cwd, sets = [], overrides = {} }: LoadOptions): Stated {
  const file = resolve(cwd, path);
  const problems = new ProblemList();
  const source = readSource(file, problems);
  const sections = toSections(source.statements);
  applyCommandLine(sections, sets, overrides, cwd, problems);
  return { file, sections, complete: !source.incomplete, files: source.files, problems, cwd };
}
