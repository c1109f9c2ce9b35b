/** The counts of a run: what became of its records, or, of an undo, of its rows. */

export const OUTCOMES = [
  "created",
  "updated",
  "unchanged",
  "merged",
  "ignored",
  "deleted",
  "rejected",
] as const;
/** What became of one record. */
export type Outcome = (typeof OUTCOMES)[number];

/** The counts of a run. The outcomes add up to `recordsRead`. */
export interface Totals {
  recordsRead: number;
  outcomes: Record<Outcome, number>;
  duplicatesRemoved: number;
  /** Rows that a full load deleted, or contributions it withdrew, because the input did not hold them. */
  absentRemoved: number;
  /** Counts by diagnostic code. */
  repairs: Record<string, number>;
  rejects: Record<string, number>;
  warnings: Record<string, number>;
  /** Ignored records by reason. */
  ignoredBecause: Record<string, number>;
  /** Records that `record_types` left out, by kind. */
  ignoredKinds: Record<string, number>;
  /** Records that met a duplicate, by match method and by policy cell. */
  duplicatesBy: Record<string, number>;
  /** Pairs of rows that may be duplicates and wait for a person. */
  possibleDuplicates: number;
  /** What an undo did; absent for imports. */
  undone?: UndoTotals;
}

/** The counts of an undo, in rows. */
export interface UndoTotals {
  /** Created by the run, gone now. */
  removed: number;
  /** Changed by the run, as they were before now. */
  restored: number;
  /** Deleted by the run, back now. */
  revived: number;
  /** Left as they are, since a later run or somebody else has touched them. */
  left: number;
  /** Of those left, rows that somebody else has deleted; absent for none. */
  gone?: number;
}

/** Totals of which every one is still zero. */
export function noTotals(): Totals {
  const outcomes = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0]));
  return {
    recordsRead: 0,
    outcomes: outcomes as Record<Outcome, number>,
    duplicatesRemoved: 0,
    absentRemoved: 0,
    repairs: {},
    rejects: {},
    warnings: {},
    ignoredBecause: {},
    ignoredKinds: {},
    duplicatesBy: {},
    possibleDuplicates: 0,
  };
}
