/** What writing rows and keeping what they were share. */

import type { Database } from "better-sqlite3";
import type { RecordState, StoredRow } from "../../model/stored-row.js";
import type { KeyIndex } from "../keys/key-index.js";
import type { Columns } from "./columns.js";
import type { MergedSources } from "./merged-sources.js";
import type { Rows } from "./rows.js";

/** A row as it stands before a change. */
export interface Standing {
  readonly state: RecordState;
  /** null if it has not been read. */
  readonly row: StoredRow | null;
}

/** The parts of the store that writing needs. */
export interface WriterParts {
  readonly db: Database;
  readonly columns: Columns;
  readonly rows: Rows;
  readonly keys: KeyIndex;
  readonly merged: MergedSources;
}
