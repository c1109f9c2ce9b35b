/** The beginning of an import: the one place for a writer taken, the run entered or found again. */

import { join } from "node:path";
import { rulesDigest } from "../config/job/digest.js";
import type { JobConfig } from "../config/job/job-config.js";
import type { RunOptions } from "../config/job/run-options.js";
import { Failure } from "../diagnostics/failure.js";
import type { RecordInput } from "../reading/record-input.js";
import { RunLog } from "../report/run-log.js";
import type { Checkpoint, RunCommand, RunInput } from "../store/model/run-record.js";
import type { Lease, Store } from "../store/port.js";
import type { RunRegister } from "../store/reading-port.js";
import type { RunWriter } from "../store/run-port.js";
import { asFailureBefore, type RunState } from "./end-of-run.js";
import type { RunHooks } from "./import-loop.js";
import { openLog } from "./open-log.js";
import { noStep, RejectFiles } from "./reject-files.js";
import { findResumption, type Resumption } from "./resume.js";
import { logStart, type Repeat } from "./run-events.js";
import { isoSeconds, runName } from "./run-name.js";
import { RunNotes } from "./run-notes.js";
import { releaseQuietly, takeLease } from "./take-lease.js";
import { Tally } from "./tally.js";

interface BeginRequest {
  readonly config: JobConfig;
  /** What enters the run. */
  readonly command: RunCommand;
  readonly options: RunOptions;
  readonly inputs: readonly RecordInput[];
  readonly store: Store;
  readonly hooks: RunHooks;
  /** The name of the run; one that tells its beginning if absent. */
  readonly name?: string | undefined;
}

/** A run that has been entered in the register. */
export interface Begun {
  readonly name: string;
  readonly inputs: readonly RecordInput[];
  readonly store: Store;
  readonly run: RunWriter;
  readonly lease: Lease;
  readonly log: RunLog;
  readonly rejects: RejectFiles;
  readonly tally: Tally;
  readonly notes: RunNotes;
  readonly state: RunState;
  /** UTC, ISO 8601. */
  readonly startedAt: string;
  /** Where a resumed run goes on, null for a run from the start. */
  readonly from: Checkpoint | null;
}

/**
 * Takes the lease and enters the run, or goes on with the one that `--resume` finds.
 *
 * @throws Failure when it cannot; no row was touched then
 */
export async function beginRun(request: BeginRequest): Promise<Begun> {
  const { store, options, hooks } = request;
  const now = new Date();
  const newName = request.name ?? runName(now);
  const { wait } = options;
  const place = { run: newName, wait, stopSignal: hooks.stopSignal };
  const lease = await takeLease(store, place).catch((error) => {
    throw asFailureBefore(error);
  });
  hooks.step?.("lease-taken");
  try {
    return underLease(request, { lease, newName, now });
  } catch (error) {
    releaseQuietly(lease);
    throw asFailureBefore(error);
  }
}

interface Taken {
  readonly lease: Lease;
  readonly newName: string;
  readonly now: Date;
}

function underLease(request: BeginRequest, { lease, newName, now }: Taken): Begun {
  const { config, options, inputs, store, hooks } = request;
  const resumed = options.resume ? findResumption(store.runs, request) : null;
  const repeats = resumed ? [] : importedBefore(config, inputs, store);
  if (!resumed) refuseLocalRepeat(request, repeats);
  store.prepareKeys();
  hooks.step?.("keys-prepared");
  const name = resumed?.run.run ?? newName;
  // What may fail for reasons outside the database comes before the run is entered there.
  const log = openLog(config, name);
  const rejects = openRejects(request, name, resumed);
  const run = enter(request, resumed, { name, now, lease });
  store.letKeysWait();
  hooks.step?.("run-entered");
  const from = resumed?.checkpoint ?? null;
  logStart(log, {
    config,
    options,
    inputs,
    checkpoint: from,
    repeats: options.again ? [] : repeats,
  });
  const tally = new Tally(resumed?.run.totals);
  const notes = new RunNotes(config, resumed ? store.statistics.read(resumed.run.runId) : null);
  const startedAt = resumed?.run.startedAt ?? isoSeconds(now);
  const local = config.settings.foreignSource === "";
  const state = { totals: tally.totals, local, dryRun: options.dryRun };
  return { name, inputs, store, run, lease, log, rejects, tally, notes, state, startedAt, from };
}

