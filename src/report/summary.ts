/** `--summary FILE.json`: what a shell job reads after a run. Keys are stable; more may be added. */

import type { RunStatus, Totals } from "../store/runs.js";

/** The version of the keys below. */
export const SUMMARY_SCHEMA_VERSION = 1;

export interface SummaryFile {
  readonly path: string;
  /** null for a pipe. */
  readonly bytes: number | null;
  readonly recordsRead: number;
}

export interface RunSummary {
  readonly run: string;
  readonly status: RunStatus;
  readonly exitStatus: number;
  readonly config: string;
  readonly database: string;
  readonly files: readonly SummaryFile[];
  readonly totals: Totals;
  readonly seconds: number;
  readonly log: string | null;
  readonly rejectsFile: string | null;
  readonly dryRun: boolean;
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
    dry_run: summary.dryRun,
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
    duplicates_removed: totals.duplicatesRemoved,
    absent_removed: totals.absentRemoved,
    duplicates_by: totals.duplicatesBy,
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
  const outcomes = Object.entries(totals.outcomes).filter(([, count]) => count > 0);
  const lines = [
    `${summary.dryRun ? "dry run" : "run"} ${summary.run}: ${summary.status}, exit status ${summary.exitStatus}`,
    ...outcomes.map(([outcome, count]) => row(outcome, count)),
    row("records read", totals.recordsRead),
    ...(totals.duplicatesRemoved > 0 ? [row("duplicates removed", totals.duplicatesRemoved)] : []),
    ...(totals.absentRemoved > 0 ? [row("absent removed", totals.absentRemoved)] : []),
    ...counts("ignored", totals.ignoredBecause),
    ...counts("duplicates", totals.duplicatesBy),
    ...counts("rejected", totals.rejects),
    ...counts("repaired", totals.repairs),
    ...counts("warned", totals.warnings),
    `  ${summary.seconds.toFixed(1)} s, ${rate(totals.recordsRead, summary.seconds)} records/s`,
    `  database ${summary.database}`,
    ...(summary.log === null ? [] : [`  log      ${summary.log}`]),
    ...(summary.rejectsFile === null ? [] : [`  rejects  ${summary.rejectsFile}`]),
  ];
  return lines.join("\n");
}

function row(name: string, count: number): string {
  return `  ${name.padEnd(20)} ${String(count).padStart(10)}`;
}

function counts(title: string, by: Readonly<Record<string, number>>): string[] {
  return Object.entries(by).map(([key, count]) => row(`${title} ${key}`, count));
}
