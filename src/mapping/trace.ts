/** What `explain` is told while a record is mapped: the very steps of the mapping, nothing else. */

import type { SearchField } from "../config/import-config.js";

/** One substitution step, or a later treatment (`skip_nonfiling`, `trim_punctuation`, `translation_map`, `unique`). */
export interface TraceStep {
  readonly step: string;
  readonly before: string;
  readonly after: string;
}

/** What one SearchField made of one MARC field. `text` null: nothing came of it, `why` says why. */
export interface RuleMatch {
  /** `650[3]`: tag and one-based occurrence; `856[1]$u` where each subfield counts for itself; `LDR`. */
  readonly field: string;
  readonly why:
    | "matched"
    | "indicator 1"
    | "indicator 2"
    | "no such subfield"
    | "out of range"
    | "empty";
  readonly steps: readonly TraceStep[];
  readonly text: string | null;
}

/** Receives the steps; every method is called in the order of work. */
export interface MappingTrace {
  beginField(name: string): void;
  rule(search: SearchField, matches: readonly RuleMatch[]): void;
  /** Treatment of the whole field: initial text, joins, list form, fallback, identifiers. */
  fieldStep(step: TraceStep): void;
  endField(name: string, value: string): void;
}
