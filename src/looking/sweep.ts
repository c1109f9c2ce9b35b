/**
 * The whole table against itself: which rows describe the same, and which may. Reads alone; what the policy would do
 * with each is proposed, and done by nobody.
 */

import type { JobConfig } from "../config/job/job-config.js";
import type { DuplicateQuery } from "../matching/duplicate-query.js";
import { groundsText } from "../matching/evidence/tell.js";
import { PriorityList } from "../matching/priorities.js";
import { weighCandidates } from "../matching/weigh.js";
import { POLICY_TABLE } from "../policy/table.js";
import { BEFORE_ALL } from "../store/model/stored-row.js";
import type { Store } from "../store/port.js";
import { Clusters } from "./clusters.js";

/** Two rows that are the same or may be, the older first. */
export interface SweptPair {
  readonly verdict: "same" | "possible";
  readonly recordId: number;
  readonly otherRecordId: number;
  readonly points: number;
  readonly grounds: string;
}

/** What the policy would do with a row that is the same as the one that stays. */
export type Proposal = "merge" | "remove" | "stay";

/** Rows that are all the same, by what joins them two by two. */
export interface SweptCluster {
  /** The row of the highest priority, of these the oldest. */
  readonly keep: number;
  readonly others: readonly { readonly recordId: number; readonly proposal: Proposal }[];
  readonly pairs: readonly SweptPair[];
}

export interface SweepTotals {
  rows: number;
  possible: number;
  /** Clusters of rows that are the same, and the rows in them. */
  clusters: number;
  same: number;
  /** Rows with a key that too many share, so that rows were left aside. */
  leftOut: number;
}

/** Rows whose numbers are read at a time. */
const PAGE = 1000;

const METHOD = "DESCRIPTION";

export class Sweep {
  readonly totals: SweepTotals = { rows: 0, possible: 0, clusters: 0, same: 0, leftOut: 0 };
  private readonly priorities: PriorityList;
  private readonly same: SweptPair[] = [];

  /** @param store with the match keys of every row */
  constructor(
    private readonly config: JobConfig,
    private readonly store: Store,
  ) {
    this.priorities = new PriorityList(config.priorityList);
  }

  /** The pairs that may be the same, as they are found; of what is the same `clusters` tells then. */
  *possible(): Generator<SweptPair> {
    const { rows } = this.store;
    let ids = rows.after(BEFORE_ALL, PAGE);
    while (ids.length > 0) {
      for (const recordId of ids) {
        for (const pair of this.pairsOf(recordId)) {
          if (pair.verdict === "same") this.same.push(pair);
          else yield pair;
        }
      }
      ids = rows.after(ids[ids.length - 1], PAGE);
    }
  }

  private pairsOf(recordId: number): SweptPair[] {
    const { store, priorities, totals } = this;
    const query = this.query(recordId);
    if (query === null) return [];
    totals.rows++;
    const { weighed, leftOut } = weighCandidates(store.keys, priorities, query, METHOD, "verdict");
    if (leftOut.length > 0) totals.leftOut++;
    const found = weighed.flatMap(({ recordId: otherRecordId, evidence }): SweptPair[] => {
      const { verdict, points } = evidence;
      const said = query.decided.get(otherRecordId)?.decision;
      if (verdict === "different" || said !== undefined) return [];
      return [{ verdict, recordId, otherRecordId, points, grounds: groundsText(evidence) }];
    });
    totals.possible += found.filter(({ verdict }) => verdict === "possible").length;
    return [...found, ...saidToBeSame(recordId, query)];
  }

  private query(recordId: number): DuplicateQuery | null {
    const { keys, pairs } = this.store;
    const identity = pairs.identity(recordId);
    const source = keys.row(recordId);
    const own = keys.described(recordId);
    if (identity === null || source === null || own === null) return null;
    const { neverIf, evidence } = this.config;
    return {
      methods: [METHOD],
      keys: source,
      foreignSource: identity.foreignSource,
      except: recordId,
      newerThan: recordId,
      neverIf,
      evidence,
      decided: pairs.about(identity),
      describe: () => own,
    };
  }

  /** What is the same, to be asked when all pairs have been found. */
  *clusters(): Generator<SweptCluster> {
    const clusters = new Clusters();
    for (const { recordId, otherRecordId } of this.same) clusters.join(recordId, otherRecordId);
    const pairsIn = new Map<number, SweptPair[]>();
    for (const pair of this.same) {
      const head = clusters.headOf(pair.recordId);
      const pairs = pairsIn.get(head);
      if (pairs) pairs.push(pair);
      else pairsIn.set(head, [pair]);
    }
    for (const pairs of pairsIn.values()) {
      const cluster = this.cluster(pairs);
      this.totals.clusters++;
      this.totals.same += 1 + cluster.others.length;
      yield cluster;
    }
  }

  private cluster(pairs: readonly SweptPair[]): SweptCluster {
    const ids = new Set(pairs.flatMap(({ recordId, otherRecordId }) => [recordId, otherRecordId]));
    const rows = [...ids].map((recordId) => ({
      recordId,
      source: this.store.pairs.identity(recordId)?.foreignSource ?? "",
    }));
    rows.sort(
      (a, b) =>
        this.priorities.rank(a.source) - this.priorities.rank(b.source) || a.recordId - b.recordId,
    );
    const [keep, ...others] = rows;
    return {
      keep: keep.recordId,
      others: others.map(({ recordId, source }) => ({
        recordId,
        proposal: this.proposal(keep.source, source),
      })),
      pairs,
    };
  }

  /** What the policy would have done with the row, had it come when the other one stood, or the other way round. */
  private proposal(keep: string, row: string): Proposal {
    const policy = POLICY_TABLE[this.config.duplicatePolicy];
    const { verdict } = policy[this.priorities.compare(keep, row)];
    if (verdict === "merge") return "merge";
    const removes = verdict === "ignore" || policy[this.priorities.compare(row, keep)].deletes;
    return removes && this.config.duplicatePolicy !== "UPDATE_ONLY" ? "remove" : "stay";
  }
}

/** Pairs of which a person has said that they are the same. */
function saidToBeSame(recordId: number, { decided }: DuplicateQuery): SweptPair[] {
  return [...decided].flatMap(([otherRecordId, { decision }]): SweptPair[] => {
    if (decision !== "same" || otherRecordId < recordId) return [];
    const grounds = "a person has said so";
    return [{ verdict: "same", recordId, otherRecordId, points: 0, grounds }];
  });
}
