/** The tables, and how a database of an earlier version becomes one of this version. */

import type { Database } from "better-sqlite3";
import { STANDARD_FIELDS } from "../../../fields/record-fields.js";
import { KEY_SOURCE_COLUMNS } from "../../../matching/methods.js";

/** `PRAGMA application_id` of our databases: "MARC". */
export const APPLICATION_ID = 0x4d415243;

/** `PRAGMA user_version` that this program writes. */
export const SCHEMA_VERSION = 8;

/** The columns that match keys are made from, with the source that ranks them. */
export const KEY_COLUMNS = [...KEY_SOURCE_COLUMNS, "foreign_source"] as const;

const NOW = "(strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))";

function recordInfo(): string {
  const columns = STANDARD_FIELDS.map(({ name }) =>
    name === "expert_created"
      ? `${name} INTEGER NOT NULL DEFAULT 0`
      : `${name} TEXT NOT NULL DEFAULT ''`,
  );
  return `CREATE TABLE record_info (
  record_id INTEGER PRIMARY KEY AUTOINCREMENT,
  ${columns.join(",\n  ")},
  foreign_source TEXT NOT NULL DEFAULT '',
  foreign_id TEXT NOT NULL DEFAULT '',
  source_record TEXT NOT NULL DEFAULT '',
  marc_date TEXT NOT NULL DEFAULT '',
  date_created TEXT NOT NULL DEFAULT ${NOW},
  date_modified TEXT NOT NULL DEFAULT ${NOW}
)`;
}

const VERSION_1: readonly string[] = [
  recordInfo(),
  // The id stands first: sources are few, so it tells rows apart at once.
  "CREATE UNIQUE INDEX record_info_foreign ON record_info (foreign_id, foreign_source) WHERE foreign_id <> ''",
  "CREATE TABLE foreign_sources (source_id INTEGER PRIMARY KEY, foreign_source TEXT NOT NULL UNIQUE)",
  `CREATE TABLE record_state (
  record_id INTEGER PRIMARY KEY,
  input_digest INTEGER,
  written INTEGER NOT NULL,
  fallback_url INTEGER
)`,
  `CREATE TABLE merged_sources (
  foreign_source TEXT NOT NULL,
  foreign_id TEXT NOT NULL,
  record_id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  offered TEXT NOT NULL,
  contributed TEXT NOT NULL,
  marc_date TEXT NOT NULL,
  input_digest INTEGER,
  held_by_run INTEGER,
  PRIMARY KEY (record_id, position)
) WITHOUT ROWID`,
  // Local records are merged without an id, any number of them.
  "CREATE UNIQUE INDEX merged_sources_foreign ON merged_sources (foreign_id, foreign_source) WHERE foreign_id <> ''",
  `CREATE TABLE match_keys (
  match_key INTEGER NOT NULL,
  source_id INTEGER NOT NULL,
  record_id INTEGER NOT NULL,
  PRIMARY KEY (match_key, source_id, record_id)
) WITHOUT ROWID`,
  "CREATE TABLE keyed_methods (match_method TEXT PRIMARY KEY) WITHOUT ROWID",
  "CREATE TABLE edited_records (record_id INTEGER PRIMARY KEY, foreign_source)",
  "CREATE TABLE hand_edits (record_id INTEGER PRIMARY KEY, after_change INTEGER NOT NULL)",
  `CREATE TABLE import_lease (
  lease INTEGER PRIMARY KEY CHECK (lease = 1),
  run TEXT NOT NULL,
  host TEXT NOT NULL,
  process_id INTEGER NOT NULL,
  process_started TEXT NOT NULL,
  renewed_at TEXT NOT NULL
)`,
  `CREATE TABLE runs (
  run_id INTEGER PRIMARY KEY AUTOINCREMENT,
  run TEXT NOT NULL UNIQUE,
  command TEXT NOT NULL,
  status TEXT NOT NULL,
  exit_status INTEGER,
  config TEXT NOT NULL,
  foreign_source TEXT NOT NULL,
  mapping_digest TEXT NOT NULL,
  started_at TEXT NOT NULL,
  finished_at TEXT,
  seconds REAL NOT NULL DEFAULT 0,
  records_read INTEGER NOT NULL DEFAULT 0,
  created INTEGER NOT NULL DEFAULT 0,
  updated INTEGER NOT NULL DEFAULT 0,
  unchanged INTEGER NOT NULL DEFAULT 0,
  merged INTEGER NOT NULL DEFAULT 0,
  ignored INTEGER NOT NULL DEFAULT 0,
  deleted INTEGER NOT NULL DEFAULT 0,
  rejected INTEGER NOT NULL DEFAULT 0,
  duplicates_removed INTEGER NOT NULL DEFAULT 0,
  details TEXT NOT NULL DEFAULT '{}',
  undoes TEXT,
  pruned_changes INTEGER
)`,
  `CREATE TABLE run_files (
  run_id INTEGER NOT NULL,
  file_number INTEGER NOT NULL,
  path TEXT NOT NULL,
  bytes INTEGER,
  fingerprint TEXT NOT NULL,
  records_read INTEGER NOT NULL DEFAULT 0,
  finished INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (run_id, file_number)
) WITHOUT ROWID`,
  `CREATE TABLE run_statistics (
  run_id INTEGER NOT NULL,
  part TEXT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (run_id, part)
) WITHOUT ROWID`,
  `CREATE TABLE run_checkpoints (run_id INTEGER PRIMARY KEY, checkpoint TEXT NOT NULL)`,
  `CREATE TABLE run_rows (
  run_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  chunk INTEGER NOT NULL,
  record_bits BLOB NOT NULL,
  PRIMARY KEY (run_id, kind, chunk)
) WITHOUT ROWID`,
  `CREATE TABLE changes (
  run_id INTEGER NOT NULL,
  change_number INTEGER NOT NULL,
  action TEXT NOT NULL,
  record_id INTEGER NOT NULL,
  before TEXT,
  PRIMARY KEY (run_id, change_number)
) WITHOUT ROWID`,
];

