/**
 * What taking a run back would do to each row that it changed, and which rows it must leave. The
 * plan is made before anything is written, and kept in a temporary table: a run may have changed
 * millions of rows.
 */

import type { Database, Statement } from "better-sqlite3";
import type { Change } from "../../model/change.js";
import { type EarlierRow, goBack, sourcesToComeBack } from "../../model/earlier-row.js";
import type { MergedSource } from "../../model/merged-source.js";
import type { RunRecord } from "../../model/run-record.js";
import { standingRuns } from "../../model/standing-runs.js";
import { BEFORE_ALL } from "../../model/stored-row.js";
import type { UndoTotals } from "../../model/totals.js";
import type { LeftRow, UndoAction, UndoStep } from "../../model/undo-step.js";
import type { Runs } from "../register/runs.js";
import type { MergedSources } from "../rows/merged-sources.js";
import type { Rows } from "../rows/rows.js";
import { ChangesSince, sinceFirstOf } from "./changes-since.js";
import { idOf, type SourceId, UndoClaims } from "./undo-claims.js";

interface PlanParts {
  readonly db: Database;
  readonly rows: Rows;
  readonly merged: MergedSources;
  readonly runs: Runs;
}

/** Rows worked on at a time. */
const PAGE = 500;

/** What is to become of the merged sources of a row. */
interface SourcesToCome {
  readonly recordId: number;
  readonly earlier: EarlierRow;
  /** Source and id of those that it will have again. */
  readonly ids: ReadonlySet<string>;
}

/** What is said of a row that is not there any more: of what the run did to it nothing stands. */
const DELETED = "somebody else has deleted it since";

type Verdict = { readonly action: UndoAction } | { readonly left: string };

export class UndoPlan {
  private readonly since: ChangesSince;
  private readonly names: ReadonlyMap<number, string>;
  private readonly undoes: ReadonlyMap<number, number>;
  private readonly selectAction: Statement<[number], UndoAction | null>;
  private readonly editedAfter: Statement<[number], number>;
  private toCome: SourcesToCome | null = null;
  /** null where no two rows can have had the same id. */
  private claims: UndoClaims | null = null;

  private constructor(
    private readonly parts: PlanParts,
    private readonly runId: number,
    private readonly force: boolean,
  ) {
    const { db, runs } = parts;
    this.since = ChangesSince.sort(db, runId);
    const all = runs.list();
    const byName = new Map(all.map((r) => [r.run, r.runId]));
    this.names = new Map(all.map((r) => [r.runId, r.run]));
    this.undoes = new Map(
      all.flatMap((r) => {
        const undone = r.undoes === null ? undefined : byName.get(r.undoes);
        return undone === undefined ? [] : [[r.runId, undone]];
      }),
    );
    db.exec(`DROP TABLE IF EXISTS temp.undo_plan;
      CREATE TEMP TABLE undo_plan (record_id INTEGER PRIMARY KEY, action TEXT, reason TEXT)`);
    this.selectAction = db
      .prepare<[number], UndoAction | null>("SELECT action FROM temp.undo_plan WHERE record_id = ?")
      .pluck();
    this.editedAfter = db
      .prepare<[number], number>("SELECT after_change FROM hand_edits WHERE record_id = ?")
      .pluck();
  }

  /**
   * Makes the plan; call inside the transaction that carries it out.
   *
   * @param force take back also what a later run or somebody else has touched
   */
  static make(parts: PlanParts, run: RunRecord, force: boolean): UndoPlan {
    const plan = new UndoPlan(parts, run.runId, force);
    plan.judgeAll();
    plan.claimIds();
    while (plan.leaveOccupied()) {
      // A row that is left may hold an id that another one needs.
    }
    return plan;
  }

  private judgeAll(): void {
    const insert = this.parts.db.prepare("INSERT INTO temp.undo_plan VALUES (?, ?, ?)");
    for (const recordId of this.since.records()) {
      const verdict = this.judge(recordId, this.since.of(recordId));
      if (verdict === null) continue;
      if ("left" in verdict) insert.run(recordId, null, verdict.left);
      else insert.run(recordId, verdict.action, null);
    }
  }

