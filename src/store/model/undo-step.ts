/** What taking a run back does to one row, or why it is left. */

import type { EarlierRow } from "./earlier-row.js";

/** What is done to a row: taken out, put back as it was, or brought back under its record_id. */
export type UndoAction = "remove" | "restore" | "revive";

export interface UndoStep {
  readonly recordId: number;
  readonly action: UndoAction;
  readonly earlier: EarlierRow;
}

/** A row that is left as it is. */
export interface LeftRow {
  readonly recordId: number;
  readonly foreignSource: string;
  readonly foreignId: string;
  readonly title: string;
  /** Half a sentence. */
  readonly reason: string;
}
