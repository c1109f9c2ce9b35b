/**
 * Rows that may describe the same as a record: found by several keys, none of them a proof, and then compared with it
 * by all that their descriptions tell.
 */

import type { RecordDescription } from "../fields/record-description.js";
import type { DuplicateIndex, DuplicateQuery } from "./duplicate-query.js";
import { numberIn } from "./evidence/candidates.js";
import { compareDescriptions, type Evidence, type Extent } from "./evidence/compare.js";
import type { NumberKind } from "./evidence/compare-numbers.js";
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
  /** The whole comparison, whatever forbids that both are the same. */
  whole(): Evidence;
}

export interface Weighing {
  /** Oldest first. */
  readonly weighed: readonly Weighed[];
  /** Keys that so many rows share that none was looked at for them. */
  readonly leftOut: readonly string[];
}

/** Rows with one key of title or name that are compared; a key of more tells nothing: `ANNUALREPORT`. */
const LARGEST_GROUP = 50;

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
    // The record itself is one of those that bear a number.
    const most = numberIn(keyText) === null ? LARGEST_GROUP : evidence.commonNumber - 1;
    const group = groupOf(index, key, except, most);
    if (group === null) leftOut.push(keyText);
    for (const [recordId, sourceId] of group ?? []) {
      const known = found.get(recordId);
      if (known) known.keys.push(keyText);
      else found.set(recordId, { source: sourceId, keys: [keyText] });
    }
  }
  return { found, leftOut };
}

/** Rows with a key, by their sources; null where there are more than `most`. */
function groupOf(
  index: DuplicateIndex,
  key: number,
  except: number | null,
  most: number,
): Map<number, number> | null {
  const group = new Map<number, number>();
  for (const sourceId of index.sourcesWith(key)) {
    for (const recordId of index.recordsWith(key, sourceId)) {
      if (recordId === except) continue;
      if (group.size === most) return null;
      group.set(recordId, sourceId);
    }
  }
  return group;
}

/** A description without the numbers that are in too many records. */
function without(
  described: RecordDescription,
  common: readonly { readonly kind: NumberKind; readonly number: string }[],
): RecordDescription {
  if (common.length === 0) return described;
  const numbers = { ...described.numbers };
  for (const { kind, number } of common) {
    numbers[kind] = numbers[kind].filter((one) => one !== number);
  }
  return { ...described, numbers };
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
  const own = without(query.describe(), common);
  const weighed: Weighed[] = [];
  const { newerThan } = query;
  for (const [recordId, { source, keys }] of [...found].sort(([a], [b]) => a - b)) {
    if (newerThan !== undefined && recordId <= newerThan) continue;
    const row = index.described(recordId);
    if (row === null) continue;
    const foreignSource = index.sourceName(source);
    const other = without(row, common);
    const told = compareDescriptions(own, other, query.evidence, extent);
    const decided = query.decided.get(recordId)?.decision === "different";
    weighed.push({
      recordId,
      foreignSource,
      rank: priorities.compare(foreignSource, query.foreignSource),
      keys,
      evidence: decided ? { ...told, verdict: "different" } : told,
      decided,
      whole: () => compareDescriptions(own, other, { ...query.evidence, neverIf: [] }),
    });
  }
  return { weighed, leftOut };
}
