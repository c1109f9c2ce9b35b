/** One import from beginning to end: inputs and database checked, the loop, the closing of the books. */

import { join } from "node:path";
import type { ImportConfig } from "../config/import-config.js";
import { RunLog } from "../report/run-log.js";
import type { RunSummary } from "../report/summary.js";
import type { Lease } from "../store/lease.js";
import type { RunStatistics } from "../store/run-statistics.js";
import type { Checkpoint, RunStatus } from "../store/runs.js";
import { type RunWriter, Store } from "../store/store.js";
import { trialCopy } from "../store/trial-copy.js";
import { endOf, nothingKept, type RunEnd } from "./end-of-run.js";
import { EXIT, RunFailure } from "./exit-status.js";
import { ImportRun, type RunHooks } from "./import-run.js";
import type { InputFile } from "./input-file.js";
import { managedFields } from "./managed-fields.js";
import { openInputs } from "./open-inputs.js";
import { localFeed, type RecordFeed } from "./record-feed.js";
import { RejectFiles } from "./reject-files.js";
import { findResumption } from "./resume.js";
import { logEnd, logStart } from "./run-events.js";
import { isoSeconds, runName } from "./run-name.js";
import { RunNotes } from "./run-notes.js";
import type { RunOptions } from "./run-options.js";
import { takeLease } from "./take-lease.js";
import { Tally } from "./tally.js";

export interface RunRequest {
  readonly config: ImportConfig;
  /** As named on the command line; `-` is standard input. */
  readonly files: readonly string[];
  readonly options: RunOptions;
  readonly hooks?: RunHooks;
  /** How records are read; in the same thread if absent. */
  readonly feed?: RecordFeed;
}

/** How a run ended: the figures, and what to tell the user if it did not reach its end. */
export interface RunResult {
  readonly summary: RunSummary;
  readonly failure: RunFailure | null;
  /** For the report. */
  readonly statistics: RunStatistics;
  readonly startedAt: string;
}

/**
 * Runs an import.
 *
 * @throws RunFailure or StoreError when the run could not begin; nothing was touched then
 */
export async function runImport(request: RunRequest): Promise<RunResult> {
  const { config, files, options } = request;
  const inputs = await openInputs(config, files, options, request.feed ?? localFeed);
  if (!options.dryRun) return withStore(request, inputs, Store.open(config));
  const copy = await trialCopy(config.database.path);
  try {
    return await withStore(request, inputs, Store.open(config, { path: copy.path, trial: true }));
  } finally {
    copy.remove();
  }
}

async function withStore(
  request: RunRequest,
  inputs: readonly InputFile[],
  store: Store,
): Promise<RunResult> {
  try {
    const begun = await begin(request, inputs, store);
    return await carryOut(request, begun);
  } finally {
    store.close();
  }
}

/** A run that has been entered in the register. */
interface Begun {
  readonly name: string;
  readonly inputs: readonly InputFile[];
  readonly store: Store;
  readonly run: RunWriter;
  readonly lease: Lease;
  readonly log: RunLog;
  readonly rejects: RejectFiles;
  readonly tally: Tally;
  readonly notes: RunNotes;
  readonly from: Checkpoint | null;
}

async function begin(
  { config, options }: RunRequest,
  inputs: readonly InputFile[],
  store: Store,
): Promise<Begun> {
  const now = new Date();
  const newName = runName(now);
  const lease = await takeLease(store, newName, options.wait);
  try {
    const resumed = options.resume ? findResumption(store.runs, config, inputs) : null;
    const repeats = resumed ? [] : importedBefore(config, inputs, store);
    refuseLocalRepeat(config, options, repeats);
    store.prepareKeys();
    const name = resumed?.run.run ?? newName;
    const managed = managedFields(config);
    const run = resumed
      ? store.openRun(resumed.run.runId, managed)
      : enter(config, inputs, store, { name, now, managed });
    const log = RunLog.open(config.logging, name);
    const checkpoint = resumed?.checkpoint ?? null;
    const lengths = {
      mrc: checkpoint?.rejectsMrcBytes ?? 0,
      jsonl: checkpoint?.rejectsJsonlBytes ?? 0,
    };
    logStart(log, { config, options, inputs, checkpoint, repeats: options.again ? [] : repeats });
    return {
      name,
      inputs,
      store,
      run,
      lease,
      log,
      rejects: new RejectFiles(join(RunLog.folder(config.logging), name), lengths),
      tally: new Tally(checkpoint?.totals),
      notes: new RunNotes(config, resumed ? store.statistics.read(resumed.run.runId) : null),
      from: checkpoint,
    };
  } catch (error) {
    store.transaction(() => lease.release());
    throw error;
  }
}

