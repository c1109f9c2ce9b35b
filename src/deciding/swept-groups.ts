/**
 * What is to become of rows that are the same: which of them stays, and which is merged into it or not kept beside it,
 * by the duplicate policy. A row goes only for one that it is itself the same as; that something between joins two is
 * not enough.
 */

import type { JobConfig } from "../config/job/job-config.js";
import type { PriorityList } from "../matching/priorities.js";
import { POLICY_TABLE } from "../policy/table.js";
import type { Store } from "../store/port.js";
import type { SweptPair, SweptPairs } from "./swept-pairs.js";

/** Why a row stays beside one that is the same. */
export type Obstacle = "policy" | "local work" | "edited by hand" | "others differ";

/** What the policy would do with a row that is the same as one that stays. */
export type Proposal = "merge" | "remove" | "stay";

export interface SweptMember {
  readonly recordId: number;
  readonly proposal: Proposal;
  /** The row that stays in its place; null for one that stays. */
  readonly into: number | null;
  /** What joins both; null for one that stays. */
  readonly pair: SweptPair | null;
  /** `MERGE × higher: merged into it`: the cell of the policy, and what it comes to; "" for one that stays. */
  readonly cell: string;
  /** Why it stays, null for one that goes and for one for which others go. */
  readonly obstacle: Obstacle | null;
  /** Half a sentence on the obstacle, "" for none. */
  readonly why: string;
}

/** Rows that are the same, by what joins them two by two. */
export interface SweptGroup {
  /** Of the highest priority, of these one that somebody has edited, of these the oldest. */
  readonly keep: number;
  readonly others: readonly SweptMember[];
  readonly pairs: readonly SweptPair[];
}

interface Member {
  readonly recordId: number;
  readonly source: string;
  readonly rank: number;
  readonly isLocal: boolean;
  readonly isEdited: boolean;
}

interface GroupParts {
  readonly config: JobConfig;
  readonly store: Store;
  readonly priorities: PriorityList;
  readonly pairs: SweptPairs;
}

/** Pairs by both of their rows. */
type Graph = ReadonlyMap<number, ReadonlyMap<number, SweptPair>>;

/** A row that would go, and for what. */
interface Candidate {
  readonly member: Member;
  readonly pair: SweptPair;
  readonly proposal: "merge" | "remove";
  readonly cell: string;
}

export class SweptGroups {
  constructor(private readonly parts: GroupParts) {}

  /**
   * What becomes of rows that belonged together when they were looked for, as they stand now.
   *
   * @returns null where no two of them are the same any more
   */
  of(recordIds: readonly number[]): SweptGroup | null {
    const graph = this.graphOf(recordIds);
    if (graph.size === 0) return null;
    const members = [...graph.keys()].map((recordId) => this.member(recordId)).sort(byPrecedence);
    const fates = new Map<number, SweptMember>();
    const left = new Set(members);
    for (const head of members) {
      if (!left.delete(head)) continue;
      const same = [...left].filter(({ recordId }) => graph.get(head.recordId)?.has(recordId));
      for (const fate of this.fatesBeside(head, same, graph)) {
        if (isToldBefore(fate, fates.get(fate.recordId))) continue;
        fates.set(fate.recordId, fate);
        if (fate.into === null) continue;
        const gone = same.find(({ recordId }) => recordId === fate.recordId);
        if (gone) left.delete(gone);
      }
    }
    const [keep, ...others] = members;
    const told = others.map(({ recordId }) => fates.get(recordId) ?? standing(recordId));
    return { keep: keep.recordId, others: told, pairs: pairsIn(graph) };
  }

  private graphOf(recordIds: readonly number[]): Graph {
    const wanted = new Set(recordIds);
    const graph = new Map<number, Map<number, SweptPair>>();
    const add = (one: number, other: number, pair: SweptPair) => {
      const known = graph.get(one) ?? new Map<number, SweptPair>();
      graph.set(one, known.set(other, pair));
    };
    for (const id of recordIds) {
      for (const pair of this.parts.pairs.of(id, wanted)) {
        const { recordId, otherRecordId, verdict } = pair;
        if (verdict !== "same" || !wanted.has(recordId) || !wanted.has(otherRecordId)) continue;
        add(recordId, otherRecordId, pair);
        add(otherRecordId, recordId, pair);
      }
    }
    return graph;
  }

  private member(recordId: number): Member {
    const { store, priorities, config } = this.parts;
    const identity = store.pairs.identity(recordId);
    const source = identity?.foreignSource ?? "";
    return {
      recordId,
      source,
      rank: priorities.rank(source),
      isLocal: (identity?.foreignId ?? "") === "",
      isEdited: store.edits.isEdited(recordId, config.settings.protectedFields),
    };
  }

