/** What is asked where duplicates are looked for, and what the store must answer. */

import type { RecordDescription } from "../fields/record-description.js";
import type { EvidenceSettings } from "./evidence/compare.js";
import type { KeySource, MatchMethod } from "./methods.js";
import type { Veto } from "./vetoes.js";

/** What a person says of two rows. */
export const PAIR_DECISIONS = ["same", "different"] as const;
export type PairDecision = (typeof PAIR_DECISIONS)[number];

/** What finds a row: a match method, or what a person has said of it. */
export type FoundBy = MatchMethod | "REVIEW";

/** A row of which a person has spoken. */
export interface DecidedRow {
  readonly decision: PairDecision;
  readonly foreignSource: string;
}

/** What has been said of a record and others, by their record_ids as they are now. */
export type Decided = ReadonlyMap<number, DecidedRow>;

/** Of a record of which nothing has been said. */
export const NOTHING_DECIDED: Decided = new Map();

/** What the store must answer. Sources are numbers there; rows are record_ids, oldest first. */
export interface DuplicateIndex {
  /** Whether any row may have the key; false is certain and cheap. */
  mayHold(key: number): boolean;
  sourcesWith(key: number): Iterable<number>;
  recordsWith(key: number, sourceId: number): Iterable<number>;
  /** The rows with a key, each with its source; null where there are more than `most`. */
  group(key: number, most: number): ReadonlyMap<number, number> | null;
  sourceName(sourceId: number): string;
  /** The columns that keys are made from, or null if the row is gone. */
  row(recordId: number): KeySource | null;
  /** The description of a row, or null if it is gone. */
  described(recordId: number): RecordDescription | null;
}

/** What is looked for. */
export interface DuplicateQuery {
  readonly methods: readonly MatchMethod[];
  readonly keys: KeySource;
  /** The foreign source of the import. */
  readonly foreignSource: string;
  /** The existing row, which is no duplicate of itself; null if there is none. */
  readonly except: number | null;
  /** The only rows that are compared by their descriptions; absent for all. */
  readonly among?: ReadonlySet<number>;
  /** In what a row must not differ. */
  readonly neverIf: readonly Veto[];
  /** What a person has said of it, which stands before all methods. */
  readonly decided: Decided;
  /** How descriptions are compared. */
  readonly evidence: EvidenceSettings;
  /** The record's own description; asked for where a method compares descriptions. */
  describe(): RecordDescription;
}
