/** `explain` for a person, and the log at level 5: everything that led to what becomes of a record. */

import { codeEntry } from "../diagnostics/catalogue.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { printable, recordText } from "../diagnostics/format.js";
import { refusalText } from "../matching/duplicates.js";
import { groundsText } from "../matching/evidence/tell.js";
import { harvestedSections } from "./explain-harvested-text.js";
import { fieldLines, filterLines, quoted } from "./explain-mapping-text.js";
import { labelOf, type Place } from "./explain-remarks.js";
import type { Explanation, ShownField } from "./explanation.js";
import type { Style } from "./style.js";

export interface TextOptions {
  readonly style: Style;
  /** How a `file:line` is written. */
  readonly place: Place;
  /** Only this record field, without row and decision; null for everything. */
  readonly field: string | null;
}

/** The explanation of one record; lines without control characters, the last without a line feed. */
export function explanationText(told: Explanation, options: TextOptions): string {
  const { style, field } = options;
  const mapping = told.trace.mapping.filter((one) => field === null || one.field === field);
  const sections: [string, string[]][] = [
    ...harvestedSections(told.trace, style),
    [`RECORD ${printable(told.trace.record.encoding)}`.trim(), recordLines(told, style)],
    ["FINDINGS", told.diagnostics.map((found) => diagnosticLine(found, style))],
    ["FILTERS", field === null ? filterLines(told.trace, options) : []],
    ["MAPPING", mapping.flatMap((one) => fieldLines(one, told.trace.record, options))],
    ...(field === null ? afterMapping(told, style) : []),
  ];
  const text = sections
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => `${style.strong(title)}\n${lines.map((l) => `  ${l}`).join("\n")}`);
  return [style.strong(headline(told)), ...text].join("\n");
}

function afterMapping(told: Explanation, style: Style): [string, string[]][] {
  return [
    ["ROW FROM THE RECORD", rowLines(told, style)],
    ["MATCH KEYS", keyLines(told)],
    ["EXISTING ROW", existingLines(told)],
    ["DUPLICATES", candidateLines(told)],
    ["ROWS COMPARED", weighingLines(told)],
    ["DECISION", decisionLines(told, style)],
    ["THE ROW CHANGES", changeLines(told)],
  ];
}

/** `catalog.mrc record 12 at byte 4512, 987 bytes, 001=ocm12 id=ocm12`. */
function headline(told: Explanation): string {
  const { length, controlNumber, foreignId } = told;
  const place = recordText({ ...told, controlNumber: "" });
  const control = controlNumber === "" ? "" : `, 001=${printable(controlNumber)}`;
  const id = foreignId === "" ? "" : `, id=${printable(foreignId)}`;
  return `${place}, ${length} bytes${control}${id}`;
}

function recordLines({ trace }: Explanation, style: Style): string[] {
  const { leader, fields } = trace.record;
  if (leader === "") return [];
  const all = [`${style.name("LDR")}     ${printable(leader)}`];
  return [...all, ...fields.map((field) => marcLine(field, style))];
}

/** `245 10  $a Whales / $c by A. Author   [a pair with 880[1]]`. */
function marcLine(field: ShownField, style: Style): string {
  const tag = style.name(printable(field.tag));
  if (field.indicators === null) return `${tag}     ${printable(field.text)}`;
  const indicators = printable(field.indicators.replaceAll("#", '"#"').replaceAll(" ", "#"));
  const subfields = field.subfields.map(
    ({ code, text }) => `${style.name(`$${printable(code)}`)} ${printable(text)}`,
  );
  const pair =
    field.pairedWith === null
      ? ""
      : style.faint(`  [${labelOf(field)} is a pair with ${field.pairedWith}]`);
  return `${tag} ${indicators}  ${subfields.join(" ")}${pair}`;
}

function diagnosticLine(found: Diagnostic, style: Style): string {
  const { severity, message, advice } = codeEntry(found.code);
  const place = found.field === null ? "" : ` field ${printable(found.field)}`;
  const at = found.offset === null ? "" : ` at byte ${found.offset}`;
  const what = found.found === null ? "" : ` (found ${printable(found.found)})`;
  return `${style.warn(`${found.code} ${severity}`)}${place}${at}: ${message}${what}. ${advice}`;
}

function rowLines({ row }: Explanation, style: Style): string[] {
  if (row === null) return [];
  const filled = Object.entries(row).filter(([, value]) => value !== "");
  const width = Math.max(0, ...filled.map(([name]) => name.length));
  return filled.map(([name, value]) => `${style.name(name.padEnd(width))}  ${printable(value)}`);
}

function keyLines({ keys }: Explanation): string[] {
  return keys.map(({ method, texts }) =>
    texts.length === 0
      ? `${method}  none: the row lacks what it needs`
      : `${method}  ${texts.map(quoted).join(", ")}`,
  );
}

function existingLines({ existing, foreignSource, foreignId, decision }: Explanation): string[] {
  if (decision.outcome === "rejected") return [];
  const source = `foreign_source ${quoted(foreignSource)}`;
  if (existing === null) return [`none with ${source} and id ${quoted(foreignId)}`];
  const row = `record_id ${existing.recordId}, ${quoted(existing.title)}`;
  return existing.merged
    ? [`${row}, of foreign_source ${quoted(existing.foreignSource)}: this id was merged into it`]
    : [`${row}, by ${source} and id ${quoted(existing.foreignId)}`];
}

function candidateLines({ candidates, notTaken, notLookedFor }: Explanation): string[] {
  if (notLookedFor !== null) return [`not looked for: ${notLookedFor}`];
  const refused = notTaken.map(
    ({ recordId, foreignSource, method, key, title, veto }) =>
      `record_id ${recordId}, ${quoted(title)}, of foreign_source ${quoted(foreignSource)}, found by ${method} ${quoted(key)}: not taken, ${refusalText(veto)} (${veto === "review" ? "review" : "never_if"})`,
  );
  if (candidates.length === 0) return ["none", ...refused];
  const found = candidates.map(
    ({ recordId, foreignSource, priority, method, key, title }) =>
      `record_id ${recordId}, ${quoted(title)}, of foreign_source ${quoted(foreignSource)} (${priority} priority), by ${method} ${quoted(key)}`,
  );
  return [...found, ...refused];
}

/** The verdict on each row, and how it came about; the closest first. */
function weighingLines({ weighing: { weighed, leftOut } }: Explanation): string[] {
  const rows = [...weighed].sort((a, b) => b.points - a.points);
  return [
    ...rows.flatMap((one) => [
      `record_id ${one.recordId}, ${quoted(one.title)}, of foreign_source ${quoted(one.foreignSource)}: ${one.verdict}${one.decided ? ", as a person has said" : ""}`,
      `  ${groundsText(one)}`,
      `  found by ${one.keys.map(quoted).join(", ")}`,
    ]),
    ...leftOut.map((key) => `not looked at, since too many rows share it: ${quoted(key)}`),
  ];
}

function decisionLines({ decision }: Explanation, style: Style): string[] {
  const { outcome, recordId, cell, reason, removes } = decision;
  const row = recordId === null ? "" : ` record_id=${recordId}`;
  const lines = [`${style.good(outcome)}${row}: ${printable(reason)}`];
  if (cell !== null) lines.push(`policy cell: ${cell}`);
  if (removes.length > 0) lines.push(style.warn(`deletes record_id ${removes.join(", ")}`));
  return lines;
}

function changeLines({ changes }: Explanation): string[] {
  return changes.map(
    ({ column, before, after }) => `${column}: ${quoted(before)} -> ${quoted(after)}`,
  );
}
