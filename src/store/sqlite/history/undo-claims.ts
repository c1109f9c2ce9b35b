/**
 * Which foreign ids the rows of an undo will have again. Two of them can have had one: a row that a
 * run deleted, was interrupted, and then deleted once more under another number. It belongs to the
 * row that had it last. Kept in a temporary table, as the plan is.
 */

import type { Database, Statement } from "better-sqlite3";
import type { MergedSource } from "../../model/merged-source.js";

/** A foreign source and an id of it. */
export type SourceId = Pick<MergedSource, "foreignSource" | "foreignId">;

/** The same as one text, different for different ids. */
export function idOf({ foreignSource, foreignId }: SourceId): string {
  return JSON.stringify([foreignSource, foreignId]);
}

export class UndoClaims {
  private readonly insert: Statement<[string, number, number]>;
  private readonly last: Statement<[string], number>;

  /** Needs the table of the plan, of whose rows only those count that are not left. */
  constructor(db: Database) {
    db.exec(`DROP TABLE IF EXISTS temp.undo_claims;
      CREATE TEMP TABLE undo_claims (id TEXT NOT NULL, last_change INTEGER NOT NULL,
        record_id INTEGER NOT NULL, PRIMARY KEY (id, last_change, record_id)) WITHOUT ROWID`);
    this.insert = db.prepare("INSERT OR IGNORE INTO temp.undo_claims VALUES (?, ?, ?)");
    this.last = db
      .prepare<[string], number>(
        `SELECT c.record_id FROM temp.undo_claims c JOIN temp.undo_plan p USING (record_id)
         WHERE c.id = ? AND p.action IS NOT NULL ORDER BY c.last_change DESC LIMIT 1`,
      )
      .pluck();
  }

  /** @param lastChange number of the run's last change of the row */
  add(id: SourceId, lastChange: number, recordId: number): void {
    this.insert.run(idOf(id), lastChange, recordId);
  }

  /** The row that will have an id, undefined for none. */
  heir(id: SourceId): number | undefined {
    return this.last.get(idOf(id));
  }
}
