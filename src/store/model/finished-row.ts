/**
 * A row that is finished: its texts stand one behind another in memory, in the form in which they are stored. Good until
 * the portion that it is part of is let go.
 */

export interface FinishedRow {
  /** 53 bits. */
  readonly inputDigest: number;
  /** The number of a url that the fallback pattern made, else null. */
  readonly fallbackUrl: number | null;
  /** Holds, from `firstSize` on, how many bytes each text has. */
  readonly sizes: Int32Array;
  readonly firstSize: number;
  /** Control number, foreign id, 005, what is kept beside the row, then each value. */
  readonly textCount: number;
  /** Holds the texts in UTF-8, from `from` on. */
  readonly bytes: Buffer;
  readonly from: number;
}
