/**
 * Finding the rows that describe the same resource. Existence is asked source by source and, within
 * a source, only up to the first row that holds: a title that 10,000 rows share costs one look-up
 * for each source, not 10,000 candidates.
 */

import type { RecordKind } from "../fields/record-description.js";
import { kindOf } from "./kept-evidence.js";
import { keyHash, keyTexts } from "./keys.js";
import type { KeySource, MatchMethod } from "./methods.js";
import type { PriorityList, Rank } from "./priorities.js";
import { type Veto, vetoOf } from "./vetoes.js";

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

/** A row that a method found and that is no duplicate all the same. */
export interface Refused {
  readonly recordId: number;
  readonly foreignSource: string;
  readonly method: MatchMethod;
  readonly keyText: string;
  /** What of the two differs. */
  readonly veto: Veto;
}

/** What the first method that finds something found: the oldest row of each source. */
export interface Duplicates {
  readonly method: MatchMethod | null;
  readonly found: readonly Duplicate[];
  /** Rows that were found before and not taken; some of them, where they are many. */
  readonly refused: readonly Refused[];
}

export const NO_DUPLICATES: Duplicates = { method: null, found: [], refused: [] };

/** What is looked for. */
export interface DuplicateQuery {
  readonly methods: readonly MatchMethod[];
  readonly keys: KeySource;
  /** The foreign source of the import. */
  readonly foreignSource: string;
  /** The existing row, which is no duplicate of itself; null if there is none. */
  readonly except: number | null;
  /** In what a row must not differ. */
  readonly neverIf: readonly Veto[];
}

/** Rows of one source with one key that are refused before the rest is left unseen. */
const MOST_REFUSED = 100;
/** Refused rows that are told of one record. */
const MOST_TOLD = 20;

/** Asks of row after row whether something forbids that it is the same; reads the record's own kind once. */
class Judge {
  private own: RecordKind | null = null;

  constructor(private readonly query: DuplicateQuery) {}

  veto(row: KeySource): Veto | null {
    const { neverIf, keys } = this.query;
    if (neverIf.length === 0) return null;
    this.own ??= kindOf(keys.evidence, keys.record_type);
    return vetoOf(this.own, kindOf(row.evidence, row.record_type), neverIf);
  }
}

/** Finds, by the first method that finds anything, the oldest matching row of each source. */
export function findDuplicates(
  index: DuplicateIndex,
  priorities: PriorityList,
  query: DuplicateQuery,
): Duplicates {
  const judge = new Judge(query);
  const refused: Refused[] = [];
  for (const method of query.methods) {
    const bySource = new Map<number, Duplicate>();
    for (const keyText of keyTexts(method, query.keys)) {
      const key = keyHash(method, keyText);
      if (!index.mayHold(key)) continue;
      for (const source of index.sourcesWith(key)) {
        const question = { method, keyText, key, source, except: query.except };
        const recordId = firstMatch(index, question, judge, refused);
        const known = bySource.get(source);
        if (recordId === null || (known && known.recordId <= recordId)) continue;
        const foreignSource = index.sourceName(source);
        const rank = priorities.compare(foreignSource, query.foreignSource);
        bySource.set(source, { recordId, foreignSource, rank, method, keyText });
      }
    }
    if (bySource.size > 0) return { method, found: [...bySource.values()], refused };
  }
  return refused.length === 0 ? NO_DUPLICATES : { ...NO_DUPLICATES, refused };
}

interface KeyQuestion {
  readonly method: MatchMethod;
  readonly keyText: string;
  readonly key: number;
  readonly source: number;
  readonly except: number | null;
}

function firstMatch(
  index: DuplicateIndex,
  question: KeyQuestion,
  judge: Judge,
  refused: Refused[],
): number | null {
  let left = MOST_REFUSED;
  for (const { recordId, row } of matches(index, question)) {
    const veto = judge.veto(row);
    if (veto === null) return recordId;
    if (refused.length < MOST_TOLD) {
      const { method, keyText, source } = question;
      const foreignSource = index.sourceName(source);
      refused.push({ recordId, foreignSource, method, keyText, veto });
    }
    if (--left === 0) return null;
  }
  return null;
}

interface Match {
  readonly recordId: number;
  readonly row: KeySource;
}

/** Rows whose key text really is the same; the index holds only a digest of it. */
function* matches(index: DuplicateIndex, question: KeyQuestion): Generator<Match> {
  for (const recordId of index.recordsWith(question.key, question.source)) {
    if (recordId === question.except) continue;
    const row = index.row(recordId);
    if (row && keyTexts(question.method, row).includes(question.keyText)) yield { recordId, row };
  }
}

/** Every matching row of the given rank by the method that found, oldest first: for deletions. */
export function allDuplicates(
  index: DuplicateIndex,
  priorities: PriorityList,
  query: DuplicateQuery & { readonly method: MatchMethod; readonly rank: Rank },
): Duplicate[] {
  const judge = new Judge(query);
  const found = new Map<number, Duplicate>();
  for (const keyText of keyTexts(query.method, query.keys)) {
    const key = keyHash(query.method, keyText);
    for (const source of index.sourcesWith(key)) {
      const foreignSource = index.sourceName(source);
      const rank = priorities.compare(foreignSource, query.foreignSource);
      if (rank !== query.rank) continue;
      const question = { method: query.method, keyText, key, source, except: query.except };
      for (const { recordId, row } of matches(index, question)) {
        if (found.has(recordId) || judge.veto(row) !== null) continue;
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
