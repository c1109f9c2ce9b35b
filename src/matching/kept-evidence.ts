/**
 * What is kept of a record beside its row, so that the next record can be compared with it: its description, or the
 * kind alone, as JSON without what is empty. The text stands in databases; what it lacks tells nothing.
 */

import type { RecordKind } from "../fields/record-description.js";

const NO_KIND: RecordKind = {
  type: "",
  level: "",
  form: "",
  formClear: false,
  partNumbers: [],
  partNames: [],
};

function isEmpty(value: unknown): boolean {
  return value === "" || value === false || (Array.isArray(value) && value.length === 0);
}

/** The text that is kept of a kind; "" where it tells nothing. */
export function keptText(kind: RecordKind): string {
  const told = Object.entries(kind).filter(([, value]) => !isEmpty(value));
  return told.length === 0 ? "" : JSON.stringify(Object.fromEntries(told));
}

/**
 * The text that is kept of a kind with its parts: their numbers and names are the last that `keptText` tells.
 *
 * @param kept of the kind without them
 */
export function keptWithParts(
  kept: string,
  parts: Pick<RecordKind, "partNumbers" | "partNames">,
): string {
  const told = Object.entries(parts).filter(([, value]) => !isEmpty(value));
  if (told.length === 0) return kept;
  const text = JSON.stringify(Object.fromEntries(told));
  return kept === "" ? text : `${kept.slice(0, -1)},${text.slice(1)}`;
}

/**
 * The kind of a row.
 *
 * @param evidence what is kept beside it, "" where nothing is: the row was written by another program, or before
 *   anything was kept
 * @param recordType its column record_type, which then tells the level
 */
export function kindOf(evidence: string, recordType: string): RecordKind {
  if (evidence !== "") return { ...NO_KIND, ...(JSON.parse(evidence) as Partial<RecordKind>) };
  const level = recordType === "serial" ? "s" : recordType === "monograph" ? "m" : "";
  return { ...NO_KIND, level };
}