  /** null where there is nothing to take back. */
  private judge(recordId: number, changes: readonly Change[]): Verdict | null {
    const standing = standingRuns(
      changes.map(({ runId }) => runId),
      this.undoes,
    );
    if (!standing.includes(this.runId)) return null;
    const present = this.parts.rows.exists(recordId);
    const earlier = goBack(sinceFirstOf(this.runId, changes).toReversed());
    if (!this.force) {
      const touched = this.touchedSince(recordId, changes, standing);
      if (touched !== null) return { left: touched };
    }
    const wasPresent = changes[changes.length - 1].action !== "deleted";
    if (!wasPresent && present) return { left: "somebody else has put another row in its place" };
    if (!earlier.exists) {
      if (present) return { action: "remove" };
      return wasPresent && !this.force ? { left: DELETED } : null;
    }
    if (present) return { action: "restore" };
    return earlier.whole ? { action: "revive" } : { left: DELETED };
  }

  private touchedSince(
    recordId: number,
    changes: readonly Change[],
    standing: readonly number[],
  ): string | null {
    const later = standing.slice(standing.indexOf(this.runId)).findLast((r) => r !== this.runId);
    if (later !== undefined) return this.laterRun(later, changes);
    return this.editedSince(recordId, changes) ? "somebody else has edited it since" : null;
  }

  private laterRun(later: number, changes: readonly Change[]): string {
    const last = changes.findLast(({ runId }) => runId === later || runId === this.runId);
    const did = changes.findLast(({ runId }) => runId === later)?.action;
    const when = last?.runId === later ? "since" : "while this run was interrupted";
    const what = did === "noted" ? "read it anew" : `${did} it`;
    return `run ${this.names.get(later)} has ${what} ${when}`;
  }

  /** Leaves rows whose foreign id, or that of a source merged into them, now belongs to another row. */
  private leaveOccupied(): boolean {
    const leave = this.parts.db.prepare(
      "UPDATE temp.undo_plan SET action = NULL, reason = ? WHERE record_id = ?",
    );
    let found = false;
    for (const step of this.steps()) {
      const reason = this.occupied(step);
      if (reason === null) continue;
      leave.run(reason, step.recordId);
      found = true;
    }
    return found;
  }

  /** Notes which ids the rows will have again; only others that came between can have had them, too. */
  private claimIds(): void {
    if (!this.since.wasInterrupted) return;
    this.claims = new UndoClaims(this.parts.db);
    for (const step of this.steps()) {
      const changes = this.since.of(step.recordId);
      const last = changes.findLast(({ runId }) => runId === this.runId)?.number ?? 0;
      for (const id of this.idsToComeBack(step)) this.claims.add(id, last, step.recordId);
    }
  }

  private idsToComeBack({ action, earlier }: UndoStep): readonly SourceId[] {
    if (action === "remove") return [];
    const { foreign_source: source, foreign_id: id } = earlier.row;
    const own = { foreignSource: String(source), foreignId: String(id) };
    const all = [...(action === "revive" ? [own] : []), ...sourcesToComeBack(earlier)];
    return all.filter(({ foreignId }) => foreignId !== "");
  }

  private occupied(step: UndoStep): string | null {
    const { rows, merged } = this.parts;
    const { recordId } = step;
    for (const wanted of this.idsToComeBack(step)) {
      const { foreignSource, foreignId } = wanted;
      const heir = this.claims?.heir(wanted) ?? recordId;
      if (heir !== recordId) {
        return `${foreignSource} ${foreignId}, which belongs to it, is now that of row ${heir}`;
      }
      const row = rows.find(foreignSource, foreignId);
      if (row !== null && row !== recordId && this.selectAction.get(row) !== "remove") {
        return `${foreignSource} ${foreignId}, which belongs to it, is now row ${row}`;
      }
      const now = merged.find(foreignSource, foreignId);
      if (now && now.recordId !== recordId && !this.givesUp(now)) {
        return `${foreignSource} ${foreignId}, which belongs to it, is now merged into row ${now.recordId}`;
      }
    }
    return null;
  }

