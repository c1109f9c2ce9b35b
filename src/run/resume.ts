/** Finding the run that `--resume` goes on with, and whether its input is still the same. */

import { statSync } from "node:fs";
import type { ImportConfig } from "../config/import-config.js";
import type { Checkpoint, RunRecord, Runs } from "../store/runs.js";
import { EXIT, RunFailure } from "./exit-status.js";
import { bytesBefore } from "./fingerprint.js";
import type { InputFile } from "./input-file.js";

export interface Resumption {
  readonly run: RunRecord;
  readonly checkpoint: Checkpoint;
}

/**
 * The last run of this configuration, if it did not reach its end.
 *
 * @returns null when there is nothing to go on with
 * @throws RunFailure when it cannot go on: other files, other rules (2), changed input (3)
 */
export function findResumption(
  runs: Runs,
  config: ImportConfig,
  files: readonly InputFile[],
): Resumption | null {
  const imports = runs.list().filter((r) => r.command === "import" && r.config === config.path);
  const run = imports.at(-1);
  if (!run || run.status === "done") return null;
  const checkpoint = runs.readCheckpoint(run.runId);
  if (!checkpoint) return null;
  checkSameJob(runs, run, config, files);
  checkSameInput(runs, run, checkpoint, files);
  return { run, checkpoint };
}

function checkSameJob(
  runs: Runs,
  run: RunRecord,
  config: ImportConfig,
  files: readonly InputFile[],
): void {
  const before = runs.files(run.runId).map((file) => file.path);
  const now = files.map((file) => file.path);
  if (before.join("\n") !== now.join("\n")) {
    throw new RunFailure(
      EXIT.usage,
      `run ${run.run} was reading ${before.join(", ")}, not ${now.join(", ")}`,
      "Give the same files to resume it, or leave --resume out to begin a new run.",
    );
  }
  if (run.mappingDigest !== config.mappingDigest) {
    throw new RunFailure(
      EXIT.usage,
      `the configuration has changed since run ${run.run} stopped`,
      "Leave --resume out: a run from the start gives the right rows.",
    );
  }
}

function checkSameInput(
  runs: Runs,
  run: RunRecord,
  checkpoint: Checkpoint,
  files: readonly InputFile[],
): void {
  const file = files[checkpoint.fileNumber - 1];
  const known = runs.files(run.runId)[checkpoint.fileNumber - 1];
  if (file.fingerprint === "" && checkpoint.offset > 0) {
    throw new RunFailure(
      EXIT.usage,
      "standard input cannot be resumed",
      "Leave --resume out: a run from the start gives the same rows.",
    );
  }
  if (isSameUpTo(file, known.fingerprint, checkpoint)) return;
  throw new RunFailure(
    EXIT.input,
    `${file.path} has changed since run ${run.run} stopped at byte ${checkpoint.offset}`,
    "What was imported is safe. Leave --resume out to import the file as it is now.",
  );
}

function isSameUpTo(file: InputFile, fingerprint: string, checkpoint: Checkpoint): boolean {
  if (!file.seekable) return file.fingerprint === fingerprint;
  if (statSync(file.path).size < checkpoint.offset) return false;
  return bytesBefore(file.path, checkpoint.offset) === checkpoint.bytesBefore;
}
