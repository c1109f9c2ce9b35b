/** `MARC_import runs CONFIG [RUN]`. */

import { EXIT } from "../diagnostics/failure.js";
import { runList } from "../report/run-list.js";
import { type PastRun, runObject, runText } from "../report/run-text.js";
import { findRun, LAST, otherLaterRuns, pastRun } from "../running/find-run.js";
import { openToRead } from "../store/open.js";
import type { Store } from "../store/port.js";
import type { Console } from "./console.js";
import { type ConfigFlags, loadConfiguration } from "./load.js";

export interface RunsFlags extends ConfigFlags {
  readonly json?: boolean;
}

/** Prints past runs, or one of them in full. */
export async function printRuns(
  configPath: string,
  run: string | undefined,
  flags: RunsFlags,
  to: Console,
): Promise<number> {
  const config = loadConfiguration(configPath, flags, to);
  const view = await openToRead(config);
  const { store } = view;
  try {
    if (run === undefined) printAll(store, flags, to);
    else {
      const found = findRun(store.runs, run, config.settings.foreignSource);
      const others = run === LAST ? otherLaterRuns(store.runs, found) : null;
      if (others !== null && !flags.json) to.out(others);
      printOne(pastRun(store, found), flags, to);
    }
  } finally {
    view.close();
  }
  return EXIT.done;
}

function printAll(store: Store, { json }: RunsFlags, to: Console): void {
  const runs = store.runs.list().map((record) => pastRun(store, record));
  if (json) for (const run of runs) to.out(JSON.stringify(runObject(run)));
  else to.out(runs.length === 0 ? "no runs yet" : runList(runs, to.cwd));
}

function printOne(run: PastRun, { json }: RunsFlags, to: Console): void {
  to.out(json ? JSON.stringify(runObject(run), null, 2) : runText(run));
}
