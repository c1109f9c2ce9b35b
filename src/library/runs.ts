/** Runs: importing, looking at what runs did, taking them back. What needs the database stands here. */

import { DEFAULT_RUN_OPTIONS, INPUT_FORMATS, type RunOptions } from "../config/job/run-options.js";
import { openInputs } from "../reading/open-inputs.js";
import { watchedFeed } from "../reading/watched-feed.js";
import type { PastRun } from "../report/run-text.js";
import { findRun, mustHaveChanges, pastRun } from "../running/find-run.js";
import { runImport } from "../running/run-import.js";
import { undoRun as takeBack } from "../running/undo.js";
import type { TakenRow } from "../running/undo-result.js";
import type { RowDiff } from "../store/model/row-diff.js";
import type { LeftRow } from "../store/model/undo-step.js";
import { openToRead } from "../store/open.js";
import type { Store } from "../store/port.js";
import { type Configuration, configOf } from "./configuration.js";
import { checkOptions } from "./options.js";
import type {
  ImportOptions,
  ImportResult,
  RowChange,
  Run,
  StopSignal,
  UndoOptions,
  UndoResult,
} from "./run-types.js";

const IMPORT_CHECKS = {
  dryRun: "boolean",
  atomic: "boolean",
  resume: "boolean",
  again: "boolean",
  fullLoad: "boolean",
  wait: "count",
  skip: "count",
  limit: "oneOrMore",
  maxRejects: "count",
  allowEmpty: "boolean",
  format: INPUT_FORMATS,
  signal: "object",
  onProgress: "function",
} as const;

const UNDO_CHECKS = {
  dryRun: "boolean",
  force: "boolean",
  wait: "count",
  signal: "object",
  onTaken: "function",
  onLeft: "function",
} as const;

/** As `importFiles` of the library. */
export async function importFiles(
  configuration: Configuration,
  files: readonly string[],
  asked: ImportOptions,
): Promise<ImportResult> {
  checkOptions("importFiles", asked, IMPORT_CHECKS);
  const config = configOf(configuration);
  const { signal, onProgress, ...stated } = asked;
  const options: RunOptions = { ...DEFAULT_RUN_OPTIONS, ...withoutUndefined(stated) };
  const { summary, failure, notices } = await runImport({
    config,
    command: "import",
    inputs: () => openInputs(config, files, options, watchedFeed),
    options,
    hooks: {
      stopSignal: stopSignal(signal),
      onPortion: ({ tally: { totals } }) => {
        const { recordsRead, outcomes } = totals;
        onProgress?.({ recordsRead, rejected: outcomes.rejected });
      },
    },
  });
  const { config: _, database: __, failure: ___, rolledBack = false, ...told } = summary;
  return { ...told, rolledBack, failure, notices };
}

function withoutUndefined<T extends object>(options: T): T {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as T;
}

function stopSignal(signal: StopSignal | undefined): () => NodeJS.Signals | null {
  return () => (signal?.aborted ? "SIGTERM" : null);
}

/** As `listRuns` of the library. */
export async function listRuns(configuration: Configuration): Promise<readonly Run[]> {
  return reading(configuration, (store) => {
    return store.runs.list().map((record) => runOf(pastRun(store, record)));
  });
}

/** As `findRun` of the library. */
export async function runNamed(configuration: Configuration, name: string): Promise<Run> {
  const { foreignSource } = configuration;
  return reading(configuration, (store) => {
    return runOf(pastRun(store, findRun(store.runs, name, foreignSource)));
  });
}

async function reading<T>(configuration: Configuration, work: (store: Store) => T): Promise<T> {
  const view = await openToRead(configOf(configuration));
  try {
    return work(view.store);
  } finally {
    view.close();
  }
}

function runOf({ record, files, status, undoneBy }: PastRun): Run {
  const { run, command, exitStatus, config, foreignSource, startedAt, finishedAt } = record;
  const { seconds, totals, undoes } = record;
  return {
    run,
    command,
    status,
    exitStatus,
    config,
    foreignSource,
    startedAt,
    finishedAt,
    seconds,
    files: files.map(({ path, bytes, recordsRead }) => ({ path, bytes, recordsRead })),
    totals,
    undoes,
    undoneBy,
  };
}

/** As `changesOf` of the library. */
export async function* changesOf(
  configuration: Configuration,
  name: string,
): AsyncGenerator<RowChange, void, undefined> {
  const view = await openToRead(configOf(configuration));
  try {
    const run = findRun(view.store.runs, name, configuration.foreignSource);
    mustHaveChanges(run);
    yield* view.store.diff(run.runId) satisfies Iterable<RowDiff>;
  } finally {
    view.close();
  }
}

/** As `undoRun` of the library. */
export async function undoRun(
  configuration: Configuration,
  name: string,
  asked: UndoOptions,
): Promise<UndoResult> {
  checkOptions("undoRun", asked, UNDO_CHECKS);
  const { dryRun = false, force = false, wait = 0, signal, onTaken, onLeft } = asked;
  const result = await takeBack({
    config: configOf(configuration),
    run: name,
    dryRun,
    force,
    wait,
    stopSignal: stopSignal(signal),
    onStep: (row: TakenRow) => onTaken?.(row),
    onLeft: (row: LeftRow) => onLeft?.(row),
  });
  const { run, undoes, totals, remark } = result;
  const { removed, restored, revived, left } = totals;
  return { run, undoes, removed, restored, revived, left, dryRun, remark };
}
