/** One import from beginning to end: inputs and database checked, the loop, the closing of the books. */

import type { JobConfig } from "../config/job/job-config.js";
import type { RunOptions } from "../config/job/run-options.js";
import { EXIT, Failure } from "../diagnostics/failure.js";
import type { RecordInput } from "../reading/record-input.js";
import { RunLog } from "../report/run-log.js";
import type { RunSummary } from "../report/summary.js";
import type { RunCommand } from "../store/model/run-record.js";
import type { RunStatistics } from "../store/model/run-statistics.js";
import { openTrial, trialCopy } from "../store/open.js";
import type { Books, Held, Store } from "../store/port.js";
import { type Begun, beginRun } from "./begin-run.js";
import { asFailureBefore, changedInput, endOf, nothingKept, type RunEnd } from "./end-of-run.js";
import { ImportLoop, type RunHooks } from "./import-loop.js";
import { noticesOf } from "./notices.js";
import { openLog } from "./open-log.js";
import { noStep } from "./reject-files.js";
import { logEnd } from "./run-events.js";
import { isoSeconds } from "./run-name.js";
import { openToWrite, unlessStopped } from "./take-lease.js";

interface RunRequest {
  readonly config: JobConfig;
  /** The command that enters the run. */
  readonly command: RunCommand;
  /** Looks at what is to be read, before anything is touched. */
  readonly inputs: () => Promise<readonly RecordInput[]>;
  readonly options: RunOptions;
  readonly hooks?: RunHooks;
  /** The name of the run; one that tells its beginning if absent. */
  readonly name?: string;
  /** Called in the transaction in which a run is entered as done: what it writes stands if the run does. */
  readonly atEnd?: AtEnd;
}

/** @param rejects path of the reject lines, null without any */
export type AtEnd = (books: Books, runId: number, rejects: string | null) => void;

/** How a run ended: the figures, and what to tell the user if it did not reach its end. */
export interface RunResult {
  readonly command: RunCommand;
  readonly summary: RunSummary;
  readonly failure: Failure | null;
  /** What of a run that came to its end must be told all the same, a line each. */
  readonly notices: readonly string[];
  /** For the report. */
  readonly statistics: RunStatistics;
  readonly startedAt: string;
}

/**
 * Runs an import.
 *
 * @throws Failure when the run could not begin; nothing was touched then
 */
export async function runImport(request: RunRequest): Promise<RunResult> {
  const { config, options } = request;
  const stopSignal = request.hooks?.stopSignal;
  checkFullLoad(config, options);
  const inputs = await unlessStopped(request.inputs(), stopSignal);
  mustHaveLog(config);
  if (!options.dryRun) {
    const patience = { wait: options.wait, stopSignal };
    const store = await openToWrite(config, patience).catch((error) => {
      throw asFailureBefore(error);
    });
    return withStore(request, inputs, store);
  }
  const copy = await trialCopy(config.database.path);
  try {
    return await withStore(request, inputs, openTrial(config, copy.path));
  } finally {
    copy.remove();
  }
}

/** A full load deletes what the input does not hold: it must hold all of one source. */
function checkFullLoad({ settings }: JobConfig, { fullLoad, skip, limit }: RunOptions): void {
  if (!fullLoad) return;
  if (settings.foreignSource === "") {
    throw new Failure(
      "usage",
      '--full-load with local records (foreign_source = "") would delete every local row',
      "State the foreign_source whose whole catalogue the files hold, or leave --full-load out.",
    );
  }
  if (skip > 0 || limit !== null) {
    throw new Failure(
      "usage",
      "--full-load with --skip or --limit would delete the rows of the records left out",
      "Leave --skip and --limit out, or --full-load.",
    );
  }
}

/** A database is not begun where its log cannot be. */
function mustHaveLog(config: JobConfig): void {
  try {
    openLog(config, "");
  } catch (error) {
    throw asFailureBefore(error);
  }
}

async function withStore(
  { config, command, options, hooks = {}, name, atEnd }: RunRequest,
  inputs: readonly RecordInput[],
  store: Store,
): Promise<RunResult> {
  try {
    const begun = await beginRun({ config, command, options, inputs, store, hooks, name });
    return await carryOut({ config, command, options, hooks, atEnd }, begun);
  } finally {
    store.close();
  }
}

interface Job {
  readonly config: JobConfig;
  readonly command: RunCommand;
  readonly options: RunOptions;
  readonly hooks: RunHooks;
  readonly atEnd: AtEnd | undefined;
}

