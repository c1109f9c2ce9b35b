/** What a report page is made from: gathered from a run that has just ended, or from the register. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import type { JobConfig } from "../config/job/job-config.js";
import { EXIT, EXIT_MEANINGS, Failure } from "../diagnostics/failure.js";
import type { RunReport } from "../report/html/run-report.js";
import { RunLog } from "../report/run-log.js";
import type { RunRecord } from "../store/model/run-record.js";
import { kindOf, type RunKind } from "../store/model/run-record.js";
import type { Store } from "../store/port.js";
import { findRun, LAST } from "./find-run.js";
import type { RunResult } from "./run-import.js";

/** Names of runs that an error lists. */
const LISTED = 5;

/** A run that has just ended, or could not begin and so has no statistics. */
export type EndedRun = Omit<RunResult, "statistics" | "notices"> & Pick<RunReport, "statistics">;

/** The report of a run that has just ended. */
export function reportOf(result: EndedRun, config: JobConfig): RunReport {
  const { command, summary, failure, statistics, startedAt } = result;
  return {
    summary,
    status: summary.status,
    exitStatus: summary.exitStatus,
    meaning: meaningOf({ kind: kindOf(command), ...summary }),
    failure: failure && { message: failure.message, advice: failure.advice },
    command,
    foreignSource: config.settings.foreignSource,
    startedAt,
    undoes: null,
    undoneBy: null,
    statistics,
  };
}

/**
 * The report of a run of the register.
 *
 * @param name of the run, or `last` for the last import of the configuration's source
 * @throws Failure (2) if there is no such run
 */
export function storedReport(store: Store, config: JobConfig, name: string | undefined): RunReport {
  const run = wanted(store, config.settings.foreignSource, name);
  const lives = run.status !== "running" || store.leaseHolder() === run.run;
  const rejects = join(RunLog.folder(config.logging), `${run.run}.rejects.mrc`);
  return {
    summary: {
      run: run.run,
      config: run.config,
      database: config.database.path,
      files: store.runs.files(run.runId),
      totals: run.totals,
      seconds: run.seconds,
      log: config.logging.verbosity > 0 ? RunLog.path(config.logging) : null,
      rejectsFile: existsSync(rejects) ? rejects : null,
      dryRun: false,
    },
    status: lives ? run.status : "killed",
    exitStatus: run.exitStatus,
    meaning: meaningOf(run),
    failure: null,
    command: run.command,
    foreignSource: run.foreignSource,
    startedAt: run.startedAt,
    undoes: run.undoes,
    undoneBy: store.runs.undoneBy(run.run)?.run ?? null,
    statistics: store.statistics.read(run.runId),
  };
}

function wanted({ runs }: Store, source: string, name: string | undefined): RunRecord {
  if (name !== undefined) return findRun(runs, name, source);
  const imports = runs.list().filter(({ kind }) => kind === "records");
  // Where there is none, this says so.
  if (imports.length === 0) findRun(runs, LAST, source);
  const names = imports.slice(-LISTED).map(({ run }) => run);
  throw new Failure(
    "usage",
    "which run is to be reported?",
    `Name one of them, or last for the last import: ${names.join(", ")}${imports.length > LISTED ? " (`MARC_import runs CONFIG` lists all)" : ""}.`,
  );
}

/** What the exit status says of this run, "" if there is none. */
function meaningOf({ kind, status, exitStatus }: Ending): string {
  if (exitStatus === EXIT.rejects && kind === "undo") {
    return "rows that were touched since were left as they are";
  }
  if (exitStatus === EXIT.rejects) {
    return status === "done"
      ? "some records were rejected, all others were handled"
      : "some records were rejected, so nothing was imported (--atomic)";
  }
  const entry = EXIT_MEANINGS.find(([statuses]) => statuses.split(", ").includes(`${exitStatus}`));
  return entry?.[1] ?? "";
}

interface Ending {
  readonly kind: RunKind;
  readonly status: string;
  readonly exitStatus: number | null;
}
