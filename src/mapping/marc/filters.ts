/** Which records are left out before they are mapped: by their kind, and by [Filter]. */

import type { FilterRule, RecordType } from "../../config/marc/marc-mapping.js";
import { FoundTexts } from "../../fields/found-texts.js";
import type { IgnoreReason } from "../../fields/mapped-record.js";
import type { MarcRecord } from "../../marc/marc-record.js";
import { type MatchPattern, parsePattern } from "../../perl/substitutions.js";
import { PLAIN_TREATMENT, type Rule, type RuleCompiler } from "./compile.js";
import { recordKind } from "./record-kind.js";
import type { RuleRunner } from "./run-rule.js";
import type { MappingTrace, RuleMatch } from "./trace.js";

interface CompiledFilter {
  readonly source: FilterRule;
  readonly rule: Rule;
  readonly pattern: MatchPattern | null;
}

/** The reason to ignore a record of a kind that `record_types` does not let in, else null. */
export function refusedKind(
  record: MarcRecord,
  allowed: readonly RecordType[],
): IgnoreReason | null {
  const kind = recordKind(record);
  if (allowed.includes(kind as RecordType)) return null;
  const message = `${kind} record, record_types lets in ${allowed.join(", ")}`;
  return { code: "record-type", kind, message };
}

/**
 * [Filter]: every `include_if` must hold and no `exclude_if` may; a record of which a `delete_if` holds
 * is a deletion. A rule holds if the pattern fits
 * the text of some field that the SearchField finds (its chosen subfields joined by a blank), or,
 * without a pattern, if it finds any text at all.
 */
export class Filters {
  private readonly filters: readonly CompiledFilter[];
  private readonly deletions: readonly CompiledFilter[];
  private readonly found = new FoundTexts();

  constructor(
    rules: readonly FilterRule[],
    compiler: RuleCompiler,
    private readonly runner: RuleRunner,
  ) {
    const compiled = rules.map((source) => {
      const pattern = source.pattern === "" ? null : parsePattern(source.pattern);
      // A pattern may ask for a blank in a fixed field.
      const treatment = { ...PLAIN_TREATMENT, keepBlank: pattern !== null };
      const search = { ...source.search, transforms: "" };
      return { source, pattern, rule: compiler.compile(search, treatment) };
    });
    this.filters = compiled.filter(({ source }) => source.kind !== "delete");
    this.deletions = compiled.filter(({ source }) => source.kind === "delete");
  }

  /** Why the record that the mapper's context holds is a deletion, "" if it is none. */
  deletes(trace: MappingTrace | null): string {
    for (const filter of this.deletions) {
      if (!this.holds(filter, trace)) continue;
      const { name, text } = filter.source.search;
      return `[Filter] ${name} = "${text}" holds`;
    }
    return "";
  }

  /** The reason to ignore the record that the mapper's context holds, else null. */
  refuse(trace: MappingTrace | null): IgnoreReason | null {
    for (const filter of this.filters) {
      const wanted = filter.source.kind === "include";
      if (this.holds(filter, trace) === wanted) continue;
      const { name, text } = filter.source.search;
      const said = wanted ? "does not hold" : "holds";
      return { code: "filter", message: `[Filter] ${name} = "${text}" ${said}` };
    }
    return null;
  }

  private holds({ source, rule, pattern }: CompiledFilter, trace: MappingTrace | null): boolean {
    const { found, runner } = this;
    found.clear();
    const matches: RuleMatch[] | null = trace === null ? null : [];
    runner.find(rule, found, matches);
    const holds = pattern === null ? found.count > 0 : runner.fits(rule, pattern, found);
    if (matches !== null) trace?.filter?.(source, matches, holds);
    return holds;
  }
}
