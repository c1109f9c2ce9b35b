/** From MARC record to mapped record: the room's one door. */

import { keptEvidence } from "../../config/job/digest.js";
import type { MarcJob, SearchField } from "../../config/marc/marc-mapping.js";
import { type Diagnostic, eachOnce } from "../../diagnostics/diagnostic.js";
import { listForm, plainForm } from "../../fields/list-form.js";
import type { IgnoreReason, MappedRecord } from "../../fields/mapped-record.js";
import type { RecordField } from "../../fields/record-fields.js";
import { transactionTime } from "../../fields/transaction-date.js";
import type { MarcRecord } from "../../marc/marc-record.js";
import { type Rule, RuleCompiler } from "./compile.js";
import { MappingContext } from "./context.js";
import { DescriptionEvidence } from "./described-texts.js";
import { descriptionColumn } from "./description.js";
import { type Column, ExtractorColumn, extractorColumn } from "./extractor.js";
import { Filters, refusedKind } from "./filters.js";
import { ForeignIds } from "./foreign-id.js";
import { KindEvidence } from "./kind-evidence.js";
import { isDeleted, isMiscoded } from "./record-kind.js";
import { RuleRunner } from "./run-rule.js";
import { SubfieldReader } from "./subfields.js";
import { TagSlots } from "./tag-slots.js";
import type { MappingTrace } from "./trace.js";
import { UrlColumn } from "./url.js";

export interface Mapper {
  /** Every compiled SearchField; the number that `running` shows is one-based in this list. */
  readonly rules: readonly SearchField[];
  /**
   * Maps one record. Values are in the order of `MarcJob.fields`; those of a deleted record are
   * empty, and so are those of an ignored one unless a trace asks to see them.
   *
   * @throws TextGrowthError if substitutions let the texts of the record grow without measure;
   *   nothing else on a well-formed view
   */
  map(record: MarcRecord, trace?: MappingTrace): MappedRecord;
  /**
   * To how many records each rule has given something since the last call, in the order of `rules`;
   * filters give nothing.
   */
  takeMatches(): number[];
}

interface MapperOptions {
  /**
   * Element 0 holds, while substitutions or a filter's pattern run, the one-based number of their rule, else 0: in shared
   * memory it tells another thread which rule does not come to an end.
   */
  readonly running?: Int32Array;
}

const NO_DIAGNOSTICS: readonly Diagnostic[] = Object.freeze([]);

const RECORD_TYPE: Column = {
  evaluate: (context) => (context.serial ? "serial" : "monograph"),
};

const NO_SECTION = {
  initialText: "",
  initialSerialText: "",
  initialMonographText: "",
  fallbackValue: "",
  fieldJoin: ";",
  firstOnly: false,
  unique: false,
};

/** The column of a field, or the text that it has in every record. */
function columnOf(
  field: RecordField,
  config: MarcJob,
  compiler: RuleCompiler,
  runner: RuleRunner,
): Column | string {
  const { settings } = config;
  const section = config.mapping.extractors.find(
    (extractor) => extractor.field.name === field.name,
  );
  switch (field.name) {
    case "url":
      return new UrlColumn(config.mapping.url, compiler, runner);
    case "description":
      return descriptionColumn(
        config.mapping.description,
        field,
        compiler,
        runner,
        config.mapping.controlSubfields,
      );
    case "record_type":
      return RECORD_TYPE;
    case "expert_created":
      return settings.expertCreated ? "1" : "0";
    case "remote_user":
      return plainForm(settings.remoteUser);
    case "institutional_owner": {
      const owners = listForm(settings.institutionalOwner);
      if (section === undefined) return owners;
      const initialText = owners + section.initialText;
      return extractorColumn({ ...section, initialText }, compiler, runner);
    }
    case "other_urls":
      return section === undefined
        ? new ExtractorColumn(field, [], NO_SECTION, runner, (context) => context.otherUrls)
        : extractorColumn(section, compiler, runner, (context) => context.otherUrls);
    default:
      return section === undefined ? "" : extractorColumn(section, compiler, runner);
  }
}

/** The columns of a database: constant texts, and the columns that each record fills. */
class Columns {
  private readonly constants: string[] = [];
  private readonly columns: { readonly index: number; readonly column: Column }[] = [];
  private readonly names: readonly string[];
  /** What a record without values gets. */
  readonly none: readonly string[];

  constructor(config: MarcJob, compiler: RuleCompiler, runner: RuleRunner) {
    this.names = config.fields.map((field) => field.name);
    this.none = Object.freeze(this.names.map(() => ""));
    config.fields.forEach((field, index) => {
      const column = columnOf(field, config, compiler, runner);
      this.constants.push(typeof column === "string" ? column : "");
      if (typeof column === "string") return;
      // The url goes first: it finds the further URLs that other_urls takes.
      if (field.name === "url") this.columns.unshift({ index, column });
      else this.columns.push({ index, column });
    });
  }