const VERSION_2: readonly string[] = [
  `CREATE TABLE missing_keys (
  missing_keys INTEGER PRIMARY KEY CHECK (missing_keys = 1),
  after_record_id INTEGER NOT NULL
)`,
];

/** What is asked of the register at the beginning of each run, and grows with each night. */
const VERSION_3: readonly string[] = [
  "CREATE INDEX run_files_fingerprint ON run_files (fingerprint)",
  "CREATE INDEX run_files_path ON run_files (path)",
  "CREATE INDEX runs_undoes ON runs (undoes) WHERE undoes IS NOT NULL",
];

/** Where harvests stand, and how they stood before each run. */
const VERSION_4: readonly string[] = [
  `CREATE TABLE harvest_positions (
  repository TEXT NOT NULL,
  set_spec TEXT NOT NULL,
  base_url TEXT NOT NULL,
  metadata_prefix TEXT NOT NULL,
  rules_digest TEXT NOT NULL,
  position TEXT NOT NULL,
  granularity TEXT NOT NULL,
  deleted_record TEXT NOT NULL,
  full_harvest_at TEXT,
  PRIMARY KEY (repository, set_spec)
) WITHOUT ROWID`,
  `CREATE TABLE harvest_moves (
  run_id INTEGER NOT NULL,
  repository TEXT NOT NULL,
  set_spec TEXT NOT NULL,
  before TEXT,
  after TEXT,
  PRIMARY KEY (run_id, repository, set_spec)
) WITHOUT ROWID`,
  `CREATE TABLE harvest_lists (
  run_id INTEGER NOT NULL,
  set_spec TEXT NOT NULL,
  window_number INTEGER NOT NULL,
  from_date TEXT,
  until_date TEXT,
  response_date TEXT NOT NULL,
  pages INTEGER NOT NULL,
  records INTEGER NOT NULL,
  deleted INTEGER NOT NULL,
  list_size INTEGER,
  restarts INTEGER NOT NULL,
  PRIMARY KEY (run_id, set_spec, window_number)
) WITHOUT ROWID`,
  `CREATE TABLE harvest_retries (
  repository TEXT NOT NULL,
  identifier TEXT NOT NULL,
  code TEXT NOT NULL,
  first_run INTEGER NOT NULL,
  last_tried TEXT NOT NULL,
  tries INTEGER NOT NULL,
  PRIMARY KEY (repository, identifier)
) WITHOUT ROWID`,
];

