/** A sweep that does what the policy proposes, from beginning to end: a run of its own kind, with changes and an undo. */

import type { JobConfig } from "../config/job/job-config.js";
import { DELETING_POLICIES } from "../config/job/job-config.js";
import { EXIT, Failure } from "../diagnostics/failure.js";
import { POLICY_TABLE } from "../policy/table.js";
import { RunLog } from "../report/run-log.js";
import type { RunSummary } from "../report/summary.js";
import { noTotals } from "../store/model/totals.js";
import { openTrial, trialCopy } from "../store/open.js";
import type { Lease, Store } from "../store/port.js";
import { asFailureBefore, endOf, type RunEnd, signalFailure } from "./end-of-run.js";
import { openLog } from "./open-log.js";
import { logEnd } from "./run-events.js";
import type { RunResult } from "./run-import.js";
import { isoSeconds, runName } from "./run-name.js";
import { RunNotes } from "./run-notes.js";
import { type SweepHooks, SweepRun } from "./sweep-run.js";
import type { ShownSweep } from "./sweep-writer.js";
import { openToWrite, releaseQuietly, takeLease } from "./take-lease.js";
import { Tally } from "./tally.js";

export interface SweepRequest {
  readonly config: JobConfig;
  /** Work on a copy, which is thrown away. */
  readonly dryRun: boolean;
  /** Seconds to wait for another run. */
  readonly wait: number;
  readonly hooks?: SweepHooks;
  /** Makes what is told of each pair and group before anything is done with it. */
  readonly show?: (store: Store) => ShownSweep;
}

/**
 * Does with the rows that are the same what the policy proposes.
 *
 * @throws Failure when the run could not begin; nothing was touched then
 */
export async function applySweep(request: SweepRequest): Promise<RunResult> {
  mustAct(request.config);
  const { matchMethods } = request.config;
  // Keys that other jobs need are kept, too.
  const config: JobConfig = {
    ...request.config,
    matchMethods: [...new Set([...matchMethods, "DESCRIPTION" as const])],
  };
  const asked = { ...request, config };
  if (!request.dryRun) {
    const patience = { wait: request.wait, stopSignal: request.hooks?.stopSignal };
    const store = await openToWrite(config, patience).catch((error) => {
      throw asFailureBefore(error, UNTOUCHED);
    });
    return withStore(asked, store);
  }
  const copy = await trialCopy(config.database.path);
  try {
    return await withStore(asked, openTrial(config, copy.path));
  } finally {
    copy.remove();
  }
}

/** A policy that lets all rows stand has nothing to apply; one by which rows go asks how sure that must be. */
function mustAct({ duplicatePolicy, effective }: JobConfig): void {
  const { higher, same, lower } = POLICY_TABLE[duplicatePolicy];
  const cells = [higher, same, lower];
  const acts = cells.some(({ verdict, deletes }) => verdict !== "create" || deletes);
  if (!acts || duplicatePolicy === "UPDATE_ONLY") {
    throw new Failure(
      "usage",
      `duplicate_policy ${duplicatePolicy} lets duplicates stand, so that there is nothing to apply`,
      "Name another policy for the sweep, as with --set Duplicates.duplicate_policy=MERGE; `MARC_import policies` prints them.",
    );
  }
  const removes =
    DELETING_POLICIES.includes(duplicatePolicy) ||
    cells.some(({ verdict }) => verdict === "ignore");
  const isStated = effective.some(
    ({ section, key, origin }) =>
      section === "Duplicates" && key === "strict" && origin !== "default",
  );
  if (!removes || isStated) return;
  throw new Failure(
    "usage",
    `by duplicate_policy ${duplicatePolicy} a sweep removes rows, and strict is not stated in [Duplicates]`,
    "Write strict = true, by which one in 1,000 pairs is wrong; strict = false, by which four are, says that you know.",
  );
}

async function withStore(request: SweepRequest, store: Store): Promise<RunResult> {
  const now = new Date();
  const name = runName(now);
  const { wait, hooks } = request;
  try {
    const lease = await takeLease(store, { run: name, wait, stopSignal: hooks?.stopSignal });
    try {
      return await underLease(request, { store, lease, name, now });
    } finally {
      releaseQuietly(lease);
    }
  } catch (error) {
    throw asFailureBefore(error, UNTOUCHED);
  } finally {
    store.close();
  }
}