  evaluate(context: MappingContext): string[] {
    const values = this.constants.slice();
    const { trace } = context;
    for (const { index, column } of this.columns) {
      trace?.beginField(this.names[index]);
      values[index] = column.evaluate(context);
      trace?.endField(this.names[index], values[index]);
    }
    return values;
  }
}

function allFindings(
  ofRecord: readonly Diagnostic[],
  ofMapping: readonly Diagnostic[],
): readonly Diagnostic[] {
  if (ofRecord.length + ofMapping.length === 0) return NO_DIAGNOSTICS;
  return eachOnce([...ofRecord, ...ofMapping]);
}

function evidenceOf(config: MarcJob): { of(record: MarcRecord): string } | null {
  const kept = keptEvidence(config);
  if (kept === null) return null;
  return kept === "kind" ? new KindEvidence() : new DescriptionEvidence();
}

class ConfiguredMapper implements Mapper {
  readonly rules: readonly SearchField[];
  private readonly compiled: readonly Rule[];
  private readonly context: MappingContext;
  private readonly foreignIds: ForeignIds;
  private readonly filters: Filters;
  private readonly columns: Columns;
  private readonly required: readonly number[];
  private readonly controlNumber: number;
  private readonly latestTransaction: number;
  /** What is kept of each record beside its row; null for nothing. */
  private readonly evidence: { of(record: MarcRecord): string } | null;

  constructor(
    private readonly config: MarcJob,
    options: MapperOptions,
  ) {
    const slots = new TagSlots();
    this.context = new MappingContext(slots);
    const compiler = new RuleCompiler(slots);
    const reader = new SubfieldReader(this.context);
    const runner = new RuleRunner(this.context, reader, options.running ?? null);
    this.controlNumber = slots.slot("001");
    this.latestTransaction = slots.slot("005");
    this.foreignIds = new ForeignIds(config.mapping, compiler, runner, slots);
    this.filters = new Filters(config.mapping.filters, compiler, runner);
    this.columns = new Columns(config, compiler, runner);
    this.rules = compiler.searches;
    this.compiled = compiler.rules;
    this.evidence = evidenceOf(config);
    this.required = config.settings.requiredFields
      .map((name) => config.fields.findIndex((field) => field.name === name))
      .filter((index) => index >= 0);
  }

  map(record: MarcRecord, trace?: MappingTrace): MappedRecord {
    const { context } = this;
    context.load(record, trace ?? null);
    const isMarked = isDeleted(record.leader);
    const deletedBy = isMarked ? "" : this.filters.deletes(context.trace);
    const deleted = isMarked || deletedBy !== "";
    // A deletion carries little more than its id: neither filters nor validity may hold it back.
    const refused =
      refusedKind(record, this.config.mapping.recordTypes) ??
      (deleted ? null : this.filters.refuse(context.trace));
    context.foreignId = this.foreignIds.find(context);
    const wanted = !deleted && (refused === null || trace !== undefined);
    const values = wanted ? this.columns.evaluate(context) : this.columns.none;
    const marcDate = context.controlField(this.latestTransaction);
    if (this.config.settings.skipOlder) this.checkDate(marcDate);
    if (refused?.code === "record-type" && isMiscoded(record)) {
      context.warn("M507", "LDR/06", record.leader[6]);
    }
    const ignore = refused ?? (deleted ? null : this.missing(values));
    return {
      controlNumber: context.controlField(this.controlNumber).trim(),
      foreignId: context.foreignId,
      deleted,
      ...(deletedBy === "" ? null : { deletedBy }),
      marcDate,
      values,
      urlIsFallback: context.urlIsFallback,
      evidence: this.evidence !== null && wanted ? this.evidence.of(record) : "",
      ignore,
      diagnostics: allFindings(record.diagnostics, context.warnings),
    };
  }

  takeMatches(): number[] {
    return this.compiled.map((rule) => {
      const { matched } = rule;
      rule.matched = 0;
      return matched;
    });
  }

  private checkDate(marcDate: string): void {
    if (marcDate === "" || transactionTime(marcDate, Date.now()) !== null) return;
    this.context.warn("M506", "005", `"${marcDate}"`);
  }

  /** The reason to ignore a record that lacks a required field, else null. */
  private missing(values: readonly string[]): IgnoreReason | null {
    const empty = this.required.filter((index) => values[index] === "");
    if (empty.length === 0) return null;
    const names = empty.map((index) => this.config.fields[index].name).join(", ");
    return { code: "not-valid", message: `no ${names}, which record_must_be_valid asks for` };
  }
}

/**
 * Compiles a configuration's mapping, once for a run. The mapper keeps buffers for the record at
 * hand, so one mapper serves one thread.
 *
 * @throws PerlSyntaxError if a substitution cannot be had, which reading the configuration rules out
 */
export function createMapper(config: MarcJob, options: MapperOptions = {}): Mapper {
  return new ConfiguredMapper(config, options);
}
