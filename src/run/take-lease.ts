/** Waiting for the database's one place for a writer. */

import { setTimeout as sleep } from "node:timers/promises";
import type { ImportConfig } from "../config/import-config.js";
import { Lease, type LeaseHolder } from "../store/lease.js";
import { Store } from "../store/store.js";
import { StoreError } from "../store/store-error.js";
import { signalFailure } from "./end-of-run.js";
import { EXIT, RunFailure } from "./exit-status.js";

const POLL_MS = 250;

export interface Patience {
  /** Seconds to wait for another importer; 0: do not wait. */
  readonly wait: number;
  /** The signal that asks to stop waiting, or null. */
  readonly stopSignal?: (() => NodeJS.Signals | null) | undefined;
}

/**
 * Opens the database for writing, waiting as long as allowed for another importer that has locked
 * it: one that works in a single transaction keeps it locked to its end.
 *
 * @throws RunFailure (4) naming the holder; StoreError when the database is not usable
 */
export async function openToWrite(config: ImportConfig, patience: Patience): Promise<Store> {
  const { path } = config.database;
  return whileHeld(path, patience, () => {
    const holder = Store.holderBeside(path);
    if (holder) return holder;
    try {
      return Store.open(config);
    } catch (error) {
      const isLocked = error instanceof StoreError && error.kind === "locked";
      const winner = isLocked ? Store.holderBeside(path) : null;
      if (winner) return winner;
      throw error;
    }
  });
}

/**
 * Takes the lease, waiting for another importer as long as allowed.
 *
 * @throws RunFailure (4) naming the holder
 */
export async function takeLease(
  store: Store,
  { run, ...patience }: Patience & { readonly run: string },
): Promise<Lease> {
  return whileHeld(store.path, patience, () => store.takeLease(run));
}

/** Asks again and again until the answer is not that somebody holds the database. */
async function whileHeld<T extends Store | Lease>(
  path: string,
  { wait, stopSignal }: Patience,
  ask: () => T | LeaseHolder,
): Promise<T> {
  const until = Date.now() + wait * 1000;
  for (;;) {
    const answer = ask();
    if (answer instanceof Store || answer instanceof Lease) return answer as T;
    const signal = stopSignal?.() ?? null;
    const standing = "nothing was begun";
    if (signal) throw signalFailure(signal, standing, "Run the same command again.");
    if (Date.now() >= until) throw heldBy(path, answer as LeaseHolder);
    await sleep(Math.min(POLL_MS, Math.max(1, until - Date.now())));
  }
}

function heldBy(path: string, holder: LeaseHolder): RunFailure {
  const { run, processId, host, renewedAt } = holder;
  return new RunFailure(
    EXIT.database,
    `${path} is held by run ${run} (process ${processId} on ${host}, last heard of ${renewedAt})`,
    "Wait until that run has ended, or give --wait SECONDS.",
  );
}
