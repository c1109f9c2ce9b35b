/** What the command line states: `--set` and the options that stand for a key. */

import type { ProblemList } from "./problems.js";
import type { Entry, Section } from "./sections.js";

/** The options of the command line that stand for a key; they win over the file and over `--set`. */
export interface Overrides {
  readonly database?: string | undefined;
  readonly logDir?: string | undefined;
  readonly verbosity?: number | string | undefined;
  readonly encoding?: string | undefined;
  readonly strict?: boolean | undefined;
}

/** Behind everything that stands in a file. */
const AFTER_FILES = Number.MAX_SAFE_INTEGER / 2;

interface Assignment {
  readonly section: string;
  readonly key: string;
  readonly value: string;
  /** The option as given. */
  readonly text: string;
}

/**
 * Lays the command line over the sections of the files, as overrides.
 *
 * @param sets `section.key=value`, split at the last dot before the `=`; the value taken as it is
 * @param cwd what relative paths in values start from
 */
export function applyCommandLine(
  sections: Map<string, Section>,
  sets: readonly string[],
  overrides: Overrides,
  cwd: string,
  problems: ProblemList,
): void {
  const assignments = [
    ...sets.flatMap((set, index) => parseSet(set, AFTER_FILES + index, problems)),
    ...optionAssignments(overrides),
  ];
  assignments.forEach((assignment, index) => {
    const { section: name, key, value, text } = assignment;
    const order = AFTER_FILES + index;
    const section = sections.get(name) ?? { name, at: null, text, order, entries: [] };
    const entry: Entry = {
      ...{ key, value, text, order, base: cwd },
      ...{ at: null, override: true, commentCut: false, broken: false },
    };
    sections.set(name, { ...section, entries: [...section.entries, entry] });
  });
}

function parseSet(set: string, order: number, problems: ProblemList): Assignment[] {
  const equals = set.indexOf("=");
  const name = equals < 0 ? set : set.slice(0, equals);
  const dot = name.lastIndexOf(".");
  const section = name.slice(0, Math.max(dot, 0)).trim();
  const key = name.slice(dot + 1).trim();
  if (equals >= 0 && section !== "" && key !== "") {
    return [{ section, key, value: set.slice(equals + 1), text: `--set ${set}` }];
  }
  problems.add(order, {
    at: null,
    found: `--set ${set}`,
    problem:
      equals < 0 ? "the setting has no value" : "the setting does not name a section and a key",
    allowed: "--set section.key=value",
    advice: "write section, dot, key, = and the value, as in --set Logging.verbosity=4",
  });
  return [];
}

function optionAssignments(overrides: Overrides): Assignment[] {
  const given: [option: string, section: string, key: string, value: unknown][] = [
    ["--database", "Database", "path", overrides.database],
    ["--log-dir", "Logging", "directory", overrides.logDir],
    ["--verbosity", "Logging", "verbosity", overrides.verbosity],
    ["--encoding", "Settings", "encoding", overrides.encoding],
    ["--strict", "Settings", "strict", overrides.strict],
  ];
  return given.flatMap(([option, section, key, value]) =>
    value === undefined
      ? []
      : [{ section, key, value: String(value), text: optionText(option, value) }],
  );
}

function optionText(option: string, value: unknown): string {
  return value === true ? option : `${option} ${value}`;
}
