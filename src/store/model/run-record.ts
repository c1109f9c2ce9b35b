/** Runs as the register has them: what each was asked to do, where it stands, and how it ended. */

import { noTotals, OUTCOMES, type Outcome, type Totals } from "./totals.js";

export type RunStatus = "running" | "done" | "interrupted" | "failed";

/** A run as the register has it. */
export interface RunRecord {
  readonly runId: number;
  /** Its name: UTC time and a random suffix. */
  readonly run: string;
  readonly command: string;
  readonly status: RunStatus;
  readonly exitStatus: number | null;
  readonly config: string;
  readonly foreignSource: string;
  /** `rulesDigest` of its configuration. */
  readonly rulesDigest: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly seconds: number;
  readonly totals: Totals;
  /** The name of the run that this one took back, null for an import. */
  readonly undoes: string | null;
  /** Whether what it changed has been forgotten (`keep_changes`), so that it cannot be undone. */
  readonly changesPruned: boolean;
}

/** One input file of a run, as it is entered. */
export interface RunInput {
  /** From 1, in the order given. */
  readonly fileNumber: number;
  readonly path: string;
  /** null for a pipe. */
  readonly bytes: number | null;
  readonly fingerprint: string;
}

/** One input file of a run, and what was read of it. */
export interface RunFile extends RunInput {
  readonly recordsRead: number;
  readonly finished: boolean;
}

/** Where a run stands: everything before it is committed. */
export interface Checkpoint {
  readonly fileNumber: number;
  /** Byte offset in the (unzipped) stream of that file. */
  readonly offset: number;
  /** Number of the last record that is done in that file. */
  readonly recordNumber: number;
  readonly totals: Totals;
  /** Lengths of the reject files. */
  readonly rejectsMrcBytes: number;
  readonly rejectsJsonlBytes: number;
  /** Digest of the bytes before `offset`, "" for a pipe. */
  readonly bytesBefore: string;
  /** Whether all that `--full-load` must know of the records so far has been noted. */
  readonly fullLoad: boolean;
  /** The input that was changed while it was read, so that nobody can go on behind what was read of it. */
  readonly changedInput?: string;
}

/** The checkpoint of a run that has only been entered. */
export const AT_THE_BEGINNING: Checkpoint = {
  fileNumber: 1,
  offset: 0,
  recordNumber: 0,
  totals: noTotals(),
  rejectsMrcBytes: 0,
  rejectsJsonlBytes: 0,
  bytesBefore: "",
  fullLoad: true,
};

/** A run as its table has it. */
export interface RawRun extends Record<Outcome, number> {
  run_id: number;
  run: string;
  command: string;
  status: RunStatus;
  exit_status: number | null;
  config: string;
  foreign_source: string;
  mapping_digest: string;
  started_at: string;
  finished_at: string | null;
  seconds: number;
  records_read: number;
  duplicates_removed: number;
  details: string;
  undoes: string | null;
  pruned_changes: number | null;
}

/** A run from its row. */
export function fromRaw(raw: RawRun): RunRecord {
  const outcomes = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, raw[outcome]]));
  return {
    runId: raw.run_id,
    run: raw.run,
    command: raw.command,
    status: raw.status,
    exitStatus: raw.exit_status,
    config: raw.config,
    foreignSource: raw.foreign_source,
    rulesDigest: raw.mapping_digest,
    startedAt: raw.started_at,
    finishedAt: raw.finished_at,
    seconds: raw.seconds,
    totals: {
      ...noTotals(),
      ...(JSON.parse(raw.details) as Partial<Totals>),
      recordsRead: raw.records_read,
      duplicatesRemoved: raw.duplicates_removed,
      outcomes: outcomes as Record<Outcome, number>,
    },
    undoes: raw.undoes,
    changesPruned: raw.pruned_changes !== null,
  };
}

/** What is known of a run when it begins. */
export interface NewRun {
  readonly run: string;
  readonly command: string;
  readonly config: string;
  readonly foreignSource: string;
  readonly rulesDigest: string;
  readonly startedAt: string;
  readonly undoes?: string;
}
