/** Pairs of rows that may describe the same, and what a person has said of them. */

/** How a row is known again: by source and id, a local one by its number. */
export interface RowIdentity {
  readonly foreignSource: string;
  /** "" of a local row. */
  readonly foreignId: string;
  /** null of a record that has no row. */
  readonly recordId: number | null;
}

/** A row that may be a duplicate of another, and why. */
export interface PossibleDuplicate {
  readonly recordId: number;
  readonly points: number;
  /** One line. */
  readonly grounds: string;
}

/** A pair that waits for a person, the older row first. */
export interface PossiblePair {
  readonly recordId: number;
  readonly otherRecordId: number;
  readonly points: number;
  readonly grounds: string;
  /** The name of the run that found it. */
  readonly run: string;
}
