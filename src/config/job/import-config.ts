/**
 * The configuration of an import as every other room sees it: plain, frozen, fully checked data
 * that can be sent to another thread. Parsing and checking live in the neighbouring files.
 */

import type { RecordField } from "../../fields/record-fields.js";

/** Where a value was written: a file (absolute path) and a one-based line. */
export interface Location {
  readonly file: string;
  readonly line: number;
}

/** A set of one-byte codes (indicators or subfield codes), 128 flags indexed by byte: 1 = in it. */
export type CodeSet = Readonly<Uint8Array>;

/** `TAG`: three characters, `X` any digit; `LDR` for the leader. */
export interface TagPattern {
  readonly text: string;
  readonly leader: boolean;
  /** Zero-based inclusive byte range on a fixed field, or null for the whole field. */
  readonly range: { readonly from: number; readonly to: number } | null;
}

/** One SearchField, parsed and checked. `transforms` and `pattern` are source text, compiled where used. */
export interface SearchField {
  readonly name: string;
  readonly at: Location;
  /** The value as written. */
  readonly text: string;
  readonly tag: TagPattern;
  readonly indicator1: CodeSet;
  readonly indicator2: CodeSet;
  readonly subfields: CodeSet;
  /** The fifth part as written: comma-separated substitutions, or "" for none. */
  readonly transforms: string;
}

/** `[Filter]`: `pattern` is the fifth part as written, `/…/flags`, or "" (the field must be there). */
export interface FilterRule {
  readonly kind: "include" | "exclude";
  readonly search: SearchField;
  readonly pattern: string;
}

/** A MarcFieldExtractor section. */
export interface FieldExtractor {
  readonly field: RecordField;
  readonly at: Location;
  readonly initialText: string;
  readonly initialSerialText: string;
  readonly initialMonographText: string;
  readonly fallbackValue: string;
  readonly fieldJoin: string;
  readonly subfieldJoin: string;
  readonly trimPunctuation: boolean;
  readonly skipNonfiling: boolean;
  readonly firstOnly: boolean;
  readonly unique: boolean;
  readonly linkedFields: "off" | "append" | "only";
  /** code to label; null when the section names no translation map. Key `__default__` as in the file. */
  readonly translationMap: Readonly<Record<string, string>> | null;
  readonly searchFields: readonly SearchField[];
}

export type CleanUp = "none" | "clean" | "canonize";

export interface UrlRules {
  readonly at: Location | null;
  /** Holds `CONTROL_NO`; "" for none. */
  readonly fallbackPattern: string;
  readonly cleanUp: CleanUp;
  readonly searchFields: readonly SearchField[];
}

export const DESCRIPTION_METHODS = [
  "standard",
  "summary",
  "AllPossible",
  "MARC",
  "LOC",
  "LexisNexis",
  "SCP",
] as const;
export type DescriptionMethod = (typeof DESCRIPTION_METHODS)[number];

export interface DescriptionRules {
  readonly at: Location | null;
  /** A built-in method, or "custom" with the extractor of the `[description.NAME]` section. */
  readonly method: DescriptionMethod | "custom";
  readonly methodName: string;
  readonly custom: FieldExtractor | null;
  readonly fallbackValue: string;
}

export const MATCH_METHODS = [
  "NONE",
  "EXACT_URL",
  "FUZZY_URL",
  "EXACT_TITLE",
  "FUZZY_TITLE",
  "TITLE_AUTHOR_YEAR",
  "ISBN",
  "ISSN",
  "LCCN",
  "OCLC_NUMBER",
] as const;
export type MatchMethod = (typeof MATCH_METHODS)[number];

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

export type Verbosity = 0 | 1 | 2 | 3 | 4 | 5;
export type ConfiguredEncoding = "auto" | "utf-8" | "marc-8" | "latin-1";
export type RecordType = "bibliographic" | "authority" | "holdings" | "unimarc";

/** A foreign id field: a three-character tag and, for a data field, its subfield codes. */
export interface ForeignIdField {
  readonly tag: string;
  readonly subfields: string;
}

/** `max_deletes`: a number of rows, a share of the source's rows (0..1), or the default of both. */
export type MaxDeletes =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "share"; readonly value: number }
  | { readonly kind: "default" };

export interface LoggingSettings {
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
}

export interface ImportSettings {
  readonly foreignSource: string;
  readonly foreignIdFields: readonly ForeignIdField[];
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
  readonly recordTypes: readonly RecordType[];
  /** Subfield codes that `*` leaves out. */
  readonly controlSubfields: string;
  readonly encoding: ConfiguredEncoding;
  readonly strict: boolean;
  /** Bytes. */
  readonly maxRecordSize: number;
}

/** One effective setting, for `check`. `at` is null for a default; "command line" has its own flag. */
export interface EffectiveSetting {
  readonly section: string;
  readonly key: string;
  readonly value: string;
  readonly origin: "file" | "command line" | "default";
  readonly at: Location | null;
  /** A line of a file that says `override`, although nothing before it states the key. */
  readonly idleOverride: boolean;
}

export interface ImportConfig {
  /** Absolute path of the main configuration file. */
  readonly path: string;
  /** Absolute paths of all files that it was read from: what is included, and translation maps. */
  readonly files: readonly string[];
  readonly logging: LoggingSettings;
  readonly database: DatabaseSettings;
  /** Foreign sources, highest priority first. */
  readonly priorityList: readonly string[];
  readonly matchMethods: readonly MatchMethod[];
  readonly duplicatePolicy: DuplicatePolicy;
  readonly settings: ImportSettings;
  readonly filters: readonly FilterRule[];
  readonly url: UrlRules;
  readonly description: DescriptionRules;
  readonly extractors: readonly FieldExtractor[];
  /** Every record field of this database in column order: the standard ones, then the extra ones. */
  readonly fields: readonly RecordField[];
  /** Hex digest of everything that decides how a record becomes a row; equal for equal mappings. */
  readonly mappingDigest: string;
  /** Every effective setting in file order, defaults after them. */
  readonly effective: readonly EffectiveSetting[];
}
