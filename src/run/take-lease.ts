/** Waiting for the database's one place for a writer. */

import { setTimeout as sleep } from "node:timers/promises";
import { Lease } from "../store/lease.js";
import type { Store } from "../store/store.js";
import { EXIT, RunFailure } from "./exit-status.js";

const POLL_MS = 250;

/**
 * Takes the lease, waiting for another importer as long as allowed.
 *
 * @param waitSeconds 0: do not wait
 * @throws RunFailure (4) naming the holder
 */
export async function takeLease(store: Store, run: string, waitSeconds: number): Promise<Lease> {
  const until = Date.now() + waitSeconds * 1000;
  for (;;) {
    const taken = store.takeLease(run);
    if (taken instanceof Lease) return taken;
    if (Date.now() >= until) {
      throw new RunFailure(
        EXIT.database,
        `${store.path} is held by run ${taken.run} (process ${taken.processId} on ${taken.host}, last heard of ${taken.renewedAt})`,
        "Wait until that run has ended, or give --wait SECONDS.",
      );
    }
    await sleep(Math.min(POLL_MS, Math.max(1, until - Date.now())));
  }
}
