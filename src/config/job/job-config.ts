/**
 * What every import is told, wherever its records come from: plain, frozen, fully checked data.
 * Storing, deciding and running see this part alone.
 */

import type { RecordField } from "../../fields/record-fields.js";
import type { EvidenceSettings } from "../../matching/evidence/compare.js";
import type { MatchMethod } from "../../matching/methods.js";
import type { Veto } from "../../matching/vetoes.js";
import type { EffectiveSetting } from "../language/section-reader.js";

export const DUPLICATE_POLICIES = [
  "KEEP_ALL",
  "KEEP_ANY",
  "KEEP_HIGHER",
  "KEEP_HIGHER_OR_SAME",
  "REMOVE_LOWER",
  "REMOVE_LOWER_KEEP_HIGHER",
  "REPLACE",
  "MERGE",
  "MERGE_INTO_HIGHER",
  "UPDATE_ONLY",
] as const;
export type DuplicatePolicy = (typeof DUPLICATE_POLICIES)[number];

/** The policies under which a duplicate may be deleted. */
export const DELETING_POLICIES: readonly DuplicatePolicy[] = [
  "REMOVE_LOWER",
  "REMOVE_LOWER_KEEP_HIGHER",
  "REPLACE",
];

export type Verbosity = 0 | 1 | 2 | 3 | 4 | 5;

/** `max_deletes`: a number of rows, a share of the source's rows (0..1), or the default of both. */
export type MaxDeletes =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "share"; readonly value: number }
  | { readonly kind: "default" };

/** The program that writes a log: each has a folder and a file of its own. */
export type Program = "MARC_import" | "OAI-PMH-importer";

export interface LoggingSettings {
  /** MARC_import if absent. */
  readonly program?: Program;
  readonly verbosity: Verbosity;
  /** Absolute path. */
  readonly directory: string;
  readonly format: "text" | "json";
  /** Bytes after which the log is rotated, null for never. */
  readonly maxSize: number | null;
  /** How many rotated logs are kept, null for all. */
  readonly keep: number | null;
}

export interface DatabaseSettings {
  /** Absolute path. */
  readonly path: string;
  readonly journal: "wal" | "delete";
  readonly fullText: readonly string[];
  /** Records a transaction. */
  readonly batchSize: number;
  /** Days that before-images are kept, null for ever. */
  readonly keepChanges: number | null;
  /** Whether the record that a row came from is kept beside it. */
  readonly keepRecords: boolean;
  /** Methods whose keys are kept beside those of `matchMethods`, for look-ups. */
  readonly keepKeys: readonly MatchMethod[];
}

/** What `[Settings]` says whatever the source. */
export interface JobSettings {
  readonly foreignSource: string;
  readonly remoteUser: string;
  readonly expertCreated: boolean;
  readonly institutionalOwner: string;
  /** Names; an empty list in the file has become every descriptive field. */
  readonly fieldsToMerge: readonly string[];
  readonly deletes: "apply" | "ignore";
  readonly maxDeletes: MaxDeletes;
  readonly skipOlder: boolean;
  readonly protectedFields: readonly string[];
  /** Fields that must not be empty (`record_must_be_valid`); empty list: none. */
  readonly requiredFields: readonly string[];
}

/** What the sections of every kind of job say. */
export interface JobSections {
  /** Absolute path of the main configuration file. */
  readonly path: string;
  readonly logging: LoggingSettings;
  readonly database: DatabaseSettings;
  /** Foreign sources, highest priority first. */
  readonly priorityList: readonly string[];
  readonly matchMethods: readonly MatchMethod[];
  readonly duplicatePolicy: DuplicatePolicy;
  /** In what a row must not differ from a record to be its duplicate, whatever a match method finds. */
  readonly neverIf: readonly Veto[];
  /** How DESCRIPTION compares two records. */
  readonly evidence: EvidenceSettings;
  readonly settings: JobSettings;
  /** Every record field of this database in column order: the standard ones, then the extra ones. */
  readonly fields: readonly RecordField[];
}

export interface JobConfig extends JobSections {
  /** Absolute paths of all files that it was read from: what is included, and translation maps. */
  readonly files: readonly string[];
  /** By field index: whether an import sets the field, be it to the empty text; the others are left as a person wrote them. */
  readonly managed: readonly boolean[];
  /** Hex digest of everything that decides how a record becomes a row; equal for equal mappings. */
  readonly mappingDigest: string;
  /** Every effective setting in file order, defaults after them. */
  readonly effective: readonly EffectiveSetting[];
}
