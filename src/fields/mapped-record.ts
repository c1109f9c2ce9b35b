/** What a MARC record becomes: the values of its row, and what the later rooms must know of it. */

import type { Diagnostic } from "../diagnostics/diagnostic.js";

/** Why a record is left out before anything is looked up. */
export interface IgnoreReason {
  readonly code: "filter" | "record-type" | "not-valid" | "no-url" | "several-urls" | "superseded";
  /** Of what kind it is, where its kind is the reason. */
  readonly kind?: string;
  /** One clause for the log. */
  readonly message: string;
}

/** Plain data only: it is sent between threads. */
export interface MappedRecord {
  readonly controlNumber: string;
  /** Trimmed; `digest:…` where the record has none of the configured fields. */
  readonly foreignId: string;
  /**
   * The forms in which its id may be written, where it comes of no record; the first that names a row
   * of the source is the one.
   */
  readonly idForms?: readonly string[];
  /** The record says of itself that it is deleted: its leader, or a rule of the job. */
  readonly deleted: boolean;
  /** What says so, where it is not the leader. */
  readonly deletedBy?: string;
  /** 005 as it stands, "" if there is none. */
  readonly marcDate: string;
  /** One text per record field, in the order of `JobConfig.fields`; "" for an empty field. */
  readonly values: readonly string[];
  /** The url was made by the fallback pattern, so it makes no match key. */
  readonly urlIsFallback: boolean;
  /** What is to be kept of it beside its row, to compare other records with; absent or "" for nothing. */
  readonly evidence?: string;
  readonly ignore: IgnoreReason | null;
  readonly diagnostics: readonly Diagnostic[];
}
