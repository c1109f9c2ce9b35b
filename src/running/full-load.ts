/** The end of `--full-load`: rows of the source that the input did not hold are deleted. */

import type { DeleteBrake } from "../deciding/delete-brake.js";
import { mergedLosses } from "../deciding/merged-losses.js";
import { codeEntry } from "../diagnostics/catalogue.js";
import { type Diagnostic, diagnostic, NO_RECORD } from "../diagnostics/diagnostic.js";
import { Failure } from "../diagnostics/failure.js";
import type { RecordInput } from "../reading/record-input.js";
import { RecordLines } from "../report/record-lines.js";
import type { RunLog } from "../report/run-log.js";
import type { MergedSource } from "../store/model/merged-source.js";
import { BEFORE_ALL } from "../store/model/stored-row.js";
import type { Books, Store } from "../store/port.js";
import type { RunWriter } from "../store/run-port.js";
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
  readonly inputs: readonly RecordInput[];
  readonly foreignSource: string;
  readonly brake: DeleteBrake;
  /** Called between transactions: writes the log, tells whether a signal asks to stop. */
  readonly pause: () => Promise<boolean>;
  readonly step: (name: string) => void;
  /** Seconds since the run began. */
  readonly elapsed: () => number;
}

/**
 * Deletes what the input did not hold, if the input is whole (M603 says where it is not, and nothing
 * is deleted). Stopped by a signal between two transactions, a resumed run goes on where it was.
 *
 * @returns why nothing was deleted, if a limit forbids it
 */
export async function removeAbsent(parts: FullLoadParts): Promise<Failure | null> {
  const { log, brake } = parts;
  const found = whyNotWhole(parts);
  if (found !== null) {
    const nothing = diagnostic("M603", { found });
    counted(parts, (books) => count(parts, books, 0, [nothing]));
    new RecordLines(log).diagnostic(nothing, NO_RECORD);
    return null;
  }
  const absent = countAbsent(parts);
  const unheld = countUnheld(parts);
  const refused = brake.refusal(absent + unheld, "concluded");
  if (refused !== null) {
    return new Failure(
      refused.kind,
      `${refused.what}; the input does not hold ${absent} rows of this source${unheld === 0 ? "" : ` and ${unheld} of its records that are merged into rows`}`,
      "Look whether the file is the whole catalogue of this source. If it is, raise [Settings] max_deletes and run again; unless it is stated, a full load takes away half of a source at most.",
    );
  }
  if (await deleteAbsent(parts)) await withdrawAbsent(parts);
  return null;
}

/**
 * Why it cannot be concluded that a row is absent: a rejected record may be that row, an input that is
 * not whole may go on with it, and a file that holds nothing of this source is the wrong one.
 *
 * @returns null if nothing speaks against it
 */
function whyNotWhole({ store, run, tally, inputs }: FullLoadParts): string | null {
  const { outcomes, recordsRead, repairs, warnings } = tally.totals;
  if (outcomes.rejected > 0) return `${outcomes.rejected} rejected`;
  const cut = [...Object.keys(repairs), ...Object.keys(warnings)].find(
    (code) => codeEntry(code).incomplete,
  );
  if (cut !== undefined) return `${cut}: ${codeEntry(cut).message}`;
  const empty = store.runs
    .files(run.runId)
    .find(
      ({ recordsRead, fileNumber }) => recordsRead === 0 && !inputs[fileNumber - 1].deletesOnly,
    );
  if (empty) return `no records in ${empty.path}`;
  const { created, updated, unchanged, merged } = outcomes;
  if (created + updated + unchanged + merged > 0) return null;
  return `none of ${recordsRead} records taken`;
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

/** Records of the source, merged into rows, that the input did not hold. */
function countUnheld({ run, foreignSource }: FullLoadParts): number {
  let unheld = 0;
  for (let last: MergedSource | null = null; ; ) {
    const some: MergedSource[] = run.merged.notHeldBy(run.runId, foreignSource, last);
    if (some.length === 0) return unheld;
    unheld += some.length;
    last = some[some.length - 1];
  }
}

/** @returns false if a signal asks to stop */
async function deleteAbsent(parts: FullLoadParts): Promise<boolean> {
  const { run, log, pause } = parts;
  const lines = new RecordLines(log);
  for (const rows of pages(parts)) {
    const absent = rows.filter((recordId) => !run.held.has(recordId));
    if (absent.length === 0) continue;
    const losses = counted(parts, (books) => {
      const lost = absent.flatMap((recordId) =>
        mergedLosses(recordId, run.records.remove(recordId)),
      );
      count(parts, books, absent.length, lost);
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
    counted(parts, (books) => {
      for (const ofRow of byRow(absent)) run.imports.withdraw(ofRow, now);
      count(parts, books, absent.length, []);
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
function counted<T>({ store, tally }: FullLoadParts, work: (books: Books) => T): T {
  const before = tally.snapshot();
  try {
    return store.transaction(work);
  } catch (error) {
    tally.restore(before);
    throw error;
  }
}

/** The counts go with the rows, so that a resumed run has them. */
function count(
  parts: FullLoadParts,
  books: Books,
  rows: number,
  losses: readonly Diagnostic[],
): void {
  const { run, tally, notes, step, elapsed } = parts;
  step("absent-removed");
  tally.totals.absentRemoved += rows;
  for (const loss of losses) {
    tally.diagnostic(loss.code, codeEntry(loss.code).severity);
    notes.finding(loss, NO_RECORD);
  }
  books.writeTotals(run.runId, tally.totals, elapsed());
  notes.save(books, run);
  step("absent-counted");
}
