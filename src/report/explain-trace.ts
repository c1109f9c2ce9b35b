/** Gathers what the mapping tells of one record. */

import type { FieldMapRule } from "../config/harvest/dc-mapping.js";
import type { FilterRule, SearchField } from "../config/marc/marc-mapping.js";
import type { HarvestedRecord } from "../input/harvested-record.js";
import { elementLabels } from "../mapping/dc/element-rules.js";
import type { DcTrace, UrlCandidate } from "../mapping/dc/trace.js";
import type { MappingTrace, RuleMatch, TraceStep } from "../mapping/marc/trace.js";
import type { MarcRecord } from "../marc/marc-record.js";
import { showRecord } from "./explain-record.js";
import {
  type FieldTrace,
  type FilterTrace,
  NO_TRACE,
  type RecordTrace,
  type RuleTrace,
  type ShownHarvested,
} from "./explanation.js";

/** What both kinds of mapping tell of a field. */
class FieldCollector {
  protected readonly mapping: FieldTrace[] = [];
  protected rules: RuleTrace[] = [];
  private steps: TraceStep[] = [];

  beginField(): void {
    this.rules = [];
    this.steps = [];
  }

  fieldStep(step: TraceStep): void {
    this.steps.push(step);
  }

  endField(field: string, value: string): void {
    this.mapping.push({ field, rules: this.rules, steps: this.steps, value });
  }
}

/** One for each record of MARC. */
export class TraceCollector extends FieldCollector implements MappingTrace {
  private readonly filters: FilterTrace[] = [];

  filter({ kind, search }: FilterRule, matches: readonly RuleMatch[], holds: boolean): void {
    this.filters.push({ ...ruleTrace(search, matches, false), kind, holds });
  }

  rule(search: SearchField, matches: readonly RuleMatch[]): void {
    this.rules.push(ruleTrace(search, matches, false));
  }

  passedOver(search: SearchField): void {
    this.rules.push(ruleTrace(search, [], true));
  }

  /** What was gathered, with the record that was mapped. */
  of(record: MarcRecord): RecordTrace {
    return { record: showRecord(record), filters: this.filters, mapping: this.mapping };
  }
}

/** One for each record that is mapped by its elements. */
export class ElementTraceCollector extends FieldCollector implements DcTrace {
  private readonly candidates: UrlCandidate[] = [];

  candidate(candidate: UrlCandidate): void {
    this.candidates.push(candidate);
  }

  rule({ key, text, at }: FieldMapRule, matches: readonly RuleMatch[]): void {
    this.rules.push({ name: key, rule: text, tag: "", at, matches, passedOver: false });
  }

  /** What was gathered, with the record that was mapped. */
  of(record: HarvestedRecord): RecordTrace {
    const label = elementLabels(record);
    const elements = record.elements.map(({ namespace, type, lang, text }, at) => {
      return { label: label(at), namespace, type, lang, text };
    });
    const harvested = { ...headerOf(record), elements, candidates: this.candidates };
    return { ...NO_TRACE, mapping: this.mapping, harvested };
  }
}

/** Of a harvested record whose elements are not looked at, the header. */
export function tracedHeader(record: HarvestedRecord): RecordTrace {
  return { ...NO_TRACE, harvested: headerOf(record) };
}

function headerOf({ identifier, datestamp, deleted, setSpecs }: HarvestedRecord): ShownHarvested {
  return { identifier, datestamp, deleted, setSpecs, elements: [], candidates: [] };
}

function ruleTrace(
  search: SearchField,
  matches: readonly RuleMatch[],
  passedOver: boolean,
): RuleTrace {
  const { name, text, tag, at } = search;
  return { name, rule: text, tag: tag.text, at, matches, passedOver };
}
