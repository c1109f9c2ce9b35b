/** Finding a run of the register by the name that the user gave. */

import { nearestName } from "../config/language/suggest.js";
import { EXIT, RunFailure } from "../diagnostics/exit-status.js";
import type { RunRecord, Runs } from "../store/sqlite/register/runs.js";

/** The name that stands for the last import. */
export const LAST = "last";

/**
 * @param name of the run, or `last` for the last import
 * @throws RunFailure (2) naming the nearest run if there is none of that name
 */
export function findRun(runs: Runs, name: string): RunRecord {
  if (name === LAST) return lastImport(runs, () => true, "no run yet");
  const run = runs.find(name);
  if (run) return run;
  const names = runs.list().map((known) => known.run);
  // Names end in letters that nobody remembers; their beginning is a time.
  const nearest = nearestName(name, names) ?? names.findLast((known) => known.startsWith(name));
  const advice =
    nearest === undefined
      ? "`MARC_import runs CONFIG` lists the runs of this database."
      : `Did you mean ${nearest}? \`MARC_import runs CONFIG\` lists all of them.`;
  throw new RunFailure(EXIT.usage, `this database has no run "${name}"`, advice);
}

/**
 * The run that is to be taken back.
 *
 * @param name of the run, or `last` for the last import that has not been taken back whole
 * @throws RunFailure (2) if there is none, or what it changed has been forgotten
 */
export function findRunToUndo(runs: Runs, name: string): RunRecord {
  const run =
    name === LAST
      ? lastImport(runs, (one) => !runs.isTakenBack(one.run), "no import left to undo")
      : findRun(runs, name);
  mustHaveChanges(run);
  return run;
}

function lastImport(runs: Runs, fits: (run: RunRecord) => boolean, missing: string): RunRecord {
  const run = runs.list().findLast((one) => one.command === "import" && fits(one));
  if (run) return run;
  throw new RunFailure(
    EXIT.usage,
    `this database has ${missing}`,
    "`MARC_import CONFIG FILE` makes a run, and `MARC_import runs CONFIG` lists them.",
  );
}

/** @throws RunFailure (2) if what the run changed has been forgotten */
export function mustHaveChanges(run: RunRecord): void {
  if (!run.changesPruned) return;
  throw new RunFailure(
    EXIT.usage,
    `what run ${run.run} changed is no longer kept ([Database] keep_changes)`,
    "Its totals are; `MARC_import runs CONFIG RUN` prints them.",
  );
}
