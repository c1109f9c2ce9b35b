/**
 * The whole table against itself: which rows describe the same, and which may. Reads alone; what the policy would do
 * with each is proposed. What is kept in memory are the numbers of rows that are the same as others, and of some that
 * may be.
 */

import type { JobConfig } from "../config/job/job-config.js";
import { PriorityList } from "../matching/priorities.js";
import type { RowBits } from "../store/model/row-bits.js";
import { BEFORE_ALL } from "../store/model/stored-row.js";
import type { Store } from "../store/port.js";
import { Clusters } from "./clusters.js";
import { OrderedPairs } from "./ordered-pairs.js";
import { type SweptGroup, SweptGroups } from "./swept-groups.js";
import { SweptKeys } from "./swept-keys.js";
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
const PAGE = 5000;
const PAGE_OF_PAIRS = 500;
/** Share of the rows that are looked at one by one; where there are more, a walk over all costs less. */
const MOST_ALONE = 0.1;
const NOBODY: ReadonlySet<number> = new Set();
/** Pairs that are kept in memory until they are told, in 20 MiB; where there are more the table is walked again. */
const MOST_PAIRS = 2 ** 20;

export class Sweep {
  readonly totals: SweepTotals = { rows: 0, possible: 0, clusters: 0, same: 0, leftOut: 0 };
  /** Rows of which some were left aside that share a key: fewer rows may share it one day. */
  readonly crowded: number[] = [];
  private readonly pairs: SweptPairs;
  private readonly groupsOf: SweptGroups;
  private clusters = new Clusters();

  /**
   * @param store with the match keys of every row
   * @param mostPairs that are kept in memory at a time
   */
  constructor(
    private readonly config: JobConfig,
    private readonly store: Store,
    private readonly mostPairs = MOST_PAIRS,
  ) {
    const priorities = new PriorityList(config.priorityList);
    this.pairs = new SweptPairs(config, store, priorities);
    this.groupsOf = new SweptGroups({ config, store, priorities, pairs: this.pairs });
  }

  /**
   * The pairs that may be the same, in the order of their rows, the older one first; of what is the same `groups` tells
   * then. Gives way to others now and then, with an empty page.
   */
  *possible(): Generator<readonly SweptPair[]> {
    const keys = new SweptKeys(this.config, this.store);
    for (const page of this.walked(keys)) {
      this.totals.possible += page.length;
      yield page;
    }
    yield* this.counted(keys.crowded);
  }

  /** The pairs of all rows. */
  private *walked(keys: SweptKeys): Generator<readonly SweptPair[]> {
    const spoken = new Set(this.store.pairs.spokenOf());
    for (let first = Number.NEGATIVE_INFINITY; first < Number.POSITIVE_INFINITY; ) {
      const possible = new OrderedPairs(this.mostPairs);
      const same = (one: number, other: number) => {
        // Persons may have said otherwise.
        if (spoken.has(one)) this.joined(this.pairs.of(one, new Set([other])));
        else this.clusters.join(one, other);
      };
      for (const _ of keys.walk(first, { possible, same })) yield [];
      yield* this.told(possible);
      first = possible.limit;
    }
    for (const recordId of spoken) this.joined(this.pairs.of(recordId, NOBODY));
  }

  /** Pairs with their grounds, a page at a time. */
  private *told(found: OrderedPairs): Generator<readonly SweptPair[]> {
    let page: SweptPair[] = [];
    for (const [recordId, others] of byFirst(found.inOrder())) {
      page.push(...this.joined(this.pairs.of(recordId, others)));
      if (page.length < PAGE_OF_PAIRS) continue;
      yield page;
      page = [];
    }
    yield page;
  }

  /** Counts all rows. */
  private *counted(crowded: RowBits): Generator<readonly SweptPair[]> {
    const { totals } = this;
    const { rows } = this.store;
    for (let ids = rows.after(BEFORE_ALL, PAGE); ids.length > 0; ) {
      totals.rows += ids.length;
      for (const recordId of ids) if (crowded.has(recordId)) this.crowded.push(recordId);
      yield [];
      ids = rows.after(ids[ids.length - 1], PAGE);
    }
    totals.leftOut = this.crowded.length;
  }

  /** Takes note of what is the same; gives what may be. */
  private joined(pairs: readonly SweptPair[]): SweptPair[] {
    return pairs.filter(({ verdict, recordId, otherRecordId }) => {
      if (verdict === "same") this.clusters.join(recordId, otherRecordId);
      return verdict === "possible";
    });
  }

  /** Looks again at some rows, of which something has changed, or at all; gives the pairs that may be. */
  *again(recordIds: ReadonlySet<number>): Generator<readonly SweptPair[]> {
    this.clusters = new Clusters();
    if (recordIds.size > this.totals.rows * MOST_ALONE) {
      yield* this.walked(new SweptKeys(this.config, this.store));
      return;
    }
    for (const recordId of recordIds) yield this.joined(this.pairs.of(recordId));
  }

  /** Rows that belong together, to be asked when all pairs have been found; the smallest number comes first. */
  together(): readonly (readonly number[])[] {
    return this.clusters.all();
  }

  /** What becomes of rows that belong together, as they stand; null where no two are the same any more. */
  group(together: readonly number[]): SweptGroup | null {
    return this.groupsOf.of(together);
  }

  /** Whether a row is there, and the same as another one. */
  isSame(recordId: number): boolean {
    return this.pairs.of(recordId).some(({ verdict }) => verdict === "same");
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

/** Pairs in order, all of one row together. */
function* byFirst(
  pairs: Iterable<readonly [number, number]>,
): Generator<readonly [one: number, others: ReadonlySet<number>]> {
  let first: number | null = null;
  let others = new Set<number>();
  for (const [one, other] of pairs) {
    if (first !== null && one !== first) {
      yield [first, others];
      others = new Set();
    }
    first = one;
    others.add(other);
  }
  if (first !== null) yield [first, others];
}
