/** The end of `--full-load`: rows of the source that the input did not hold are deleted. */

import { type DeleteBrake, DeleteLimitError } from "../deciding/delete-brake.js";
import { mergedLosses } from "../deciding/merged-losses.js";
import { codeEntry } from "../diagnostics/catalogue.js";
import { type Diagnostic, diagnostic, NO_RECORD } from "../diagnostics/diagnostic.js";
import { RecordLines } from "../report/record-lines.js";
import type { RunLog } from "../report/run-log.js";
import type { RunWriter, Store } from "../store/sqlite/file/store.js";
import type { MergedSource } from "../store/sqlite/rows/merged-sources.js";
import { BEFORE_ALL } from "../store/sqlite/rows/row-numbers.js";
import type { StopReason } from "./batch-writer.js";
import { isoSeconds } from "./run-name.js";
import type { RunNotes } from "./run-notes.js";
import type { Tally } from "./tally.js";

/** Rows looked at, and deleted, in one transaction. */
const PAGE = 2000;

interface FullLoadParts {
  readonly store: Store;
  readonly run: RunWriter;
  readonly tally: Tally;
  readonly notes: RunNotes;
  readonly log: RunLog;
  readonly foreignSource: string;
  readonly brake: DeleteBrake;
  /** Called between transactions: writes the log, tells whether a signal asks to stop. */
  readonly pause: () => Promise<boolean>;
  readonly step: (name: string) => void;
  /** Seconds since the run began. */
  readonly elapsed: () => number;
}

/**
 * Deletes what the input did not hold. A record that was rejected may be one of the rows that seem
 * absent, so after rejects nothing is deleted (M603). Stopped by a signal between two
 * transactions, a resumed run goes on where it was.
 *
 * @returns why nothing was deleted, if a limit forbids it
 */
export async function removeAbsent(parts: FullLoadParts): Promise<StopReason | null> {
  const { tally, log, brake } = parts;
  const { rejected } = tally.totals.outcomes;
  if (rejected > 0) {
    const nothing = diagnostic("M603", { found: `${rejected} rejected` });
    counted(parts, () => count(parts, 0, [nothing]));
    new RecordLines(log).diagnostic(nothing, NO_RECORD);
    return null;
  }
  const absent = countAbsent(parts);
  try {
    brake.press(absent);
  } catch (error) {
    if (!(error instanceof DeleteLimitError)) throw error;
    return {
      kind: "max-deletes",
      message: `${error.message}; the input does not hold ${absent} rows of this source`,
      advice:
        "Look whether the file is the whole catalogue. If it is, raise [Settings] max_deletes and run again.",
    };
  }
  if (await deleteAbsent(parts)) await withdrawAbsent(parts);
  return null;
}

function* pages({ store, foreignSource }: FullLoadParts): Generator<number[]> {
  let rows = store.rows.ofSource(foreignSource, BEFORE_ALL, PAGE);
  while (rows.length > 0) {
    yield rows;
    rows = store.rows.ofSource(foreignSource, rows[rows.length - 1], PAGE);
  }
}

function countAbsent(parts: FullLoadParts): number {
  let absent = 0;
  for (const rows of pages(parts)) {
    absent += rows.filter((recordId) => !parts.run.held.has(recordId)).length;
  }
  return absent;
}

/** @returns false if a signal asks to stop */
async function deleteAbsent(parts: FullLoadParts): Promise<boolean> {
  const { run, log, pause } = parts;
  const lines = new RecordLines(log);
  for (const rows of pages(parts)) {
    const absent = rows.filter((recordId) => !run.held.has(recordId));
    if (absent.length === 0) continue;
    const losses = counted(parts, () => {
      const lost = absent.flatMap((recordId) =>
        mergedLosses(recordId, run.records.remove(recordId)),
      );
      count(parts, absent.length, lost);
      return lost;
    });
    for (const recordId of absent)
      log.add("info", `deleted record_id=${recordId}: the input did not hold it`);
    for (const loss of losses) lines.diagnostic(loss, NO_RECORD);
    if (!(await pause())) return false;
  }
  return true;
}

/** What this source merged into rows of others goes in the same way. */
async function withdrawAbsent(parts: FullLoadParts): Promise<void> {
  const { run, foreignSource, pause } = parts;
  const now = isoSeconds(new Date());
  let last: MergedSource | null = null;
  for (;;) {
    const absent: MergedSource[] = run.merged.notHeldBy(run.runId, foreignSource, last);
    if (absent.length === 0) return;
    last = absent[absent.length - 1];
    counted(parts, () => {
      for (const ofRow of byRow(absent)) run.imports.withdraw(ofRow, now);
      count(parts, absent.length, []);
    });
    if (!(await pause())) return;
  }
}

/** Thousands may have been merged into a row, which is then read once. */
function byRow(sources: readonly MergedSource[]): Iterable<MergedSource[]> {
  const rows = new Map<number, MergedSource[]>();
  for (const source of sources) {
    const ofRow = rows.get(source.recordId);
    if (ofRow) ofRow.push(source);
    else rows.set(source.recordId, [source]);
  }
  return rows.values();
}

/** A transaction whose counts go back with it. */
function counted<T>({ store, tally }: FullLoadParts, work: () => T): T {
  const before = tally.snapshot();
  try {
    return store.transaction(work);
  } catch (error) {
    tally.restore(before);
    throw error;
  }
}

/** The counts go with the rows, so that a resumed run has them. */
function count(parts: FullLoadParts, rows: number, losses: readonly Diagnostic[]): void {
  const { store, run, tally, notes, step, elapsed } = parts;
  step("absent-removed");
  tally.totals.absentRemoved += rows;
  for (const loss of losses) {
    tally.diagnostic(loss.code, codeEntry(loss.code).severity);
    notes.finding(loss, NO_RECORD);
  }
  store.runs.writeTotals(run.runId, tally.totals, elapsed());
  notes.save(store, run);
  step("absent-counted");
}
