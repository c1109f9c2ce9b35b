/**
 * The keys that every job has: what each may hold, what it is when unstated, what it does.
 * Reading, error messages, suggestions, `check` and the reference manual all go by this table.
 */

import { VETOES } from "../../matching/vetoes.js";
import { key, keyWithoutDefault } from "../language/key-spec.js";
import {
  BOOLEAN,
  byteSize,
  choice,
  FIELDS,
  integer,
  NAMES,
  PATH,
  PLAIN,
} from "../language/value-types.js";
import { EVIDENCE, MATCH_POINTS } from "./evidence-keys.js";
import { DUPLICATE_POLICIES } from "./job-config.js";
import {
  EXTRA_FIELDS,
  KEPT_KEYS,
  MATCH_LIST,
  MAX_DELETES,
  REQUIRED_FIELDS,
  VETO_LIST,
} from "./setting-types.js";

const UNLIMITED = Number.MAX_SAFE_INTEGER;

export const LOGGING = {
  verbosity: key(
    "verbosity",
    integer(0, 5),
    "3",
    "How much the log says: 0 nothing, 1 errors, 2 warnings and totals, 3 normal, 4 a line for each record, 5 everything.",
  ),
  directory: key(
    "directory",
    PATH,
    "log",
    "The log directory; the log is `MARC_import/MARC_importer.log` in it.",
  ),
  log_format: key("log_format", choice(["text", "json"]), "text", "How a log line is written."),
  max_size: key(
    "max_size",
    byteSize(1000, UNLIMITED, "never"),
    "never",
    "The size at which the log is put aside and a new one begun.",
  ),
  keep: key("keep", integer(1, 1_000_000, "all"), "all", "How many logs put aside are kept."),
};

export const DATABASE = {
  path: key("path", PATH, "ivia.sqlite", "The database file."),
  journal: key(
    "journal",
    choice(["wal", "delete"]),
    "wal",
    "SQLite's journal; `delete` for a file that other accounts read without the right to write beside it.",
  ),
  extra_fields: key(
    "extra_fields",
    EXTRA_FIELDS,
    "",
    "Record fields beyond the standard ones; each becomes a column and may have a section.",
  ),
  full_text: key("full_text", FIELDS, "", "Fields for a full-text index (FTS5)."),
  batch_size: key(
    "batch_size",
    integer(1, 1_000_000),
    "10000",
    "Records in one transaction; one that takes long ends earlier.",
  ),
  keep_changes: key(
    "keep_changes",
    integer(0, 1_000_000, "all"),
    "all",
    "For how many days the changes of a run are kept, so that it can be undone.",
  ),
  keep_records: key(
    "keep_records",
    BOOLEAN,
    "false",
    "Whether the record that a row came from is kept beside it, so that `export --format marc` needs no file.",
  ),
  keep_keys: key(
    "keep_keys",
    KEPT_KEYS,
    "",
    "Match methods whose keys are kept beside those of match_method, so that `want` and `serve` need no scan; such as `ISBN,LCCN,OCLC_NUMBER`.",
  ),
};

export const PRIORITIES = {
  priority_list: key(
    "priority_list",
    NAMES,
    "",
    "Foreign sources, highest priority first; local records stand above all, unlisted sources below.",
  ),
};

export const DUPLICATES = {
  match_method: key(
    "match_method",
    MATCH_LIST,
    "NONE",
    "How duplicates are found; of several methods the first that finds something wins.",
    "duplicate_check",
  ),
  duplicate_policy: key(
    "duplicate_policy",
    choice(DUPLICATE_POLICIES),
    "KEEP_ALL",
    "What is done when there are duplicates; `MARC_import policies` prints the tables.",
  ),
  never_if: key(
    "never_if",
    VETO_LIST,
    VETOES.join(", "),
    "In what a row never differs from a record that it is a duplicate of, whatever the method finds: print and online, text and map, serial and monograph, one part and another.",
  ),
};

export const SETTINGS = {
  foreign_source: keyWithoutDefault(
    "foreign_source",
    PLAIN,
    "must be stated",
    'Where the records come from; `""` for local records. A file of local records that was imported before is refused without --again; what comes through a pipe, or zipped only one of two times, is not recognised.',
  ),
  remote_user: key("remote_user", PLAIN, "", "Text for the field remote_user of every record."),
  expert_created: key(
    "expert_created",
    BOOLEAN,
    "false",
    "Value of the field expert_created of every record.",
  ),
  institutional_owner: key(
    "institutional_owner",
    PLAIN,
    "",
    "Text for the field institutional_owner of every record; `;` separates several owners.",
  ),
  fields_to_merge: key(
    "fields_to_merge",
    FIELDS,
    "",
    "The fields that a merge adds to; empty for every descriptive field.",
  ),
  deletes: key(
    "deletes",
    choice(["apply", "ignore"]),
    "apply",
    "What a record marked as deleted does: by leader/05, an OAI-PMH header or a `delete_if`.",
  ),
  max_deletes: key(
    "max_deletes",
    MAX_DELETES,
    "default",
    "How many rows of the source one run may delete before it stops; `default` is the larger of 50 and 10 %, and for a full load half of them at most.",
  ),
  skip_older: key(
    "skip_older",
    BOOLEAN,
    "false",
    "Whether a record whose 005 is older than the row's is ignored; a 005 that is no date counts as missing (M506).",
  ),
  protected_fields: key(
    "protected_fields",
    FIELDS,
    "",
    "Fields in which a value that somebody else changed since our last write survives an update. A merge may still add to a list.",
  ),
  record_must_be_valid: key(
    "record_must_be_valid",
    REQUIRED_FIELDS,
    "false",
    "The fields that must not be empty; a record that lacks one is ignored.",
  ),
};

/** Of jobs whose records may be damaged. */
export const STRICT = key(
  "strict",
  BOOLEAN,
  "false",
  "Whether damaged records are rejected, not repaired.",
);

/** The sections of every job by name. A source adds keys to [Settings], and sections of its own. */
export const JOB_SECTIONS = {
  Logging: LOGGING,
  Database: DATABASE,
  Priorities: PRIORITIES,
  Duplicates: { ...DUPLICATES, ...EVIDENCE },
  "Match points": MATCH_POINTS,
  Settings: SETTINGS,
};
