/** From harvested record to mapped record: the room's one door. */

import type { DcMapping, FieldMapRule } from "../../config/harvest/dc-mapping.js";
import type { RepositoryConfig } from "../../config/harvest/harvest-config.js";
import type { JobSettings } from "../../config/job/job-config.js";
import { type Diagnostic, diagnostic, eachOnce } from "../../diagnostics/diagnostic.js";
import type { IgnoreReason, MappedRecord } from "../../fields/mapped-record.js";
import { transactionTime } from "../../fields/transaction-date.js";
import type { HarvestedRecord } from "../../input/harvested-record.js";
import { type AtHand, DcColumn } from "./columns.js";
import { type DcRule, ElementRules, elementLabels } from "./element-rules.js";
import type { DcTrace } from "./trace.js";
import { type ChosenUrls, chooseUrl, NO_URLS } from "./urls.js";

/** Why a record whose header says so is deleted. */
export const DELETED_BY_HEADER = "its OAI-PMH header says that the record is deleted";

export interface DcMapper {
  /** Every rule; the number that `running` shows is one-based in this list. */
  readonly rules: readonly FieldMapRule[];
  /**
   * Maps one record. Values are in the order of `JobConfig.fields`; those of a deleted record are empty.
   *
   * @throws TextGrowthError if substitutions let the texts of the record grow without measure
   */
  map(record: HarvestedRecord, trace?: DcTrace): MappedRecord;
  /** To how many records each rule has given something since the last call, in the order of `rules`. */
  takeMatches(): number[];
}

/** A repository whose records are mapped by a field map. */
type DcRepository = Pick<RepositoryConfig, "fields" | "settings" | "managed"> & {
  readonly mapping: { readonly kind: "dc"; readonly rules: DcMapping };
};

class FieldMapper implements DcMapper {
  readonly rules: readonly FieldMapRule[];
  private readonly elements: ElementRules;
  private readonly ofUrl: readonly DcRule[];
  private readonly columns: readonly { readonly index: number; readonly column: DcColumn }[];
  /** What a deleted record gets. */
  private readonly none: readonly string[];
  /** What a new row holds in the columns that the mapping does not fill. */
  private readonly untouched: readonly string[];
  private readonly required: readonly number[];

  constructor(
    private readonly repository: DcRepository,
    running: Int32Array | null,
  ) {
    const { fields, managed, settings, mapping } = repository;
    this.elements = new ElementRules(mapping.rules.fieldMap, running);
    const { rules } = this.elements;
    this.rules = mapping.rules.fieldMap;
    this.ofUrl = rules.filter(({ rule }) => rule.field === "url");
    this.columns = fields.flatMap((field, index) => {
      if (!managed[index]) return [];
      const own = rules.filter(({ rule }) => rule.field === field.name);
      const constant = constantOf(field.name, settings);
      return [{ index, column: new DcColumn(field, own, rules, mapping.rules, constant) }];
    });
    this.none = Object.freeze(fields.map(() => ""));
    this.untouched = fields.map(({ name }) => (name === "expert_created" ? "0" : ""));
    this.required = settings.requiredFields
      .map((name) => fields.findIndex((field) => field.name === name))
      .filter((index) => index >= 0);
  }

  map(record: HarvestedRecord, trace?: DcTrace): MappedRecord {
    const { identifier, datestamp, deleted } = record;
    const warnings: Diagnostic[] = [];
    if (this.repository.settings.skipOlder) checkDatestamp(datestamp, warnings);
    const evaluated = deleted ? null : this.evaluate(record, warnings, trace ?? null);
    const values = evaluated?.values ?? this.none;
    return {
      controlNumber: "",
      foreignId: identifier,
      deleted,
      ...(deleted ? { deletedBy: DELETED_BY_HEADER } : {}),
      marcDate: datestamp,
      values,
      urlIsFallback: evaluated?.urlIsDefault ?? false,
      ignore: evaluated === null ? null : (evaluated.urls.ignore ?? this.missing(values)),
      diagnostics: eachOnce(
        warnings.length === 0 ? record.diagnostics : [...record.diagnostics, ...warnings],
      ),
    };
  }

  takeMatches(): number[] {
    return this.elements.rules.map((rule) => {
      const { matched } = rule;
      rule.matched = 0;
      return matched;
    });
  }

  private evaluate(record: HarvestedRecord, warnings: Diagnostic[], trace: DcTrace | null) {
    this.elements.read(record);
    const label = elementLabels(record);
    const urls = this.urls(label, trace);
    const hand: AtHand = {
      ...{ urls, label, trace },
      warn: (field, found) => warnings.push(diagnostic("M502", { field, found })),
    };
    const values = this.untouched.slice();
    let urlIsDefault = false;
    for (const { index, column } of this.columns) {
      const { name } = column.field;
      trace?.beginField(name);
      values[index] = column.evaluate(hand);
      trace?.endField(name, values[index]);
      // What every record without one gets tells nothing of duplicates.
      if (name === "url") urlIsDefault = urls.url === "" && values[index] !== "";
    }
    return { values, urls, urlIsDefault };
  }

  private urls(label: (at: number) => string, trace: DcTrace | null): ChosenUrls {
    if (this.ofUrl.length === 0) return NO_URLS;
    const candidates = this.ofUrl.flatMap(({ found }) => found);
    const tell = trace === null ? null : trace.candidate.bind(trace);
    return chooseUrl(candidates, this.repository.mapping.rules, label, tell);
  }

  /** The reason to ignore a record that lacks a required field, else null. */
  private missing(values: readonly string[]): IgnoreReason | null {
    const empty = this.required.filter((index) => values[index] === "");
    if (empty.length === 0) return null;
    const names = empty.map((index) => this.repository.fields[index].name).join(", ");
    return { code: "not-valid", message: `no ${names}, which record_must_be_valid asks for` };
  }
}

/** What the repository's section says of every record; "" for nothing. */
function constantOf(name: string, settings: JobSettings): string {
  switch (name) {
    case "remote_user":
      return settings.remoteUser;
    case "expert_created":
      return settings.expertCreated ? "1" : "";
    case "institutional_owner":
      return settings.institutionalOwner;
    default:
      return "";
  }
}

/** With `skip_older` a datestamp that is no date counts as missing. */
function checkDatestamp(datestamp: string, warnings: Diagnostic[]): void {
  if (datestamp === "" || transactionTime(datestamp, Date.now()) !== null) return;
  warnings.push(diagnostic("M506", { field: "datestamp", found: `"${datestamp}"` }));
}

/**
 * Compiles the field map of a repository, once for a run. The mapper keeps what the record at hand
 * has, so one mapper serves one thread.
 *
 * @param options `running`: element 0 holds, while substitutions run, the one-based number of their
 *   rule, else 0
 * @throws PerlSyntaxError if a substitution cannot be had, which reading the configuration rules out
 */
export function createDcMapper(
  repository: DcRepository,
  options: { readonly running?: Int32Array } = {},
): DcMapper {
  return new FieldMapper(repository, options.running ?? null);
}
