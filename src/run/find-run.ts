/** Finding a run of the register by the name that the user gave. */

import { nearestName } from "../config/suggest.js";
import type { RunRecord, Runs } from "../store/runs.js";
import { EXIT, RunFailure } from "./exit-status.js";

/** @throws RunFailure (2) naming the nearest run if there is none of that name */
export function findRun(runs: Runs, name: string): RunRecord {
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

/** @throws RunFailure (2) if what the run changed has been forgotten */
export function mustHaveChanges(run: RunRecord): void {
  if (!run.changesPruned) return;
  throw new RunFailure(
    EXIT.usage,
    `what run ${run.run} changed is no longer kept ([Database] keep_changes)`,
    "Its totals are; `MARC_import runs CONFIG RUN` prints them.",
  );
}
