/** What a run did to one row, to be told. */

import { RESERVED_COLUMNS } from "../../fields/record-fields.js";
import type { ChangeAction } from "./change.js";

/** One column before and after; null where there was no row, or it is not known any more. */
export interface FieldDiff {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
  /** Somebody else has edited the field since, so that `after` is what it is now. */
  readonly edited: boolean;
}

/** What a run did to one row. */
export interface RowDiff {
  readonly recordId: number;
  /** In the order in which the run did them. */
  readonly actions: readonly ChangeAction[];
  readonly foreignSource: string;
  readonly foreignId: string;
  readonly title: string;
  readonly fields: readonly FieldDiff[];
  /** `source id` of what was merged into the row, and of what was withdrawn from it. */
  readonly merged: readonly string[];
  readonly withdrawn: readonly string[];
}

/** Whether a field is bookkeeping of ours rather than what the record says. */
export function isBookkeeping(field: string): boolean {
  return RESERVED_COLUMNS.includes(field);
}
