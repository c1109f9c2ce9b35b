/** Runs as the register has them: what each was asked to do, where it stands, and how it ended. */

import { noTotals, OUTCOMES, type Outcome, type Totals } from "./totals.js";

/** The commands that enter a run. */
export type RunCommand = "import" | "harvest" | "undo" | "explain" | "review" | "sweep";

/**
 * What a run is: one that brings records, one that takes a run back, one that only tries, what a person has said
 * of duplicates, or one that acts on the duplicates in the table.
 */
export type RunKind = "records" | "undo" | "trial" | "decisions" | "sweep";

const KINDS: Readonly<Record<RunCommand, RunKind>> = {
  import: "records",
  harvest: "records",
  undo: "undo",
  explain: "trial",
  review: "decisions",
  sweep: "sweep",
};

/** The kind of a run that a command enters. */
export function kindOf(command: RunCommand): RunKind {
  return KINDS[command];
}

/** The commands that enter runs of a kind. */
export function commandsOf(kind: RunKind): RunCommand[] {
  return (Object.keys(KINDS) as RunCommand[]).filter((command) => KINDS[command] === kind);
}

export type RunStatus = "running" | "done" | "interrupted" | "failed";

/** A run as the register has it. */
export interface RunRecord {
  readonly runId: number;
  /** Its name: UTC time and a random suffix. */
  readonly run: string;
  readonly command: RunCommand;
  readonly kind: RunKind;
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

/** Plain data, as it is written and read again. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/**
 * A place in one input between two records. What it holds besides the number is the input's own: what
 * it needs to begin there, and to tell whether it is still the same up to there.
 */
export interface Position {
  /** Number of the last record before it. */
  readonly recordNumber: number;
  readonly [key: string]: Json;
}

/** The position at the beginning of any input. */
export const BEGINNING: Position = { recordNumber: 0 };

/** One input of a run, as it is entered. */
export interface RunInput {
  /** From 1, in the order given. */
  readonly fileNumber: number;
  /** The input's name: of a file its path. */
  readonly path: string;
  /** null where they are not known, as of a pipe. */
  readonly bytes: number | null;
  /** Equal for the same content, "" where that cannot be told. */
  readonly fingerprint: string;
}

/** One input of a run, and what was read of it. */
export interface RunFile extends RunInput {
  readonly recordsRead: number;
  readonly finished: boolean;
}

/** Where a run stands: everything before it is committed. */
export interface Checkpoint {
  /** Which of the run's inputs is being read. */
  readonly fileNumber: number;
  /** How far that one has been read. */
  readonly position: Position;
  readonly totals: Totals;
  /** Lengths of the reject files. */
  readonly rejectsMrcBytes: number;
  readonly rejectsJsonlBytes: number;
  /** Whether all that `--full-load` must know of the records so far has been noted. */
  readonly fullLoad: boolean;
  /** The input that was changed while it was read, so that nobody can go on behind what was read of it. */
  readonly changedInput?: string;
}

/** The checkpoint of a run that has only been entered. */
export const AT_THE_BEGINNING: Checkpoint = {
  fileNumber: 1,
  position: BEGINNING,
  totals: noTotals(),
  rejectsMrcBytes: 0,
  rejectsJsonlBytes: 0,
  fullLoad: true,
};

/** A checkpoint from its text. One of an earlier version has the position of a file in three fields. */
export function checkpointFrom(text: string): Checkpoint {
  const stored = JSON.parse(text) as Checkpoint & Partial<Omit<Position, "length">>;
  if (stored.position !== undefined) return stored;
  const { offset = 0, recordNumber = 0, bytesBefore = "", ...rest } = stored;
  return { ...rest, position: { offset, recordNumber, bytesBefore } } as Checkpoint;
}

/** A run as its table has it. */
export interface RawRun extends Record<Outcome, number> {
  run_id: number;
  run: string;
  command: RunCommand;
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
    kind: kindOf(raw.command),
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
  readonly command: RunCommand;
  readonly config: string;
  readonly foreignSource: string;
  readonly rulesDigest: string;
  readonly startedAt: string;
  readonly undoes?: string;
}
