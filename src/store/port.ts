/**
 * What the rest of the house asks of a store. An engine stands behind it (`sqlite/`), of which nobody
 * else names a class; what needs no engine stands in `model/`.
 *
 * What must be written inside a transaction is written with what a transaction gives: `Books`. The
 * other writers of a run (`RunWriter`) are to be used between the beginning and the end of a
 * transaction, too; that they are not is an error of the engine's.
 */

import type { HarvestEnd } from "./model/harvest.js";
import type { KnownRecords } from "./model/known-records.js";
import type { MergedSource } from "./model/merged-source.js";
import type { RowDiff } from "./model/row-diff.js";
import type { Checkpoint, NewRun, RunInput, RunRecord } from "./model/run-record.js";
import type { ContentCounts, RunExamples, RunStatistics } from "./model/run-statistics.js";
import type { Totals, UndoTotals } from "./model/totals.js";
import type { LeftRow, UndoStep } from "./model/undo-step.js";
import type {
  EditView,
  HarvestView,
  KeptView,
  KeyView,
  PairView,
  RowCounts,
  RowLookup,
  RowQuery,
  RowView,
  RunRegister,
  SqlValue,
} from "./reading-port.js";
import type { RunWriter } from "./run-port.js";

/** An open database. */
export interface Store {
  /** For messages. */
  readonly path: string;
  readonly runs: RunRegister;
  readonly statistics: { read(runId: number): RunStatistics | null };
  readonly keys: KeyView;
  readonly harvests: HarvestView;
  readonly rows: RowView;
  readonly kept: KeptView;
  readonly merged: { ofRecord(recordId: number): readonly MergedSource[] };
  readonly pairs: PairView;
  readonly edits: EditView;
  readonly counts: RowCounts;
  /** Runs `work` in one write transaction, during which what is written is known as ours. */
  transaction<T>(work: (books: Books) => T): T;
  /** Begins a batch: a write transaction that stays open while its records come in. */
  beginBatch(): Batch;
  /** From here on every transaction is part of one, until that is settled. */
  hold(): Held;
  /** Records that need no look if they come again as they were. */
  knownRecords(which: { readonly withMerged: boolean }): KnownRecords;
  /** Takes notice of what others wrote, and makes what the configuration asks to be kept of every row. */
  prepareKeys(): void;
  /** From here on the keys of new rows may wait, until the books enter them. */
  letKeysWait(): void;
  /** Enters a run with its inputs, and gives what writes its rows. */
  startRun(run: NewRun, inputs: readonly RunInput[], managed: readonly boolean[]): RunWriter;
  /** What writes the rows of a run that has been entered before. */
  openRun(runId: number, managed: readonly boolean[]): RunWriter;
  /** Plans what taking a run back does to each row, in the transaction that will carry it out. */
  beginUndo(run: RunRecord, force: boolean): Undoing;
  /** What a run changed, row by row, as of one moment. */
  diff(runId: number): Generator<RowDiff>;
  /** Forgets what runs changed that ended before a time (UTC, ISO 8601); gives how many changes. */
  pruneChanges(endedBefore: string): number;
  /** The columns of the rows, in the order of the table; others may have added some. */
  columnNames(): string[];
  /**
   * The rows that are asked for, as they stand; nothing can be written by asking.
   *
   * @throws Failure (2) for a condition that is none
   */
  select(query: RowQuery): Generator<readonly SqlValue[]>;
  /** Takes the one place for a writer, or says who holds it. */
  takeLease(run: string): LeaseAnswer;
  /** The run that holds that place and lives, or null. */
  leaseHolder(): string | null;
  /** What is committed survives a power cut from here on. */
  settleLog(): void;
  close(): void;
}

/** How a run ended. */
export interface Ending extends Pick<RunRecord, "status"> {
  readonly exitStatus: number;
  readonly finishedAt: string;
  readonly seconds: number;
}

