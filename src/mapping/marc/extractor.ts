/** A MarcFieldExtractor section at work: rules in, one stored text out. */

import type { FieldExtractor } from "../../config/marc/marc-mapping.js";
import { FoundTexts } from "../../fields/found-texts.js";
import { normalizeIdentifiers } from "../../fields/identifiers/identifiers.js";
import { ListElements, listForm, plainForm } from "../../fields/list-form.js";
import { type FieldKind, isList, type RecordField } from "../../fields/record-fields.js";
import { tagCode } from "../../marc/marc-record.js";
import { type Rule, type RuleCompiler, treatmentOf } from "./compile.js";
import type { MappingContext } from "./context.js";
import type { RuleRunner } from "./run-rule.js";
import type { MappingTrace } from "./trace.js";

const CONTROL_NUMBER = tagCode("001");
const ASSIGNING_AGENCY = tagCode("003");
const OCLC = /^\s*OCoLC\s*$/i;
const DIGITS = /^\d+$/;

/** One column whose text depends on the record. */
export interface Column {
  /** The text to store for the record that the context holds. */
  evaluate(context: MappingContext): string;
}

/** What a section says besides its rules. */
type SectionTexts = Pick<
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
type ExtraElements = (context: MappingContext) => readonly string[];

export class ExtractorColumn implements Column {
  private readonly name: string;
  readonly kind: FieldKind;
  readonly isList: boolean;
  private readonly found: FoundTexts;
  private readonly list = new ListElements();
  private readonly normal = new ListElements();
  readonly initialSerial: string;
  readonly initialMonograph: string;
  private readonly fieldJoin: string;
  private readonly fallbackValue: string;
  /** Each finding can go into the list by itself, without the text of all being joined. */
  readonly joinSeparates: boolean;
  /** Two slots a rule: most rules find no field in most records, and need not even be looked at. */
  private readonly slots: Int32Array;
  /** What serials and monographs get in which nothing is found, null if that depends on more. */
  readonly nothing: { readonly serial: string; readonly monograph: string } | null;

  constructor(
    field: RecordField,
    readonly rules: readonly Rule[],
    readonly texts: SectionTexts,
    private readonly runner: RuleRunner,
    private readonly extra: ExtraElements | null = null,
  ) {
    this.name = field.name;
    this.kind = field.kind;
    this.isList = isList(field.kind);
    this.found = new FoundTexts(texts.firstOnly, texts.unique);
    this.initialSerial = texts.initialText + texts.initialSerialText;
    this.initialMonograph = texts.initialText + texts.initialMonographText;
    this.fieldJoin = texts.fieldJoin;
    this.fallbackValue = texts.fallbackValue;
    this.joinSeparates = texts.fieldJoin.trim() === ";";
    this.slots = Int32Array.from(rules.flatMap((rule) => [rule.slot, rule.linkedSlot]));
    this.nothing = extra === null ? this.constants() : null;
  }

  /** Whether elements stand in it besides what its section finds. */
  get hasExtra(): boolean {
    return this.extra !== null;
  }

  /** Identifiers are not among them, since each record is told of invalid ones. */
  private constants(): { serial: string; monograph: string } | null {
    const { initialSerial, initialMonograph, fallbackValue, kind } = this;
    const identifiers = kind !== "text" && kind !== "list";
    if (identifiers && initialSerial + initialMonograph + fallbackValue !== "") return null;
    const stored = this.isList ? listForm : plainForm;
    const constant = (initial: string): string => stored(initial) || stored(fallbackValue);
    return { serial: constant(initialSerial), monograph: constant(initialMonograph) };
  }

  evaluate(context: MappingContext): string {
    const { found } = this;
    found.clear();
    if (context.trace !== null) this.applyTraced(context.trace);
    else {
      this.apply(context);
      if (found.count === 0 && this.nothing !== null) {
        return context.serial ? this.nothing.serial : this.nothing.monograph;
      }
    }
    const initial = context.serial ? this.initialSerial : this.initialMonograph;
    const value = this.isList ? this.listValue(initial, context) : this.textValue(initial);
    if (context.trace !== null) this.tell(context, context.trace, initial, value);
    return value === "" && this.fallbackValue !== "" ? this.fallback(context) : value;
  }