async function carryOut(
  { config, command, options, hooks, atEnd }: Job,
  begun: Begun,
): Promise<RunResult> {
  const { rejects, log, tally, notes, startedAt } = begun;
  const loop = new ImportLoop({ ...begun, config, options, hooks });
  const worked = await work(begun, loop, options.atomic);
  rejects.close();
  if (worked.status === "done" && !options.dryRun) forgetOldChanges(config, begun);
  const end = closeBooks(begun, worked, {
    seconds: loop.seconds,
    step: hooks.step ?? noStep,
    atEnd,
  });
  const summary: RunSummary = {
    run: begun.name,
    status: end.status,
    exitStatus: end.exitStatus,
    failure: end.failure?.message ?? null,
    config: config.path,
    database: config.database.path,
    files: filesOf(begun, end, loop),
    totals: tally.totals,
    seconds: loop.seconds,
    log: config.logging.verbosity > 0 ? RunLog.path(config.logging) : null,
    rejectsFile: rejects.path,
    dryRun: options.dryRun,
    rolledBack: end.rolledBack,
  };
  logEnd(log, summary, end.failure);
  const { exitStatus, failure } = await closeLog(begun, end);
  const closed = { ...summary, exitStatus, failure: failure?.message ?? null };
  const notices = failure === null ? noticesOf(tally.totals, notes, begun.inputs) : [];
  return { command, summary: closed, failure, notices, statistics: notes, startedAt };
}

/** The input files and what was read of them; of a database that cannot be read any more, nothing. */
function filesOf(
  { store, run }: Begun,
  { failure, rolledBack }: RunEnd,
  loop: ImportLoop,
): RunSummary["files"] {
  try {
    const files = store.runs.files(run.runId);
    if (!rolledBack) return files;
    return files.map((file) => ({
      ...file,
      recordsRead: file.recordsRead + loop.recordsRead(file.fileNumber),
    }));
  } catch (error) {
    if (failure === null) throw error;
    return [];
  }
}

/** A log that cannot be written to its end is told, unless there is worse to tell. */
async function closeLog({ log, state }: Begun, end: RunEnd): Promise<RunEnd> {
  try {
    await log.close();
    return end;
  } catch (error) {
    return end.failure === null ? endOf(error, state) : end;
  }
}

/** The loop, and with `--atomic` the decision whether any of its work stays. */
async function work(begun: Begun, loop: ImportLoop, atomic: boolean): Promise<RunEnd> {
  const { store, state, from } = begun;
  const before = from?.totals.recordsRead ?? 0;
  let held: Held | null = null;
  try {
    if (atomic) held = store.hold();
    const end = endOf(await loop.loop(), state);
    if (held === null) return end;
    held.settle(end.exitStatus === EXIT.done);
    return end.exitStatus === EXIT.done ? end : nothingKept(end, before, state);
  } catch (error) {
    if (!atomic) return endOf(error, state);
    held?.settle(false);
    return nothingKept(endOf(error, state), before, state);
  }
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** `keep_changes`. That it fails takes nothing from what was imported. */
function forgetOldChanges({ database }: JobConfig, { store, log }: Begun): void {
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

interface Closing {
  readonly atEnd: AtEnd | undefined;
  readonly seconds: number;
  readonly step: (name: string) => void;
}

/** Enters how the run ended. On a full disk even that may fail; the first failure is the one to tell. */
function closeBooks(begun: Begun, end: RunEnd, { seconds, step, atEnd }: Closing): RunEnd {
  const { store, run, lease, notes, log, state } = begun;
  const { status, exitStatus } = end;
  const finishedAt = isoSeconds(new Date());
  const changed = changedInput(end);
  step("before-finish");
  try {
    store.transaction((books) => {
      books.enterKeys();
      step("keys-entered");
      // A run that failed may have noted more than was committed.
      if (status !== "failed") notes.save(books, run);
      if (changed !== null) books.noteChangedInput(run.runId, changed);
      books.finish(run.runId, { status, exitStatus, finishedAt, seconds });
      const rejectLines = begun.rejects.path === null ? null : begun.rejects.jsonlPath;
      if (status === "done") atEnd?.(books, run.runId, rejectLines);
      step("finishing");
      lease.release();
      step("lease-released");
    });
    step("finished");
    store.settleLog();
    return end;
  } catch (error) {
    log.add("error", `the end of the run could not be entered: ${String(error)}`);
    releaseAlone(begun);
    return end.failure === null ? endOf(error, state) : end;
  }
}

/** Giving the place for a writer back takes no room, where entering the end of the run found none. */
function releaseAlone({ store, lease, log }: Begun): void {
  try {
    store.transaction(() => lease.release());
  } catch (error) {
    log.add("warning", `the database stays marked as held by this run: ${String(error)}`);
  }
}
