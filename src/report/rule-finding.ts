/** What looks like a mistake in a configuration that is valid. */

import type { Location } from "../config/language/problems.js";

/** The kinds of finding, worst first: what loses data, what is idle, what one file hints at. */
export const FINDING_KINDS = [
  "method-without-key",
  "policy-without-method",
  "policy-without-priorities",
  "source-without-priority",
  "field-never-filled",
  "override-of-nothing",
  "never-matches",
  "join-contradicts-kind",
  "repeated-rule",
  "term-without-effect",
  "method-without-use",
  "points-without-use",
  "not-strict",
  "veto-off",
  "never-full",
  "format-not-offered",
  "set-not-listed",
  "granularity-not-offered",
  "deletions-not-told",
  "other-base-url",
  "not-harvested",
  "field-always-empty",
  "rule-never-matched",
  "substitution-without-effect",
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** Kinds that may well be meant: what only the records of a file show, which may hold no such records; what is put aside. */
export const HINTS: ReadonlySet<FindingKind> = new Set([
  "not-harvested",
  "field-always-empty",
  "rule-never-matched",
  "substitution-without-effect",
]);

export interface RuleFinding {
  readonly kind: FindingKind;
  /** null where no line states it. */
  readonly at: Location | null;
  /** What was found, one clause. */
  readonly what: string;
  /** The substitution that it is about, as written. */
  readonly step?: string;
  /** Why it matters. */
  readonly why: string;
  /** What to do. */
  readonly advice: string;
}

/** What the records of a file show of a configuration. */
export interface FileFindings {
  /** As named on the command line. */
  readonly file: string;
  /** Records that were mapped; rejects and deletions are not among them. */
  readonly records: number;
  /** Records that record_types or [Filter] leave out. */
  readonly leftOut: number;
  /** Of those, what record_types leave out, by kind. */
  readonly kinds: Readonly<Record<string, number>>;
  /** Records that record_types leave out, though they have a title: their leader/06 may be wrong (M507). */
  readonly miscoded: number;
  /** Records that say that they are deleted: they are not mapped. */
  readonly deleted: number;
  /** Records that could not be read. */
  readonly rejected: number;
  readonly findings: readonly RuleFinding[];
  /** Each record field that the configuration fills, with the number of records that have a value. */
  readonly filled: ReadonlyMap<string, number>;
  /** Tags that no rule took anything from, with the number of records that have them. */
  readonly unread: ReadonlyMap<string, number>;
}
