/**
 * What the rest of the house asks of a store. An engine stands behind it (`sqlite/`), of which nobody
 * else names a class; what needs no engine stands in `model/`.
 *
 * What must be written inside a transaction is written with what a transaction gives: `Books`. The
 * other writers of a run (`RunWriter`) are to be used between the beginning and the end of a
 * transaction, too; that they are not is an error of the engine's.
 */

import type { Decided, DuplicateIndex, PairDecision } from "../matching/duplicate-query.js";
import type { KeySource } from "../matching/methods.js";
import type { HarvestEnd, HarvestPosition } from "./model/harvest.js";
import type { KnownRecords } from "./model/known-records.js";
import type { LookupBy, LookupKey } from "./model/lookup-key.js";
import type { MergedSource } from "./model/merged-source.js";
import type { PossibleDuplicate, PossiblePair, RowIdentity } from "./model/possible-pair.js";
import type { RowBits } from "./model/row-bits.js";
import type { RowDiff } from "./model/row-diff.js";
import type { RowPlan } from "./model/row-planner.js";
import type { Checkpoint, NewRun, RunFile, RunInput, RunRecord } from "./model/run-record.js";
import type { ContentCounts, RunExamples, RunStatistics } from "./model/run-statistics.js";
import type { Existing, Incoming, StoredRow } from "./model/stored-row.js";
import type { Totals, UndoTotals } from "./model/totals.js";
import type { LeftRow, UndoStep } from "./model/undo-step.js";

