/** A MarcFieldExtractor section at work: rules in, one stored text out. */

import type { FieldExtractor } from "../config/import-config.js";
import { type FieldKind, isList, type RecordField } from "../config/record-fields.js";
import { normalizeIdentifiers } from "../identifiers/identifiers.js";
import { type Rule, type RuleCompiler, treatmentOf } from "./compile.js";
import type { MappingContext } from "./context.js";
import { Findings } from "./findings.js";
import { ListElements, plainForm } from "./list-form.js";
import type { RuleRunner } from "./run-rule.js";
import type { MappingTrace } from "./trace.js";

/** One column whose text depends on the record. */
export interface Column {
  /** The text to store for the record that the context holds. */
  evaluate(context: MappingContext): string;
}

/** What a section says besides its rules. */
export type SectionTexts = Pick<
  FieldExtractor,
  | "initialText"
  | "initialSerialText"
  | "initialMonographText"
  | "fallbackValue"
  | "fieldJoin"
  | "firstOnly"
  | "unique"
>;

/** Elements that stand in a list column besides what its section finds. */
export type ExtraElements = (context: MappingContext) => readonly string[];

const NOTHING: readonly string[] = [];

export class ExtractorColumn implements Column {
  private readonly name: string;
  private readonly kind: FieldKind;
  private readonly isList: boolean;
  private readonly findings: Findings;
  private readonly list = new ListElements();
  private readonly normal = new ListElements();
  private readonly initialSerial: string;
  private readonly initialMonograph: string;
  private readonly fieldJoin: string;
  private readonly fallbackValue: string;
  /** Each finding can go into the list by itself, without the text of all being joined. */
  private readonly joinSeparates: boolean;

  constructor(
    field: RecordField,
    private readonly rules: readonly Rule[],
    texts: SectionTexts,
    private readonly runner: RuleRunner,
    private readonly extra: ExtraElements = () => NOTHING,
  ) {
    this.name = field.name;
    this.kind = field.kind;
    this.isList = isList(field.kind);
    this.findings = new Findings(texts.firstOnly, texts.unique);
    this.initialSerial = texts.initialText + texts.initialSerialText;
    this.initialMonograph = texts.initialText + texts.initialMonographText;
    this.fieldJoin = texts.fieldJoin;
    this.fallbackValue = texts.fallbackValue;
    this.joinSeparates = texts.fieldJoin.trim() === ";";
  }

  evaluate(context: MappingContext): string {
    const { findings, rules } = this;
    findings.clear();
    for (let i = 0; i < rules.length; i++) {
      if (findings.satisfied) {
        if (context.trace === null) break;
        context.trace.passedOver?.(rules[i].search);
      } else this.runner.run(rules[i], findings);
    }
    const initial = context.serial ? this.initialSerial : this.initialMonograph;
    const value = this.isList
      ? this.listValue(initial, context)
      : plainForm(findings.joined(initial, this.fieldJoin));
    if (context.trace !== null) this.tell(context, context.trace, initial, value);
    return value === "" && this.fallbackValue !== "" ? this.fallback(context) : value;
  }

  private listValue(initial: string, context: MappingContext): string {
    const { list, findings } = this;
    list.clear();
    if (this.joinSeparates && (initial === "" || initial.endsWith(";"))) {
      if (initial !== "") list.add(initial);
      for (let i = 0; i < findings.count; i++) {
        if (findings.clean[i]) list.addElement(findings.texts[i]);
        else list.add(findings.texts[i]);
      }
    } else list.add(findings.joined(initial, this.fieldJoin));
    for (const element of this.extra(context)) list.add(element);
    return this.storedList(context);
  }

  private storedList(context: MappingContext): string {
    const { kind, list, normal } = this;
    if (kind === "text" || kind === "list") return list.stored();
    normal.clear();
    for (let i = 0; i < list.count; i++) {
      const { valid, invalid } = normalizeIdentifiers(kind, list.elements[i]);
      for (const identifier of valid) normal.add(identifier);
      for (const identifier of invalid) {
        context.warn("M502", this.placeOf(identifier, kind, context), identifier);
      }
    }
    return normal.stored();
  }

  /** The field that an invalid identifier is from, the column's name if a join made it. */
  private placeOf(
    identifier: string,
    kind: Exclude<FieldKind, "text" | "list">,
    context: MappingContext,
  ): string {
    const { texts, fields, count } = this.findings;
    const from = texts
      .slice(0, count)
      .findIndex((text) =>
        text
          .split(";")
          .some((value) => normalizeIdentifiers(kind, value.trim()).invalid.includes(identifier)),
      );
    return from >= 0 && fields[from] >= 0 ? context.label(fields[from]) : this.name;
  }

  private fallback(context: MappingContext): string {
    const { fallbackValue } = this;
    let value: string;
    if (this.isList) {
      this.findings.clear();
      this.list.clear();
      this.list.add(fallbackValue);
      value = this.storedList(context);
    } else value = plainForm(fallbackValue);
    context.trace?.fieldStep({ step: "fallback_value", before: "", after: value });
    return value;
  }

  private tell(context: MappingContext, trace: MappingTrace, initial: string, value: string): void {
    const { kind, findings } = this;
    if (initial !== "") trace.fieldStep({ step: "initial_text", before: "", after: initial });
    const joined = findings.joined(initial, this.fieldJoin);
    if (findings.count > 1) {
      trace.fieldStep({ step: "field_join", before: findings.joined("", "\n"), after: joined });
    }
    const extra = this.extra(context);
    if (extra.length > 0) {
      trace.fieldStep({ step: "further URLs of [url]", before: "", after: extra.join(";") });
    }
    if (value !== joined) {
      const step = kind === "text" ? "blanks" : kind === "list" ? "list" : `list of ${kind}`;
      trace.fieldStep({ step, before: joined, after: value });
    }
  }
}

/** The column of a section. */
export function extractorColumn(
  extractor: FieldExtractor,
  compiler: RuleCompiler,
  runner: RuleRunner,
  extra?: ExtraElements,
): ExtractorColumn {
  const rules = compiler.compileAll(extractor.searchFields, treatmentOf(extractor));
  return new ExtractorColumn(extractor.field, rules, extractor, runner, extra);
}
