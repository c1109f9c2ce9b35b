/**
 * Rows that may describe the same as a record: found by several keys, none of them a proof, and then compared with it
 * by all that their descriptions tell.
 */

import type { RecordDescription } from "../fields/record-description.js";
import type { DuplicateIndex, DuplicateQuery } from "./duplicate-query.js";
import { mostWith, numberIn } from "./evidence/candidates.js";
import {
  compareDescriptions,
  type Evidence,
  type EvidenceSettings,
  type Extent,
} from "./evidence/compare.js";
import { type CommonNumber, withoutShared } from "./evidence/without-shared.js";
import { keysUnder } from "./keys.js";
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

/** Points between a comparison and a number that decides beyond which nobody asks why it came out so. */
export const FAR = 30;

export interface Weighing {
  /** Oldest first; of a comparison to the verdict alone without those that are far from being possible. */
  readonly weighed: readonly Weighed[];
  /** Keys that so many rows share that none was looked at for them. */
  readonly leftOut: readonly string[];
}

interface Candidate {
  readonly recordId: number;
  readonly source: number;
  readonly keys: string[];
}

/** The rows that share a key with the record, oldest first, and the keys that too many share. */
function candidatesOf(
  index: DuplicateIndex,
  { keys: source, except, evidence }: DuplicateQuery,
  method: MatchMethod,
): { readonly found: readonly Candidate[]; readonly leftOut: string[] } {
  const found = new Map<number, Candidate>();
  const leftOut: string[] = [];
  const { texts, hashes } = keysUnder(method, source);
  for (let at = 0; at < texts.length; at++) {
    if (!index.mayHold(hashes[at])) continue;
    const most = mostWith(texts[at], evidence.commonNumber);
    // The record itself is one of those that bear the key.
    const group = groupOf(index, hashes[at], except, most - 1);
    if (group === null) leftOut.push(texts[at]);
    else if (group.size > 0) addCandidates(group, texts[at], except, found);
  }
  return { found: inOrder(found), leftOut };
}

function addCandidates(
  group: ReadonlyMap<number, number>,
  keyText: string,
  except: number | null,
  found: Map<number, Candidate>,
): void {
  for (const [recordId, source] of group) {
    if (recordId === except) continue;
    const known = found.get(recordId);
    if (known) known.keys.push(keyText);
    else found.set(recordId, { recordId, source, keys: [keyText] });
  }
}

const NOBODY: readonly Candidate[] = [];

function inOrder(found: ReadonlyMap<number, Candidate>): readonly Candidate[] {
  if (found.size === 0) return NOBODY;
  const candidates = Array.from(found.values());
  return candidates.length === 1 ? candidates : candidates.sort(byRecordId);
}

function byRecordId(a: Candidate, b: Candidate): number {
  return a.recordId - b.recordId;
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

class Compared implements Weighed {
  readonly recordId: number;
  readonly keys: readonly string[];

  constructor(
    { recordId, keys }: Candidate,
    readonly foreignSource: string,
    readonly rank: Rank,
    readonly evidence: Evidence,
    readonly decided: boolean,
    private readonly compared: readonly [RecordDescription, RecordDescription],
    private readonly settings: EvidenceSettings,
  ) {
    this.recordId = recordId;
    this.keys = keys;
  }

  whole(extent?: Extent): Evidence {
    const [own, other] = this.compared;
    return compareDescriptions(own, other, { ...this.settings, neverIf: [] }, extent);
  }
}

/** The numbers of a record that too many rows bear. */
export function commonNumbers(
  index: DuplicateIndex,
  query: DuplicateQuery,
  method: MatchMethod,
): readonly CommonNumber[] {
  return numbersIn(candidatesOf(index, query, method).leftOut);
}

function numbersIn(keys: readonly string[]): readonly CommonNumber[] {
  return keys.length === 0 ? NO_NUMBERS : keys.flatMap((key) => numberIn(key) ?? []);
}

const NO_NUMBERS: readonly CommonNumber[] = [];

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
  if (found.length === 0) return { weighed: [], leftOut };
  const common = numbersIn(leftOut);
  const { evidence: settings, among, decided, foreignSource } = query;
  const described = query.describe();
  const weighed: Weighed[] = [];
  for (let at = 0; at < found.length; at++) {
    const candidate = found[at];
    const { recordId, source } = candidate;
    if (among !== undefined && !among.has(recordId)) continue;
    const row = index.described(recordId);
    if (row === null) continue;
    const compared = withoutShared(described, row, common);
    const told = compareDescriptions(compared[0], compared[1], settings, extent);
    const isSaid = decided.get(recordId)?.decision === "different";
    // Of hundreds that are compared with one record, those that nobody asks for are not kept until it is done.
    if (extent === "verdict" && !isSaid && isFar(told, settings)) continue;
    const evidence = isSaid ? { ...told, verdict: "different" as const } : told;
    const sourceOfRow = index.sourceName(source);
    const rank = priorities.compare(sourceOfRow, foreignSource);
    weighed.push(new Compared(candidate, sourceOfRow, rank, evidence, isSaid, compared, settings));
  }
  return { weighed, leftOut };
}

function isFar({ verdict, veto, points }: Evidence, { possible }: EvidenceSettings): boolean {
  return verdict === "different" && veto === null && points < possible - FAR;
}