/** What is kept of a record beside its row, to compare others with. */
const VERSION_5: readonly string[] = ["ALTER TABLE record_state ADD COLUMN evidence TEXT"];

/** Retries that a run has settled: taken back with its rows, they must be asked for again. */
const VERSION_6: readonly string[] = [
  `CREATE TABLE harvest_settled (
  run_id INTEGER NOT NULL,
  repository TEXT NOT NULL,
  identifier TEXT NOT NULL,
  code TEXT NOT NULL,
  first_run INTEGER NOT NULL,
  last_tried TEXT NOT NULL,
  tries INTEGER NOT NULL,
  PRIMARY KEY (run_id, repository, identifier)
) WITHOUT ROWID`,
];

/** Possible duplicates, and what persons have said of pairs; `undone_by` is the run that took it back. */
const VERSION_7: readonly string[] = [
  `CREATE TABLE possible_duplicates (
  pair_id INTEGER PRIMARY KEY,
  record_id INTEGER NOT NULL,
  other_record_id INTEGER NOT NULL,
  points INTEGER NOT NULL,
  grounds TEXT NOT NULL,
  run_id INTEGER NOT NULL,
  undone_by INTEGER
)`,
  "CREATE INDEX possible_duplicates_pair ON possible_duplicates (record_id, other_record_id)",
  "CREATE INDEX possible_duplicates_run ON possible_duplicates (run_id)",
  `CREATE TABLE duplicate_decisions (
  decision_id INTEGER PRIMARY KEY,
  decision TEXT NOT NULL CHECK (decision IN ('same', 'different')),
  foreign_source TEXT NOT NULL,
  foreign_id TEXT NOT NULL,
  record_id INTEGER NOT NULL,
  other_foreign_source TEXT NOT NULL,
  other_foreign_id TEXT NOT NULL,
  other_record_id INTEGER NOT NULL,
  decided_at TEXT NOT NULL,
  run_id INTEGER NOT NULL,
  undone_by INTEGER
)`,
  "CREATE INDEX duplicate_decisions_one ON duplicate_decisions (foreign_id, foreign_source, record_id)",
  "CREATE INDEX duplicate_decisions_other ON duplicate_decisions (other_foreign_id, other_foreign_source, other_record_id)",
];

/** Records as they are kept beside their rows (`keep_records`), by the run that brought them; NULL for none. */
const VERSION_8: readonly string[] = [
  `CREATE TABLE kept_records (
  record_id INTEGER NOT NULL,
  run_id INTEGER NOT NULL,
  format TEXT,
  record BLOB,
  PRIMARY KEY (record_id, run_id)
)`,
];

/** Statements that lead from version `index` to version `index + 1`. */
const MIGRATIONS: readonly (readonly string[])[] = [
  VERSION_1,
  VERSION_2,
  VERSION_3,
  VERSION_4,
  VERSION_5,
  VERSION_6,
  VERSION_7,
  VERSION_8,
];

/** Whether the database has the tables that this program writes; one that is only read may be older. */
export function hasThisSchema(db: Database): boolean {
  return db.pragma("user_version", { simple: true }) === SCHEMA_VERSION;
}

/** Brings the schema to SCHEMA_VERSION, each step in a transaction with its version number. */
export function migrate(db: Database): void {
  const version = () => db.pragma("user_version", { simple: true }) as number;
  for (let step = version(); step < SCHEMA_VERSION; step++) {
    db.transaction(() => {
      // Another process may have taken the step while this one waited for the lock.
      if (version() > step) return;
      for (const statement of MIGRATIONS[step]) db.exec(statement);
      db.pragma(`user_version = ${step + 1}`);
      db.pragma(`application_id = ${APPLICATION_ID}`);
    }).immediate();
  }
}
