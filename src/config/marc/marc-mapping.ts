/** How MARC records are read and mapped: the part of a configuration that a source of MARC brings along. */

import type { RecordField } from "../../fields/record-fields.js";
import type { JobConfig } from "../job/job-config.js";
import type { AskedConfig } from "../job/want.js";
import type { Location } from "../language/problems.js";
import type { OpenLibrarySettings } from "./open-library.js";

/** A set of one-byte codes (indicators or subfield codes), 128 flags indexed by byte: 1 = in it. */
export type CodeSet = Readonly<Uint8Array>;

/** `TAG`: three characters, `X` any digit; `LDR` for the leader. */
export interface TagPattern {
  readonly text: string;
  readonly leader: boolean;
  /** Zero-based inclusive range of character positions on a fixed field, or null for the whole field. */
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
  readonly kind: "include" | "exclude" | "delete";
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

export const ENCODINGS = ["auto", "utf-8", "marc-8", "latin-1", "iso5426"] as const;
export type ConfiguredEncoding = (typeof ENCODINGS)[number];
export type RecordType = "bibliographic" | "authority" | "holdings" | "unimarc";

/** A foreign id field: a three-character tag and, for a data field, its subfield codes. */
export interface ForeignIdField {
  readonly tag: string;
  readonly subfields: string;
}

/** What `[Settings]` says of MARC records. */
export interface MarcSettings {
  readonly foreignIdFields: readonly ForeignIdField[];
  readonly recordTypes: readonly RecordType[];
  /** Subfield codes that `*` leaves out. */
  readonly controlSubfields: string;
  readonly encoding: ConfiguredEncoding;
  readonly strict: boolean;
  /** Bytes. */
  readonly maxRecordSize: number;
  /** Whether records that follow one another with one 001 are joined. */
  readonly joinSplitRecords: boolean;
}

export interface MarcMapping extends MarcSettings {
  /** Where a record's number is found; where there are none, in `foreignIdFields`. */
  readonly foreignId: readonly SearchField[];
  readonly filters: readonly FilterRule[];
  readonly url: UrlRules;
  readonly description: DescriptionRules;
  readonly extractors: readonly FieldExtractor[];
}

/** A job whose records are MARC, wherever they come from. */
export interface MarcJob extends JobConfig {
  readonly mapping: MarcMapping;
}

/** The configuration of an import of MARC records. It can be sent to another thread. */
export interface MarcConfig extends MarcJob, AskedConfig {
  readonly openLibrary: OpenLibrarySettings;
}
