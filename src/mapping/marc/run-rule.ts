/** One rule on one record: every field that fits, each treated in the order of work. */

import type { FoundTexts } from "../../fields/found-texts.js";
import { charCodeAt, indexOf, trim } from "../../fields/string-methods.js";
import type { MarcRecord } from "../../marc/marc-record.js";
import { checkGrowth, type MatchPattern } from "../../perl/substitutions.js";
import type { Rule } from "./compile.js";
import type { MappingContext } from "./context.js";
import { arePaired, linkedTag } from "./linked-fields.js";
import { trimPunctuation } from "./punctuation.js";
import type { SubfieldReader } from "./subfields.js";
import { tagFits } from "./tag-slots.js";
import type { RuleMatch, TraceStep } from "./trace.js";

/** The leader stands for a field that has no number. */
const LEADER = -1;
const BLANK = 0x20;
const SEMICOLON = 0x3b;
const FIRST_BEYOND_ASCII = 0x80;

function isEmpty(text: string): boolean {
  const first = charCodeAt(text, 0);
  if (first > BLANK && first < FIRST_BEYOND_ASCII) return false;
  return text.trim() === "";
}

/** Nothing but what separates values. */
function isEmptyList(text: string): boolean {
  const first = charCodeAt(text, 0);
  if (first > BLANK && first < FIRST_BEYOND_ASCII && first !== SEMICOLON) return false;
  return !/[^\s;]/u.test(text);
}

/** Whether a rule has found nothing that counts. */
function isNothing({ keepBlank, list }: Rule, text: string): boolean {
  if (keepBlank) return text === "";
  return list ? isEmptyList(text) : isEmpty(text);
}

/** Applies rules; made once for a mapper. */
export class RuleRunner {
  /** By how much the substitutions have let the texts of one record grow. */
  private grown = 0;
  private grownIn: MarcRecord | null = null;

  constructor(
    private readonly context: MappingContext,
    private readonly reader: SubfieldReader,
    /** Element 0 holds the number of the rule whose substitutions or pattern run, 0 between them. */
    private readonly running: Int32Array | null,
  ) {}

  /** Applies a rule and tells the trace. */
  run(rule: Rule, into: FoundTexts): void {
    const { trace } = this.context;
    const before = into.count;
    if (trace === null) this.find(rule, into, null);
    else {
      const matches: RuleMatch[] = [];
      this.find(rule, into, matches);
      trace.rule(rule.search, matches);
    }
    if (into.count !== before) rule.matched++;
  }

  /** Applies a rule to every field that fits; `matches` receives what became of each. */
  find(rule: Rule, into: FoundTexts, matches: RuleMatch[] | null): void {
    if (rule.leader) {
      this.reader.readLeader(rule);
      this.settle(rule, LEADER, into, matches, matches === null ? null : []);
      return;
    }
    const { slots } = this.context;
    const regular = slots.count(rule.slot);
    const linked = slots.count(rule.linkedSlot);
    if (linked > 0) {
      this.findLinked(rule, into, matches);
      return;
    }
    for (let i = 0; i < regular; i++) this.apply(rule, slots.field(rule.slot, i), into, matches);
  }

  /** What becomes of a text that was chosen elsewhere; how much the texts of a record grow is not summed up. */
  treatAlone(rule: Rule, chosen: string): string {
    this.reader.clean = false;
    this.grown = 0;
    return this.treat(rule, chosen, null);
  }

  /** Whether a filter's pattern fits one of the texts that its rule has found. */
  fits(rule: Rule, pattern: MatchPattern, { texts, count }: FoundTexts): boolean {
    this.show(rule.number);
    let fits = false;
    for (let i = 0; i < count && !fits; i++) fits = pattern.test(texts[i]);
    this.show(0);
    return fits;
  }

  /** Both kinds of fields, as they stand in the record. */
  private findLinked(rule: Rule, into: FoundTexts, matches: RuleMatch[] | null): void {
    const { slots, record } = this.context;
    const regular = slots.count(rule.slot);
    const linked = slots.count(rule.linkedSlot);
    let r = 0;
    let l = 0;
    while (r < regular || l < linked) {
      const nextRegular = r < regular ? slots.field(rule.slot, r) : record.fieldCount;
      const nextLinked = l < linked ? slots.field(rule.linkedSlot, l) : record.fieldCount;
      if (nextRegular <= nextLinked) {
        r++;
        if (nextRegular === nextLinked) l++;
        this.apply(rule, nextRegular, into, matches);
      } else {
        l++;
        if (tagFits(rule.pattern, linkedTag(record, nextLinked))) {
          this.apply(rule, nextLinked, into, matches);
        }
      }
    }
  }

