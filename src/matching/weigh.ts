/**
 * Rows that may describe the same as a record: found by several keys, none of them a proof, and then compared with it
 * by all that their descriptions tell.
 */

import type { DuplicateIndex, DuplicateQuery } from "./duplicate-query.js";
import { mostWith, numberIn } from "./evidence/candidates.js";
import { compareDescriptions, type Evidence, type Extent } from "./evidence/compare.js";
import { withoutNumbers } from "./evidence/without-numbers.js";
import { keyHash, keyTexts } from "./keys.js";
import type { MatchMethod } from "./methods.js";
import type { PriorityList, Rank } from "./priorities.js";

/** A row that was compared, and what came of it. */
export interface Weighed {
  readonly recordId: number;
  readonly foreignSource: string;
  readonly rank: Rank;
  /** The keys by which it was found. */
  readonly keys: readonly string[];
  readonly evidence: Evidence;
  /** A person has said that they are different, whatever they have in common. */
  readonly decided: boolean;
  /**
   * The comparison, whatever forbids that both are the same.
   *
   * @param extent all of it by default
   */
  whole(extent?: Extent): Evidence;
}

export interface Weighing {
  /** Oldest first. */
  readonly weighed: readonly Weighed[];
  /** Keys that so many rows share that none was looked at for them. */
  readonly leftOut: readonly string[];
}

interface Candidate {
  readonly source: number;
  readonly keys: string[];
}

/** The rows that share a key with the record, and the keys that too many share. */
function candidatesOf(
  index: DuplicateIndex,
  { keys: source, except, evidence }: DuplicateQuery,
  method: MatchMethod,
): { readonly found: ReadonlyMap<number, Candidate>; readonly leftOut: string[] } {
  const found = new Map<number, Candidate>();
  const leftOut: string[] = [];
  for (const keyText of keyTexts(method, source)) {
    const key = keyHash(method, keyText);
    if (!index.mayHold(key)) continue;
    // The record itself is one of those that bear the key.
    const group = groupOf(index, key, except, mostWith(keyText, evidence.commonNumber) - 1);
    if (group === null) leftOut.push(keyText);
    for (const [recordId, sourceId] of group ?? []) {
      if (recordId === except) continue;
      const known = found.get(recordId);
      if (known) known.keys.push(keyText);
      else found.set(recordId, { source: sourceId, keys: [keyText] });
    }
  }
  return { found, leftOut };
}

/** Rows with a key, each with its source; null where there are more than `most` beside the one that is left aside. */
function groupOf(
  index: DuplicateIndex,
  key: number,
  except: number | null,
  most: number,
): ReadonlyMap<number, number> | null {
  if (except === null) return index.group(key, most);
  const group = index.group(key, most + 1);
  return group !== null && group.size > most && !group.has(except) ? null : group;
}

/**
 * Compares a record with every row that shares a key with it.
 *
 * @param extent `whole` where somebody is to read how each comparison came out
 */
export function weighCandidates(
  index: DuplicateIndex,
  priorities: PriorityList,
  query: DuplicateQuery,
  method: MatchMethod,
  extent: Extent,
): Weighing {
  const { found, leftOut } = candidatesOf(index, query, method);
  if (found.size === 0) return { weighed: [], leftOut };
  const common = leftOut.flatMap((key) => numberIn(key) ?? []);
  const own = withoutNumbers(query.describe(), common);
  const anyway = { ...query.evidence, neverIf: [] };
  const weighed: Weighed[] = [];
  const { among } = query;
  for (const [recordId, { source, keys }] of [...found].sort(([a], [b]) => a - b)) {
    if (among !== undefined && !among.has(recordId)) continue;
    const row = index.described(recordId);
    if (row === null) continue;
    const foreignSource = index.sourceName(source);
    const other = withoutNumbers(row, common);
    const told = compareDescriptions(own, other, query.evidence, extent);
    const decided = query.decided.get(recordId)?.decision === "different";
    weighed.push({
      recordId,
      foreignSource,
      rank: priorities.compare(foreignSource, query.foreignSource),
      keys,
      evidence: decided ? { ...told, verdict: "different" } : told,
      decided,
      whole: (extent) => compareDescriptions(own, other, anyway, extent),
    });
  }
  return { weighed, leftOut };
}
