/** Diagnostics as text: one line each, safe for logs and terminals. */

import { codeEntry } from "./catalogue.js";
import type { Diagnostic, RecordLabel } from "./diagnostic.js";

/**
 * C0, DEL and C1, the line separators, and the marks that turn the direction of text: whatever could
 * break a line, drive a terminal or make a line read as another one.
 */
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;
const HALF_AT_END = /[\ud800-\udbff]$/;
const LONE_SURROGATE = /\p{Surrogate}/gu;

function escaped(character: string): string {
  const code = character.charCodeAt(0);
  return code < 0x100
    ? `\\x${code.toString(16).padStart(2, "0")}`
    : `\\u${code.toString(16).padStart(4, "0")}`;
}

/** Text in which every control character is spelt out (`\x1b`); one line whatever came in. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, escaped).replace(LONE_SURROGATE, escaped);
}

/** The beginning of a text that is longer than `longest` UTF-16 units, and a sign that it goes on. */
export function clipped(text: string, longest: number): string {
  if (text.length <= longest) return text;
  // Half a character would be none.
  return `${text.slice(0, longest).replace(HALF_AT_END, "")}…`;
}

/** At most 32 bytes from `start`, each a printable ASCII character or `\xhh`: for `found`. */
export function printableBytes(bytes: Buffer, start: number, end: number): string {
  const text = bytes.toString("latin1", start, Math.min(end, start + 32));
  return text.replace(/[^\x20-\x7e]/g, escaped);
}

/** `file.mrc record 17 at byte 45210 001=ocm123`, without what is not known. */
export function recordText({ file, number, offset, controlNumber, isId }: RecordLabel): string {
  const control = controlNumber === "" ? "" : ` ${isId ? "id" : "001"}=${printable(controlNumber)}`;
  const record = number === 0 ? "" : ` record ${number}`;
  const place = offset === null ? "" : ` at byte ${offset}`;
  return `${printable(file)}${record}${place}${control}`;
}

/** The record and the byte of a finding, or what stands for them where there is no record. */
function placeOf({ offset }: Diagnostic, label: RecordLabel): string {
  if (label.file === "") return "at the end of the full load";
  return recordText(offset === null ? label : { ...label, offset });
}

/** `M203 file.mrc record 17 at byte 45210 001=ocm123 field 650[3]: message (found …, expected …)` */
export function formatDiagnostic(found: Diagnostic, label: RecordLabel): string {
  const place = [
    found.code,
    placeOf(found, label),
    found.field === null ? "" : `field ${printable(found.field)}`,
  ].filter((part) => part !== "");
  return `${place.join(" ")}: ${findingText(found)}`;
}

/** `message (found …, expected …)`, without code and place. */
export function findingText(found: Diagnostic): string {
  const values = [
    found.found === null ? "" : `found ${printable(found.found)}`,
    found.expected === null ? "" : `expected ${printable(found.expected)}`,
  ].filter((part) => part !== "");
  const detail = values.length === 0 ? "" : ` (${values.join(", ")})`;
  return `${codeEntry(found.code).message}${detail}`;
}
