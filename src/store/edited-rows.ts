/**
 * Rows that other hands or programs added, edited or removed since we last looked. Triggers note
 * them; here their match keys are made again, and they lose the digest that says "as we wrote it".
 */

import type { Database } from "better-sqlite3";
import type { KeyedRow, KeyIndex } from "./key-index.js";
import { KEY_COLUMNS } from "./schema.js";

type EditedRow = { record_id: number; title: string | null } & Record<
  string,
  string | number | null
>;

export class EditedRows {
  constructor(
    private readonly db: Database,
    private readonly keys: KeyIndex,
  ) {}

  /** Whether there is anything to do; cheap enough to ask for each batch. */
  get waiting(): boolean {
    return this.db.prepare("SELECT 1 FROM edited_records LIMIT 1").get() !== undefined;
  }

  /** Takes notice of all noted rows; call inside a write transaction. Gives how many there were. */
  takeNotice(): number {
    const noted = this.db.prepare("SELECT * FROM edited_records").all() as EditedRow[];
    const forget = this.db.prepare(
      "UPDATE record_state SET input_digest = NULL WHERE record_id = ?",
    );
    const removeState = this.db.prepare("DELETE FROM record_state WHERE record_id = ?");
    const removeMerged = this.db.prepare("DELETE FROM merged_sources WHERE record_id = ?");
    for (const row of noted) {
      const recordId = row.record_id;
      const old = keysBefore(row);
      if (old) this.keys.remove(old, recordId);
      const now = this.keys.row(recordId);
      if (now) {
        this.keys.add(now, recordId);
        forget.run(recordId);
      } else {
        removeState.run(recordId);
        removeMerged.run(recordId);
      }
    }
    this.db.prepare("DELETE FROM edited_records").run();
    return noted.length;
  }
}

/** What the row's keys were made from before the edit; null for a row that was new. */
function keysBefore(row: EditedRow): KeyedRow | null {
  if (row.title === null) return null;
  const columns: Record<string, string> = {};
  for (const name of KEY_COLUMNS) columns[name] = String(row[name]);
  return { ...columns, urlIsFallback: false } as unknown as KeyedRow;
}
