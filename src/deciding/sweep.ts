/**
 * The whole table against itself: which rows describe the same, and which may. Reads alone; what the policy would do
 * with each is proposed. What is kept in memory are the numbers of rows that are the same as others.
 */

import type { JobConfig } from "../config/job/job-config.js";
import { PriorityList } from "../matching/priorities.js";
import { BEFORE_ALL } from "../store/model/stored-row.js";
import type { Store } from "../store/port.js";
import { Clusters } from "./clusters.js";
import { type SweptGroup, SweptGroups } from "./swept-groups.js";
import { type SweptPair, SweptPairs } from "./swept-pairs.js";

export interface SweepTotals {
  rows: number;
  possible: number;
  /** Groups of rows that are the same, and the rows in them. */
  clusters: number;
  same: number;
  /** Rows with a key that too many share, so that rows were left aside. */
  leftOut: number;
}

/** Rows whose numbers are read at a time. */
const PAGE = 500;

export class Sweep {
  readonly totals: SweepTotals = { rows: 0, possible: 0, clusters: 0, same: 0, leftOut: 0 };
  /** Rows of which some were left aside that share a key: fewer rows may share it one day. */
  readonly crowded: number[] = [];
  private readonly pairs: SweptPairs;
  private readonly groupsOf: SweptGroups;
  private clusters = new Clusters();

  /** @param store with the match keys of every row */
  constructor(
    config: JobConfig,
    private readonly store: Store,
  ) {
    const priorities = new PriorityList(config.priorityList);
    this.pairs = new SweptPairs(config, store, priorities);
    this.groupsOf = new SweptGroups({ config, store, priorities, pairs: this.pairs });
  }

  /** The pairs that may be the same, a page of rows at a time; of what is the same `groups` tells then. */
  *possible(): Generator<readonly SweptPair[]> {
    const { rows } = this.store;
    let ids = rows.after(BEFORE_ALL, PAGE);
    while (ids.length > 0) {
      yield ids.flatMap((recordId) => this.possibleOf(recordId));
      ids = rows.after(ids[ids.length - 1], PAGE);
    }
  }

  private possibleOf(recordId: number): SweptPair[] {
    const { totals } = this;
    const found = this.pairs.of(recordId, "newer");
    if (found === null) return [];
    totals.rows++;
    if (found.leftOut) {
      totals.leftOut++;
      this.crowded.push(recordId);
    }
    const possible = this.joined(found.pairs);
    totals.possible += possible.length;
    return possible;
  }

  /** Takes note of what is the same; gives what may be. */
  private joined(pairs: readonly SweptPair[]): SweptPair[] {
    return pairs.filter(({ verdict, recordId, otherRecordId }) => {
      if (verdict === "same") this.clusters.join(recordId, otherRecordId);
      return verdict === "possible";
    });
  }

  /** Looks again at some rows, of which something has changed; gives the pairs that may be. */
  *again(recordIds: Iterable<number>): Generator<readonly SweptPair[]> {
    this.clusters = new Clusters();
    for (const recordId of recordIds)
      yield this.joined(this.pairs.of(recordId, "all")?.pairs ?? []);
  }

  /** Rows that belong together, to be asked when all pairs have been found; the smallest number comes first. */
  together(): readonly (readonly number[])[] {
    return this.clusters.all();
  }

  /** What becomes of rows that belong together, as they stand; null where no two are the same any more. */
  group(together: readonly number[]): SweptGroup | null {
    return this.groupsOf.of(together);
  }

  /** What becomes of everything that belongs together. */
  *groups(): Generator<SweptGroup> {
    for (const together of this.together()) {
      const group = this.group(together);
      if (group === null) continue;
      this.totals.clusters++;
      this.totals.same += 1 + group.others.length;
      yield group;
    }
  }
}
