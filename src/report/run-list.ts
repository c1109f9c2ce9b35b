/** Past runs, some lines each, in the columns of a small terminal. */

import { basename, relative } from "node:path";
import { printable } from "../diagnostics/format.js";
import { OUTCOMES } from "../store/model/totals.js";
import { inLines } from "./columns.js";
import { type PastRun, undoCounts } from "./run-text.js";

/** What a terminal has at least. */
const WIDTH = 60;
const INDENT = "  ";
/** Input files of one run that are named; `runs CONFIG RUN` names all. */
const FILES = 3;

/**
 * All runs, oldest first: a line that begins with the name, then what the run was of, and what came of
 * it. No line is wider than 60 columns; long names lose their middle.
 *
 * @param cwd paths below it are shown relative to it
 */
export function runList(runs: readonly PastRun[], cwd: string): string {
  const heads = runs.map(headCells);
  const widths = [0, 1, 2].map((i) => Math.max(...heads.map((cells) => cells[i].length)));
  const head = (cells: readonly string[]) =>
    cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join("  ");
  return runs
    .flatMap((run, i) => [
      head(heads[i]).trimEnd(),
      ...[whatOf(run, cwd), becameOf(run)]
        .flatMap((parts) => inLines(parts, WIDTH - INDENT.length))
        .map((line) => INDENT + line),
    ])
    .join("\n");
}

function headCells({ record, status }: PastRun): string[] {
  const { run, command, exitStatus, seconds } = record;
  const ended = exitStatus === null || exitStatus === 0 ? status : `${status} (${exitStatus})`;
  return [run, command, ended, `${seconds.toFixed(1)} s`];
}

/** Whose run it was: source, configuration, files. */
function whatOf({ record, files }: PastRun, cwd: string): string[] {
  const names = files.slice(0, FILES).map(({ path }) => `file ${printable(basename(path))}`);
  return [
    record.foreignSource === "" ? "local records" : `source ${printable(record.foreignSource)}`,
    `configuration ${printable(shortPath(record.config, cwd))}`,
    ...names,
    ...(files.length > FILES ? [`${files.length - FILES} more files`] : []),
  ];
}

function becameOf({ record, undoneBy }: PastRun): string[] {
  const { totals, undoes } = record;
  const counts = OUTCOMES.map((outcome) => `${outcome} ${totals.outcomes[outcome]}`);
  return [
    ...(undoes === null ? [`read ${totals.recordsRead}`] : [`undoes ${undoes}`]),
    ...counts.filter((_, i) => totals.outcomes[OUTCOMES[i]] > 0),
    ...(totals.undone ? undoCounts(totals.undone).split(", ") : []),
    ...(undoneBy === null ? [] : [`undone by ${undoneBy}`]),
  ];
}

function shortPath(path: string, cwd: string): string {
  const below = relative(cwd, path);
  return below.startsWith("..") ? path : below;
}
