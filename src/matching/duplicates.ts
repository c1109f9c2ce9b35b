/**
 * Finding the rows that describe the same resource. Existence is asked source by source and, within
 * a source, only up to the first row that holds: a title that 10,000 rows share costs one look-up
 * for each source, not 10,000 candidates.
 */

import type { RecordKind } from "../fields/record-description.js";
import type { DuplicateIndex, DuplicateQuery, FoundBy } from "./duplicate-query.js";
import { kindOf } from "./kept-evidence.js";
import { keyHash, keyTexts } from "./keys.js";
import { type KeySource, type MatchMethod, methodNamed } from "./methods.js";
import type { PriorityList, Rank } from "./priorities.js";
import { type Veto, vetoOf } from "./vetoes.js";
import { type Weighed, weighCandidates } from "./weigh.js";

/** One row found, and why. */
export interface Duplicate {
  readonly recordId: number;
  readonly foreignSource: string;
  readonly rank: Rank;
  readonly method: FoundBy;
  /** The normalised text that both have; what a person said, where that finds it. */
  readonly keyText: string;
}

/** What keeps a row that was found from being a duplicate: what differs, or that a person said so. */
export type Refusal = Veto | "review";

/** Half a sentence: why a row was not taken. */
export function refusalText(refusal: Refusal): string {
  return refusal === "review" ? "said to be different" : `${refusal} differs`;
}

/** A row that a method found and that is no duplicate all the same. */
export interface Refused {
  readonly recordId: number;
  readonly foreignSource: string;
  readonly method: MatchMethod;
  readonly keyText: string;
  readonly veto: Refusal;
}

/** What the first method that finds something found: the oldest row of each source. */
export interface Duplicates {
  readonly method: FoundBy | null;
  readonly found: readonly Duplicate[];
  /** Rows that were found before and not taken; some of them, where they are many. */
  readonly refused: readonly Refused[];
  /** Rows that may be duplicates and are none until a person says so. */
  readonly possible: readonly Weighed[];
  /** What kept rows with points enough from being the same, each once. */
  readonly held: readonly string[];
  /** Rows that were compared by their descriptions, but those that are far from being possible. */
  readonly weighed: readonly Weighed[];
  /** Whether a key that too many rows share was left out. */
  readonly leftOut: boolean;
}

/** What comparing descriptions told. */
type Compared = Pick<Duplicates, "possible" | "held" | "weighed" | "leftOut">;

const NOTHING_COMPARED: Compared = { possible: [], held: [], weighed: [], leftOut: false };

export const NO_DUPLICATES: Duplicates = {
  method: null,
  found: [],
  refused: [],
  ...NOTHING_COMPARED,
};

/** Rows of one source with one key that are refused before the rest is left unseen. */
const MOST_REFUSED = 100;
/** Refused rows that are told of one record. */
const MOST_TOLD = 20;

/** Asks of row after row whether something forbids that it is the same; reads the record's own kind once. */
class Judge {
  private own: RecordKind | null = null;

  constructor(private readonly query: DuplicateQuery) {}

  refusal(recordId: number, row: KeySource): Refusal | null {
    const said = this.query.decided.get(recordId)?.decision;
    return said === "different" ? "review" : this.veto(row);
  }