/** An open database. */
export interface Store {
  /** For messages. */
  readonly path: string;
  readonly runs: RunRegister;
  readonly statistics: { read(runId: number): RunStatistics | null };
  readonly keys: KeyView;
  readonly harvests: HarvestView;
  readonly rows: RowView;
  readonly merged: { ofRecord(recordId: number): readonly MergedSource[] };
  readonly pairs: PairView;
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
  /** How many rows a run has deleted so far. */
  deletedBy(runId: number): number;
  /**
   * How many rows of a source there were when a run began that creates rows of that source only. Rows
   * of runs that a limit stopped do not count: the file that stopped them may come again.
   */
  rowsBefore(runId: number, foreignSource: string): number;
  /** How many records of a source were merged into rows when a run began, which may have merged more. */
  mergedBefore(runId: number, foreignSource: string): number;
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

/** What a row holds in one column. */
export type SqlValue = string | number | bigint | Buffer | null;

/** Which rows are wanted, what of them, and in which order. */
export interface RowQuery {
  /** Of `columnNames`. */
  readonly columns: readonly string[];
  /** Rows that this run created or changed, as far as they are still there; null for all. */
  readonly runId: number | null;
  /** A SQL expression over the columns; null for all. */
  readonly where: string | null;
  /** By record_id; or as their records stand in their files, rows without such a place first. */
  readonly order: "record_id" | "source_record";
}

/** What can be asked of past runs. */
export interface RunRegister {
  /** All runs, oldest first. */
  list(): RunRecord[];
  find(run: string): RunRecord | null;
  files(runId: number): RunFile[];
  readCheckpoint(runId: number): Checkpoint | null;
  /** Whether a run has changed any row. */
  hasChanged(runId: number): boolean;
  /**
   * The last run over an input of that name for this source, if it did not come to its end but has
   * read some of it; null once taken back.
   */
  leftUnfinished(foreignSource: string, path: string): RunRecord | null;
  /** The last run that has read this very input for this source and stands, or null. */
  importedBefore(
    foreignSource: string,
    fingerprint: string,
    which?: "finished" | "in part",
  ): RunRecord | null;
  /** The names of all inputs that any run has read. */
  inputs(): string[];
  /** Whether any run has read a file of that name with that fingerprint, or a part of it. */
  haveRead(path: string, fingerprint: string): boolean;
  /** Whether nothing of a run is left. */
  isTakenBack(run: string): boolean;
  /** The run that took a run back, unless it was taken back itself; null if there is none. */
  undoneBy(run: string): RunRecord | null;
}

/** Where harvests stand. */
export interface HarvestView {
  /** The positions of a repository, one a set. */
  positions(repository: string): HarvestPosition[];
  /** Identifiers of records that were rejected, those longest not asked for first. */
  retries(repository: string, limit: number): string[];
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

/** The match keys of every row. */
export interface KeyView extends DuplicateIndex {
  /** The keys of a row if it is certain, without a look, that no other row has one of them. */
  newKeys(source: KeySource): readonly number[] | null;
}

/**
 * Rows found by what identifies them, for those who only ask. Without kept keys every question costs
 * a scan of all rows: of questions that are announced, one for all.
 */
export interface RowLookup {
  /** Which of these are not kept, so that asking by them needs a scan. */
  unkept(by: readonly LookupBy[]): LookupBy[];
  /** Reads all rows once: from here on asking by these needs no more scan. */
  indexAll(by: readonly LookupBy[]): void;
  /** Does some work that sees the database as of one moment; whatever is committed by then is seen. */
  inOneMoment<T>(work: () => T): T;
  /** Announces what will be asked before the end of the moment. */
  expect(keys: readonly LookupKey[]): void;
  /** The rows that have a key, by record_id, MOST_FOUND at most. */
  rowsWith(key: LookupKey): readonly StoredRow[];
  /** The foreign sources of the records that were merged into a row. */
  mergedInto(recordId: number): readonly string[];
}

/** Possible duplicates, and what persons have said of pairs of rows. */
export interface PairView {
  /** The pairs that wait for a person, in the order in which they were found. */
  waiting(): Iterable<PossiblePair>;
  /** By what a row is known again; null if there is none. */
  identity(recordId: number): RowIdentity | null;
  /** What has been said of a record and rows that are there. */
  about(one: RowIdentity): Decided;
}

/** What a run writes of pairs. */
export interface PairBooks {
  /** Notes what a row may be a duplicate of; gives how many pairs were new. */
  note(recordId: number, possible: readonly PossibleDuplicate[]): number;
  /** Remembers for good what a person has said (at a time, UTC, ISO 8601). */
  decide(
    one: RowIdentity,
    other: RowIdentity,
    said: { readonly decision: PairDecision; readonly at: string },
  ): void;
}

/** Rows, to be read. */
export interface RowView {
  read(recordId: number): StoredRow | null;
  /** Every column of a row by name. */
  image(recordId: number): Record<string, unknown> | null;
  /** The digest of the record that a row was last made from; null if none is kept. */
  inputDigest(recordId: number): number | null;
  /** The numbers of rows behind a record_id, ascending, `limit` at most. */
  after(recordId: number, limit: number): number[];
  /** The rows of a source behind a record_id, oldest first, `limit` at most. */
  ofSource(foreignSource: string, after: number, limit: number): number[];
}

/** What a run writes with, and the rows that it must remember to its end. */
export interface RunWriter {
  readonly runId: number;
  readonly merged: MergedBooks;
  readonly records: { remove(recordId: number): readonly MergedSource[] };
  readonly imports: RowImports;
  readonly restorer: RowRestoring;
  readonly pairs: PairBooks;
  /** Rows that the run created, refreshed or found unchanged. */
  readonly touched: RowSet;
  /** Rows whose record the input held, whatever became of it. */
  readonly held: RowSet;
}

/** What was merged into rows, as a full load sees it. */
export interface MergedBooks {
  /** Notes that the input held this record. */
  markHeld(runId: number, foreignSource: string, foreignId: string): void;
  /**
   * Records of a source that the input did not hold, some at a time.
   *
   * @param behind the last one that was given before, null for the first
   */
  notHeldBy(runId: number, foreignSource: string, behind: MergedSource | null): MergedSource[];
}

/** What an import does to rows. */
export interface RowImports {
  /** The row with that source and id, or the row that this id was merged into. */
  existing(foreignSource: string, foreignId: string): Existing | null;
  /** How an existing row will read after `refresh`. */
  plan(existing: Existing, incoming: Incoming): RowPlan;
  /** How a row will read after `merge`; null if a local record adds nothing to it. */
  planMerge(recordId: number, incoming: Incoming): RowPlan | null;
  /** @param keys its match keys, if they are known already */
  create(incoming: Incoming, keys: readonly number[] | null): number;
  /** @param plan what `plan` gave for them */
  refresh(existing: Existing, incoming: Incoming, plan: RowPlan): "updated" | "unchanged";
  merge(recordId: number, incoming: Incoming): void;
  /** Deletes a row; gives the records that were merged into it and go with it. */
  delete(recordId: number): readonly MergedSource[];
  /** Takes what merged sources, all of one row, have contributed out of it. */
  withdraw(gone: readonly MergedSource[], now: string): void;
}

/** The two passes of taking a run back. */
export interface RowRestoring {
  /** @returns what was merged into a row that was taken out */
  takeAway(step: UndoStep): readonly MergedSource[];
  putBack(step: UndoStep): void;
}

/** A set of rows that is kept beside the checkpoint. */
export interface RowSet {
  has(recordId: number): boolean;
  add(recordId: number): void;
  /** The rows that are in it now. */
  copy(): RowBits;
  /** Writes what changed since the last call, inside the batch. */
  flush(): void;
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
