/** The log lines of a run as a whole: its beginning and its end. */

import type { JobConfig } from "../config/job/job-config.js";
import type { RunOptions } from "../config/job/run-options.js";
import type { Failure } from "../diagnostics/failure.js";
import { printable } from "../diagnostics/format.js";
import type { RecordInput } from "../reading/record-input.js";
import type { RunLog } from "../report/run-log.js";
import { type RunSummary, summaryObject, summaryText } from "../report/summary.js";
import type { Checkpoint } from "../store/model/run-record.js";

/** An input that a finished run has imported before. */
export interface Repeat {
  readonly file: string;
  readonly run: string;
}

interface RunStart {
  readonly config: JobConfig;
  readonly options: RunOptions;
  readonly inputs: readonly RecordInput[];
  readonly checkpoint: Checkpoint | null;
  /** Inputs that a finished run has imported before. */
  readonly repeats: readonly Repeat[];
}

/**
 * Writes what a run begins with: configuration, files, where it goes on, and which files were imported
 * before.
 */
export function logStart(log: RunLog, start: RunStart): void {
  const { config, options, inputs, checkpoint } = start;
  const files = inputs.map(({ name, bytes }) => `${printable(name)} (${bytes ?? "?"} bytes)`);
  const what = options.dryRun ? "dry run" : checkpoint ? "resumed" : "started";
  log.add("info", `${what}: ${config.path} reads ${files.join(", ")}`, {
    event: "start",
    config: config.path,
    database: config.database.path,
    files: inputs.map(({ name }) => name),
  });
  log.add(
    "info",
    `foreign_source "${printable(config.settings.foreignSource)}", match_method ${config.matchMethods.join(", ")}, duplicate_policy ${config.duplicatePolicy}, database ${config.database.path}`,
  );
  if (checkpoint) {
    const { fileNumber, position } = checkpoint;
    const place = inputs[fileNumber - 1].placeText(position);
    log.add(
      "info",
      `going on behind record ${position.recordNumber} of file ${fileNumber}${place === "" ? "" : `, ${place}`}; lines on later records above this one are repeated`,
    );
  }
  for (const { file, run } of start.repeats) {
    log.add("warning", `${printable(file)} has been imported before, by run ${run}`, {
      event: "repeat",
      file,
      before: run,
    });
  }
}

/** Writes how a run ended: why it failed, if it did, and its totals. */
export function logEnd(log: RunLog, summary: RunSummary, failure: Failure | null): void {
  if (failure) {
    const text = printable(`${failure.message}. ${failure.advice}`);
    log.add("error", text, { event: "failure" });
    const cause = failure.cause;
    if (failure.kind === "internal" && cause instanceof Error)
      log.add("error", String(cause.stack));
  }
  log.add("total", summaryText(summary), { event: "end", summary: summaryObject(summary) });
}
