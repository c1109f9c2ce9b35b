/** A MarcFieldExtractor section at work: rules in, one stored text out. */

import type { FieldExtractor } from "../config/import-config.js";
import { type FieldKind, isList, type RecordField } from "../config/record-fields.js";
import { normalizeIdentifiers } from "../identifiers/identifiers.js";
import { type Rule, type RuleCompiler, treatmentOf } from "./compile.js";
import type { MappingContext } from "./context.js";
import { ListElements, plainForm } from "./list-form.js";
import { Findings, type RuleRunner } from "./run-rule.js";

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
  private readonly findings: Findings;
  private readonly list = new ListElements();
  private readonly normal = new ListElements();
  private readonly initialSerial: string;
  private readonly initialMonograph: string;
  /** Each finding can go into the list by itself, without the text of all being joined. */
  private readonly joinSeparates: boolean;

  constructor(
    private readonly field: RecordField,
    private readonly rules: readonly Rule[],
    private readonly texts: SectionTexts,
    private readonly runner: RuleRunner,
    private readonly extra: ExtraElements = () => NOTHING,
  ) {
    this.findings = new Findings(texts.firstOnly, texts.unique);
    this.initialSerial = texts.initialText + texts.initialSerialText;
    this.initialMonograph = texts.initialText + texts.initialMonographText;
    this.joinSeparates = texts.fieldJoin.trim() === ";";
  }

  evaluate(context: MappingContext): string {
    this.findings.clear();
    for (const rule of this.rules) {
      if (this.findings.satisfied) break;
      this.runner.run(rule, this.findings);
    }
    const initial = context.serial ? this.initialSerial : this.initialMonograph;
    const value = isList(this.field.kind)
      ? this.listValue(initial, context)
      : plainForm(this.joined(initial));
    this.tell(context, initial, value);
    return value === "" && this.texts.fallbackValue !== "" ? this.fallback(context) : value;
  }

  private joined(initial: string): string {
    const { texts } = this.findings;
    if (texts.length === 0) return initial;
    return initial + (texts.length === 1 ? texts[0] : texts.join(this.texts.fieldJoin));
  }

  private listValue(initial: string, context: MappingContext): string {
    const { list } = this;
    list.clear();
    if (this.joinSeparates && (initial === "" || initial.endsWith(";"))) {
      if (initial !== "") list.add(initial);
      for (const text of this.findings.texts) list.add(text);
    } else list.add(this.joined(initial));
    for (const element of this.extra(context)) list.add(element);
    return this.storedList(context);
  }

  private storedList(context: MappingContext): string {
    const { kind } = this.field;
    if (kind === "text" || kind === "list") return this.list.stored();
    const { normal } = this;
    normal.clear();
    for (const element of this.list.elements) {
      const { valid, invalid } = normalizeIdentifiers(kind, element);
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
    const { texts, fields } = this.findings;
    const from = texts.findIndex((text) =>
      text
        .split(";")
        .some((value) => normalizeIdentifiers(kind, value.trim()).invalid.includes(identifier)),
    );
    return from >= 0 && fields[from] >= 0 ? context.label(fields[from]) : this.field.name;
  }

  private fallback(context: MappingContext): string {
    const { fallbackValue } = this.texts;
    let value: string;
    if (isList(this.field.kind)) {
      this.findings.clear();
      this.list.clear();
      this.list.add(fallbackValue);
      value = this.storedList(context);
    } else value = plainForm(fallbackValue);
    context.trace?.fieldStep({ step: "fallback_value", before: "", after: value });
    return value;
  }

  private tell(context: MappingContext, initial: string, value: string): void {
    const { trace } = context;
    if (trace === null) return;
    const { kind } = this.field;
    if (initial !== "") trace.fieldStep({ step: "initial_text", before: "", after: initial });
    const { texts } = this.findings;
    const joined = this.joined(initial);
    if (texts.length > 1) {
      trace.fieldStep({ step: "field_join", before: texts.join("\n"), after: joined });
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
