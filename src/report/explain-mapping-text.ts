/** The mapping of one record field, line by line. */

import { printable } from "../diagnostics/format.js";
import type { RuleMatch, TraceStep } from "../mapping/marc/trace.js";
import { matchRemark, type Place, ruleRemark } from "./explain-remarks.js";
import type {
  FieldTrace,
  FilterTrace,
  RecordTrace,
  RuleTrace,
  ShownRecord,
} from "./explanation.js";
import type { Style } from "./style.js";

export interface MappingTextOptions {
  readonly style: Style;
  readonly place: Place;
}

/** A text in quotes, so that blanks at its ends are seen. */
export function quoted(text: string): string {
  return `"${printable(text)}"`;
}

/** How one record field came to its value. */
export function fieldLines(
  { field, rules, steps, value }: FieldTrace,
  record: ShownRecord,
  options: MappingTextOptions,
): string[] {
  const { style } = options;
  return [
    style.strong(field),
    ...rules.flatMap((rule) => ruleLines(rule, record, options)).map((line) => `  ${line}`),
    ...steps.map((step) => `  ${stepLine(step, style)}`),
    `  ${value === "" ? style.faint("empty") : style.good(`= ${quoted(value)}`)}`,
  ];
}

/** What [Filter] asked, and how the record answered. */
export function filterLines(
  { filters, record }: RecordTrace,
  options: MappingTextOptions,
): string[] {
  return filters.flatMap((filter) => [
    ...ruleLines(filter, record, options),
    `  ${filter.holds ? "holds" : "does not hold"}: ${meaningOf(filter)}`,
  ]);
}

function meaningOf({ kind, holds }: FilterTrace): string {
  if (kind === "delete" && holds) return "the record is a deletion";
  const passes = kind === "delete" || holds === (kind === "include");
  return passes ? "the record may pass" : "the record is left out";
}

function ruleLines(rule: RuleTrace, record: ShownRecord, options: MappingTextOptions): string[] {
  const { style, place } = options;
  const head = `${style.name(printable(rule.name))} = ${printable(rule.rule)}  ${style.faint(place(rule.at))}`;
  const remark = ruleRemark(rule, record);
  if (remark !== null) return [`${head}: ${style.faint(remark)}`];
  return [
    head,
    ...rule.matches.flatMap((match) => matchLines(match, rule, record, style)).map((l) => `  ${l}`),
  ];
}

function matchLines(
  match: RuleMatch,
  rule: RuleTrace,
  record: ShownRecord,
  style: Style,
): string[] {
  const remark = matchRemark(match, rule, record);
  const taken = match.text === null ? "" : ` gives ${quoted(match.text)}`;
  const head = `${printable(match.field)}${taken}`;
  const last = remark === "" ? style.good(head) : style.faint(`${head}: ${printable(remark)}`);
  return [...match.steps.map((step) => `${printable(match.field)} ${stepLine(step, style)}`), last];
}

function stepLine({ step, before, after }: TraceStep, style: Style): string {
  const name = style.name(printable(step));
  if (before === after) return `${name}  ${style.faint(`leaves ${quoted(before)}`)}`;
  if (before === "") return `${name}  ${quoted(after)}`;
  return `${name}  ${parts(step, before)} -> ${parts(step, after)}`;
}

/** A treatment has a name and may be of several texts, a line each; a substitution is of one text. */
function parts(step: string, text: string): string {
  return /^\w\w/.test(step) ? text.split("\n").map(quoted).join(" + ") : quoted(text);
}
