/** The rows of the table that are the same as one of them, or may be: by their descriptions, and by what persons said. */

import type { JobConfig } from "../config/job/job-config.js";
import type { Decided, DuplicateQuery } from "../matching/duplicate-query.js";
import { compareDescriptions } from "../matching/evidence/compare.js";
import { groundsText } from "../matching/evidence/tell.js";
import { withoutShared } from "../matching/evidence/without-shared.js";
import type { PriorityList } from "../matching/priorities.js";
import { commonNumbers, type Weighed, weighCandidates } from "../matching/weigh.js";
import type { Store } from "../store/port.js";

/** Two rows that are the same or may be, the older first. */
export interface SweptPair {
  readonly verdict: "same" | "possible";
  readonly recordId: number;
  readonly otherRecordId: number;
  readonly points: number;
  /** One line. */
  readonly grounds: string;
  /** Whether a person has said so. */
  readonly isSaid: boolean;
}

const METHOD = "DESCRIPTION";

export class SweptPairs {
  /** @param store with the match keys of every row */
  constructor(
    private readonly config: JobConfig,
    private readonly store: Store,
    private readonly priorities: PriorityList,
  ) {}

  /**
   * The pairs of a row.
   *
   * @param among the only rows with which it is compared; absent for all
   * @returns none if the row is gone
   */
  of(recordId: number, among?: ReadonlySet<number>): readonly SweptPair[] {
    const { store, priorities } = this;
    const query = this.query(recordId);
    if (query === null) return [];
    const asked = among === undefined ? query : { ...query, among };
    const { weighed } = weighCandidates(store.keys, priorities, asked, METHOD, "verdict");
    return [
      ...weighed.flatMap((row) => pairOf(recordId, row, query.decided)),
      ...saidToBeSame(recordId, query.decided),
    ];
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
      neverIf,
      evidence,
      decided: pairs.about(identity),
      describe: () => own,
    };
  }

  /**
   * Why two rows are not the same: what differs; null where nothing says so, be it that they may be.
   *
   * @param by what is asked: what persons have said, or their descriptions, too
   */
  difference(one: number, other: number, by: "said" | "all"): string | null {
    const { keys } = this.store;
    const query = this.query(one);
    if (query === null) return null;
    const said = query.decided.get(other)?.decision;
    if (said !== undefined) return said === "different" ? "a person has said so" : null;
    const row = by === "said" ? null : keys.described(other);
    if (row === null) return null;
    const common = commonNumbers(keys, query, METHOD);
    const evidence = compareDescriptions(
      ...withoutShared(query.describe(), row, common),
      this.config.evidence,
    );
    return evidence.verdict === "different" ? groundsText(evidence) : null;
  }
}

function inOrder(one: number, other: number) {
  return { recordId: Math.min(one, other), otherRecordId: Math.max(one, other) };
}

/** What was said is told as such, and what was said to be different is no pair. */
function pairOf(recordId: number, { recordId: other, evidence }: Weighed, decided: Decided) {
  const { verdict, points } = evidence;
  if (verdict === "different" || decided.has(other)) return [];
  const grounds = groundsText(evidence);
  return [{ ...inOrder(recordId, other), verdict, points, grounds, isSaid: false }];
}

function saidToBeSame(recordId: number, decided: Decided): SweptPair[] {
  return [...decided].flatMap(([other, { decision }]): SweptPair[] => {
    if (decision !== "same") return [];
    const grounds = "a person has said so";
    return [{ ...inOrder(recordId, other), verdict: "same", points: 0, grounds, isSaid: true }];
  });
}
