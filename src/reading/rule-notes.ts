/** The rules of a mapping as a report names them. */

import type { ImportConfig, Location, SearchField } from "../config/job/import-config.js";
import { BUILT_IN } from "../config/language/problems.js";
import { sectionsOf } from "../config/marc/rule-sections.js";
import type { RuleNote } from "../store/sqlite/register/run-statistics.js";

/**
 * Names the rules of a mapper.
 *
 * @param rules of the mapper made of this very configuration, in its order
 */
export function ruleNotes(config: ImportConfig, rules: readonly SearchField[]): RuleNote[] {
  const sections = new Map(
    sectionsOf(config).flatMap(({ name, rules: own }) => own.map((rule) => [rule, name] as const)),
  );
  return rules.map((rule) => ({
    section: isFilter(config, rule) ? "Filter" : (sections.get(rule) ?? "description"),
    name: rule.name,
    text: rule.text,
    at: placeText(rule.at),
  }));
}

/** A filter is compiled from a copy, which has another fifth part. */
function isFilter({ filters }: ImportConfig, { at, name, text }: SearchField): boolean {
  return filters.some(
    ({ search }) => search.at === at && search.name === name && search.text === text,
  );
}

function placeText(at: Location): string {
  return at.file === BUILT_IN.file ? "" : `${at.file}:${at.line}`;
}
