/** Waiting for the database's one place for a writer. */

import { setTimeout as sleep } from "node:timers/promises";
import type { JobConfig } from "../config/job/job-config.js";
import { Failure } from "../diagnostics/failure.js";
import { holderBeside, openStore } from "../store/open.js";
import type { Lease, LeaseHolder, Store } from "../store/port.js";
import { signalFailure } from "./end-of-run.js";

const POLL_MS = 250;
/** Milliseconds that a lock is waited for whose holder has no name. */
const LOCK_MS = 10_000;

interface Patience {
  /** Seconds to wait for another importer; 0: do not wait. */
  readonly wait: number;
  /** The signal that asks to stop waiting, or null. */
  readonly stopSignal?: (() => NodeJS.Signals | null) | undefined;
}

/**
 * Opens the database for writing, waiting as long as allowed for another importer that has locked
 * it: one that works in a single transaction keeps it locked to its end.
 *
 * @throws Failure (4) naming the holder; Failure when the database is not usable
 */
export async function openToWrite(config: JobConfig, patience: Patience): Promise<Store> {
  const { path } = config.database;
  return whileHeld(path, patience, () => {
    const holder = holderBeside(path);
    if (holder) return { holder };
    const opened = unlessLocked(() => ({ got: openStore(config) }));
    if ("got" in opened) return opened;
    const newcomer = holderBeside(path);
    return newcomer ? { holder: newcomer } : opened;
  });
}

/** What was asked for, or why it cannot be had just now: an importer, or a lock without a name. */
type Answer<T> =
  | { readonly got: T }
  | { readonly holder: LeaseHolder }
  | { readonly locked: Failure };

/** Gives the failure that says that the database is locked; throws any other. */
function unlessLocked<T>(ask: () => Answer<T>): Answer<T> {
  try {
    return ask();
  } catch (error) {
    if (error instanceof Failure && error.kind === "locked") return { locked: error };
    throw error;
  }
}

/**
 * Takes the lease, waiting for another importer as long as allowed.
 *
 * @throws Failure (4) naming the holder
 */
export async function takeLease(
  store: Store,
  { run, ...patience }: Patience & { readonly run: string },
): Promise<Lease> {
  const ask = (): Answer<Lease> => {
    const { lease, holder } = store.takeLease(run);
    return lease ? { got: lease } : { holder };
  };
  // Without a write-ahead log, who reads for long keeps everybody from writing.
  return whileHeld(store.path, patience, () => unlessLocked(ask));
}

/** Where not even this can be written, the lease falls with the process. */
export function releaseQuietly(lease: Lease): void {
  try {
    lease.release();
  } catch {
    // What was done before is the thing to tell.
  }
}

/**
 * Asks again and again until the answer is not that somebody holds the database: an importer, or a
 * program that is locking it, perhaps an importer that has only just begun.
 */
async function whileHeld<T>(
  path: string,
  { wait, stopSignal }: Patience,
  ask: () => Answer<T>,
): Promise<T> {
  const started = Date.now();
  for (;;) {
    const answer = ask();
    if ("got" in answer) return answer.got;
    const signal = stopSignal?.() ?? null;
    if (signal) throw nothingBegun(signal);
    const isLocked = "locked" in answer;
    const patience = Math.max(wait * 1000, isLocked ? LOCK_MS : 0);
    const left = started + patience - Date.now();
    if (left <= 0) throw isLocked ? answer.locked : heldBy(path, answer.holder);
    await sleep(Math.min(POLL_MS, left));
  }
}

function nothingBegun(signal: NodeJS.Signals): Failure {
  return signalFailure(signal, "nothing was begun", "Run the same command again.");
}

/**
 * Waits for something that may take as long as a silent pipe, unless a signal comes.
 *
 * @throws Failure for the signal
 */
export async function unlessStopped<T>(
  waiting: Promise<T>,
  stopSignal: Patience["stopSignal"],
): Promise<T> {
  let watch: NodeJS.Timeout | undefined;
  const stopped = new Promise<never>((_, reject) => {
    watch = setInterval(() => {
      const signal = stopSignal?.() ?? null;
      if (signal) reject(nothingBegun(signal));
    }, POLL_MS);
  });
  try {
    return await Promise.race([waiting, stopped]);
  } finally {
    clearInterval(watch);
  }
}

function heldBy(path: string, holder: LeaseHolder): Failure {
  const { run, processId, host, renewedAt } = holder;
  return new Failure(
    "held",
    `${path} is held by run ${run} (process ${processId} on ${host}, last heard of ${renewedAt})`,
    "Wait until that run has ended, or give --wait SECONDS.",
  );
}
