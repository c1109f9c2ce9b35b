/** The end of `--full-load`: rows of the source that the input did not hold are deleted. */

import type { RunLog } from "../report/run-log.js";
import type { RunWriter, Store } from "../store/store.js";
import type { StopReason } from "./batch-writer.js";
import { type DeleteBrake, DeleteLimitError } from "./delete-brake.js";
import { isoSeconds } from "./run-name.js";
import type { Tally } from "./tally.js";

/** Rows looked at, and deleted, in one transaction. */
const PAGE = 2000;

export interface FullLoadParts {
  readonly store: Store;
  readonly run: RunWriter;
  readonly tally: Tally;
  readonly log: RunLog;
  readonly foreignSource: string;
  readonly brake: DeleteBrake;
}

/**
 * Deletes what the input did not hold. A record that was rejected may be one of the rows that seem
 * absent, so after rejects nothing is deleted, and the log says so.
 *
 * @returns why nothing was deleted, if a limit forbids it
 */
export function removeAbsent(parts: FullLoadParts): StopReason | null {
  const { tally, log, brake } = parts;
  const { rejected } = tally.totals.outcomes;
  if (rejected > 0) {
    log.add(
      "warning",
      `--full-load deleted nothing, since ${rejected} records were rejected and may be rows that seem absent`,
    );
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
  deleteAbsent(parts);
  withdrawAbsent(parts);
  return null;
}

function* pages({ store, foreignSource }: FullLoadParts): Generator<number[]> {
  let rows = store.rows.ofSource(foreignSource, 0, PAGE);
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

function deleteAbsent(parts: FullLoadParts): void {
  const { store, run, tally, log } = parts;
  for (const rows of pages(parts)) {
    const absent = rows.filter((recordId) => !run.held.has(recordId));
    if (absent.length === 0) continue;
    store.transaction(() => {
      for (const recordId of absent) run.records.remove(recordId);
      tally.totals.absentRemoved += absent.length;
      store.runs.writeTotals(run.runId, tally.totals, 0);
    });
    for (const recordId of absent)
      log.add("info", `deleted record_id=${recordId}: the input did not hold it`);
  }
}

/** What this source merged into rows of others goes in the same way. */
function withdrawAbsent({ store, run, tally, foreignSource }: FullLoadParts): void {
  const now = isoSeconds(new Date());
  for (;;) {
    const absent = run.merged.notHeldBy(run.runId, foreignSource);
    if (absent.length === 0) return;
    store.transaction(() => {
      for (const { foreignId } of absent) {
        const existing = run.imports.existing(foreignSource, foreignId);
        if (!existing?.merged) throw new Error(`${foreignId} is merged into no row`);
        run.imports.withdraw(existing, now);
      }
      tally.totals.absentRemoved += absent.length;
      store.runs.writeTotals(run.runId, tally.totals, 0);
    });
  }
}
