/**
 * Possible duplicates that wait for a person, and what persons have said of pairs. Nothing is ever erased: what an undo
 * takes back bears its number, and stands again when that undo is taken back.
 */

import type { Database, Statement } from "better-sqlite3";
import {
  type Decided,
  type DecidedRow,
  NOTHING_DECIDED,
  type PairDecision,
} from "../../../matching/duplicate-query.js";
import type { PossibleDuplicate, PossiblePair, RowIdentity } from "../../model/possible-pair.js";
import { hasThisSchema } from "../file/schema.js";
import type { MergedSources } from "../rows/merged-sources.js";
import type { Rows } from "../rows/rows.js";

interface PairParts {
  readonly db: Database;
  readonly rows: Rows;
  readonly merged: MergedSources;
}

interface RawDecision {
  readonly decision: PairDecision;
  readonly source: string;
  readonly id: string;
  readonly record: number;
}

/**
 * Both sides of a decision: those who ask by one of them are told of the other. What was said of a record holds for the
 * row that it was merged into.
 */
const ABOUT = `WITH asked (source, id, record) AS (SELECT @source, @id, @record
    UNION ALL SELECT foreign_source, foreign_id, NULL FROM merged_sources
      WHERE record_id = @record AND foreign_id <> '')
  SELECT d.decision_id, d.decision, d.other_foreign_source AS source, d.other_foreign_id AS id,
    d.other_record_id AS record FROM asked a JOIN duplicate_decisions d
    ON d.foreign_id = a.id AND d.foreign_source = a.source AND (a.id <> '' OR d.record_id = a.record)
  WHERE d.undone_by IS NULL
  UNION ALL SELECT d.decision_id, d.decision, d.foreign_source, d.foreign_id, d.record_id
    FROM asked a JOIN duplicate_decisions d ON d.other_foreign_id = a.id
    AND d.other_foreign_source = a.source AND (a.id <> '' OR d.other_record_id = a.record)
  WHERE d.undone_by IS NULL
  ORDER BY decision_id`;

/** Both sides of all decisions. */
const SAID = `SELECT decision, foreign_source AS source, foreign_id AS id, record_id AS record
    FROM duplicate_decisions WHERE undone_by IS NULL
  UNION ALL SELECT decision, other_foreign_source, other_foreign_id, other_record_id
    FROM duplicate_decisions WHERE undone_by IS NULL`;

/** Waiting pairs of which both rows are there. */
const PAIRS = `SELECT p.pair_id AS pairId, p.record_id AS recordId, p.other_record_id AS otherRecordId, p.points, p.grounds, r.run
  FROM possible_duplicates p JOIN runs r ON r.run_id = p.run_id
  WHERE p.pair_id > ? AND p.undone_by IS NULL
    AND EXISTS (SELECT 1 FROM record_info WHERE record_id = p.record_id)
    AND EXISTS (SELECT 1 FROM record_info WHERE record_id = p.other_record_id)
  ORDER BY p.pair_id LIMIT ?`;

/** Pairs read at a time. */
const PAGE = 500;

interface RawPair {
  readonly pair_id: number;
  readonly record_id: number;
  readonly other_record_id: number;
}

export class DuplicatePairs {
  /** Whether anything has been decided; asked once, while nobody else may write. */
  private any: boolean | null = null;
  /** Made when first asked for: a database that is only read may lack the tables. */
  private readonly statements = new Map<string, Statement>();

  constructor(private readonly parts: PairParts) {}

  /** What has been said of a record and rows that are there. */
  about(one: RowIdentity): Decided {
    if (!this.isAnySaid() || (one.foreignId === "" && one.recordId === null))
      return NOTHING_DECIDED;
    const raw = this.prepared(ABOUT).all({
      id: one.foreignId,
      source: one.foreignSource,
      record: one.recordId,
    }) as RawDecision[];
    // The later of two decisions on one pair counts.
    return new Map(
      raw.flatMap((said): [number, DecidedRow][] => {
        const recordId = this.rowOf(said);
        const row = recordId === null ? null : this.parts.rows.read(recordId);
        if (row === null || row.recordId === one.recordId) return [];
        const { foreignSource } = row;
        return [[row.recordId, { decision: said.decision, foreignSource }]];
      }),
    );
  }

  /** The rows of which anything has been said, each once. */
  spokenOf(): readonly number[] {
    if (!this.isAnySaid()) return [];
    const rows = (this.prepared(SAID).all() as RawDecision[]).map((said) => this.rowOf(said));
    return [...new Set(rows.filter((recordId) => recordId !== null))];
  }

  /** Whether anything has been said of any record. */
  isAnySaid(): boolean {
    this.any ??= this.hasDecisions();
    return this.any;
  }

  private prepared(sql: string): Statement {
    const known = this.statements.get(sql) ?? this.parts.db.prepare(sql);
    this.statements.set(sql, known);
    return known;
  }

