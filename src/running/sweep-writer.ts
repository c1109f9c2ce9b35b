/** Does what is due with rows that are the same, inside a transaction, and counts and tells what became of each. */

import { mergedLosses } from "../deciding/merged-losses.js";
import type { Obstacle, SweptGroup, SweptMember } from "../deciding/swept-groups.js";
import type { SweptPair } from "../deciding/swept-pairs.js";
import { codeEntry } from "../diagnostics/catalogue.js";
import { type Diagnostic, NO_RECORD } from "../diagnostics/diagnostic.js";
import { clipped } from "../diagnostics/format.js";
import { RecordLines } from "../report/record-lines.js";
import type { RunLog } from "../report/run-log.js";
import type { RowIdentity } from "../store/model/possible-pair.js";
import type { DuplicateExample } from "../store/model/run-statistics.js";
import type { Store } from "../store/port.js";
import type { RunWriter } from "../store/run-port.js";
import { isoSeconds } from "./run-name.js";
import type { RunNotes } from "./run-notes.js";
import { SweepLines } from "./sweep-lines.js";
import { addOne, type Tally, takeOne } from "./tally.js";

export interface SweepWriterParts {
  readonly store: Store;
  readonly run: RunWriter;
  readonly tally: Tally;
  readonly notes: RunNotes;
  readonly log: RunLog;
  readonly shown: ShownSweep | null;
  /** Called at each step that a crash might fall between. */
  readonly step: (name: string) => void;
}

/** What tells of a sweep while it works: of pairs that may be the same, and of groups before anything is done with them. */
export interface ShownSweep {
  possible(pairs: readonly SweptPair[]): void;
  group(group: SweptGroup): void;
}

/** What has happened to rows since somebody asked last. */
export interface SweptSince {
  /** Rows that took in others: they may be the same as further ones now. */
  readonly grown: Set<number>;
  /** How many rows have gone. */
  gone: number;
}

export class SweepWriter {
  private readonly lines: SweepLines;
  private readonly findings: RecordLines;
  /** Rows that stay, and have been told; under what each was counted, null for those that are not. */
  private readonly left = new Map<number, string | null>();
  /** Those of them that differ from another one: when any row has gone, it may have been that one. */
  readonly heldBack = new Set<number>();

  constructor(private readonly parts: SweepWriterParts) {
    this.lines = new SweepLines(parts.log, parts.store);
    this.findings = new RecordLines(parts.log);
  }

  /** Does what is due with one group; gives how many rows have gone. */
  take(group: SweptGroup, since: SweptSince): number {
    const { shown, store } = this.parts;
    if (!group.others.every((member) => this.isTold(member))) {
      shown?.group(group);
      this.lines.group(group);
    }
    const now = isoSeconds(new Date());
    let gone = 0;
    for (const member of group.others) {
      const { into, recordId } = member;
      if (into === null) this.leave(member, group);
      else {
        const one = store.pairs.identity(recordId);
        const other = store.pairs.identity(into);
        if (one === null || other === null) continue;
        this.go(member, { one, other, now });
        if (member.proposal === "merge") since.grown.add(into);
        this.heldBack.delete(recordId);
        gone++;
      }
    }
    since.gone += gone;
    return gone;
  }

  /** Whether a row stays, as has been told. */
  private isTold({ recordId, into }: SweptMember): boolean {
    return into === null && this.left.has(recordId);
  }

  /** A row that goes, and the one that stays in its place. */
  private go(
    member: SweptMember,
    { one, other, now }: { one: RowIdentity; other: RowIdentity; now: string },
  ): void {
    const { run, tally, notes } = this.parts;
    const { recordId, proposal, cell, pair } = member;
    const into = other.recordId as number;
    this.lines.gone(member, one);
    notes.swept(this.example(member, one, other));
    this.inherit(one, other, now);
    if (proposal === "merge") {
      run.imports.absorb(recordId, into, now);
      tally.totals.outcomes.merged++;
    } else {
      const lost = mergedLosses(recordId, run.imports.delete(recordId));
      for (const loss of lost) this.tell(loss);
      tally.totals.outcomes.deleted++;
      tally.totals.duplicatesRemoved++;
    }
    tally.totals.outcomes.unchanged--;
    addOne(tally.totals.duplicatesBy, `${methodOf(pair)}, ${cell}`);
    this.parts.step("row-gone");
  }

