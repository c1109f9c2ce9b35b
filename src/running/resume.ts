/** Finding the run that `--resume` goes on with, and whether its input is still the same. */

import { rulesDigest } from "../config/job/digest.js";
import type { JobConfig } from "../config/job/job-config.js";
import type { RunOptions } from "../config/job/run-options.js";
import { EXIT, RunFailure } from "../diagnostics/exit-status.js";
import { bytesBefore } from "../reading/fingerprint.js";
import type { InputFile } from "../reading/input-file.js";
import type { Checkpoint, RunFile, RunRecord, Runs } from "../store/sqlite/register/runs.js";

interface ResumeRequest {
  readonly config: JobConfig;
  readonly options: RunOptions;
  readonly inputs: readonly InputFile[];
}

export interface Resumption {
  readonly run: RunRecord;
  readonly checkpoint: Checkpoint;
}

/**
 * The last run of this configuration over these files, if it did not reach its end.
 *
 * @returns null when there is nothing to go on with
 * @throws RunFailure when it cannot go on: other files, other rules (2), changed input (3)
 */
export function findResumption(
  runs: Runs,
  { config, options, inputs: files }: ResumeRequest,
): Resumption | null {
  const imports = runs
    .list()
    .filter(({ command, config: path }) => command === "import" && path === config.path);
  const paths = pathsOf(files);
  const run = imports.findLast(({ runId }) => pathsOf(runs.files(runId)) === paths);
  if (!run) {
    refuseOtherFiles(runs, imports.at(-1), files);
    return null;
  }
  const checkpoint = run.status === "done" ? null : runs.readCheckpoint(run.runId);
  if (!checkpoint) return null;
  refuseChangedInput(run, checkpoint);
  checkSameRules(run, config);
  checkFullLoad(run, checkpoint, options);
  checkNoneBetween(runs, run, options);
  checkSameInput(runs, run, checkpoint, files);
  return { run, checkpoint };
}

function pathsOf(files: readonly { readonly path: string }[]): string {
  return files.map(({ path }) => path).join("\n");
}

/** A file name that was mistyped must not look like a run that went on. */
function refuseOtherFiles(
  runs: Runs,
  last: RunRecord | undefined,
  files: readonly InputFile[],
): void {
  if (!last || last.status === "done" || !runs.readCheckpoint(last.runId)) return;
  const list = (of: readonly { readonly path: string }[]) => of.map(({ path }) => path).join(", ");
  throw new RunFailure(
    EXIT.usage,
    `run ${last.run} was reading ${list(runs.files(last.runId))}, not ${list(files)}`,
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
  throw new RunFailure(
    EXIT.input,
    `${changedInput} was changed while run ${run.run} read it, so that run cannot go on`,
    fromTheStart(run),
  );
}

function checkSameRules(run: RunRecord, config: JobConfig): void {
  if (run.rulesDigest !== rulesDigest(config)) {
    throw new RunFailure(
      EXIT.usage,
      `the configuration, or the program, has changed since run ${run.run} stopped`,
      fromTheStart(run),
    );
  }
}

function checkFullLoad(run: RunRecord, checkpoint: Checkpoint, options: RunOptions): void {
  if (!options.fullLoad || checkpoint.fullLoad) return;
  throw new RunFailure(
    EXIT.usage,
    `run ${run.run} was begun without --full-load and has not noted all that the input holds`,
    "Leave --full-load out, or --resume.",
  );
}

/**
 * A full load deletes what it has not noted; of what other runs of its source have written or taken
 * back meanwhile it has noted nothing.
 */
function checkNoneBetween(runs: Runs, run: RunRecord, { fullLoad }: RunOptions): void {
  if (!fullLoad) return;
  const between = runs.list().find((other) => isBetween(run, other));
  if (!between) return;
  throw new RunFailure(
    EXIT.usage,
    `run ${between.run} (${between.command}) has come since run ${run.run} stopped, which may therefore not know any more all that its input holds`,
    fromTheStart(run),
  );
}

/** Whether another run, or one that was begun before and resumed, may have changed what a run has noted. */
function isBetween(run: RunRecord, other: RunRecord): boolean {
  if (other.runId === run.runId) return false;
  if (other.command === "undo" && other.status === "failed") return false;
  if (other.command === "import" && other.foreignSource !== run.foreignSource) return false;
  return other.runId > run.runId || (other.finishedAt ?? "") > run.startedAt;
}

function checkSameInput(
  runs: Runs,
  run: RunRecord,
  checkpoint: Checkpoint,
  files: readonly InputFile[],
): void {
  const before = runs.files(run.runId);
  for (const [i, file] of files.entries()) {
    const isUnread = file.fileNumber > checkpoint.fileNumber;
    const isCurrent = file.fileNumber === checkpoint.fileNumber;
    if (isUnread || (isCurrent && checkpoint.offset === 0)) return;
    refusePipe(file, run);
    if (isCurrent ? isSameUpTo(file, before[i], checkpoint) : isSame(file, before[i])) continue;
    const place = isCurrent ? ` at byte ${checkpoint.offset}` : "";
    throw new RunFailure(
      EXIT.input,
      `${file.path} has changed since run ${run.run} stopped${place}`,
      `What was imported is safe. ${fromTheStart(run)}`,
    );
  }
}

/** A file that was read to its end must not have grown: a resumed run would not read what was added. */
function isSame(file: InputFile, before: RunFile): boolean {
  return file.fingerprint === before.fingerprint;
}

function isSameUpTo(file: InputFile, before: RunFile, checkpoint: Checkpoint): boolean {
  if (!file.seekable) return file.fingerprint === before.fingerprint;
  return bytesBefore(file.path, checkpoint.offset) === checkpoint.bytesBefore;
}

function refusePipe(file: InputFile, run: RunRecord): void {
  if (file.fingerprint !== "") return;
  throw new RunFailure(
    EXIT.usage,
    `${file.path === "-" ? "standard input" : file.path} cannot be read again, so the run cannot be resumed`,
    fromTheStart(run),
  );
}
