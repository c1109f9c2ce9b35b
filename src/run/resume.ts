/** Finding the run that `--resume` goes on with, and whether its input is still the same. */

import { statSync } from "node:fs";
import type { ImportConfig } from "../config/import-config.js";
import type { Checkpoint, RunFile, RunRecord, Runs } from "../store/runs.js";
import { EXIT, RunFailure } from "./exit-status.js";
import { bytesBefore } from "./fingerprint.js";
import type { InputFile } from "./input-file.js";
import type { RunOptions } from "./run-options.js";

export interface ResumeRequest {
  readonly config: ImportConfig;
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

/** What was read last may be half a record, and what stood before it another file. */
function refuseChangedInput({ run, foreignSource }: RunRecord, { changedInput }: Checkpoint): void {
  if (changedInput === undefined) return;
  throw new RunFailure(
    EXIT.input,
    `${changedInput} was changed while run ${run} read it, so that run cannot go on`,
    foreignSource === ""
      ? `Take it back with \`MARC_import undo CONFIG ${run}\`, then run again without --resume.`
      : "Leave --resume out to import the file as it is now: what has been imported is recognised.",
  );
}

function checkSameRules(run: RunRecord, config: ImportConfig): void {
  if (run.mappingDigest !== config.mappingDigest) {
    throw new RunFailure(
      EXIT.usage,
      `the configuration, or the program, has changed since run ${run.run} stopped`,
      "Leave --resume out: a run from the start gives the right rows.",
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
    if (isCurrent ? isSameUpTo(file, before[i], checkpoint) : isSame(file, before[i])) continue;
    const place = isCurrent ? ` at byte ${checkpoint.offset}` : "";
    throw new RunFailure(
      EXIT.input,
      `${file.path} has changed since run ${run.run} stopped${place}`,
      "What was imported is safe. Leave --resume out to import the file as it is now.",
    );
  }
}

/** A file that was read to its end must not have grown: a resumed run would not read what was added. */
function isSame(file: InputFile, before: RunFile): boolean {
  refusePipe(file);
  return file.fingerprint === before.fingerprint;
}

function isSameUpTo(file: InputFile, before: RunFile, checkpoint: Checkpoint): boolean {
  refusePipe(file);
  if (!file.seekable) return file.fingerprint === before.fingerprint;
  if (statSync(file.path).size < checkpoint.offset) return false;
  return bytesBefore(file.path, checkpoint.offset) === checkpoint.bytesBefore;
}

function refusePipe(file: InputFile): void {
  if (file.fingerprint !== "") return;
  throw new RunFailure(
    EXIT.usage,
    `${file.path === "-" ? "standard input" : file.path} cannot be read again, so the run cannot be resumed`,
    "Leave --resume out: a run from the start gives the same rows.",
  );
}
