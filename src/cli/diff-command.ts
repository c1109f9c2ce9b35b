/** `MARC_import diff CONFIG RUN`. */

import type { JobConfig } from "../config/job/job-config.js";
import { EXIT } from "../diagnostics/failure.js";
import { isList } from "../fields/record-fields.js";
import { diffObject, diffText } from "../report/diff-text.js";
import { findRun, LAST, mustHaveChanges, otherLaterRuns } from "../running/find-run.js";
import type { RunRecord } from "../store/model/run-record.js";
import { openToRead } from "../store/open.js";
import type { RunRegister } from "../store/reading-port.js";
import type { Console } from "./console.js";

export interface DiffFlags {
  readonly json?: boolean;
}

/** What is to be known of a run before what it changed is read. */
function headLines(runs: RunRegister, run: RunRecord, name: string): string[] {
  const undo = runs.undoneBy(run.run);
  const left = undo?.totals.undone?.left ?? 0;
  const lines: string[] = [];
  // Who names a run knows which one it is.
  if (name === LAST) {
    const others = otherLaterRuns(runs, run);
    if (others !== null) lines.push(others);
    lines.push(`run ${run.run} (${run.command}, ${run.startedAt})`);
  }
  if (undo !== null) {
    const but = left === 0 ? "" : `, but for ${left} rows that were left as they are`;
    lines.push(
      `run ${run.run} has been undone by run ${undo.run} (${undo.startedAt})${but}; this is what it had changed`,
    );
  }
  return lines;
}

/** Prints what a run changed, row by row. */
export async function printDiff(
  config: JobConfig,
  name: string,
  flags: DiffFlags,
  to: Console,
): Promise<number> {
  const lists = new Set(config.fields.filter((f) => isList(f.kind)).map((f) => f.name));
  const isListField = (field: string) => lists.has(field);
  const view = await openToRead(config);
  const { store } = view;
  try {
    const run = findRun(store.runs, name, config.settings.foreignSource);
    mustHaveChanges(run);
    if (!flags.json) for (const line of headLines(store.runs, run, name)) to.out(line);
    const undoneBy = store.runs.undoneBy(run.run)?.run ?? null;
    let rows = 0;
    for (const diff of store.diff(run.runId)) {
      const told = { run: run.run, undone_by: undoneBy, ...diffObject(diff, isListField) };
      to.out(flags.json ? JSON.stringify(told) : diffText(diff, isListField));
      rows++;
    }
    if (rows === 0 && !flags.json) to.out(`run ${run.run} changed no rows`);
  } finally {
    view.close();
  }
  return EXIT.done;
}
