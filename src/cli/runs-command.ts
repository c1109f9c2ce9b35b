/** `runs CONFIG [RUN]`, and `runs CONFIG… --html FILE`. */

import type { JobConfig } from "../config/job/job-config.js";
import { EXIT, Failure } from "../diagnostics/failure.js";
import { sourcesPage } from "../report/html/sources-page.js";
import { runList } from "../report/run-list.js";
import { type PastRun, runObject, runText } from "../report/run-text.js";
import { type SourceState, sourceStates } from "../report/source-states.js";
import { findRun, LAST, otherLaterRuns, pastRun } from "../running/find-run.js";
import { openToRead } from "../store/open.js";
import type { Store } from "../store/port.js";
import type { Console } from "./console.js";
import { filesInUse, outputPath, writeOutput } from "./output-file.js";

export interface RunsFlags {
  readonly json?: boolean;
  readonly html?: string;
}

/** Prints past runs, or one of them in full. */
export async function printRuns(
  config: JobConfig,
  run: string | undefined,
  flags: RunsFlags,
  to: Console,
): Promise<number> {
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

function pastRuns(store: Store): PastRun[] {
  return store.runs.list().map((record) => pastRun(store, record));
}

function printAll(store: Store, { json }: RunsFlags, to: Console): void {
  const runs = pastRuns(store);
  if (json) for (const run of runs) to.out(JSON.stringify(runObject(run)));
  else to.out(runs.length === 0 ? "no runs yet" : runList(runs, to.cwd));
}

function printOne(run: PastRun, { json }: RunsFlags, to: Console): void {
  to.out(json ? JSON.stringify(runObject(run), null, 2) : runText(run));
}

/** Writes the page of all sources of some configurations. */
export async function writeSourcesPage(
  configs: readonly JobConfig[],
  html: string,
  flags: RunsFlags,
  to: Console,
): Promise<number> {
  if (flags.json) {
    throw new Failure("usage", "--html and --json cannot both be had", "Give one of them.");
  }
  const path = outputPath(html, to.cwd, configs.flatMap(filesInUse));
  const now = Date.now();
  const states: SourceState[] = [];
  for (const [database, [first, ...others]] of byDatabase(configs)) {
    const view = await openToRead(first);
    try {
      const sources = [first, ...others].map(({ settings }) => settings.foreignSource);
      states.push(...sourceStates(database, pastRuns(view.store), sources, now));
    } finally {
      view.close();
    }
  }
  writeOutput(path, sourcesPage(states, now));
  return EXIT.done;
}

function byDatabase(configs: readonly JobConfig[]): Map<string, JobConfig[]> {
  const found = new Map<string, JobConfig[]>();
  for (const config of configs) {
    const { path } = config.database;
    found.set(path, [...(found.get(path) ?? []), config]);
  }
  return found;
}