  private veto(row: KeySource): Veto | null {
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
  const said = decidedSame(priorities, query);
  if (said.length > 0) return { ...NO_DUPLICATES, method: "REVIEW", found: oldestOfEach(said) };
  const judge = new Judge(query);
  const refused: Refused[] = [];
  let told: Compared = NOTHING_COMPARED;
  for (const method of query.methods) {
    let found: readonly Duplicate[];
    if (methodNamed(method).compare === undefined) {
      found = byKey(index, priorities, { ...query, method, judge, refused });
    } else {
      const { weighed, leftOut } = weighCandidates(index, priorities, query, method, "verdict");
      if (weighed.length > 0 || leftOut.length > 0) {
        told = comparedOf(weighed, leftOut.length > 0, query);
        noteRefused(weighed, method, refused);
      }
      found = oldestOfEach(sameAmong(weighed, method));
    }
    if (found.length > 0) return { method, found, refused, ...told };
  }
  return { ...NO_DUPLICATES, refused, ...told };
}

function comparedOf(
  weighed: readonly Weighed[],
  leftOut: boolean,
  { evidence: { same } }: DuplicateQuery,
): Compared {
  const possible: Weighed[] = [];
  const held: string[] = [];
  for (let at = 0; at < weighed.length; at++) {
    const { verdict, points, caps } = weighed[at].evidence;
    if (verdict !== "possible") continue;
    possible.push(weighed[at]);
    if (points < same) continue;
    for (const cap of caps) if (!held.includes(cap)) held.push(cap);
  }
  return { possible, held, weighed, leftOut };
}

/** Rows that would be the same, or might be, but for what forbids it. */
function noteRefused(weighed: readonly Weighed[], method: MatchMethod, refused: Refused[]): void {
  for (let at = 0; at < weighed.length && refused.length < MOST_TOLD; at++) {
    const one = weighed[at];
    const veto = one.decided ? "review" : one.evidence.veto;
    if (veto === null || one.whole("verdict").verdict === "different") continue;
    const { recordId, foreignSource, keys } = one;
    refused.push({ recordId, foreignSource, method, keyText: keys[0], veto });
  }
}

/** Rows of which a person has said that they are the same, oldest first. */
function decidedSame(priorities: PriorityList, { decided, foreignSource }: DuplicateQuery) {
  const same: Duplicate[] = [];
  for (const [recordId, row] of decided) {
    if (row.decision !== "same") continue;
    const rank = priorities.compare(row.foreignSource, foreignSource);
    same.push({ ...row, recordId, rank, method: "REVIEW", keyText: "same" });
  }
  return same.sort((a, b) => a.recordId - b.recordId);
}

function sameAmong(weighed: readonly Weighed[], method: MatchMethod): Duplicate[] {
  const same: Duplicate[] = [];
  for (const one of weighed) {
    if (one.evidence.verdict === "same") same.push(duplicateOf(one, method));
  }
  return same;
}

function duplicateOf(one: Weighed, method: MatchMethod): Duplicate {
  const { recordId, foreignSource, rank, keys } = one;
  return { recordId, foreignSource, rank, method, keyText: keys[0] };
}

/** @param found oldest first */
function oldestOfEach(found: readonly Duplicate[]): readonly Duplicate[] {
  if (found.length <= 1) return found;
  const sources = new Set<string>();
  return found.filter(({ foreignSource }) => {
    if (sources.has(foreignSource)) return false;
    sources.add(foreignSource);
    return true;
  });
}

/** What looking for rows by the keys of one method needs. */
interface KeySearch extends DuplicateQuery {
  readonly method: MatchMethod;
  readonly judge: Judge;
  /** Takes the rows that are found and not taken. */
  readonly refused: Refused[];
}

function byKey(index: DuplicateIndex, priorities: PriorityList, search: KeySearch): Duplicate[] {
  const { method, keys, except, judge, refused } = search;
  const bySource = new Map<number, Duplicate>();
  for (const keyText of keyTexts(method, keys)) {
    const key = keyHash(method, keyText);
    if (!index.mayHold(key)) continue;
    for (const source of index.sourcesWith(key)) {
      const question = { method, keyText, key, source, except };
      const recordId = firstMatch(index, question, judge, refused);
      const known = bySource.get(source);
      if (recordId === null || (known && known.recordId <= recordId)) continue;
      const foreignSource = index.sourceName(source);
      const rank = priorities.compare(foreignSource, search.foreignSource);
      bySource.set(source, { recordId, foreignSource, rank, method, keyText });
    }
  }
  return Array.from(bySource.values());
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
    const veto = judge.refusal(recordId, row);
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
  query: DuplicateQuery & { readonly method: FoundBy; readonly rank: Rank },
): Duplicate[] {
  const { method } = query;
  if (method === "REVIEW") {
    return decidedSame(priorities, query).filter(({ rank }) => rank === query.rank);
  }
  if (methodNamed(method).compare !== undefined) {
    const { weighed } = weighCandidates(index, priorities, query, method, "verdict");
    return sameAmong(weighed, method).filter(({ rank }) => rank === query.rank);
  }
  const judge = new Judge(query);
  const found = new Map<number, Duplicate>();
  for (const keyText of keyTexts(method, query.keys)) {
    const key = keyHash(method, keyText);
    for (const source of index.sourcesWith(key)) {
      const foreignSource = index.sourceName(source);
      const rank = priorities.compare(foreignSource, query.foreignSource);
      if (rank !== query.rank) continue;
      const question = { method, keyText, key, source, except: query.except };
      for (const { recordId, row } of matches(index, question)) {
        if (found.has(recordId) || judge.refusal(recordId, row) !== null) continue;
        found.set(recordId, { recordId, foreignSource, rank, method, keyText });
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
