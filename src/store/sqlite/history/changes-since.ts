/**
 * Every change since a run to the rows that it changed, row by row. `changes` is kept in the order
 * of time, since an import only ever appends; here it is sorted by row, on disk, for as long as an
 * undo or a diff needs it. Of a run that was interrupted and resumed, others may have come between.
 */

import type { Database, Statement } from "better-sqlite3";
import type { Change } from "../../model/change.js";
import { BEFORE_ALL } from "../../model/stored-row.js";
import { changeOf, type RawChange } from "./changes.js";

/** Rows read at a time. */
const PAGE = 1000;

/** The number of the first or the last change of a run, in SQL. */
function numberIn(which: "min" | "max", run: string): string {
  return `(SELECT ${which}(change_number) FROM changes WHERE run_id = ${run})`;
}

export class ChangesSince {
  private readonly ofRecord: Statement<[number], RawChange>;

  private constructor(
    private readonly db: Database,
    private readonly runId: number,
  ) {
    this.ofRecord = db.prepare(`SELECT c.* FROM temp.changes_since s
      CROSS JOIN changes c ON c.run_id = s.run_id AND c.change_number = s.change_number
      WHERE s.record_id = ? ORDER BY s.change_number`);
  }

  /** Sorts the changes; call inside a transaction, so that they stay those of one moment. */
  static sort(db: Database, runId: number): ChangesSince {
    db.exec(`DROP TABLE IF EXISTS temp.changes_since;
      CREATE TEMP TABLE changes_since (record_id INTEGER NOT NULL, change_number INTEGER NOT NULL,
        run_id INTEGER NOT NULL, PRIMARY KEY (record_id, change_number)) WITHOUT ROWID`);
    db.prepare(
      `INSERT INTO temp.changes_since
       SELECT record_id, change_number, run_id FROM changes WHERE run_id = ?`,
    ).run(runId);
    db.prepare(
      `INSERT INTO temp.changes_since SELECT c.record_id, c.change_number, c.run_id
       FROM runs r CROSS JOIN changes c ON c.run_id = r.run_id
       WHERE r.run_id <> :run AND ${numberIn("max", "r.run_id")} > ${numberIn("min", ":run")}
         AND c.record_id IN (SELECT record_id FROM changes WHERE run_id = :run)`,
    ).run({ run: runId });
    return new ChangesSince(db, runId);
  }

  /** Whether other runs changed anything between the first and the last change of the run. */
  get wasInterrupted(): boolean {
    const others = this.db.prepare(`SELECT 1 FROM runs r WHERE r.run_id <> :run AND EXISTS (
      SELECT 1 FROM changes c WHERE c.run_id = r.run_id AND c.change_number
        BETWEEN ${numberIn("min", ":run")} AND ${numberIn("max", ":run")})`);
    return others.get({ run: this.runId }) !== undefined;
  }

  /** The rows that the run changed, by record_id. */
  *records(): Generator<number> {
    const page = this.db
      .prepare<[number, number], number>(
        `SELECT DISTINCT record_id FROM temp.changes_since WHERE record_id > ?
         ORDER BY record_id LIMIT ?`,
      )
      .pluck();
    let after = BEFORE_ALL;
    for (let rows = page.all(after, PAGE); rows.length > 0; rows = page.all(after, PAGE)) {
      yield* rows;
      after = rows[rows.length - 1];
    }
  }

  /**
   * What happened to a row, first to last: all that this run and those since it did. A run that was
   * interrupted may have done some of that before.
   */
  of(recordId: number): Change[] {
    return this.ofRecord.all(recordId).map(changeOf);
  }
}

/** What has happened to a row since a run first changed it, first to last. */
export function sinceFirstOf(runId: number, changes: readonly Change[]): readonly Change[] {
  return changes.slice(changes.findIndex((change) => change.runId === runId));
}
