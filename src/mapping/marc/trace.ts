/** What `explain` is told while a record is mapped: the very steps of the mapping, nothing else. */

import type { FilterRule, SearchField } from "../../config/marc/marc-mapping.js";

/**
 * One substitution step, or another treatment (`skip_nonfiling`, `subfield_join`,
 * `trim_punctuation`, `translation_map`, `unique`, `list`). Where a treatment is of several texts, a
 * line break stands between them.
 */
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
    | "empty"
    | "first_only";
  readonly steps: readonly TraceStep[];
  readonly text: string | null;
}

/** Receives the steps; every method is called in the order of work. */
export interface MappingTrace {
  beginField(name: string): void;
  rule(search: SearchField, matches: readonly RuleMatch[]): void;
  /** A rule that was not looked at, since a rule before it had given the value. */
  passedOver?(search: SearchField): void;
  /** A rule of [Filter], before any field; filters behind one that refuses are not asked. */
  filter?(filter: FilterRule, matches: readonly RuleMatch[], holds: boolean): void;
  /** Treatment of the whole field: initial text, joins, list form, fallback, identifiers. */
  fieldStep(step: TraceStep): void;
  endField(name: string, value: string): void;
}
