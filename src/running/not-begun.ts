/** What is left of an import that could not begin: whoever looks the next morning must find it. */

import type { JobConfig } from "../config/job/job-config.js";
import { Failure } from "../diagnostics/failure.js";
import { printable } from "../diagnostics/format.js";
import { RunLog } from "../report/run-log.js";
import type { RunCommand } from "../store/model/run-record.js";
import { noTotals } from "../store/model/totals.js";
import type { EndedRun } from "./gather-report.js";
import { openLog } from "./open-log.js";
import { isoSeconds, runName } from "./run-name.js";

/**
 * Logs why a run did not begin, and gives the result that summary and report are made of, which would
 * otherwise still be those of the run before. A log that cannot be written is left alone: the failure
 * itself is told.
 *
 * @returns null for an error of the program
 */
export async function notBegun(
  config: JobConfig,
  error: unknown,
  { command, dryRun }: { readonly command: RunCommand; readonly dryRun: boolean },
): Promise<EndedRun | null> {
  if (!(error instanceof Failure)) return null;
  const { exitStatus, message, advice } = error;
  const now = new Date();
  const run = runName(now);
  try {
    const log = openLog(config, run);
    const text = printable(`not begun: ${message}. ${advice}`);
    log.add("error", text, { event: "failure" });
    await log.close();
  } catch {
    // What kept the run from beginning is the thing to tell.
  }
  return {
    command,
    summary: {
      run,
      status: "failed",
      exitStatus,
      failure: message,
      config: config.path,
      database: config.database.path,
      files: [],
      totals: noTotals(),
      seconds: 0,
      log: config.logging.verbosity > 0 ? RunLog.path(config.logging) : null,
      rejectsFile: null,
      dryRun,
    },
    failure: error,
    statistics: null,
    startedAt: isoSeconds(now),
  };
}