  /** Whether its row will not have a merged source any more. */
  private givesUp(source: MergedSource): boolean {
    const { recordId, position } = source;
    const action = this.selectAction.get(recordId);
    if (action !== "restore") return action === "remove";
    const { earlier, ids } = this.sourcesToCome(recordId);
    const goes = earlier.sources !== undefined || earlier.sourcesAt?.[position] !== undefined;
    return goes && !ids.has(idOf(source));
  }

  /** Kept for the row that was asked for last: thousands may have been merged into it. */
  private sourcesToCome(recordId: number): SourcesToCome {
    if (this.toCome?.recordId !== recordId) {
      const earlier = this.earlier(recordId);
      const ids = new Set(sourcesToComeBack(earlier).map(idOf));
      this.toCome = { recordId, earlier, ids };
    }
    return this.toCome;
  }

  private earlier(recordId: number): EarlierRow {
    const changes = this.since.of(recordId);
    const earlier = goBack(sinceFirstOf(this.runId, changes).toReversed());
    // A column that somebody else edited keeps that: the row is no longer what its record gave.
    return this.editedSince(recordId, changes) ? { ...earlier, inputDigest: null } : earlier;
  }

  private editedSince(recordId: number, changes: readonly Change[]): boolean {
    const ours = changes.filter(({ runId }) => runId === this.runId);
    const edited = this.editedAfter.get(recordId);
    if (edited === undefined || ours.length === 0) return false;
    // What stands where the run has deleted a row is another one.
    if (ours.length === 1 && ours[0].action === "deleted") return false;
    return edited >= ours[0].number;
  }

  /** The rows to be taken back, by record_id, and how they were. */
  *steps(): Generator<UndoStep> {
    for (const row of this.pages<{ record_id: number; action: UndoAction }>("action IS NOT NULL")) {
      const { record_id: recordId, action } = row;
      yield { recordId, action, earlier: this.earlier(recordId) };
    }
  }

  /** The rows that are left as they are, by record_id. */
  *left(): Generator<LeftRow> {
    for (const row of this.pages<{ record_id: number; reason: string }>("action IS NULL")) {
      const { record_id: recordId, reason } = row;
      const image = this.parts.rows.image(recordId) ?? this.earlier(recordId).row;
      const text = (name: string) => String(image[name] ?? "");
      yield {
        recordId,
        foreignSource: text("foreign_source"),
        foreignId: text("foreign_id"),
        title: text("title"),
        reason,
      };
    }
  }

  private *pages<T extends { record_id: number }>(condition: string): Generator<T> {
    const page = this.parts.db.prepare<[number, number], T>(
      `SELECT * FROM temp.undo_plan WHERE record_id > ? AND ${condition} ORDER BY record_id LIMIT ?`,
    );
    let after = BEFORE_ALL;
    for (let rows = page.all(after, PAGE); rows.length > 0; rows = page.all(after, PAGE)) {
      yield* rows;
      after = rows[rows.length - 1].record_id;
    }
  }

  /** What the plan comes to. */
  get totals(): UndoTotals {
    const count = this.parts.db.prepare<[], Record<string, number>>(`SELECT
      count(*) FILTER (WHERE action = 'remove') AS removed,
      count(*) FILTER (WHERE action = 'restore') AS restored,
      count(*) FILTER (WHERE action = 'revive') AS revived,
      count(*) FILTER (WHERE action IS NULL) AS left_alone,
      count(*) FILTER (WHERE reason = '${DELETED}') AS gone FROM temp.undo_plan`);
    const found = count.get() ?? {};
    const { removed = 0, restored = 0, revived = 0, left_alone: left = 0, gone = 0 } = found;
    return { removed, restored, revived, left, ...(gone > 0 ? { gone } : {}) };
  }
}