  private apply(rule: Rule, field: number, into: FoundTexts, matches: RuleMatch[] | null): void {
    const { reader } = this;
    const { record } = this.context;
    if (into.satisfied && !arePaired(record, into.fields[0], field)) {
      matches?.push({ field: this.context.label(field), why: "first_only", steps: [], text: null });
      return;
    }
    const steps: TraceStep[] | null = matches === null ? null : [];
    if (record.isControl(field)) reader.readControlField(rule, field);
    else reader.readDataField(rule, field, steps);
    this.settle(rule, field, into, matches, steps);
    while (reader.more) {
      const ofValue: TraceStep[] | null = matches === null ? null : [];
      reader.readNext(rule, field);
      if (reader.refusal === null) this.settle(rule, field, into, matches, ofValue);
    }
  }

  /** Treats what was read and keeps it, or notes why there is nothing. */
  private settle(
    rule: Rule,
    field: number,
    into: FoundTexts,
    matches: RuleMatch[] | null,
    steps: TraceStep[] | null,
  ): void {
    const { refusal } = this.reader;
    if (refusal !== null) {
      matches?.push({ field: this.place(rule, field), why: refusal, steps: [], text: null });
      return;
    }
    const clean = this.reader.clean && rule.translate === null;
    const text = clean ? this.reader.text : this.treated(rule, this.reader.text, steps);
    const empty = !clean && isNothing(rule, text);
    const repeated = !empty && into.unique && into.has(text);
    if (!empty && !repeated) into.add(text, field, clean);
    if (matches === null || steps === null) return;
    if (repeated) steps.push({ step: "unique", before: text, after: "" });
    matches.push({
      field: this.place(rule, field),
      why: empty ? "empty" : "matched",
      steps,
      text: empty || repeated ? null : text,
    });
  }

  private treated(rule: Rule, chosen: string, steps: TraceStep[] | null): string {
    if (rule.treated === null || steps !== null) return this.treat(rule, chosen, steps);
    const known = rule.treated.get(chosen);
    if (known !== undefined) return known;
    const text = this.treat(rule, chosen, null);
    rule.treated.set(chosen, text);
    return text;
  }

  /** The order of work after joining: substitutions, punctuation, translation. */
  private treat(rule: Rule, chosen: string, steps: TraceStep[] | null): string {
    let text = rule.substitutions.length === 0 ? chosen : this.substitute(rule, chosen, steps);
    if (rule.trimPunctuation && !this.reader.clean) {
      const before = text;
      text = rule.list ? eachValue(text, trimPunctuation) : trimPunctuation(text);
      if (text !== before) steps?.push({ step: "trim_punctuation", before, after: text });
    }
    const { translate } = rule;
    if (translate !== null && !isEmpty(text)) {
      const before = text;
      text = rule.list ? eachValue(text, translate) : translate(text);
      steps?.push({ step: "translation_map", before, after: text });
    }
    return text;
  }

  private substitute(rule: Rule, chosen: string, steps: TraceStep[] | null): string {
    this.show(rule.number);
    let text = chosen;
    for (const substitution of rule.substitutions) {
      const before = text;
      text = substitution.apply(before);
      steps?.push({ step: substitution.text, before, after: text });
    }
    if (text.length > chosen.length) this.grow(text.length - chosen.length);
    this.show(0);
    return text;
  }

  /** Many texts that each grow a little less than one may are as bad as one that grows more. */
  private grow(units: number): void {
    const { record } = this.context;
    if (this.grownIn !== record) this.grown = 0;
    this.grownIn = record;
    this.grown += units;
    checkGrowth(this.grown);
  }

  /** Says which rule's expressions run, 0 for none. */
  private show(rule: number): void {
    if (this.running !== null) Atomics.store(this.running, 0, rule);
  }

  private place(rule: Rule, field: number): string {
    if (field === LEADER) return "LDR";
    const label = this.context.label(field);
    return rule.separate && this.reader.code !== 0
      ? `${label}$${String.fromCharCode(this.reader.code)}`
      : label;
  }
}

/**
 * In a list field the semicolons that the joins and substitutions set separate values. What stands
 * between two of them is trimmed, and treated if anything is left.
 */
function eachValue(text: string, treat: (value: string) => string): string {
  let end = indexOf(text, ";");
  if (end < 0) return treatValue(text, treat);
  let treated = "";
  let start = 0;
  for (; end >= 0; end = indexOf(text, ";", start)) {
    treated += `${treatValue(text.slice(start, end), treat)};`;
    start = end + 1;
  }
  return treated + treatValue(text.slice(start), treat);
}

function treatValue(text: string, treat: (value: string) => string): string {
  const value = trim(text);
  return value === "" ? "" : treat(value);
}