/** What is written of runs: to be had inside a transaction alone. */
export interface Books {
  /** Writes where a run stands. */
  checkpoint(runId: number, checkpoint: Checkpoint, seconds: number): void;
  writeTotals(runId: number, totals: Totals, seconds: number): void;
  /** Counts records of an input that are done. */
  addRecordsRead(runId: number, fileNumber: number, count: number): void;
  fileFinished(runId: number, fileNumber: number): void;
  /** Marks a run as running again, with its inputs as they are now. */
  reopen(runId: number, inputs: readonly RunInput[]): void;
  /** Notes that an input was changed under a run, which therefore cannot go on. */
  noteChangedInput(runId: number, name: string): void;
  /** Closes a run; one that is done needs its checkpoint no more. */
  finish(runId: number, end: Ending): void;
  /** A run that has been taken back must not be resumed behind what is no longer there. */
  forgetCheckpoint(runId: number): void;
  saveCounts(runId: number, counts: ContentCounts): void;
  saveExamples(runId: number, examples: RunExamples): void;
  /** Enters the end of a harvest, in the transaction in which its run ends. */
  endHarvest(runId: number, end: HarvestEnd): void;
  /** Sets back the positions that a run has moved; gives how many were left, since they have moved again. */
  takeHarvestBack(targetId: number, undoId: number): number;
  /**
   * Takes back what a run has found and said of possible duplicates; an undo of that brings it back. Gives how many
   * decisions it had made.
   */
  takePairsBack(targetId: number, undoId: number): number;
  /** Gives rows that an undo has changed the records that were kept of them before the run that is taken back. */
  takeKeptBack(targetId: number, undoId: number): void;
  /** Forgets where a repository stands; gives how many positions there were. */
  forgetHarvest(repository: string): number;
  /** Enters the match keys that wait. */
  enterKeys(): void;
}

/** An open write transaction. */
export interface Batch {
  readonly books: Books;
  commit(): void;
  /** Takes it back; gives the error to throw. */
  abandon(error: unknown): unknown;
}

/** All transactions since some moment, as one. */
export interface Held {
  /** Commits all of it, or takes all of it back. */
  settle(keep: boolean): void;
  /** Takes it back; gives the error to throw. */
  abandon(error: unknown): unknown;
}

/** What taking a run back does, planned, and held together until it is settled. */
export interface Undoing extends Held {
  readonly totals: UndoTotals;
  /** The rows to be taken back, by record_id, and how they were. */
  steps(): Iterable<UndoStep>;
  /** The rows that are left as they are, by record_id. */
  left(): Iterable<LeftRow>;
}

/** The one place for a writer. */
export interface Lease {
  /** Holds it on behalf of an earlier run, which goes on. */
  rename(run: string): void;
  /** Says that the holder lives, inside the batch. */
  renew(): void;
  release(): void;
}

export interface LeaseHolder {
  readonly run: string;
  readonly host: string;
  readonly processId: number;
  /** UTC, ISO 8601. */
  readonly renewedAt: string;
}

/** The place was taken, or somebody else holds it. */
export type LeaseAnswer =
  | { readonly lease: Lease; readonly holder: null }
  | { readonly lease: null; readonly holder: LeaseHolder };

/** The database as a look at it needs it. */
export interface ReadingView {
  readonly store: Store;
  /** The folder of the copy, null where the database itself is read. */
  readonly folder: string | null;
  close(): void;
}

/** The database as questions need it. */
export interface LookupView {
  readonly lookup: RowLookup;
  /** Whether a copy is read, which does not see what is imported from now on. */
  readonly isCopy: boolean;
  /** The foreign sources that runs have imported. */
  readonly sources: ReadonlySet<string>;
  close(): void;
}

/** A copy of the database, to try an import on. */
export interface TrialCopy {
  readonly path: string;
  /** Removes the copy. */
  remove(): void;
}
