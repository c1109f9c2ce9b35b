/** Whether somebody else has written into a row, as far as notice has been taken of it. */

import type { Database } from "better-sqlite3";
import { Written } from "../../model/written.js";
import type { Columns } from "./columns.js";
import type { Rows } from "./rows.js";

export class HandEdits {
  constructor(
    private readonly db: Database,
    private readonly columns: Columns,
    private readonly rows: Rows,
  ) {}

  /** Whether one of some fields of a row holds what somebody else wrote, since our last write or ever. */
  isEdited(recordId: number, fields: readonly string[]): boolean {
    const indexes = fields.map((name) => this.columns.fieldIndex(name));
    const known = indexes.filter((index) => index >= 0 && this.columns.has(index));
    const row = known.length === 0 ? null : this.rows.read(recordId);
    if (row === null) return false;
    const written = this.written(recordId, row.values);
    return known.some(
      (index) => !written.isAsWritten(this.columns.positions[index], row.values[index]),
    );
  }

  private written(recordId: number, values: readonly string[]): Written {
    const { count, positions } = this.columns;
    const stored = this.db
      .prepare<[number], Buffer | number>("SELECT written FROM record_state WHERE record_id = ?")
      .pluck()
      .get(recordId);
    if (stored === undefined || stored === 0) return Written.nothing(count);
    if (typeof stored !== "number") return Written.fromBlob(stored, count);
    if (stored >= count) return Written.asItStands;
    // Nothing was ever written to columns that were added since.
    return Written.texts((at) => values[positions.indexOf(at)] ?? "", stored, count);
  }
}
