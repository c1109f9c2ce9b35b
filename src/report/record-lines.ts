/** The log lines of one record. */

import { codeEntry } from "../diagnostics/catalogue.js";
import type { Diagnostic, RecordLabel } from "../diagnostics/diagnostic.js";
import { formatDiagnostic, printable } from "../diagnostics/format.js";
import type { RunLog } from "./run-log.js";

/** Lines of one code that are written out below the detailed level; the rest is counted. */
const LISTED_PER_CODE = 100;

/** What the log is told of a record's treatment. */
export interface RecordEvent {
  readonly outcome: string;
  readonly recordId: number | null;
  readonly foreignId: string;
  readonly reason: string;
  readonly method: string | null;
  readonly cell: string | null;
  readonly duplicates: readonly number[];
  readonly removed: readonly number[];
}

export class RecordLines {
  private readonly listed = new Map<string, number>();

  constructor(private readonly log: RunLog) {}

  /** Writes a diagnostic if its severity and the verbosity want it. */
  diagnostic(found: Diagnostic, label: RecordLabel): void {
    const { severity } = codeEntry(found.code);
    const level = severity === "warning" ? "warning" : severity === "info" ? "record" : "info";
    if (!this.log.writes(level)) return;
    const fields = { event: severity, ...found, record: label };
    if (this.log.verbosity >= 4) {
      this.log.add(level, formatDiagnostic(found, label), fields);
      return;
    }
    const listed = (this.listed.get(found.code) ?? 0) + 1;
    this.listed.set(found.code, listed);
    if (listed <= LISTED_PER_CODE) this.log.add(level, formatDiagnostic(found, label), fields);
    if (listed === LISTED_PER_CODE) {
      this.log.add(
        level,
        `${found.code} was listed ${LISTED_PER_CODE} times; further ones are counted only (verbosity 4 lists all)`,
      );
    }
  }

  /** Writes what became of a record: deletions from the normal level on, the rest in detail. */
  treated(event: RecordEvent, label: RecordLabel): void {
    const deletes = event.outcome === "deleted" || event.removed.length > 0;
    const level = deletes ? "info" : "record";
    if (!this.log.writes(level)) return;
    const parts = [
      `${event.outcome} ${labelText(label)}`,
      event.foreignId === label.controlNumber ? "" : `id=${printable(event.foreignId)}`,
      event.recordId === null ? "" : `record_id=${event.recordId}`,
      event.method === null ? "" : `by ${event.method}`,
      event.duplicates.length === 0 ? "" : `duplicates=${event.duplicates.join(",")}`,
      event.removed.length === 0 ? "" : `removed=${event.removed.join(",")}`,
    ].filter((part) => part !== "");
    const cell = event.cell === null ? "" : ` [${event.cell}]`;
    this.log.add(level, `${parts.join(" ")}: ${printable(event.reason)}${cell}`, {
      event: "record",
      ...event,
      record: label,
    });
  }
}

/** `catalog.mrc record 3 at byte 4512 001=ocm123`. */
export function labelText(label: RecordLabel): string {
  const number = label.controlNumber === "" ? "" : ` 001=${printable(label.controlNumber)}`;
  return `${printable(label.file)} record ${label.number} at byte ${label.offset}${number}`;
}
