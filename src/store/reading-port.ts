/** What the rest of the house may ask of a store: rows, keys, pairs, runs, as they stand. */

import type { Decided, DuplicateIndex } from "../matching/duplicate-query.js";
import type { KeySource } from "../matching/methods.js";
import type { HarvestPosition } from "./model/harvest.js";
import type { KeptRecord } from "./model/kept-record.js";
import type { FoundRow, KeyEntry } from "./model/key-source.js";
import type { LookupBy, LookupKey } from "./model/lookup-key.js";
import type { PossiblePair, RowIdentity } from "./model/possible-pair.js";
import type { Checkpoint, RunFile, RunRecord } from "./model/run-record.js";
import type { StoredRow } from "./model/stored-row.js";

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

/** The match keys of every row. */
export interface KeyView extends DuplicateIndex {
  /** The keys of a row if it is certain, without a look, that no other row has one of them. */
  newKeys(source: KeySource): readonly number[] | null;
  /** A row as it is compared by its description and found for it, or null if it is gone. */
  compared(recordId: number): FoundRow | null;
  /** Keys that more rows than that share, some at a time; those that wait are not counted. */
  sharedByMore(most: number): Iterable<readonly number[]>;
  /** Entries behind one, in the order of their keys, `limit` at most; those that wait are not among them. */
  after(entry: KeyEntry, limit: number): readonly KeyEntry[];
}

/** A row as who only asks sees it. */
export interface AskedRow {
  readonly recordId: number;
  readonly foreignSource: string;
  readonly foreignId: string;
  /** The foreign sources of the records that were merged into it. */
  readonly merged: readonly string[];
  /** In the order of the configuration's fields; "" for those that are not read. */
  readonly values: readonly string[];
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
  rowsWith(key: LookupKey): readonly AskedRow[];
  /** Of these the first `most` that are not among the `known` ones. */
  othersWith(key: LookupKey, most: number, known: ReadonlySet<number>): readonly AskedRow[];
}

/** Possible duplicates, and what persons have said of pairs of rows. */
export interface PairView {
  /** The pairs that wait for a person, in the order in which they were found. */
  waiting(): Iterable<PossiblePair>;
  /** By what a row is known again; null if there is none. */
  identity(recordId: number): RowIdentity | null;
  /** What has been said of a record and rows that are there. */
  about(one: RowIdentity): Decided;
  /** The rows of which anything has been said, each once. */
  spokenOf(): readonly number[];
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

/** What others have written into rows of ours. */
export interface EditView {
  /** Whether one of some fields of a row holds what somebody else wrote, since our last write or ever. */
  isEdited(recordId: number, fields: readonly string[]): boolean;
}

/** Records that are kept beside their rows (`keep_records`). */
export interface KeptView {
  /** The record that a row came from, null if none is kept. */
  of(recordId: number): KeptRecord | null;
}

/** How many rows and merged records there are, and were. */
export interface RowCounts {
  /** How many rows a run has deleted so far. */
  deletedBy(runId: number): number;
  /**
   * How many rows of a source there were when a run began that creates rows of that source only. Rows
   * of runs that a limit stopped do not count: the file that stopped them may come again.
   */
  rowsBefore(runId: number, foreignSource: string): number;
  /** How many records of a source were merged into rows when a run began, which may have merged more. */
  mergedBefore(runId: number, foreignSource: string): number;
}
