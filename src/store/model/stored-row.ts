/** Rows as the rest of the program sees them, and what is kept of each beside its values. */

import type { ChangeAction } from "./change.js";
import type { KeptRecord } from "./kept-record.js";
import type { MergedSource, SourcesAt } from "./merged-source.js";
import type { Written } from "./written.js";

/** Below every source_id and record_id. */
export const BEFORE_ALL = Number.MIN_SAFE_INTEGER;

/** A row as the rest of the program sees it. */
export interface StoredRow {
  readonly recordId: number;
  readonly foreignSource: string;
  readonly foreignId: string;
  readonly marcDate: string;
  /** In the order of the configuration's fields. */
  readonly values: readonly string[];
  /**
   * The columns as they were read, for `Rows.imageOf`; null where one is not stored as the text that
   * `values` has. Other programs may store blobs and numbers where we store texts.
   */
  readonly stored: readonly unknown[] | null;
}

/** Bookkeeping of a row: which bytes it came from and what was written. */
export interface RecordState {
  /** 53-bit digest of the record and the mapping it came from; null if the row must be compared. */
  readonly inputDigest: number | null;
  readonly written: Written;
  /** Digest of the url if the fallback pattern made it. */
  readonly fallbackUrl: number | null;
  /** What is kept of the record that it came from, to compare others with; "" for nothing. */
  readonly evidence: string;
}

/** A change to some columns of one row. */
export interface RowChange {
  readonly action: ChangeAction;
  readonly recordId: number;
  /** New values by column name; may name `marc_date`, `source_record` and `date_modified` too. */
  readonly columns: ReadonlyMap<string, unknown>;
  readonly state: RecordState;
  /** The row's merged sources afterwards, at the positions that change; absent if all stay. */
  readonly sources?: SourcesAt;
}

/** A mapped record on its way into the database. */
export interface Incoming {
  /** In the order of the configuration's fields. */
  readonly values: readonly string[];
  readonly foreignSource: string;
  readonly foreignId: string;
  /** The input's name for its place, `source_record`. */
  readonly sourceRecord: string;
  readonly marcDate: string;
  /** UTC, ISO 8601 to the second. */
  readonly now: string;
  /** 53-bit digest of the record's bytes and the mapping. */
  readonly inputDigest: number | null;
  readonly urlIsFallback: boolean;
  /** What is to be kept of the record, "" for nothing. */
  readonly evidence: string;
  /** The record itself, where it is to be kept. */
  readonly kept?: KeptRecord | undefined;
}

/** A row as it is, with its bookkeeping. */
export interface BookedRow {
  readonly row: StoredRow;
  readonly state: RecordState;
}

/** A row as it is, with everything that belongs to it. */
export interface PresentRow extends BookedRow {
  /** The sources merged into it, in the order in which they came. */
  readonly sources: readonly MergedSource[];
}

/** The row that an import already has: its own, or the one it was merged into. */
export interface Existing extends BookedRow {
  /** How this import was merged into the row; null when the row is the import's own. */
  readonly merged: MergedSource | null;
}
