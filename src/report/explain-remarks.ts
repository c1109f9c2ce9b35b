/** The words for why a SearchField took nothing. */

import type { Location } from "../config/language/problems.js";
import type { RuleMatch } from "../mapping/marc/trace.js";
import type { RuleTrace, ShownField, ShownRecord } from "./explanation.js";

/** What the language of SearchFields writes for a blank. */
const BLANK_SIGNS = /[#_]/;

/** How a place in a configuration is written. */
export type Place = (at: Location) => string;

/** Why a whole rule has no match to tell of; null if it has some. */
export function ruleRemark(rule: RuleTrace, record: ShownRecord): string | null {
  if (rule.passedOver) return "not looked at: a rule before it has given the value";
  if (rule.matches.length > 0) return null;
  if (rule.tag === "") return "no such element, or another key says more of it";
  const wanted = rule.tag.slice(0, 3);
  const there = record.fields.some(({ tag }) => fits(wanted, tag));
  return there ? `no field 880 linked with ${wanted}` : `no field ${wanted}`;
}

/** `X` in a wanted tag is any digit. */
function fits(wanted: string, tag: string): boolean {
  return [...wanted].every((c, i) => c === tag[i] || (c === "X" && /[0-9]/.test(tag[i] ?? "")));
}

/** Why one field gave nothing to a rule; "" if it gave something. */
export function matchRemark(match: RuleMatch, rule: RuleTrace, record: ShownRecord): string {
  const [, first, second, codes] = rule.rule.trim().split(/[ \t]+/);
  // A subfield that counts for itself is named behind the field: 856[1]$u.
  const [label] = match.field.split("$");
  const field = record.fields.find((candidate) => labelOf(candidate) === label);
  switch (match.why) {
    case "matched":
      return match.text === null ? "the same text is there already (unique)" : "";
    case "indicator 1":
      return `indicator 1 is ${shown(field, 0)}, the rule wants ${wanted(first)}`;
    case "indicator 2":
      return `indicator 2 is ${shown(field, 1)}, the rule wants ${wanted(second)}`;
    case "no such subfield":
      return `no subfield ${codes} with text, it has ${codesOf(field)}`;
    case "out of range":
      return "the field is too short for the range";
    case "empty":
      return "nothing is left of it";
    case "first_only":
      return "not taken: first_only, and there is a value already";
  }
}

/** `650[3]`. */
export function labelOf({ tag, occurrence }: ShownField): string {
  return `${tag}[${occurrence}]`;
}

function shown(field: ShownField | undefined, indicator: number): string {
  const code = field?.indicators?.[indicator] ?? "?";
  if (code === " ") return "blank (#)";
  return BLANK_SIGNS.test(code) ? `the character "${code}", not a blank` : `"${code}"`;
}

/** An expression, with what its sign for a blank means. */
function wanted(expression: string): string {
  return BLANK_SIGNS.test(expression) ? `${expression} (a blank)` : expression;
}

function codesOf(field: ShownField | undefined): string {
  const codes = field?.subfields.map(({ code }) => `$${code}`) ?? [];
  return codes.length === 0 ? "none" : codes.join(" ");
}
