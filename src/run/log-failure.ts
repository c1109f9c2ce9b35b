/** A line in the log for a run that could not begin: whoever looks the next morning must find it there. */

import type { ImportConfig } from "../config/import-config.js";
import { printable } from "../diagnostics/format.js";
import { InputError } from "../input/open.js";
import { StoreError } from "../store/store-error.js";
import { RunFailure } from "./exit-status.js";
import { openLog } from "./open-log.js";
import { runName } from "./run-name.js";

/** Logs why a run did not begin. A log that cannot be written is left alone: the failure itself is told. */
export async function logFailure(config: ImportConfig, failure: unknown): Promise<void> {
  const isTold =
    failure instanceof RunFailure || failure instanceof StoreError || failure instanceof InputError;
  if (!isTold) return;
  try {
    const log = openLog(config, runName(new Date()));
    const text = printable(`not begun: ${failure.message}. ${failure.advice}`);
    log.add("error", text, { event: "failure" });
    await log.close();
  } catch {
    // What kept the run from beginning is the thing to tell.
  }
}
