/** `--summary FILE.json`: what a shell job reads after a run. Keys are stable; more may be added. */

import { codeEntry } from "../diagnostics/catalogue.js";
import type { RunStatus } from "../store/model/run-record.js";
import type { Totals } from "../store/model/totals.js";
import { duplicatesWords, ignoredWords } from "./totals-words.js";

/** The version of the keys below. */
export const SUMMARY_SCHEMA_VERSION = 1;

interface SummaryFile {
  readonly path: string;
  /** null for a pipe. */
  readonly bytes: number | null;
  readonly recordsRead: number;
}

export interface RunSummary {
  readonly run: string;
  readonly status: RunStatus;
  readonly exitStatus: number;
  /** Why the run did not begin or did not reach its end; null if it did. */
  readonly failure: string | null;
  readonly config: string;
  readonly database: string;
  readonly files: readonly SummaryFile[];
  readonly totals: Totals;
  readonly seconds: number;
  readonly log: string | null;
  readonly rejectsFile: string | null;
  readonly dryRun: boolean;
  /** Whether an `--atomic` run was taken back, so that nothing of what is told was kept; absent: no. */
  readonly rolledBack?: boolean;
  /** Whether what is counted are rows of the table that were compared; absent: records of files. */
  readonly ofRows?: boolean;
}

/** Records a second, rounded; 0 for a run that took no time. */
export function rate(records: number, seconds: number): number {
  return seconds > 0 ? Math.round(records / seconds) : 0;
}

/** The object that `--summary` writes. */
export function summaryObject(summary: RunSummary): Record<string, unknown> {
  const { totals } = summary;
  return {
    schema_version: SUMMARY_SCHEMA_VERSION,
    run: summary.run,
    status: summary.status,
    exit_status: summary.exitStatus,
    failure: summary.failure,
    dry_run: summary.dryRun,
    rolled_back: summary.rolledBack ?? false,
    config: summary.config,
    database: summary.database,
    files: summary.files.map(({ path, bytes, recordsRead }) => ({
      path,
      bytes,
      records_read: recordsRead,
    })),
    records_read: totals.recordsRead,
    outcomes: totals.outcomes,
    ignored_because: totals.ignoredBecause,
    ignored_kinds: totals.ignoredKinds,
    duplicates_removed: totals.duplicatesRemoved,
    absent_removed: totals.absentRemoved,
    duplicates_by: totals.duplicatesBy,
    possible_duplicates: totals.possibleDuplicates,
    repairs: totals.repairs,
    rejects: totals.rejects,
    warnings: totals.warnings,
    seconds: Number(summary.seconds.toFixed(3)),
    records_per_second: rate(totals.recordsRead, summary.seconds),
    log: summary.log,
    rejects_file: summary.rejectsFile,
  };
}

/** The closing table for a person: outcomes, then what needs a look, then where to look. */
export function summaryText(summary: RunSummary): string {
  const { totals } = summary;
  const [read, unit] = summary.ofRows ? ["rows compared", "rows"] : ["records read", "records"];
  const groups: [title: string, rows: [name: string, count: number][]][] = [
    ["", [...counted(totals.outcomes), [read, totals.recordsRead], ...removed(totals)]],
    [
      "ignored because",
      inWords(totals.ignoredBecause, (key) => ignoredWords(key, totals.ignoredKinds)),
    ],
    ["duplicates found", inWords(totals.duplicatesBy, duplicatesWords)],
    ["rejected", withMessages(totals.rejects)],
    ["repaired", withMessages(totals.repairs)],
    ["warned", withMessages(totals.warnings)],
  ];
  const told = groups.filter(([, rows]) => rows.length > 0);
  const width = Math.max(...told.flatMap(([, rows]) => rows.map(([, n]) => grouped(n).length)));
  const lines = told.flatMap(([title, rows]) => [
    ...(title === "" ? [] : [`  ${title}`]),
    ...rows.map(([name, count]) => `  ${grouped(count).padStart(width + 2)}  ${name}`),
  ]);
  const kind = summary.dryRun ? "dry run" : "run";
  const speed = `${grouped(rate(totals.recordsRead, summary.seconds))} ${unit}/s`;
  return [
    `${kind} ${summary.run}: ${summary.status}, exit status ${summary.exitStatus}`,
    ...(summary.rolledBack ? ["  taken back (--atomic): nothing of this was kept"] : []),
    ...lines,
    `  ${summary.seconds.toFixed(1)} s, ${speed}`,
    `  database ${summary.database}`,
    ...(summary.log === null ? [] : [`  log      ${summary.log}`]),
    ...(summary.rejectsFile === null ? [] : [`  rejects  ${summary.rejectsFile}`]),
  ].join("\n");
}

function counted(counts: Readonly<Record<string, number>>): [string, number][] {
  return Object.entries(counts).filter(([, count]) => count > 0);
}

function inWords(
  counts: Readonly<Record<string, number>>,
  words: (key: string) => string,
): [string, number][] {
  return counted(counts).map(([key, count]) => [words(key), count]);
}

/** Most frequent first, each code with what it says. */
function withMessages(codes: Readonly<Record<string, number>>): [string, number][] {
  const sorted = counted(codes).sort(([, a], [, b]) => b - a);
  return sorted.map(([code, count]) => [`${code} ${codeEntry(code).message}`, count]);
}

function removed(totals: Totals): [string, number][] {
  return counted({
    "duplicates removed": totals.duplicatesRemoved,
    "possible duplicates (MARC_import review CONFIG lists them)": totals.possibleDuplicates,
    "absent removed": totals.absentRemoved,
  });
}

/** `1,234,567`. */
export function grouped(count: number): string {
  // The engine's own way loads the data of every language first.
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
}
