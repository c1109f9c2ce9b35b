/** What a run writes with; to be used between the beginning and the end of a transaction. */

import type { PairDecision } from "../matching/duplicate-query.js";
import type { MatchMethod } from "../matching/methods.js";
import type { FinishedRow } from "./model/finished-row.js";
import type { MergedSource } from "./model/merged-source.js";
import type { PossibleDuplicate, RowIdentity } from "./model/possible-pair.js";
import type { RowBits } from "./model/row-bits.js";
import type { RowHashes } from "./model/row-hashes.js";
import type { RowPlan } from "./model/row-planner.js";
import type { Existing, Incoming } from "./model/stored-row.js";
import type { UndoStep } from "./model/undo-step.js";

/** What a run writes with, and the rows that it must remember to its end. */
export interface RunWriter {
  readonly runId: number;
  readonly merged: MergedBooks;
  readonly records: { remove(recordId: number): readonly MergedSource[] };
  readonly imports: RowImports;
  readonly side: SideRows;
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
  /**
   * Forgets pairs that this run has noted and that wait for nobody: a row has gone since, or they have been spoken of; gives
   * how many.
   */
  forgetSettled(): number;
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
  /**
   * The methods of which records must bring their match keys along (`RowHashes`), to be known as new without a
   * look; null where none is: rows were there when the run began, another program has written since, or persons have
   * said something of records. To be called before each input: `surelyLacks` goes by what was given last.
   */
  surelyNewBy(): readonly MatchMethod[] | null;
  /**
   * Whether it is certain, without a look, that the database holds neither the id of a record nor one of its
   * match keys.
   *
   * @param hashes by the methods that `surelyNewBy` gave
   */
  surelyLacks(hashes: RowHashes): boolean;
  /** Creates the row of a record that the database surely lacks. */
  createNew(incoming: Incoming, hashes: RowHashes): number;
  /** @param plan what `plan` gave for them */
  refresh(existing: Existing, incoming: Incoming, plan: RowPlan): "updated" | "unchanged";
  merge(recordId: number, incoming: Incoming): void;
  /**
   * Merges a row into another, with everything that was merged into it, and removes it.
   *
   * @param now UTC, ISO 8601 to the second
   */
  absorb(recordId: number, into: number, now: string): void;
  /** Deletes a row; gives the records that were merged into it and go with it. */
  delete(recordId: number): readonly MergedSource[];
  /** Takes what merged sources, all of one row, have contributed out of it. */
  withdraw(gone: readonly MergedSource[], now: string): void;
}

/** Is told the record_id of a row that was created. */
export type CreatedRow = (recordId: number) => void;

/** Finished rows of records that the database surely lacks: they are created many at a time. */
export interface SideRows {
  /** Makes ready for finished rows; between transactions. */
  open(): void;
  /**
   * Takes the finished rows of a portion, of which some will be created as they are; the rows before must have
   * been created.
   *
   * @param sourceRecord the input's name for the place of one
   * @returns how many of them it holds, from the first on; 0 where each must be created as a record
   */
  fill<Row extends FinishedRow>(rows: readonly Row[], sourceRecord: (row: Row) => string): number;
  /**
   * Has a row created soon. Before one that does not follow the last, what waits must be created.
   *
   * @param nth which of the rows that were taken last, zero-based
   * @param now UTC, ISO 8601 to the second; the same for all that wait
   */
  add(nth: number, hashes: RowHashes, now: string): void;
  readonly areWaiting: boolean;
  /** Whether so many wait that they should be created. */
  readonly areMany: boolean;
  /** Creates the rows that wait. To be called before anything else is asked or written. */
  create(created: CreatedRow): void;
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