  /** What becomes of rows that are the same as one that stays. */
  private fatesBeside(head: Member, same: readonly Member[], graph: Graph): SweptMember[] {
    const beside = graph.get(head.recordId);
    const candidates: Candidate[] = [];
    const fates: SweptMember[] = [];
    for (const member of same) {
      const pair = beside?.get(member.recordId);
      if (pair === undefined) continue;
      const { proposal, cell } = this.proposal(head.source, member.source);
      const obstacle = proposal === "stay" ? "policy" : this.obstacle(member, pair, proposal);
      if (proposal === "stay" || obstacle !== null) {
        fates.push({ ...standing(member.recordId), obstacle, why: WHY[obstacle ?? "policy"] });
      } else candidates.push({ member, pair, proposal, cell });
    }
    return [...fates, ...this.withoutContradiction(head.recordId, candidates)];
  }

  private obstacle(
    { isLocal, isEdited }: Member,
    { isSaid }: SweptPair,
    proposal: "merge" | "remove",
  ): Obstacle | null {
    // Who has looked at both rows has the last word.
    if (isSaid) return null;
    if (isEdited) return "edited by hand";
    const isWholesale = proposal === "merge" || this.parts.config.duplicatePolicy === "REPLACE";
    return isLocal && !isWholesale ? "local work" : null;
  }

  /**
   * Rows that are the same as one and differ among themselves: which of them is the same cannot be told, so that they
   * stay. What a person has said of a row and the one that stays is not put in doubt by evidence.
   */
  private withoutContradiction(head: number, candidates: readonly Candidate[]): SweptMember[] {
    const why = new Map<number, string>();
    const note = (one: Candidate, other: Candidate, difference: string) => {
      if (one.pair.isSaid) return;
      const { recordId } = other.member;
      const text = `${recordId}, which is the same as ${head}, too, differs from it (${difference})`;
      why.set(one.member.recordId, why.get(one.member.recordId) ?? text);
    };
    candidates.forEach((one, at) => {
      for (const other of candidates.slice(at + 1)) {
        if (one.pair.isSaid && other.pair.isSaid) continue;
        const difference = this.differenceOf(one, other);
        if (difference === null) continue;
        note(one, other, difference);
        note(other, one, difference);
      }
    });
    return candidates.map(({ member: { recordId }, pair, proposal, cell }): SweptMember => {
      const differs = why.get(recordId);
      if (differs !== undefined) {
        return { ...standing(recordId), obstacle: "others differ", why: differs };
      }
      return { recordId, proposal, into: head, pair, cell, obstacle: null, why: "" };
    });
  }

  private differenceOf(one: Candidate, other: Candidate): string | null {
    const { pairs } = this.parts;
    const said = one.pair.isSaid || other.pair.isSaid;
    return pairs.difference(one.member.recordId, other.member.recordId, said ? "said" : "all");
  }

  /** What the policy would have done with the row, had it come when the other one stood, or the other way round. */
  private proposal(keep: string, row: string): Pick<Candidate, "cell"> & { proposal: Proposal } {
    const { duplicatePolicy: name } = this.parts.config;
    const { priorities } = this.parts;
    const policy = POLICY_TABLE[name];
    const stays = { proposal: "stay" as const, cell: "" };
    if (name === "UPDATE_ONLY") return stays;
    const rank = priorities.compare(keep, row);
    const { verdict } = policy[rank];
    if (verdict === "merge")
      return { proposal: "merge", cell: `${name} × ${rank}: merged into it` };
    if (verdict === "ignore") return { proposal: "remove", cell: `${name} × ${rank}: removed` };
    const back = priorities.compare(row, keep);
    return policy[back].deletes
      ? { proposal: "remove", cell: `${name} × ${back}: removed` }
      : stays;
  }
}

/** Of why a row stays beside several, what is told: that which others may lift comes first. */
const TOLD_FIRST: readonly (Obstacle | null)[] = [
  "others differ",
  "edited by hand",
  "local work",
  "policy",
  null,
];

function isToldBefore(fate: SweptMember, known: SweptMember | undefined): boolean {
  if (fate.into !== null || known === undefined) return false;
  return TOLD_FIRST.indexOf(known.obstacle) <= TOLD_FIRST.indexOf(fate.obstacle);
}

const WHY: Readonly<Record<Obstacle, string>> = {
  policy: "as the policy has it",
  "local work": "local work goes only where a person has said that both are the same",
  "edited by hand": "somebody has written into a field of protected_fields",
  "others differ": "",
};

function standing(recordId: number): SweptMember {
  return { recordId, proposal: "stay", into: null, pair: null, cell: "", obstacle: null, why: "" };
}

function byPrecedence(a: Member, b: Member): number {
  return a.rank - b.rank || Number(b.isEdited) - Number(a.isEdited) || a.recordId - b.recordId;
}

/** Each pair once, by the older row. */
function pairsIn(graph: Graph): SweptPair[] {
  return [...graph.keys()]
    .sort((a, b) => a - b)
    .flatMap((recordId) =>
      [...(graph.get(recordId)?.values() ?? [])]
        .filter((pair) => pair.recordId === recordId)
        .sort((a, b) => a.otherRecordId - b.otherRecordId),
    );
}
