/**
 * Finding the rows that describe the same resource. Existence is asked source by source and, within
 * a source, only up to the first row that holds: a title that 10,000 rows share costs one look-up
 * for each source, not 10,000 candidates.
 */

import { keyHash, keyTexts } from "./keys.js";
import type { KeySource, MatchMethod } from "./methods.js";
import type { PriorityList, Rank } from "./priorities.js";

/** What the store must answer. Sources are numbers there; rows are record_ids, oldest first. */
export interface DuplicateIndex {
  /** Whether any row may have the key; false is certain and cheap. */
  mayHold(key: number): boolean;
  sourcesWith(key: number): Iterable<number>;
  recordsWith(key: number, sourceId: number): Iterable<number>;
  sourceName(sourceId: number): string;
  /** The columns that keys are made from, or null if the row is gone. */
  row(recordId: number): KeySource | null;
}

/** One row found, and why. */
export interface Duplicate {
  readonly recordId: number;
  readonly foreignSource: string;
  readonly rank: Rank;
  readonly method: MatchMethod;
  /** The normalised text that both have. */
  readonly keyText: string;
}

/** What the first method that finds something found: the oldest row of each source. */
export interface Duplicates {
  readonly method: MatchMethod | null;
  readonly found: readonly Duplicate[];
}

export const NO_DUPLICATES: Duplicates = { method: null, found: [] };

/** What is looked for. */
export interface DuplicateQuery {
  readonly methods: readonly MatchMethod[];
  readonly keys: KeySource;
  /** The foreign source of the import. */
  readonly foreignSource: string;
  /** The existing row, which is no duplicate of itself; null if there is none. */
  readonly except: number | null;
}

/** Finds, by the first method that finds anything, the oldest matching row of each source. */
export function findDuplicates(
  index: DuplicateIndex,
  priorities: PriorityList,
  query: DuplicateQuery,
): Duplicates {
  for (const method of query.methods) {
    const bySource = new Map<number, Duplicate>();
    for (const keyText of keyTexts(method, query.keys)) {
      const key = keyHash(method, keyText);
      if (!index.mayHold(key)) continue;
      for (const source of index.sourcesWith(key)) {
        const recordId = firstMatch(index, { method, keyText, key, source, except: query.except });
        const known = bySource.get(source);
        if (recordId === null || (known && known.recordId <= recordId)) continue;
        const foreignSource = index.sourceName(source);
        const rank = priorities.compare(foreignSource, query.foreignSource);
        bySource.set(source, { recordId, foreignSource, rank, method, keyText });
      }
    }
    if (bySource.size > 0) return { method, found: [...bySource.values()] };
  }
  return NO_DUPLICATES;
}

interface KeyQuestion {
  readonly method: MatchMethod;
  readonly keyText: string;
  readonly key: number;
  readonly source: number;
  readonly except: number | null;
}

function firstMatch(index: DuplicateIndex, question: KeyQuestion): number | null {
  for (const recordId of matches(index, question)) return recordId;
  return null;
}

/** Rows whose key text really is the same; the index holds only a digest of it. */
function* matches(index: DuplicateIndex, question: KeyQuestion): Generator<number> {
  for (const recordId of index.recordsWith(question.key, question.source)) {
    if (recordId === question.except) continue;
    const row = index.row(recordId);
    if (row && keyTexts(question.method, row).includes(question.keyText)) yield recordId;
  }
}

/** Every matching row of the given rank by the method that found, oldest first: for deletions. */
export function allDuplicates(
  index: DuplicateIndex,
  priorities: PriorityList,
  query: DuplicateQuery & { readonly method: MatchMethod; readonly rank: Rank },
): Duplicate[] {
  const found = new Map<number, Duplicate>();
  for (const keyText of keyTexts(query.method, query.keys)) {
    const key = keyHash(query.method, keyText);
    for (const source of index.sourcesWith(key)) {
      const foreignSource = index.sourceName(source);
      const rank = priorities.compare(foreignSource, query.foreignSource);
      if (rank !== query.rank) continue;
      const question = { method: query.method, keyText, key, source, except: query.except };
      for (const recordId of matches(index, question)) {
        if (found.has(recordId)) continue;
        found.set(recordId, { recordId, foreignSource, rank, method: query.method, keyText });
      }
    }
  }
  return [...found.values()].sort((a, b) => a.recordId - b.recordId);
}

/** The row that a merge goes into: the highest priority wins, then the oldest. */
export function bestDuplicate(
  duplicates: readonly Duplicate[],
  priorities: PriorityList,
): Duplicate | null {
  let best: Duplicate | null = null;
  for (const duplicate of duplicates) {
    const order = best
      ? priorities.rank(duplicate.foreignSource) - priorities.rank(best.foreignSource)
      : -1;
    if (order < 0 || (order === 0 && best && duplicate.recordId < best.recordId)) best = duplicate;
  }
  return best;
}
