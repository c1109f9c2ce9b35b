/** Past runs, for a person and for a shell job. */

import { printable } from "../diagnostics/format.js";
import type { RunFile, RunRecord } from "../store/model/run-record.js";
import type { UndoTotals } from "../store/model/totals.js";
import { rate, SUMMARY_SCHEMA_VERSION } from "./summary.js";
import { duplicatesWords, ignoredWords } from "./totals-words.js";

/** A run with what stands around it in the register. */
export interface PastRun {
  readonly record: RunRecord;
  readonly files: readonly RunFile[];
  /** `killed`: it was entered and never closed, and no process holds its lease. */
  readonly status: RunRecord["status"] | "killed";
  /** The run that took it back, null if its work stands. */
  readonly undoneBy: string | null;
}

/** `3 rows removed, 2 restored, 1 brought back, 0 left as they are`. */
export function undoCounts({ removed, restored, revived, left }: UndoTotals): string {
  return `${removed} rows removed, ${restored} restored, ${revived} brought back, ${left} left as they are`;
}

/** `created 7, updated 1`: what there is any of. */
function countsText(counts: Readonly<Record<string, number>>): string {
  const some = Object.entries(counts).filter(([, count]) => count > 0);
  return some.map(([name, count]) => `${name} ${count}`).join(", ");
}

/** One run in full. */
export function runText(past: PastRun): string {
  const { record, files, undoneBy } = past;
  const { totals } = record;
  const [unit, read] = record.kind === "sweep" ? ["rows", "compared"] : ["records", "read"];
  const lines: [string, string][] = [
    ["run", record.run],
    ["command", record.command],
    [
      "status",
      `${past.status}${record.exitStatus === null ? "" : `, exit status ${record.exitStatus}`}`,
    ],
    ["configuration", printable(record.config)],
    ["foreign_source", printable(record.foreignSource)],
    ["started", record.startedAt],
    ["ended", record.finishedAt ?? ""],
    ["seconds", record.seconds.toFixed(1)],
    ["undoes", record.undoes ?? ""],
    ["undone by", undoneBy ?? ""],
    ["changes", record.changesPruned ? "no longer kept" : ""],
    ...files.map((file): [string, string] => ["file", fileText(file)]),
    [`${unit} ${read}`, record.undoes === null ? String(totals.recordsRead) : ""],
    [`${unit}/s`, record.undoes === null ? String(rate(totals.recordsRead, record.seconds)) : ""],
    ["outcomes", countsText(totals.outcomes)],
    ["rows", totals.undone ? undoCounts(totals.undone) : ""],
    ["duplicates removed", String(totals.duplicatesRemoved || "")],
    ["possible duplicates", String(totals.possibleDuplicates || "")],
    ["absent removed", String(totals.absentRemoved || "")],
    ...explained("ignored", totals.ignoredBecause, (key) => ignoredWords(key, totals.ignoredKinds)),
    ...explained("duplicates", totals.duplicatesBy, duplicatesWords),
    ["rejects", countsText(totals.rejects)],
    ["repairs", countsText(totals.repairs)],
    ["warnings", countsText(totals.warnings)],
  ];
  const told = lines.filter(([, text]) => text !== "");
  return told.map(([name, text]) => `${name.padEnd(18)}  ${text}`).join("\n");
}

/** A line for each key: `2 not-valid (…)`. */
function explained(
  name: string,
  counts: Readonly<Record<string, number>>,
  words: (key: string) => string,
): [string, string][] {
  return Object.entries(counts).map(([key, count]) => [name, `${count} ${words(key)}`]);
}

function fileText({ path, bytes, recordsRead, finished }: RunFile): string {
  const size = bytes === null ? "" : `${bytes} bytes, `;
  return `${printable(path)} (${size}${recordsRead} records${finished ? "" : ", not to its end"})`;
}

/** One run for `--json`. Keys are stable; more may be added. */
export function runObject({ record, files, status, undoneBy }: PastRun): Record<string, unknown> {
  const { totals } = record;
  return {
    schema_version: SUMMARY_SCHEMA_VERSION,
    run: record.run,
    command: record.command,
    status,
    exit_status: record.exitStatus,
    config: record.config,
    foreign_source: record.foreignSource,
    started: record.startedAt,
    ended: record.finishedAt,
    seconds: record.seconds,
    undoes: record.undoes,
    undone_by: undoneBy,
    changes_kept: !record.changesPruned,
    files: files.map(({ path, bytes, recordsRead, finished }) => ({
      path,
      bytes,
      records_read: recordsRead,
      finished,
    })),
    records_read: totals.recordsRead,
    outcomes: totals.outcomes,
    undone: totals.undone ?? null,
    duplicates_removed: totals.duplicatesRemoved,
    absent_removed: totals.absentRemoved,
    ignored_because: totals.ignoredBecause,
    ignored_kinds: totals.ignoredKinds,
    duplicates_by: totals.duplicatesBy,
    possible_duplicates: totals.possibleDuplicates,
    rejects: totals.rejects,
    repairs: totals.repairs,
    warnings: totals.warnings,
  };
}