  /** To be called when decisions may have been made since. */
  refresh(): void {
    this.any = null;
  }

  private hasDecisions(): boolean {
    const { db } = this.parts;
    if (!hasThisSchema(db)) return false;
    const sql = "SELECT 1 FROM duplicate_decisions WHERE undone_by IS NULL LIMIT 1";
    return db.prepare(sql).get() !== undefined;
  }

  /** The row that somebody meant, or into which it was merged; null if it is gone. */
  private rowOf({ source, id, record }: RawDecision): number | null {
    const { rows, merged } = this.parts;
    if (id === "") return record;
    return rows.find(source, id) ?? merged.find(source, id)?.recordId ?? null;
  }

  /** The pairs that wait for a person, in the order in which they were found. */
  *waiting(): Generator<PossiblePair> {
    const { db } = this.parts;
    if (!hasThisSchema(db)) return;
    const page = db.prepare<[number, number], PossiblePair & { pairId: number }>(PAIRS);
    for (let pairs = page.all(0, PAGE); pairs.length > 0; ) {
      for (const { pairId: _, ...pair } of pairs) {
        const one = this.identity(pair.recordId);
        if (one !== null && !this.about(one).has(pair.otherRecordId)) yield pair;
      }
      pairs = page.all(pairs[pairs.length - 1].pairId, PAGE);
    }
  }

  /** By what a row is known again; null if there is none. */
  identity(recordId: number): RowIdentity | null {
    const row = this.parts.rows.read(recordId);
    if (row === null) return null;
    const { foreignSource, foreignId } = row;
    return { recordId, foreignSource, foreignId };
  }

  /** Keeps pairs that wait already as they are; gives how many were new. */
  note(runId: number, recordId: number, possible: readonly PossibleDuplicate[]): number {
    const known = this.prepared(`SELECT 1 FROM possible_duplicates
      WHERE record_id = ? AND other_record_id = ? AND undone_by IS NULL`);
    const insert = this.prepared(`INSERT INTO possible_duplicates
      (record_id, other_record_id, points, grounds, run_id) VALUES (?, ?, ?, ?, ?)`);
    let count = 0;
    for (const { recordId: other, points, grounds } of possible) {
      const pair = [Math.min(recordId, other), Math.max(recordId, other)];
      if (known.get(...pair) !== undefined) continue;
      insert.run(...pair, points, grounds, runId);
      count++;
    }
    return count;
  }

  /**
   * Forgets pairs that a run has noted and that wait for nobody: a row has gone since, or they have been spoken of; gives
   * how many.
   */
  forgetSettled(runId: number): number {
    const gone = this.prepared(`DELETE FROM possible_duplicates WHERE run_id = ?
      AND NOT (EXISTS (SELECT 1 FROM record_info r WHERE r.record_id = possible_duplicates.record_id)
        AND EXISTS (SELECT 1 FROM record_info r WHERE r.record_id = other_record_id))`);
    let count = gone.run(runId).changes;
    const noted = this.prepared(`SELECT pair_id, record_id, other_record_id FROM possible_duplicates
      WHERE run_id = ? AND record_id IN (SELECT value FROM json_each(?))`);
    const forget = this.prepared("DELETE FROM possible_duplicates WHERE pair_id = ?");
    for (const pair of noted.all(runId, JSON.stringify(this.spokenOf())) as RawPair[]) {
      const one = this.identity(pair.record_id);
      if (one !== null && this.about(one).has(pair.other_record_id)) {
        count += forget.run(pair.pair_id).changes;
      }
    }
    return count;
  }

  /** Remembers for good what a person has said. */
  decide(
    runId: number,
    one: RowIdentity,
    other: RowIdentity,
    said: { readonly decision: PairDecision; readonly at: string },
  ): void {
    this.any = true;
    this.parts.db
      .prepare(
        `INSERT INTO duplicate_decisions (decision, foreign_source, foreign_id, record_id,
          other_foreign_source, other_foreign_id, other_record_id, decided_at, run_id)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(said.decision, ...valuesOf(one), ...valuesOf(other), said.at, runId);
  }

  /**
   * Takes back what a run has found and said; what an undo had taken back stands again.
   *
   * @returns how many decisions it had made that stood
   */
  takeBack(targetId: number, undoId: number): number {
    let decisions = 0;
    for (const table of ["possible_duplicates", "duplicate_decisions"]) {
      const { db } = this.parts;
      db.prepare(`UPDATE ${table} SET undone_by = NULL WHERE undone_by = ?`).run(targetId);
      const taken = db
        .prepare(`UPDATE ${table} SET undone_by = ? WHERE run_id = ? AND undone_by IS NULL`)
        .run(undoId, targetId);
      if (table === "duplicate_decisions") decisions = taken.changes;
    }
    this.refresh();
    return decisions;
  }
}

function valuesOf({ foreignSource, foreignId, recordId }: RowIdentity) {
  return [foreignSource, foreignId, recordId];
}
