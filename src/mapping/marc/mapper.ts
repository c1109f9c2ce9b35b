/** From MARC record to mapped record: the room's one door. */

import { keptEvidence } from "../../config/job/digest.js";
import type { MarcJob, SearchField } from "../../config/marc/marc-mapping.js";
import { type Diagnostic, eachOnce } from "../../diagnostics/diagnostic.js";
import type { IgnoreReason, MappedRecord } from "../../fields/mapped-record.js";
import { transactionTime } from "../../fields/transaction-date.js";
import type { MarcRecord } from "../../marc/marc-record.js";
import { Columns } from "./columns.js";
import { type Rule, RuleCompiler } from "./compile.js";
import { MappingContext } from "./context.js";
import { DescriptionEvidence } from "./described-texts.js";
import { Filters, refusedKind } from "./filters.js";
import { ForeignIds } from "./foreign-id.js";
import { KindEvidence } from "./kind-evidence.js";
import { isDeleted, isMiscoded } from "./record-kind.js";
import { RuleRunner } from "./run-rule.js";
import { SubfieldReader } from "./subfields.js";
import { TagSlots } from "./tag-slots.js";
import type { MappingTrace } from "./trace.js";

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

/** What was found in a record and while it was mapped, each finding once. */
export function allFindings(
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

/** A mapper whose parts can be asked one by one, for who does some of the work in another way. */
export class ConfiguredMapper implements Mapper {
  readonly rules: readonly SearchField[];
  readonly compiled: readonly Rule[];
  readonly context: MappingContext;
  readonly runner: RuleRunner;
  readonly foreignIds: ForeignIds;
  readonly columns: Columns;
  private readonly filters: Filters;
  private readonly required: readonly number[];
  private readonly controlNumber: number;
  private readonly latestTransaction: number;
  /** What is kept of each record beside its row; null for nothing. */
  readonly evidence: { of(record: MarcRecord): string } | null;

  constructor(
    readonly config: MarcJob,
    options: MapperOptions,
  ) {
    const slots = new TagSlots();
    this.context = new MappingContext(slots);
    const compiler = new RuleCompiler(slots);
    const reader = new SubfieldReader(this.context);
    const runner = new RuleRunner(this.context, reader, options.running ?? null);
    this.runner = runner;
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
    if (!this.isGoodDate(marcDate)) context.warn("M506", "005", `"${marcDate}"`);
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

  /** Whether a 005 is none, a date, or is not asked for. */
  isGoodDate(marcDate: string): boolean {
    if (!this.config.settings.skipOlder || marcDate === "") return true;
    return transactionTime(marcDate, Date.now()) !== null;
  }

  /** The reason to ignore a record that lacks a required field, else null. */
  missing(values: readonly string[]): IgnoreReason | null {
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
