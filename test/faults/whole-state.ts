/** Everything that a run leaves behind, without what two equal runs may differ in. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { otherProgram } from "../support/other-program.js";

/** The text of every table by its name, and of every reject file by its ending. */
export type WholeState = Record<string, string>;

const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g;
const RUN = /\d{8}T\d{6}Z?-[0-9a-f]+/g;
/** Digests of what holds times and paths, as changes keep them. */
const DIGEST = /\\"(source_record|date_modified)\\":-?\d+/g;
const MILLISECONDS = /\\"milliseconds\\":\{[^}]*\}/g;

/** What tells one run from two that did the same work together. */
const OF_RUNS = new Set([
  "changes",
  "run_checkpoints",
  "run_files",
  "run_rows",
  "run_statistics",
  "runs",
  "sqlite_sequence",
]);

/** The folders of this run and of the one that was copied. */
const FOLDER = /[\w./]*\/marc-import-test-\w+/g;

function normal(text: string): string {
  return text
    .replace(FOLDER, "FOLDER")
    .replace(TIME, "TIME")
    .replace(RUN, "RUN")
    .replace(DIGEST, "$1:DIGEST")
    .replace(MILLISECONDS, "MILLISECONDS");
}

/** Rows in the order of their text, with names; numbers of seconds left out. */
function tables(path: string): WholeState {
  return otherProgram(path, (db) => {
    const names = db
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
      .pluck()
      .all() as string[];
    const state: WholeState = {};
    for (const name of names) {
      const rows = db.prepare(`SELECT * FROM "${name}"`).all() as Record<string, unknown>[];
      const lines = rows.map((row) => JSON.stringify({ ...row, seconds: undefined }));
      state[name] = lines.sort().join("\n");
    }
    state.integrity_check = String(db.pragma("integrity_check", { simple: true }));
    return state;
  });
}

function rejects(mrc: string | null): WholeState {
  const read = (path: string | undefined) => (path ? readFileSync(path, "latin1") : "");
  const jsonl = mrc?.replace(/\.mrc$/, ".jsonl");
  return { ".rejects.mrc": read(mrc ?? undefined), ".rejects.jsonl": read(jsonl) };
}

/**
 * The state of a job's folder.
 *
 * @param folder holds `ivia.sqlite`
 * @param rejectsFile of the run, null if it has none
 */
export function wholeState(folder: string, rejectsFile: string | null): WholeState {
  const state = { ...tables(join(folder, "ivia.sqlite")), ...rejects(rejectsFile) };
  return Object.fromEntries(Object.entries(state).map(([name, text]) => [name, normal(text)]));
}

/** What one state has that the other has not, line by line, shortened; empty if they are equal. */
export function differences(expected: WholeState, found: WholeState): string[] {
  const names = new Set([...Object.keys(expected), ...Object.keys(found)]);
  return [...names]
    .filter((name) => expected[name] !== found[name])
    .flatMap((name) => {
      const lines = (state: WholeState) => (state[name] ?? "(none)").split("\n");
      const [before, after] = [new Set(lines(expected)), new Set(lines(found))];
      const missing = lines(expected).filter((line) => !after.has(line));
      const added = lines(found).filter((line) => !before.has(line));
      if (missing.length + added.length === 0)
        return [`${name}: some lines stand more often or less`];
      return [
        ...missing.map((line) => `${name} - ${line.slice(0, 1000)}`),
        ...added.map((line) => `${name} + ${line.slice(0, 1000)}`),
      ];
    });
}

/** The same without the books of runs: what two runs must agree on that did the work between them. */
export function withoutRuns(state: WholeState): WholeState {
  const kept = Object.entries(state).filter(([name]) => !OF_RUNS.has(name));
  const rows = Object.fromEntries(kept);
  const heldBy = /"held_by_run":\d+/g;
  return { ...rows, merged_sources: rows.merged_sources.replace(heldBy, '"held_by_run":0') };
}
