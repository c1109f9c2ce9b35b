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

/** So few rows are entered one by one: a statement for many takes longer to begin. */
const FEW = 4;

/** Appends the changes of one run. */
export class ChangeWriter {
  private readonly insert: Statement;
  private readonly insertCreated: Statement;
  /** Rows that were created one behind the other, whose changes are not written yet: */
  private waiting = 0;
  /** the first of them. */
  private firstWaiting = 0;

  constructor(
    db: Database,
    private readonly runId: number,
    private next: number,
  ) {
    this.insert = db.prepare(
      "INSERT INTO changes (run_id, change_number, action, record_id, before) VALUES (?, ?, ?, ?, ?)",
    );
    this.insertCreated = db.prepare(`WITH RECURSIVE waiting (nth) AS
        (SELECT 0 UNION ALL SELECT nth + 1 FROM waiting LIMIT ?)
      INSERT INTO changes (run_id, change_number, action, record_id, before)
      SELECT ?, ? + nth, 'created', ? + nth, NULL FROM waiting`);
  }

  /** Opens the changes of a run behind all that were made before. */
  static open(db: Database, runId: number): ChangeWriter {
    return new ChangeWriter(db, runId, lastChangeNumber(db) + 1);
  }

  /** Notes that a row was created; it is written with others, by `write` at the latest. */
  addCreated(recordId: number): void {
    if (recordId !== this.firstWaiting + this.waiting) this.write();
    if (this.waiting === 0) this.firstWaiting = recordId;
    this.waiting++;
    this.next++;
  }

  /** Writes what waits; to be called before changes are read, and before a transaction commits. */
  write(): void {
    const { waiting, firstWaiting, next, runId } = this;
    const firstNumber = next - waiting;
    this.waiting = 0;
    if (waiting > FEW) this.insertCreated.run(waiting, runId, firstNumber, firstWaiting);
    else {
      for (let nth = 0; nth < waiting; nth++) {
        this.insert.run(runId, firstNumber + nth, "created", firstWaiting + nth, null);
      }
    }
  }

  /** Forgets what waits, since its transaction was rolled back. */
  forget(): void {
    this.waiting = 0;
  }

  add(action: ChangeAction, recordId: number, before: BeforeImage | null): void {
    this.write();
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
