/** The rules of a mapping as a report names them. */

import type { ImportConfig, Location, SearchField } from "../config/import-config.js";
import { BUILT_IN } from "../config/problems.js";
import type { RuleNote } from "../store/run-statistics.js";
import { sectionsOf } from "./check-rules.js";

/**
 * Names the rules of a mapper.
 *
 * @param rules of the mapper made of this very configuration, in its order
 */
export function ruleNotes(config: ImportConfig, rules: readonly SearchField[]): RuleNote[] {
  const sections = new Map(
    sectionsOf(config).flatMap(({ name, rules: own }) => own.map((rule) => [rule, name] as const)),
  );
  const filters = new Set(config.filters.map(({ search }) => search));
  return rules.map((rule) => ({
    section: filters.has(rule) ? "Filter" : (sections.get(rule) ?? "description"),
    name: rule.name,
    text: rule.text,
    at: placeText(rule.at),
  }));
}

function placeText(at: Location): string {
  return at.file === BUILT_IN.file ? "" : `${at.file}:${at.line}`;
}
