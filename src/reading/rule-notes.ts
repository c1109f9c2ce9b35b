/** The rules of a mapping as a report names them. */

import type { Location } from "../config/language/problems.js";
import { BUILT_IN } from "../config/language/problems.js";
import type { MarcMapping, SearchField } from "../config/marc/marc-mapping.js";
import { sectionsOf } from "../config/marc/rule-sections.js";
import type { RuleNote } from "../store/model/run-statistics.js";

/**
 * Names the rules of a mapper.
 *
 * @param rules of the mapper made of this very configuration, in its order
 */
export function ruleNotes(mapping: MarcMapping, rules: readonly SearchField[]): RuleNote[] {
  const sections = new Map(
    sectionsOf(mapping).flatMap(({ name, rules: own }) => own.map((rule) => [rule, name] as const)),
  );
  return rules.map((rule) => ({
    section: isFilter(mapping, rule) ? "Filter" : (sections.get(rule) ?? "description"),
    name: rule.name,
    text: rule.text,
    at: placeText(rule.at),
  }));
}

/** A filter is compiled from a copy, which has another fifth part. */
function isFilter({ filters }: MarcMapping, { at, name, text }: SearchField): boolean {
  return filters.some(
    ({ search }) => search.at === at && search.name === name && search.text === text,
  );
}

function placeText(at: Location): string {
  return at.file === BUILT_IN.file ? "" : `${at.file}:${at.line}`;
}