interface Taken {
  readonly store: Store;
  readonly lease: Lease;
  readonly name: string;
  readonly now: Date;
}

async function underLease(request: SweepRequest, taken: Taken): Promise<RunResult> {
  const { config, dryRun, hooks = {} } = request;
  const { store, lease, name } = taken;
  store.prepareKeys();
  hooks.step?.("keys-prepared");
  const log = openLog(config, name);
  const startedAt = isoSeconds(taken.now);
  const { foreignSource } = config.settings;
  const entered = { run: name, command: "sweep" as const, config: config.path, foreignSource };
  const run = store.startRun({ ...entered, rulesDigest: "", startedAt }, [], config.managed);
  hooks.step?.("run-entered");
  const { path } = config.database;
  log.add("info", `${dryRun ? "dry run" : "started"}: ${config.path} sweeps ${path}`, {
    event: "start",
    config: config.path,
    database: path,
  });
  log.add("info", `duplicate_policy ${config.duplicatePolicy}, strict ${config.evidence.strict}`);
  const tally = new Tally();
  const notes = new RunNotes(config, null);
  const shown = request.show?.(store) ?? null;
  const sweep = new SweepRun({ config, store, run, lease, tally, notes, log, hooks, shown });
  const worked = await work(sweep, dryRun);
  const { seconds } = sweep;
  const end = close(worked, { store, lease, runId: run.runId, seconds, hooks, dryRun });
  const summary: RunSummary = {
    run: name,
    status: end.status,
    exitStatus: end.exitStatus,
    failure: end.failure?.message ?? null,
    config: config.path,
    database: path,
    files: [],
    totals: tally.totals,
    seconds,
    log: config.logging.verbosity > 0 ? RunLog.path(config.logging) : null,
    rejectsFile: null,
    dryRun,
    ofRows: true,
  };
  logEnd(log, summary, end.failure);
  await log.close();
  const { failure } = end;
  return { command: "sweep", summary, failure, notices: [], statistics: notes, startedAt };
}

/** What a sweep that cannot begin leaves. */
const UNTOUCHED = "nothing was changed";

const AGAIN = "Run the same command again: what has been done is not due any more.";

function done(dryRun: boolean): string {
  return dryRun ? "nothing was changed (--dry-run)" : "what was done with rows by then is safe";
}

/** The work, and how it ended in the words of a sweep. */
async function work(sweep: SweepRun, dryRun: boolean): Promise<RunEnd> {
  try {
    const { stop, signal } = await sweep.work();
    const failure = signal === null ? stop : signalFailure(signal, done(dryRun), AGAIN);
    const exitStatus = failure?.exitStatus ?? EXIT.done;
    const stopped = signal === null ? "failed" : "interrupted";
    return { status: failure ? stopped : "done", exitStatus, failure, rolledBack: false };
  } catch (error) {
    return brokenOff(error, dryRun);
  }
}

function brokenOff(error: unknown, dryRun: boolean): RunEnd {
  const end = endOf(error, { totals: noTotals(), local: false, dryRun });
  if (end.failure === null) return end;
  const { kind, what, input, cause } = end.failure;
  const safe = kind === "gone" ? "" : done(dryRun);
  return { ...end, failure: new Failure(kind, what, AGAIN, { safe, input, cause }) };
}

interface Closing extends Omit<Taken, "name" | "now">, Pick<SweepRequest, "dryRun"> {
  readonly runId: number;
  readonly seconds: number;
  readonly hooks: SweepHooks;
}

/** Enters how the run ended. */
function close(end: RunEnd, { store, lease, runId, seconds, hooks, dryRun }: Closing): RunEnd {
  const { status, exitStatus } = end;
  try {
    store.transaction((books) => {
      const finishedAt = isoSeconds(new Date());
      books.finish(runId, { status, exitStatus, finishedAt, seconds });
      lease.release();
      hooks.step?.("finishing");
    });
    hooks.step?.("finished");
    store.settleLog();
    return end;
  } catch (error) {
    if (end.failure !== null) return end;
    return brokenOff(error, dryRun);
  }
}