  private example(
    { recordId, proposal, cell, pair }: SweptMember,
    one: RowIdentity,
    other: RowIdentity,
  ): DuplicateExample {
    const stays = {
      recordId: other.recordId as number,
      foreignSource: other.foreignSource,
      title: this.titleOf(other),
      removed: false,
    };
    return {
      ...{ file: "", number: 0, foreignId: one.foreignId, title: this.titleOf(one) },
      outcome: proposal === "merge" ? "merged" : "deleted",
      ...{ recordId, method: methodOf(pair), cell, rows: [stays], more: 0 },
    };
  }

  private titleOf({ recordId }: RowIdentity): string {
    return clipped(this.parts.store.keys.row(recordId as number)?.title ?? "", LONGEST_TITLE);
  }

  /** What a person has said of a row that goes holds for the one that stays in its place. */
  private inherit(one: RowIdentity, other: RowIdentity, at: string): void {
    const { run, store } = this.parts;
    const said = store.pairs.about(one);
    if (said.size === 0) return;
    const known = store.pairs.about(other);
    for (const [recordId, { decision }] of said) {
      if (decision !== "different" || recordId === other.recordId || known.has(recordId)) continue;
      const third = store.pairs.identity(recordId);
      if (third !== null) run.pairs.decide(other, third, { decision, at });
    }
  }

  /** A row that stays although it is the same as another one; where a person can settle it, the pair waits for one. */
  private leave({ recordId, obstacle, why }: SweptMember, { pairs }: SweptGroup): void {
    if (obstacle === "others differ") this.heldBack.add(recordId);
    if (this.left.has(recordId)) return;
    const counted =
      obstacle === null || obstacle === "policy"
        ? null
        : `DESCRIPTION, not taken: ${OBSTACLES[obstacle]}`;
    this.left.set(recordId, counted);
    if (counted === null) return;
    const { run, tally } = this.parts;
    addOne(tally.totals.duplicatesBy, counted);
    const own = pairs.filter((pair) => pair.otherRecordId === recordId);
    for (const { recordId: other, points, grounds } of own) {
      const told = `${grounds}; both stay: ${why}`;
      tally.totals.possibleDuplicates += run.pairs.note(recordId, [
        { recordId: other, points, grounds: told },
      ]);
    }
  }

  /**
   * Takes back the counts of rows that stayed and of which that is no longer to be said. To be called once.
   *
   * @param isSame whether a row is there, and the same as another one
   */
  recount(isSame: (recordId: number) => boolean): void {
    for (const [recordId, counted] of this.left) {
      if (counted === null || isSame(recordId)) continue;
      takeOne(this.parts.tally.totals.duplicatesBy, counted);
    }
  }

  private tell(loss: Diagnostic): void {
    const { tally, notes } = this.parts;
    tally.diagnostic(loss.code, codeEntry(loss.code).severity);
    notes.finding(loss, NO_RECORD);
    this.findings.diagnostic(loss, NO_RECORD);
  }
}

/** Characters of a title in the examples of a report. */
const LONGEST_TITLE = 300;

function methodOf(pair: SweptPair | null): string {
  return pair?.isSaid ? "REVIEW" : "DESCRIPTION";
}

const OBSTACLES: Readonly<Record<Exclude<Obstacle, "policy">, string>> = {
  "local work": "local work",
  "edited by hand": "edited by hand",
  "others differ": "differs from another one that is the same",
};