function openRejects(
  { config, hooks }: BeginRequest,
  name: string,
  resumed: Resumption | null,
): RejectFiles {
  const lengths = {
    mrc: resumed?.checkpoint.rejectsMrcBytes ?? 0,
    jsonl: resumed?.checkpoint.rejectsJsonlBytes ?? 0,
  };
  const stem = join(RunLog.folder(config.logging), name);
  return new RejectFiles(stem, lengths, hooks.step ?? noStep);
}

function enter(
  { config, command, inputs, store }: BeginRequest,
  resumed: Resumption | null,
  { name, now, lease }: { name: string; now: Date; lease: Lease },
): RunWriter {
  const managed = config.managed;
  if (resumed) {
    const { runId } = resumed.run;
    store.transaction((books) => {
      lease.rename(name);
      books.reopen(runId, entered(inputs));
    });
    return store.openRun(runId, managed);
  }
  return store.startRun(
    {
      run: name,
      command,
      config: config.path,
      foreignSource: config.settings.foreignSource,
      rulesDigest: rulesDigest(config),
      startedAt: isoSeconds(now),
    },
    entered(inputs),
    managed,
  );
}

/** Inputs as the register has them. */
export function entered(inputs: readonly RecordInput[]): RunInput[] {
  return inputs.map(({ name, bytes, fingerprint }, i) => {
    return { fileNumber: i + 1, path: name, bytes, fingerprint };
  });
}

function importedBefore(config: JobConfig, inputs: readonly RecordInput[], store: Store): Repeat[] {
  return inputs.flatMap(({ name, fingerprint }) => {
    const before = store.runs.importedBefore(config.settings.foreignSource, fingerprint);
    return before ? [{ file: name, run: before.run }] : [];
  });
}

/** Local records are new each time: what has been imported already would be doubled. */
function refuseLocalRepeat(
  { config, options, inputs, store }: BeginRequest,
  repeats: readonly Repeat[],
): void {
  if (config.settings.foreignSource !== "" || options.again) return;
  for (const input of inputs) refuseUnfinished(input, store.runs);
  if (repeats.length === 0) return;
  const [{ file, run }] = repeats;
  throw new Failure(
    "usage",
    `${file} was imported as local records by run ${run}; again it would double them`,
    "Give --again if that is what you want, or state a foreign_source so that records are recognised.",
  );
}

/** What a run left unfinished is told by the file, or by its path where another file is there now. */
function refuseUnfinished({ name: path, fingerprint }: RecordInput, runs: RunRegister): void {
  // A pipe has a path without being the same one.
  if (fingerprint === "") return;
  const same = runs.importedBefore("", fingerprint, "in part");
  const part = runs.leftUnfinished("", path) ?? same;
  if (!part) return;
  const checkpoint = runs.readCheckpoint(part.runId);
  const changed = checkpoint?.changedInput === path;
  const isSame = same?.run === part.run;
  const done = changed
    ? `was changed while run ${part.run} imported it as local records`
    : `was imported as local records in part by run ${part.run}${isSame ? "" : ", when it was another file"}`;
  const take = isSame && checkpoint && !changed ? "Give --resume to go on, or take" : "Take";
  throw new Failure(
    "usage",
    `${path} ${done}; from the start it would double them`,
    `${take} that run back with \`MARC_import undo CONFIG ${part.run}\` (with --force where an undo has left rows), or give --again if doubles are what you want.`,
  );
}
