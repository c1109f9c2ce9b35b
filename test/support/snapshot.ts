/** Everything in a database that an undo must put back, for comparison. */

import type { Database } from "better-sqlite3";
import { otherProgram } from "./other-program.js";

const TABLES = {
  record_info: "SELECT * FROM record_info ORDER BY record_id",
  record_state:
    "SELECT record_id, input_digest, hex(written), fallback_url, evidence FROM record_state ORDER BY record_id",
  // Which run read a merged record last is no part of the row.
  merged_sources: `SELECT foreign_source, foreign_id, record_id, position, offered, contributed,
    marc_date, input_digest FROM merged_sources ORDER BY record_id, position`,
  match_keys: "SELECT * FROM match_keys ORDER BY match_key, source_id, record_id",
} as const;

export type Snapshot = Record<keyof typeof TABLES, Record<string, unknown>[]>;

function read(db: Database): Snapshot {
  const rows = Object.entries(TABLES).map(([name, sql]) => [name, db.prepare(sql).all()]);
  return Object.fromEntries(rows) as Snapshot;
}

/** The rows, their books, what was merged into them, and their match keys. */
export function snapshot(path: string): Snapshot {
  return otherProgram(path, read);
}
