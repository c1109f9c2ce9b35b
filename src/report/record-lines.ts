/** The log lines of one record. */

import { basename } from "node:path";
import { codeEntry } from "../diagnostics/catalogue.js";
import type { Severity } from "../diagnostics/code-entry.js";
import type { Diagnostic, RecordLabel } from "../diagnostics/diagnostic.js";
import { formatDiagnostic, printable, recordText } from "../diagnostics/format.js";
import { type Refusal, refusalText } from "../matching/duplicates.js";
import { explanationObject } from "./explain-json.js";
import type { Place } from "./explain-remarks.js";
import { explanationText, type TextOptions } from "./explain-text.js";
import type { Explanation } from "./explanation.js";
import type { RunLog } from "./run-log.js";
import { PLAIN } from "./style.js";

/** `file:line`; the command line and the program's defaults have no lines. */
const place: Place = ({ file, line }) => (line === 0 ? file : `${file}:${line}`);

/** Files without their folders: the text has thousands of them, and names the configuration once. */
const LOG_TEXT: TextOptions = {
  style: PLAIN,
  place: ({ file, line }) => place({ file: basename(file), line }),
  field: null,
};

/** Lines of one code that are written out below the detailed level; the rest is counted. */
const LISTED_PER_CODE = 100;

/** What a line on a finding begins with, where the level does not say it. */
const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  info: "",
  warning: "",
  repair: "repaired ",
  reject: "rejected ",
  stop: "",
};

/** What the log is told of a record's treatment. */
interface RecordEvent {
  readonly outcome: string;
  readonly recordId: number | null;
  readonly foreignId: string;
  readonly reason: string;
  readonly method: string | null;
  readonly cell: string | null;
  readonly duplicates: readonly number[];
  /** Rows that were found and not taken. */
  readonly refused: readonly {
    readonly recordId: number;
    readonly method: string;
    readonly veto: Refusal;
  }[];
  /** Rows that may be the same, with what speaks for it. */
  readonly possible: readonly { readonly recordId: number; readonly grounds: string }[];
  readonly removed: readonly number[];
}

/** `not_taken=17,18(ISBN: form differs)`, rows of one reason together. */
function notTaken(refused: RecordEvent["refused"]): string {
  const byReason = new Map<string, number[]>();
  for (const { recordId, method, veto } of refused) {
    const reason = `${method}: ${refusalText(veto)}`;
    byReason.set(reason, [...(byReason.get(reason) ?? []), recordId]);
  }
  return [...byReason].map(([reason, rows]) => `not_taken=${rows.join(",")}(${reason})`).join(" ");
}

export class RecordLines {
  private readonly listed = new Map<string, number>();

  constructor(private readonly log: RunLog) {}

  /** Writes a diagnostic if its severity and the verbosity want it. */
  diagnostic(found: Diagnostic, label: RecordLabel): void {
    const { severity } = codeEntry(found.code);
    const level = severity === "warning" ? "warning" : severity === "info" ? "record" : "info";
    if (!this.log.writes(level)) return;
    const record = label.file === "" ? null : label;
    const fields = { event: severity, ...found, record };
    const text = `${SEVERITY_WORDS[severity]}${formatDiagnostic(found, label)}`;
    if (this.log.verbosity >= 4) {
      this.log.add(level, text, fields);
      return;
    }
    const listed = (this.listed.get(found.code) ?? 0) + 1;
    this.listed.set(found.code, listed);
    if (listed <= LISTED_PER_CODE) this.log.add(level, text, fields);
    if (listed === LISTED_PER_CODE) {
      this.log.add(
        level,
        `${found.code} was listed ${LISTED_PER_CODE} times; further ones are counted only (verbosity 4 lists all)`,
      );
    }
  }

  /** Writes everything that led to the treatment of a record, at the highest level. */
  explained(told: Explanation): void {
    if (!this.log.writes("explain")) return;
    if (this.log.format === "json") {
      const message = `explain ${printable(told.file)} record ${told.number}`;
      this.log.add("explain", message, {
        event: "explain",
        ...explanationObject(told, place),
      });
      return;
    }
    const text = explanationText(told, LOG_TEXT);
    // Each line says by itself which record it is about.
    this.log.add("explain", text.replaceAll("\n", `\nrecord ${told.number} | `));
  }

  /** Writes what became of a record: deletions from the normal level on, the rest in detail. */
  treated(event: RecordEvent, label: RecordLabel): void {
    const deletes = event.outcome === "deleted" || event.removed.length > 0;
    const level = deletes ? "info" : "record";
    if (!this.log.writes(level)) return;
    const parts = [
      `${event.outcome} ${recordText(label)}`,
      event.foreignId === label.controlNumber ? "" : `id=${printable(event.foreignId)}`,
      event.recordId === null ? "" : `record_id=${event.recordId}`,
      event.method === null ? "" : `by ${event.method}`,
      event.duplicates.length === 0 ? "" : `duplicates=${event.duplicates.join(",")}`,
      event.refused.length === 0 ? "" : notTaken(event.refused),
      ...event.possible.map(({ recordId, grounds }) => `possible=${recordId}(${grounds})`),
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
