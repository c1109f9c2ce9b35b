/** The pairs of a run that came nearest to being the same, or possible, or missed it by as little. */

import type { EvidenceSettings } from "../matching/evidence/compare.js";
import { groundsText } from "../matching/evidence/tell.js";
import { FAR, type Weighed } from "../matching/weigh.js";
import type { CloseCall } from "../store/model/run-statistics.js";

/** Pairs kept on each side of each number. */
const KEPT = 5;

/** A pair by what is known of it before anybody has to read rows. */
interface Call {
  readonly about: "same" | "possible";
  readonly side: "above" | "below";
  readonly points: number;
  readonly distance: number;
}

/** What is asked of a pair that is to be kept. */
export type Telling = Omit<CloseCall, "about" | "side" | "points" | "grounds" | "verdict">;

export class ClosestCalls {
  /** @param calls what a resumed run has kept; is added to */
  constructor(
    private readonly calls: CloseCall[],
    private readonly settings: Pick<EvidenceSettings, "same" | "possible">,
  ) {}

  /**
   * Takes rows that a record was compared with.
   *
   * @param tell asked of those that are kept
   * @returns whether any was
   */
  take(weighed: readonly Weighed[], tell: (row: Weighed) => Telling): boolean {
    let kept = false;
    for (const row of weighed) {
      if (row.decided || row.evidence.veto !== null) continue;
      const call = this.callOf(row);
      if (call === null || !this.isNearer(call)) continue;
      // A comparison that came to its verdict early has not counted all points.
      const evidence = row.evidence.verdict === "different" ? row.whole() : row.evidence;
      const exact = this.callOf({ evidence });
      if (exact === null || !this.isNearer(exact)) continue;
      const { about, side, points } = exact;
      const { verdict } = evidence;
      this.keep({ about, side, points, verdict, grounds: groundsText(evidence), ...tell(row) });
      kept = true;
    }
    return kept;
  }

  private callOf({ evidence: { points } }: Pick<Weighed, "evidence">): Call | null {
    const { same, possible } = this.settings;
    const about =
      Math.abs(points - same) <= Math.abs(points - possible)
        ? ("same" as const)
        : ("possible" as const);
    const distance = points - (about === "same" ? same : possible);
    if (Math.abs(distance) > FAR) return null;
    return { about, side: distance >= 0 ? "above" : "below", points, distance: Math.abs(distance) };
  }

  private isNearer(call: Call): boolean {
    const others = this.beside(call);
    return others.length < KEPT || this.distance(others[others.length - 1]) > call.distance;
  }

  /** Those of one side of one number, the nearest first. */
  private beside({ about, side }: Pick<Call, "about" | "side">): CloseCall[] {
    return this.calls.filter((one) => one.about === about && one.side === side);
  }

  private distance({ about, points }: Pick<CloseCall, "about" | "points">): number {
    return Math.abs(points - this.settings[about]);
  }

  private keep(call: CloseCall): void {
    const { calls } = this;
    const others = this.beside(call);
    if (others.length === KEPT) calls.splice(calls.indexOf(others[KEPT - 1]), 1);
    calls.push(call);
    calls.sort((a, b) => this.distance(a) - this.distance(b));
  }
}
