/** What an undo comes to, as data and as text. */

import type { ExitStatus } from "../diagnostics/failure.js";
import { printable } from "../diagnostics/format.js";
import { undoCounts } from "../report/run-text.js";
import type { UndoTotals } from "../store/model/totals.js";
import type { LeftRow, UndoStep } from "../store/model/undo-step.js";

/** A row that is taken back, as it reads before. */
export interface TakenRow extends RowName {
  readonly action: UndoStep["action"];
}

type RowName = Omit<LeftRow, "reason">;

export interface UndoResult {
  /** The name of the undo's own run. */
  readonly run: string;
  readonly undoes: string;
  readonly totals: UndoTotals;
  /** Nothing was changed: it was tried on a copy. */
  readonly dryRun: boolean;
  /** Of a run that had changed no row: what to do about the rows that it found. Else null. */
  readonly remark: string | null;
  /** 1 if rows were left. */
  readonly exitStatus: ExitStatus;
}

/** The remark of an undo that could not set a harvest back. */
export const MOVED_SINCE =
  "a later harvest has moved the position of the repository, which stays where it is: harvest with --full to have again what was taken back";

/** The remark of an undo that took back what a person had said of pairs. */
export function decisionsText(count: number): string {
  const what =
    count === 1 ? "1 decision on a pair of rows is" : `${count} decisions on pairs of rows are`;
  return `${what} forgotten; what waited before waits again`;
}

/** `left record_id=5 vlcrawler ocm1 "A title": somebody else has edited it since`. */
export function leftText(row: LeftRow): string {
  return printable(`left ${rowText(row)}: ${row.reason}`);
}

const WOULD = {
  remove: "would be removed",
  restore: "would be restored",
  revive: "would be brought back",
} as const;

/** `would be removed: record_id=5 vlcrawler ocm1 "A title"`. */
export function wouldText(row: TakenRow): string {
  return printable(`${WOULD[row.action]}: ${rowText(row)}`);
}

function rowText({ recordId, foreignSource, foreignId, title }: RowName): string {
  const id = foreignId === "" ? "" : ` ${foreignSource} ${foreignId}`;
  return `record_id=${recordId}${id} "${title}"`;
}

/** The closing line of an undo. */
export function undoText({ run, undoes, totals, dryRun }: UndoResult): string {
  const counts = undoCounts(totals);
  return dryRun
    ? `dry run, nothing was changed: undo of run ${undoes} comes to ${counts}`
    : `run ${run} took back run ${undoes}: ${counts}`;
}
