/** The keys of a run's totals in words. */

import { cellWords } from "../policy/cell-words.js";

/** Counts by kind of record. */
export type Kinds = Readonly<Record<string, number>>;

const IGNORED: ReadonlyMap<string, string> = new Map([
  ["filter", "left out by [Filter]"],
  ["record-type", "not of the configured record_types"],
  ["not-valid", "lacks a field that record_must_be_valid asks for"],
  ["no-url", "without the one url that verify_single_valid_url asks for"],
  ["several-urls", "with more urls than the one that verify_single_valid_url asks for"],
  ["superseded", "older than another of the same identifier in the same harvest"],
  ["deletes-ignored", "a deletion, and deletes = ignore"],
  ["older", "older than the row (skip_older)"],
  ["no-such-row", "a deletion of a record that is not there"],
]);

/** Why records were ignored, by a key of `Totals.ignoredBecause`: words alone. */
export function ignoredName(reason: string): string {
  return IGNORED.get(reason) ?? `by the policy: ${reason}`;
}

/** A key of `Totals.ignoredBecause`, and what it says; of records that were left out for it, their kinds. */
export function ignoredWords(reason: string, kinds: Kinds): string {
  const words = IGNORED.get(reason) ?? cellWords(reason);
  return explained(reason, reason === "record-type" ? words + kindsText(kinds) : words);
}

/** `: authority 12, holdings 3`, the most frequent first; "" for none. */
export function kindsText(kinds: Kinds): string {
  const sorted = Object.entries(kinds).sort(([, a], [, b]) => b - a);
  if (sorted.length === 0) return "";
  return `: ${sorted.map(([kind, count]) => `${kind} ${count}`).join(", ")}`;
}

/**
 * Whether a key of `Totals.duplicatesBy` counts rows that were not taken for duplicates (`ISBN, not taken: form
 * differs`), or not looked at.
 */
export function isNotTaken(key: string): boolean {
  return key.includes(", not taken: ") || key.includes(", too many rows ");
}

/** A key of `Totals.duplicatesBy` (`ISBN, KEEP_HIGHER × higher: ignore`), and what it says. */
export function duplicatesWords(key: string): string {
  return explained(key, cellWords(key.slice(key.indexOf(", ") + 2)));
}

function explained(key: string, words: string): string {
  return words === "" ? key : `${key} (${words})`;
}
