/** What a run changed of one row: enough of the row as it was before to take the run back. */

import type { MergedSource, SourcesAt } from "./merged-source.js";

/** `noted`: the row stayed as it was, but what is remembered of it did not. */
export type ChangeAction = "created" | "updated" | "merged" | "withdrawn" | "deleted" | "noted";

/** How a row was before a change; parts that the change left alone are absent. */
export interface BeforeImage {
  /**
   * The whole row for `deleted`, else the columns that changed, by column name; without those that an
   * earlier change of the same transaction has kept.
   */
  readonly row?: Readonly<Record<string, unknown>>;
  /** Digests of what was written, by the same column names; to know edits made since. */
  readonly after?: Readonly<Record<string, number>>;
  /** Digests of what had been written before, where they are not those of `row`'s values. */
  readonly written?: Readonly<Record<string, number>>;
  readonly inputDigest?: number | null;
  readonly fallbackUrl?: number | null;
  /** What was kept of the record, where that changed. */
  readonly evidence?: string;
  /** All merged sources of the row: for `deleted`, and in images of schema 1. */
  readonly sources?: readonly MergedSource[];
  /** The merged sources at the positions that changed. */
  readonly sourcesAt?: SourcesAt;
}

export interface Change {
  readonly runId: number;
  /** From 1 through all runs: the order in which changes were made, also when a run was resumed. */
  readonly number: number;
  readonly action: ChangeAction;
  readonly recordId: number;
  /** null for `created`, and where before-images have been pruned. */
  readonly before: BeforeImage | null;
}
