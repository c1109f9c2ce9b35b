/** What a run did to one row, for a person and for a shell job. */

import { printable } from "../diagnostics/format.js";
import { elementsOf } from "../fields/list-form.js";
import { type FieldDiff, isBookkeeping, type RowDiff } from "../store/model/row-diff.js";

/** Version of the keys of `diff --json`. */
const SCHEMA_VERSION = 1;

type IsList = (field: string) => boolean;

/**
 * A heading line, and under each field what went (`-`) and what came (`+`): for a list its
 * elements, for a text the whole of it.
 */
export function diffText(diff: RowDiff, isList: IsList): string {
  const id = diff.foreignId === "" ? "" : ` ${diff.foreignSource} ${diff.foreignId}`;
  const heading = `${actionsText(diff.actions)} record_id=${diff.recordId}${id} "${diff.title}"`;
  const fields = diff.fields.filter(({ field }) => !isBookkeeping(field));
  return [
    printable(heading),
    ...fields.flatMap((field) => fieldLines(field, isList)),
    ...sourceLines(diff),
  ].join("\n");
}

/** `created, merged 3 times`. */
function actionsText(actions: RowDiff["actions"]): string {
  const parts: string[] = [];
  for (let from = 0, to = 0; from < actions.length; from = to) {
    while (to < actions.length && actions[to] === actions[from]) to++;
    parts.push(to - from > 1 ? `${actions[from]} ${to - from} times` : actions[from]);
  }
  return parts.join(", ");
}

function fieldLines(diff: FieldDiff, isList: IsList): string[] {
  const edited = diff.edited
    ? " (edited by somebody else since; what came is what is there now)"
    : "";
  return [`  ${diff.field}${edited}`, ...changeLines(diff, isList)];
}

function changeLines({ field, before, after }: FieldDiff, isList: IsList): string[] {
  if (!isList(field)) return signed("-", before === "" ? [] : [before]).concat(cameText(after));
  const { removed, added } = elements(before, after);
  if (removed.length + added.length === 0) return ["    the same elements, written otherwise"];
  return [...signed("-", removed), ...signed("+", added)];
}

function cameText(after: string | null): string[] {
  return signed("+", after === "" ? [] : [after]);
}

function signed(sign: string, values: readonly (string | null)[]): string[] {
  return values.flatMap((value) => (value === null ? [] : [`    ${sign} ${printable(value)}`]));
}

function elements(before: string | null, after: string | null) {
  const one = elementsOf(before ?? "");
  const other = elementsOf(after ?? "");
  const had = new Set(one);
  const has = new Set(other);
  return {
    removed: one.filter((element) => !has.has(element)),
    added: other.filter((element) => !had.has(element)),
  };
}

function sourceLines({ merged, withdrawn }: RowDiff): string[] {
  if (merged.length + withdrawn.length === 0) return [];
  return ["  merged sources", ...signed("-", withdrawn), ...signed("+", merged)];
}

/** One line of `diff --json`. Keys are stable; more may be added. */
export function diffObject(diff: RowDiff, isList: IsList): Record<string, unknown> {
  return {
    schema_version: SCHEMA_VERSION,
    record_id: diff.recordId,
    actions: diff.actions,
    foreign_source: diff.foreignSource,
    foreign_id: diff.foreignId,
    title: diff.title,
    fields: diff.fields.map(({ field, before, after, edited }) => ({
      field,
      before,
      after,
      ...(isList(field) ? elements(before, after) : {}),
      ...(edited ? { edited_since: true } : {}),
    })),
    merged: diff.merged,
    withdrawn: diff.withdrawn,
  };
}
