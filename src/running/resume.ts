/** Finding the run that `--resume` goes on with, and whether its input is still the same. */

import { rulesDigest } from "../config/job/digest.js";
import type { JobConfig } from "../config/job/job-config.js";
import type { RunOptions } from "../config/job/run-options.js";
import { Failure } from "../diagnostics/failure.js";
import type { RecordInput } from "../reading/record-input.js";
import type { Checkpoint, RunRecord } from "../store/model/run-record.js";
import type { RunRegister } from "../store/reading-port.js";

interface ResumeRequest {
  readonly config: JobConfig;
  readonly options: RunOptions;
  readonly inputs: readonly RecordInput[];
}

export interface Resumption {
  readonly run: RunRecord;
  readonly checkpoint: Checkpoint;
}

/**
 * The last run of this configuration over these files, if it did not reach its end.
 *
 * @returns null when there is nothing to go on with
 * @throws Failure when it cannot go on: other files, other rules (2), changed input (3)
 */
export function findResumption(
  runs: RunRegister,
  { config, options, inputs }: ResumeRequest,
): Resumption | null {
  const imports = runs
    .list()
    .filter(({ kind, config: path }) => kind === "records" && path === config.path);
  const names = inputs.map(({ name }) => name);
  const isOver = ({ runId }: RunRecord) => pathsOf(runs, runId).join("\n") === names.join("\n");
  const run = imports.findLast(isOver);
  if (!run) {
    refuseOtherFiles(runs, imports.at(-1), names);
    return null;
  }
  const checkpoint = run.status === "done" ? null : runs.readCheckpoint(run.runId);
  if (!checkpoint) return null;
  refuseChangedInput(run, checkpoint);
  checkSameRules(run, config);
  checkFullLoad(run, checkpoint, options);
  checkNoneBetween(runs, run, options);
  checkSameInput(runs, run, checkpoint, inputs);
  return { run, checkpoint };
}

function pathsOf(runs: RunRegister, runId: number): string[] {
  return runs.files(runId).map(({ path }) => path);
}

/** A file name that was mistyped must not look like a run that went on. */
function refuseOtherFiles(
  runs: RunRegister,
  last: RunRecord | undefined,
  names: readonly string[],
): void {
  if (!last || last.status === "done" || !runs.readCheckpoint(last.runId)) return;
  throw new Failure(
    "usage",
    `run ${last.run} was reading ${pathsOf(runs, last.runId).join(", ")}, not ${names.join(", ")}`,
    "Give the same files to resume it, or leave --resume out to begin a new run.",
  );
}

/** How to import the input when a run over it cannot go on. */
function fromTheStart({ run, foreignSource }: RunRecord): string {
  return foreignSource === ""
    ? `Take that run back with \`MARC_import undo CONFIG ${run}\`, then run again without --resume.`
    : "Leave --resume out to import the file from its beginning: what has been imported is recognised.";
}

/** What was read last may be half a record, and what stood before it another file. */
function refuseChangedInput(run: RunRecord, { changedInput }: Checkpoint): void {
  if (changedInput === undefined) return;
  throw new Failure(
    "changed",
    `${changedInput} was changed while run ${run.run} read it, so that run cannot go on`,
    fromTheStart(run),
  );
}

function checkSameRules(run: RunRecord, config: JobConfig): void {
  if (run.rulesDigest !== rulesDigest(config)) {
    throw new Failure(
      "usage",
      `the configuration, or the program, has changed since run ${run.run} stopped`,
      fromTheStart(run),
    );
  }
}

function checkFullLoad(run: RunRecord, checkpoint: Checkpoint, options: RunOptions): void {
  if (!options.fullLoad || checkpoint.fullLoad) return;
  throw new Failure(
    "usage",
    `run ${run.run} was begun without --full-load and has not noted all that the input holds`,
    "Leave --full-load out, or --resume.",
  );
}

/**
 * A full load deletes what it has not noted; of what other runs of its source have written or taken
 * back meanwhile it has noted nothing.
 */
function checkNoneBetween(runs: RunRegister, run: RunRecord, { fullLoad }: RunOptions): void {
  if (!fullLoad) return;
  const between = runs.list().find((other) => isBetween(run, other));
  if (!between) return;
  throw new Failure(
    "usage",
    `run ${between.run} (${between.command}) has come since run ${run.run} stopped, which may therefore not know any more all that its input holds`,
    fromTheStart(run),
  );
}

/** Whether another run, or one that was begun before and resumed, may have changed what a run has noted. */
function isBetween(run: RunRecord, other: RunRecord): boolean {
  if (other.runId === run.runId) return false;
  if (other.kind === "undo" && other.status === "failed") return false;
  if (other.kind === "records" && other.foreignSource !== run.foreignSource) return false;
  return other.runId > run.runId || (other.finishedAt ?? "") > run.startedAt;
}

function checkSameInput(
  runs: RunRegister,
  run: RunRecord,
  { fileNumber, position }: Checkpoint,
  inputs: readonly RecordInput[],
): void {
  const before = runs.files(run.runId);
  for (const [i, input] of inputs.slice(0, fileNumber).entries()) {
    const isCurrent = i + 1 === fileNumber;
    const standing = input.standing(before[i], isCurrent ? position : null);
    if (standing === "same") continue;
    if (standing === "once-only") throw comesOnce(input, run);
    const place = isCurrent ? ` ${input.placeText(position)}`.trimEnd() : "";
    throw new Failure(
      "changed",
      `${input.name} has changed since run ${run.run} stopped${place}`,
      `What was imported is safe. ${fromTheStart(run)}`,
    );
  }
}

function comesOnce({ name }: RecordInput, run: RunRecord): Failure {
  return new Failure(
    "usage",
    `${name === "-" ? "standard input" : name} cannot be read again, so the run cannot be resumed`,
    fromTheStart(run),
  );
}
