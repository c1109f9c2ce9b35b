/** A record that was merged into a row of another source. */

import type { FieldValues } from "./contributions.js";

/** One record that was merged into a row. */
export interface MergedSource {
  readonly foreignSource: string;
  /** Empty for a local record, which cannot come again. */
  readonly foreignId: string;
  readonly recordId: number;
  /** Order in which sources came to the row, from 1. */
  readonly position: number;
  readonly offered: FieldValues;
  readonly contributed: FieldValues;
  readonly marcDate: string;
  readonly inputDigest: number | null;
  /** The last run that is known to have read this record; every full load makes it known. */
  readonly heldByRun: number | null;
}

/** Merged sources of a row by position; null where none stands. Other positions are not spoken of. */
export type SourcesAt = Readonly<Record<number, MergedSource | null>>;

/** The sources, each at its own position. */
export function sourcesByPosition(sources: readonly MergedSource[]): SourcesAt {
  return Object.fromEntries(sources.map((source) => [source.position, source]));
}

/** The same positions without any sources. */
export function nothingAt(sources: SourcesAt): SourcesAt {
  return Object.fromEntries(Object.keys(sources).map((position) => [position, null]));
}
