/** Which columns `record_info` has, and where each record field of the configuration stands among them. */

import type { Database } from "better-sqlite3";
import { RESERVED_COLUMNS, type RecordField } from "../../../fields/record-fields.js";
import { quoted } from "../file/quoted.js";
import { watchColumns } from "./edit-triggers.js";

/**
 * The value columns of `record_info` in table order. Columns are only ever appended, so a position
 * once given stays.
 */
export class Columns {
  /** Position in the table's value columns, by field index of the configuration; -1 for no column. */
  readonly positions: readonly number[];

  private constructor(
    readonly names: readonly string[],
    readonly fields: readonly RecordField[],
  ) {
    this.positions = fields.map(({ name }) => names.indexOf(name));
  }

  /**
   * Reads the columns of the table. Where writing is allowed, adds those that `fields` needs, and sees
   * to it that edits of all of them are noted.
   */
  static prepare(db: Database, fields: readonly RecordField[]): Columns {
    const lacks = (present: readonly string[]) =>
      fields.some(({ name }) => !present.includes(name));
    if (!db.readonly && lacks(Columns.namesIn(db))) {
      db.transaction(() => Columns.add(db, fields)).immediate();
    }
    const present = Columns.namesIn(db);
    if (!db.readonly) watchColumns(db, present);
    return new Columns(present, fields);
  }

  /** Adds what is missing; what that is must be read in the same transaction, since others add columns too. */
  private static add(db: Database, fields: readonly RecordField[]): void {
    const present = Columns.namesIn(db);
    for (const { name } of fields) {
      if (present.includes(name)) continue;
      db.exec(`ALTER TABLE record_info ADD COLUMN ${quoted(name)} TEXT NOT NULL DEFAULT ''`);
    }
  }

  /** The value columns of the table as it is. */
  static namesIn(db: Database): string[] {
    const all = db.prepare("SELECT name FROM pragma_table_info('record_info')").pluck().all();
    return (all as string[]).filter((name) => !RESERVED_COLUMNS.includes(name));
  }

  /** Whether the table has the field of that index; a database opened for reading may lack it. */
  has(fieldIndex: number): boolean {
    return this.positions[fieldIndex] >= 0;
  }

  get count(): number {
    return this.names.length;
  }

  /** Field index by name; -1 if the configuration has no such field. */
  fieldIndex(name: string): number {
    return this.fields.findIndex((field) => field.name === name);
  }
}
