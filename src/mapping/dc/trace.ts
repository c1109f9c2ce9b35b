/** What `explain` is told while a harvested record is mapped: the very steps of the mapping, nothing else. */

import type { FieldMapRule } from "../../config/harvest/dc-mapping.js";
import type { RuleMatch, TraceStep } from "../marc/trace.js";

/** What became of one candidate for the url. */
export interface UrlCandidate {
  /** `dc:identifier[2]`: the element as written, and its one-based occurrence. */
  readonly element: string;
  readonly text: string;
  readonly verdict: UrlVerdict;
  /** The address or number that it gave, "" for none. */
  readonly result: string;
}

export type UrlVerdict =
  | "taken as url"
  | "taken as other_urls"
  | "the same address again"
  | "no address: an ISBN"
  | "no address: an ISSN"
  | "no address: a DOI or handle, made one (resolver_urls)"
  | "no address: forgotten";

/** Receives the steps; every method is called in the order of work. */
export interface DcTrace {
  /** Every candidate, before any field. */
  candidate(candidate: UrlCandidate): void;
  beginField(name: string): void;
  /** What a rule made of the elements that it takes; none where the record has none. */
  rule(rule: FieldMapRule, matches: readonly RuleMatch[]): void;
  /** Treatment of the whole field: choice, joins, list form, defaults, post-processing. */
  fieldStep(step: TraceStep): void;
  endField(name: string, value: string): void;
}