  private textValue(initial: string): string {
    const { found } = this;
    const [text] = found.texts;
    const isPlain = initial === "" && found.count === 1 && found.clean[0];
    if (isPlain && !text.includes("  ")) return text;
    return plainForm(found.joined(initial, this.fieldJoin));
  }

  private apply(context: MappingContext): void {
    const { found, rules, slots } = this;
    for (let i = 0; i < rules.length && !found.satisfied; i++) {
      if (context.slots.hasEither(slots[2 * i], slots[2 * i + 1])) {
        this.runner.run(rules[i], found);
      }
    }
  }

  private applyTraced(trace: MappingTrace): void {
    for (const rule of this.rules) {
      if (this.found.satisfied) trace.passedOver?.(rule.search);
      else this.runner.run(rule, this.found);
    }
  }

  private listValue(initial: string, context: MappingContext): string {
    const { list, found } = this;
    list.clear();
    if (this.joinSeparates && (initial === "" || initial.endsWith(";"))) {
      if (initial !== "") list.add(initial);
      for (let i = 0; i < found.count; i++) {
        if (found.clean[i]) list.addElement(found.texts[i]);
        else list.add(found.texts[i]);
      }
    } else list.add(found.joined(initial, this.fieldJoin));
    if (this.extra !== null) for (const element of this.extra(context)) list.add(element);
    return this.storedList(context);
  }

  private storedList(context: MappingContext): string {
    const { kind, list, normal } = this;
    if (kind === "text" || kind === "list") return list.stored();
    normal.clear();
    let places: ReadonlyMap<string, string> | null = null;
    for (let i = 0; i < list.count; i++) {
      const element = this.numbered(context, list.elements[i]);
      const { valid, invalid } = normalizeIdentifiers(kind, element);
      for (const identifier of valid) normal.add(identifier);
      for (const identifier of invalid) {
        places ??= this.placesOfInvalid(kind, context);
        context.warn("M502", places.get(identifier) ?? this.name, identifier);
      }
    }
    return normal.stored();
  }

  /**
   * 001 without its prefix is an OCLC number where 003 says that it is OCLC's, and nothing before it is one:
   * systems that number records anew leave OCLC's 003, and put its number into 035.
   */
  private numbered(context: MappingContext, element: string): string {
    if (this.kind !== "oclc" || this.normal.count > 0 || !DIGITS.test(element)) return element;
    const { record } = context;
    const isOclcs = OCLC.test(record.controlField(ASSIGNING_AGENCY));
    return isOclcs && record.controlField(CONTROL_NUMBER).trim() === element
      ? `(OCoLC)${element}`
      : element;
  }

  /** The fields that invalid identifiers are from; one that only a join has made is from none. */
  private placesOfInvalid(
    kind: Exclude<FieldKind, "text" | "list">,
    context: MappingContext,
  ): ReadonlyMap<string, string> {
    const { texts, fields, count } = this.found;
    const places = new Map<string, string>();
    for (let i = 0; i < count; i++) {
      if (fields[i] < 0) continue;
      for (const value of texts[i].split(";")) {
        for (const identifier of normalizeIdentifiers(kind, value.trim()).invalid) {
          if (!places.has(identifier)) places.set(identifier, context.label(fields[i]));
        }
      }
    }
    return places;
  }

  private fallback(context: MappingContext): string {
    const { fallbackValue } = this;
    let value: string;
    if (this.isList) {
      this.found.clear();
      this.list.clear();
      this.list.add(fallbackValue);
      value = this.storedList(context);
    } else value = plainForm(fallbackValue);
    context.trace?.fieldStep({ step: "fallback_value", before: "", after: value });
    return value;
  }

  private tell(context: MappingContext, trace: MappingTrace, initial: string, value: string): void {
    const { kind, found } = this;
    if (initial !== "") trace.fieldStep({ step: "initial_text", before: "", after: initial });
    const joined = found.joined(initial, this.fieldJoin);
    if (found.count > 1) {
      trace.fieldStep({ step: "field_join", before: found.joined("", "\n"), after: joined });
    }
    const extra = this.extra === null ? "" : this.extra(context).join(";");
    if (extra !== "") {
      trace.fieldStep({ step: "further URLs of [url]", before: "", after: extra });
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
