/** Gathers what the mapping tells of one record. */

import type { FilterRule, SearchField } from "../config/marc/marc-mapping.js";
import type { MappingTrace, RuleMatch, TraceStep } from "../mapping/marc/trace.js";
import type { MarcRecord } from "../marc/marc-record.js";
import { showRecord } from "./explain-record.js";
import type { FieldTrace, FilterTrace, RecordTrace, RuleTrace } from "./explanation.js";

/** One for each record. */
export class TraceCollector implements MappingTrace {
  private readonly filters: FilterTrace[] = [];
  private readonly mapping: FieldTrace[] = [];
  private rules: RuleTrace[] = [];
  private steps: TraceStep[] = [];

  filter({ kind, search }: FilterRule, matches: readonly RuleMatch[], holds: boolean): void {
    this.filters.push({ ...ruleTrace(search, matches, false), kind, holds });
  }

  beginField(): void {
    this.rules = [];
    this.steps = [];
  }

  rule(search: SearchField, matches: readonly RuleMatch[]): void {
    this.rules.push(ruleTrace(search, matches, false));
  }

  passedOver(search: SearchField): void {
    this.rules.push(ruleTrace(search, [], true));
  }

  fieldStep(step: TraceStep): void {
    this.steps.push(step);
  }

  endField(field: string, value: string): void {
    this.mapping.push({ field, rules: this.rules, steps: this.steps, value });
  }

  /** What was gathered, with the record that was mapped. */
  of(record: MarcRecord): RecordTrace {
    return { record: showRecord(record), filters: this.filters, mapping: this.mapping };
  }
}

function ruleTrace(
  search: SearchField,
  matches: readonly RuleMatch[],
  passedOver: boolean,
): RuleTrace {
  const { name, text, tag, at } = search;
  return { name, rule: text, tag: tag.text, at, matches, passedOver };
}