function enter(
  config: ImportConfig,
  inputs: readonly InputFile[],
  store: Store,
  { name, now, managed }: { name: string; now: Date; managed: readonly boolean[] },
): RunWriter {
  return store.startRun(
    {
      run: name,
      command: "import",
      config: config.path,
      foreignSource: config.settings.foreignSource,
      mappingDigest: config.mappingDigest,
      startedAt: isoSeconds(now),
    },
    inputs,
    managed,
  );
}

/** An input that a finished run has imported before. */
export interface Repeat {
  readonly file: string;
  readonly run: string;
}

function importedBefore(
  config: ImportConfig,
  inputs: readonly InputFile[],
  store: Store,
): Repeat[] {
  return inputs.flatMap(({ path, fingerprint }) => {
    const before = store.runs.importedBefore(config.settings.foreignSource, fingerprint);
    return before ? [{ file: path, run: before.run }] : [];
  });
}

function refuseLocalRepeat(
  config: ImportConfig,
  options: RunOptions,
  repeats: readonly Repeat[],
): void {
  if (config.settings.foreignSource !== "" || options.again || repeats.length === 0) return;
  const [{ file, run }] = repeats;
  throw new RunFailure(
    EXIT.usage,
    `${file} was imported as local records by run ${run}; again it would double them`,
    "Give --again if that is what you want, or state a foreign_source so that records are recognised.",
  );
}

async function carryOut({ config, options, hooks }: RunRequest, begun: Begun): Promise<RunResult> {
  const { inputs, store, run, rejects, log } = begun;
  const loop = new ImportRun({ ...begun, config, options, files: inputs, hooks: hooks ?? {} });
  const end = await work(begun, loop, options.atomic);
  rejects.close();
  const summary: RunSummary = {
    run: begun.name,
    status: end.status,
    exitStatus: end.exitStatus,
    config: config.path,
    database: config.database.path,
    files: store.runs.files(run.runId),
    totals: begun.tally.totals,
    seconds: loop.seconds,
    log: config.logging.verbosity > 0 ? RunLog.path(config.logging) : null,
    rejectsFile: rejects.path,
    dryRun: options.dryRun,
  };
  if (end.status === "done" && !options.dryRun) forgetOldChanges(config, begun);
  closeBooks(begun, end.status, end.exitStatus, loop.seconds);
  logEnd(log, summary, end.failure);
  await log.close();
  const startedAt = store.runs.find(begun.name)?.startedAt ?? "";
  return { summary, failure: end.failure, statistics: begun.notes, startedAt };
}

/** The loop, and with `--atomic` the decision whether any of its work stays. */
async function work({ store, tally }: Begun, loop: ImportRun, atomic: boolean): Promise<RunEnd> {
  try {
    if (atomic) store.hold();
    const end = endOf(await loop.loop(), tally.totals);
    if (!atomic) return end;
    store.settle(end.exitStatus === EXIT.done);
    return end.exitStatus === EXIT.done ? end : nothingKept(end);
  } catch (error) {
    if (!atomic) return endOf(error, tally.totals);
    store.settle(false);
    return nothingKept(endOf(error, tally.totals));
  }
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** `keep_changes`. That it fails takes nothing from what was imported. */
function forgetOldChanges({ database }: ImportConfig, { store, log }: Begun): void {
  if (database.keepChanges === null) return;
  const before = isoSeconds(new Date(Date.now() - database.keepChanges * DAY_MS));
  try {
    const forgotten = store.pruneChanges(before);
    if (forgotten === 0) return;
    const what = `forgot ${forgotten} changes of runs that ended before ${before}`;
    log.add("info", `${what} (keep_changes = ${database.keepChanges}); they cannot be undone now`);
  } catch (error) {
    log.add("warning", `old changes could not be pruned: ${String(error)}`);
  }
}

/** Enters how the run ended. On a full disk even that may fail; the first failure is the one to tell. */
function closeBooks(begun: Begun, status: RunStatus, exitStatus: number, seconds: number): void {
  const { store, run, lease, notes } = begun;
  const finishedAt = isoSeconds(new Date());
  try {
    store.transaction(() => {
      // A run that failed may have noted more than was committed.
      if (status !== "failed") notes.save(store, run);
      store.runs.finish(run.runId, { status, exitStatus, finishedAt, seconds });
      lease.release();
    });
  } catch (error) {
    if (status === "done") throw error;
    begun.log.add("error", `the end of the run could not be entered: ${String(error)}`);
  }
}
