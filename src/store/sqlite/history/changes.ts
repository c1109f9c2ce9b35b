/** What a run changed: enough of each row as it was before to take the run back. */

import type { Database, Statement } from "better-sqlite3";
import type { BeforeImage, Change, ChangeAction } from "../../model/change.js";

/** A blob that another program stored in a row stands in JSON as Buffer writes itself. */
function readImage(text: string): BeforeImage {
  return JSON.parse(text, (_key, value) =>
    value?.type === "Buffer" && Array.isArray(value.data) ? Buffer.from(value.data) : value,
  ) as BeforeImage;
}

/** A change as the table has it. */
export interface RawChange {
  run_id: number;
  change_number: number;
  action: ChangeAction;
  record_id: number;
  before: string | null;
}

/** The change that a row of the table holds. */
export function changeOf(raw: RawChange): Change {
  return {
    runId: raw.run_id,
    number: raw.change_number,
    action: raw.action,
    recordId: raw.record_id,
    before: raw.before === null ? null : readImage(raw.before),
  };
}

/** Appends the changes of one run. */
export class ChangeWriter {
  private readonly insert: Statement;

  constructor(
    db: Database,
    private readonly runId: number,
    private next: number,
  ) {
    this.insert = db.prepare(
      "INSERT INTO changes (run_id, change_number, action, record_id, before) VALUES (?, ?, ?, ?, ?)",
    );
  }

  /** Opens the changes of a run behind all that were made before. */
  static open(db: Database, runId: number): ChangeWriter {
    return new ChangeWriter(db, runId, lastChangeNumber(db) + 1);
  }

  add(action: ChangeAction, recordId: number, before: BeforeImage | null): void {
    const image = before === null ? null : JSON.stringify(before);
    this.insert.run(this.runId, this.next, action, recordId, image);
    this.next++;
  }
}

/** The number of the last change that any run has made, pruned ones included; 0 for none. */
export function lastChangeNumber(db: Database): number {
  const last = db.prepare(`SELECT max(max(coalesce(pruned_changes, 0), coalesce(
    (SELECT max(change_number) FROM changes c WHERE c.run_id = r.run_id), 0))) FROM runs r`);
  return (last.pluck().get() as number | null) ?? 0;
}

/** How many changes of a kind a run has made; of deletions, only those of one source's rows if it is given. */
export function countChanges(
  db: Database,
  runId: number,
  action: ChangeAction,
  ofSource?: string,
): number {
  const source = ofSource === undefined ? "" : "AND before ->> '$.row.foreign_source' = ?";
  const count = db
    .prepare(`SELECT count(*) FROM changes WHERE run_id = ? AND action = ? ${source}`)
    .pluck();
  const bound = ofSource === undefined ? [runId, action] : [runId, action, ofSource];
  return count.get(...bound) as number;
}
