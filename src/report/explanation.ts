/** What is told of one record: plain data, which goes to a person, a machine or the log. */

import type { Location } from "../config/language/problems.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { UrlCandidate } from "../mapping/dc/trace.js";
import type { RuleMatch, TraceStep } from "../mapping/marc/trace.js";
import type { FoundBy } from "../matching/duplicate-query.js";
import type { Refusal } from "../matching/duplicates.js";
import type { Evidence } from "../matching/evidence/compare.js";
import type { MatchMethod } from "../matching/methods.js";
import type { Rank } from "../matching/priorities.js";

export interface ShownSubfield {
  /** One character. */
  readonly code: string;
  readonly text: string;
}

/** One field as a person reads MARC. */
export interface ShownField {
  readonly tag: string;
  /** One-based, among the fields of that tag. */
  readonly occurrence: number;
  /** Two characters; null for a control field. */
  readonly indicators: string | null;
  /** The text of a control field, "" for a data field. */
  readonly text: string;
  readonly subfields: readonly ShownSubfield[];
  /** The field in another script that it forms a pair with (`880[2]`, `245[1]`), or null. */
  readonly pairedWith: string | null;
}

export interface ShownRecord {
  /** 24 characters; "" for a reject. */
  readonly leader: string;
  /** How its text was read; "" for a reject. */
  readonly encoding: string;
  readonly fields: readonly ShownField[];
}

/** An element with text of a harvested record. */
export interface ShownElement {
  /** `dc:identifier[2]`: as written, and its one-based occurrence. */
  readonly label: string;
  /** "" for none, as below. */
  readonly namespace: string;
  /** xsi:type as written. */
  readonly type: string;
  /** xml:lang. */
  readonly lang: string;
  readonly text: string;
}

/** A record as a repository of OAI-PMH has sent it. */
export interface ShownHarvested {
  readonly identifier: string;
  readonly datestamp: string;
  readonly deleted: boolean;
  readonly setSpecs: readonly string[];
  /** Empty for a deletion, and for MARC, which is shown as such. */
  readonly elements: readonly ShownElement[];
  /** What became of each candidate for the url. */
  readonly candidates: readonly UrlCandidate[];
}

/** What one SearchField, or one key of a field map, did. */
export interface RuleTrace {
  readonly name: string;
  /** As written. */
  readonly rule: string;
  /** "" for a key of a field map. */
  readonly tag: string;
  readonly at: Location;
  readonly matches: readonly RuleMatch[];
  /** It was not looked at: a rule before it had given the value. */
  readonly passedOver: boolean;
}

export interface FilterTrace extends RuleTrace {
  readonly kind: "include" | "exclude" | "delete";
  readonly holds: boolean;
}

/** How one record field came to its value. */
export interface FieldTrace {
  readonly field: string;
  readonly rules: readonly RuleTrace[];
  /** What was done with the whole field: initial text, joins, list form, fallback. */
  readonly steps: readonly TraceStep[];
  readonly value: string;
}

/** What reading and mapping tell of a record. */
export interface RecordTrace {
  readonly record: ShownRecord;
  readonly filters: readonly FilterTrace[];
  /** In column order; a field that no record fills is not among them. */
  readonly mapping: readonly FieldTrace[];
  /** Absent where the record does not come from a repository. */
  readonly harvested?: ShownHarvested | undefined;
}

/** The match keys of one method. */
export interface ShownKeys {
  readonly method: MatchMethod;
  /** The normalised texts that are compared; empty if the row lacks what the method needs. */
  readonly texts: readonly string[];
}

export interface ShownExisting {
  readonly recordId: number;
  readonly foreignSource: string;
  readonly foreignId: string;
  /** The record was merged into this row of another source. */
  readonly merged: boolean;
  readonly title: string;
}

/** A row that the match method found. */
export interface ShownCandidate {
  readonly recordId: number;
  readonly foreignSource: string;
  /** Its priority as the import sees it. */
  readonly priority: Rank;
  readonly method: FoundBy;
  readonly key: string;
  readonly title: string;
}

/** A row that a match method found and that was not taken for a duplicate. */
export interface ShownRefused {
  readonly recordId: number;
  readonly foreignSource: string;
  readonly method: MatchMethod;
  readonly key: string;
  readonly title: string;
  readonly veto: Refusal;
}

/** A row that was compared with the record by their descriptions. */
export interface ShownWeighed extends Evidence {
  readonly recordId: number;
  readonly foreignSource: string;
  readonly title: string;
  /** The keys by which it was found. */
  readonly keys: readonly string[];
  /** A person has said that they are different. */
  readonly decided: boolean;
}

/** What comparing descriptions came to. */
export interface ShownWeighing {
  readonly weighed: readonly ShownWeighed[];
  /** Keys that too many rows share to be looked at. */
  readonly leftOut: readonly string[];
}

/** Where no descriptions were compared. */
export const NOT_WEIGHED: ShownWeighing = { weighed: [], leftOut: [] };

export interface ShownDecision {
  /** One of the seven outcomes. */
  readonly outcome: string;
  /** The row concerned; null if there is none, or none yet. */
  readonly recordId: number | null;
  readonly policy: string;
  /** The cell of the policy table that settled the matter; null where the policy was not asked. */
  readonly cell: string | null;
  readonly reason: string;
  /** Rows that the policy deletes. */
  readonly removes: readonly number[];
}

/** A column of an existing row that the import changes. */
export interface ShownChange {
  readonly column: string;
  readonly before: string;
  readonly after: string;
}

/** Everything that led to the treatment of one record. */
export interface Explanation {
  readonly file: string;
  /** One-based. */
  readonly number: number;
  /** Of its first byte, and how many; null where the input is no stream of bytes. */
  readonly offset: number | null;
  readonly length: number | null;
  readonly controlNumber: string;
  readonly foreignSource: string;
  readonly foreignId: string;
  readonly trace: RecordTrace;
  readonly diagnostics: readonly Diagnostic[];
  /** The mapped values by record field; null for a reject. */
  readonly row: Readonly<Record<string, string>> | null;
  readonly keys: readonly ShownKeys[];
  /** Why duplicates were not looked for; null where they were. */
  readonly notLookedFor: string | null;
  readonly existing: ShownExisting | null;
  readonly candidates: readonly ShownCandidate[];
  readonly notTaken: readonly ShownRefused[];
  readonly weighing: ShownWeighing;
  readonly decision: ShownDecision;
  /** The row as it will stand, by record field; null where none is made or changed. */
  readonly result: Readonly<Record<string, string>> | null;
  readonly changes: readonly ShownChange[];
}

/** What a reject shows of itself. */
export const NO_TRACE: RecordTrace = {
  record: { leader: "", encoding: "", fields: [] },
  filters: [],
  mapping: [],
};
