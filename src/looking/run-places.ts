/** Where the records stand that a run has brought: the files, which must still be what they were, and the places. */

import { Failure } from "../diagnostics/failure.js";
import { fileOf, statusOf } from "../input/archive.js";
import { inputPrint } from "../reading/fingerprint.js";
import { findRun, mustHaveChanges } from "../running/find-run.js";
import type { RowDiff } from "../store/model/row-diff.js";
import type { RunFile, RunRecord } from "../store/model/run-record.js";
import type { Store } from "../store/port.js";

/** The records of one file. */
export interface FilePlaces {
  readonly path: string;
  /** Byte offsets, from the first. */
  readonly offsets: readonly number[];
}

export interface RunPlaces {
  readonly run: RunRecord;
  readonly files: readonly FilePlaces[];
  /** Rows that another run has taken from other records since. */
  readonly elsewhere: number;
}

/**
 * The records of which a run made rows, or changed them.
 *
 * @param name of the run, or `last` for the last import of the source
 * @throws Failure (2) if there is no such run, or it does not stand; (3) if a file is gone or has changed
 */
export function placesOfRun(store: Store, name: string, source: string): RunPlaces {
  const run = findRun(store.runs, name, source);
  mustHaveChanges(run);
  mustStand(store, run);
  const places = new Map(store.runs.files(run.runId).map(({ path }) => [path, [] as number[]]));
  let elsewhere = 0;
  for (const diff of store.diff(run.runId)) {
    if (!diff.actions.some((action) => action === "created" || action === "updated")) continue;
    const [path, offset] = placeOf(store, diff) ?? [];
    const offsets = places.get(path ?? "");
    if (offsets === undefined || offset === undefined) elsewhere++;
    else offsets.push(offset);
  }
  const files = [...places]
    .filter(([, offsets]) => offsets.length > 0)
    .map(([path, offsets]) => ({ path, offsets: offsets.sort((a, b) => a - b) }));
  const used = new Set(files.map(({ path }) => path));
  for (const file of store.runs.files(run.runId)) {
    if (used.has(file.path)) mustBeTheSame(file, run);
  }
  return { run, files, elsewhere };
}

function mustStand({ runs }: Store, { run }: RunRecord): void {
  const undo = runs.undoneBy(run);
  if (undo === null) return;
  throw new Failure(
    "usage",
    `run ${run} has been taken back by run ${undo.run}`,
    "Name a run that stands, or the files themselves; `MARC_import runs CONFIG` lists the runs.",
  );
}

/** The place that the run wrote into the row; where it had been there before, the one that is there now. */
function placeOf(store: Store, { recordId, fields }: RowDiff): readonly [string, number] | null {
  const written = fields.find(({ field }) => field === "source_record")?.after;
  const text = written ?? String(store.rows.image(recordId)?.source_record ?? "");
  const [, path, offset] = /^(.+):(\d+):\d+$/s.exec(text) ?? [];
  return path === undefined ? null : [path, Number(offset)];
}

/** @param file as the run has it; a part of a file has the fingerprint of the file, and the part behind it */
function mustBeTheSame(file: RunFile, { run }: RunRecord): void {
  const { path } = file;
  if (file.fingerprint === "") {
    throw refused("changed", path, `run ${run} read it from a pipe, which gives it once only`);
  }
  if (statusOf(fileOf(path))?.isFile() !== true) {
    throw refused("missing", path, `run ${run} read it, and it is not there any more`);
  }
  const now = inputPrint(path);
  if (file.fingerprint === now || file.fingerprint.startsWith(`${now}:`)) return;
  throw refused("changed", path, `it is not any more what run ${run} read`);
}

function refused(kind: "changed" | "missing", path: string, what: string): Failure {
  return new Failure(
    kind,
    `${path}: ${what}`,
    "Bring the file back, start where the import was started if its name is relative, or name files instead of --run.",
    { input: path },
  );
}
