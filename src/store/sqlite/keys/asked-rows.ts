/** Rows as who only asks sees them: of each no more is read than answers rest on. */

import type { Database, Statement } from "better-sqlite3";
import type { RecordField } from "../../../fields/record-fields.js";
import type { AskedRow } from "../../reading-port.js";
import { quoted } from "../file/quoted.js";
import { Columns } from "../rows/columns.js";

type Read = [id: number, source: string, foreignId: string, merged: number, ...values: string[]];

/** Positions of a row before its values. */
const HEAD = 4;
const NOTHING_MERGED: readonly string[] = [];

export class AskedRows {
  private readonly select: Statement<[number], Read>;
  private readonly merged: Statement<[number], string>;
  /** The positions among the fields of the columns that are read. */
  private readonly at: readonly number[];
  private readonly empty: readonly string[];

  /** @param columns the names of the fields that are read; those that the table lacks are empty */
  constructor(db: Database, fields: readonly RecordField[], columns: readonly string[]) {
    const present = Columns.namesIn(db).filter((name) => columns.includes(name));
    this.at = fields.flatMap(({ name }, i) => (present.includes(name) ? [i] : []));
    this.empty = fields.map(() => "");
    // Other programs may store numbers and blobs where we store texts.
    const texts = ["foreign_source", "foreign_id"].map((name) => `CAST(${name} AS TEXT)`);
    const values = this.at.map((i) => `CAST(${quoted(fields[i].name)} AS TEXT)`);
    const isMerged = "EXISTS (SELECT 1 FROM merged_sources AS m WHERE m.record_id = r.record_id)";
    const all = ["record_id", ...texts, isMerged, ...values].join(", ");
    this.select = db
      .prepare<[number], Read>(`SELECT ${all} FROM record_info AS r WHERE record_id = ?`)
      .raw();
    this.merged = db
      .prepare<[number], string>(
        "SELECT DISTINCT foreign_source FROM merged_sources WHERE record_id = ?",
      )
      .pluck();
  }

  /** The row of a record_id, null where there is none. */
  read(recordId: number): AskedRow | null {
    const read = this.select.get(recordId);
    if (read === undefined) return null;
    const values = this.empty.slice();
    for (let i = 0; i < this.at.length; i++) values[this.at[i]] = read[HEAD + i] as string;
    return {
      recordId,
      foreignSource: read[1],
      foreignId: read[2],
      merged: read[3] === 0 ? NOTHING_MERGED : this.merged.all(recordId),
      values,
    };
  }
}
