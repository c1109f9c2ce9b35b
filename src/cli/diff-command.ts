/** `MARC_import diff CONFIG RUN`. */

import { EXIT } from "../diagnostics/exit-status.js";
import { isList } from "../fields/record-fields.js";
import { diffObject, diffText } from "../report/diff-text.js";
import { findRun, LAST, mustHaveChanges } from "../running/find-run.js";
import { openToRead } from "../store/sqlite/file/reading-view.js";
import type { RunRecord } from "../store/sqlite/register/runs.js";
import type { Console } from "./console.js";
import { type ConfigFlags, loadConfiguration } from "./load.js";

export interface DiffFlags extends ConfigFlags {
  readonly json?: boolean;
}

function heading({ run, command, startedAt }: RunRecord): string {
  return `run ${run} (${command}, ${startedAt})`;
}

/** Prints what a run changed, row by row. */
export async function printDiff(
  configPath: string,
  name: string,
  flags: DiffFlags,
  to: Console,
): Promise<number> {
  const config = loadConfiguration(configPath, flags, to);
  const lists = new Set(config.fields.filter((f) => isList(f.kind)).map((f) => f.name));
  const isListField = (field: string) => lists.has(field);
  const view = await openToRead(config);
  const { store } = view;
  try {
    const run = findRun(store.runs, name);
    mustHaveChanges(run);
    let rows = 0;
    for (const diff of store.diff(run.runId)) {
      // Who names a run knows which one it is.
      if (rows === 0 && name === LAST && !flags.json) to.out(heading(run));
      to.out(
        flags.json
          ? JSON.stringify({ run: run.run, ...diffObject(diff, isListField) })
          : diffText(diff, isListField),
      );
      rows++;
    }
    if (rows === 0 && !flags.json) to.out(`run ${run.run} changed no rows`);
  } finally {
    view.close();
  }
  return EXIT.done;
}
