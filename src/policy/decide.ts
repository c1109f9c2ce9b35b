/** From a policy and what was found to what becomes of one record. */

import type { DuplicatePolicy } from "../config/job/job-config.js";
import type { Rank } from "../matching/priorities.js";
import { reasonFor } from "./reason.js";
import { cellText, DUPLICATE_COLUMNS, POLICY_TABLE, type PolicyColumn } from "./table.js";

/** A yes or no for the duplicates of each priority. */
export type ByPriority = Readonly<Record<Rank, boolean>>;

/** What was found for one record: `higher`, `same`, `lower` say whether there is such a duplicate. */
export interface Situation extends ByPriority {
  /** There is a row of this foreign source and id, or one that this id was merged into. */
  readonly existing: boolean;
  /** Whether this very run created, refreshed or found unchanged one of those duplicates. */
  readonly touched: ByPriority;
}

type Action = "create" | "refresh" | "merge" | "ignore";

export interface Decision {
  readonly action: Action;
  /**
   * For `merge`, the duplicates to choose from, else null. Of several rows the highest priority
   * wins, then the oldest.
   */
  readonly mergeInto: Rank | null;
  /** The duplicates to delete, all rows of each named priority. */
  readonly deletes: readonly Rank[];
  /**
   * The policy, the column that settled the matter, and the cell there as the table has it:
   * `KEEP_HIGHER × higher: ignore`; or OWN_ROW in its place.
   */
  readonly cell: string;
  /** One sentence for the log. */
  readonly reason: string;
}

/** What stands for a deletion that would hit a row of the same run. */
export const OWN_ROW = "ignore, its row is of this run";

/**
 * Decides what becomes of one record.
 *
 * Of the columns that apply, the leftmost that ignores or merges settles the matter; otherwise the
 * record is taken and the deletions of all applying columns are due. An existing row is refreshed
 * whichever it is. A deletion that would hit a row of this very run makes the record ignored, also
 * where it has an existing row: refreshing that row would leave two duplicates, and the next run
 * over the same file would delete one of them.
 */
export function decide(policy: DuplicatePolicy, situation: Situation): Decision {
  const row = POLICY_TABLE[policy];
  const present = DUPLICATE_COLUMNS.filter((column) => situation[column]);
  const applying: readonly PolicyColumn[] = present.length > 0 ? present : ["none"];
  const settling = applying.find((column) => row[column].verdict !== "create");
  const due = settling === undefined ? present.filter((column) => row[column].deletes) : [];
  const protectedColumn = due.find((column) => situation.touched[column]);

  const column = protectedColumn ?? settling ?? due[0] ?? applying[0];
  const action = protectedColumn ? "ignore" : actionFor(row[column].verdict, situation.existing);
  const deletes = protectedColumn ? [] : due;
  return {
    action,
    mergeInto: action === "merge" && column !== "none" ? column : null,
    deletes,
    cell: `${policy} × ${column}: ${protectedColumn ? OWN_ROW : cellText(row[column])}`,
    reason: reasonFor({ policy, column, action, deletes, present, touched: !!protectedColumn }),
  };
}

function actionFor(verdict: "create" | "ignore" | "merge", existing: boolean): Action {
  return existing ? "refresh" : verdict;
}

/**
 * Whether a record's duplicates must be known before `decide` can be asked; false where every answer
 * is the same. A deletion may be due even if the existing row is unchanged.
 */
export function needsDuplicates(
  policy: DuplicatePolicy,
  record: { readonly existing: boolean },
): boolean {
  const row = POLICY_TABLE[policy];
  if (DUPLICATE_COLUMNS.some((column) => row[column].deletes)) return true;
  if (record.existing) return false;
  const always = row.none.verdict;
  return DUPLICATE_COLUMNS.some((column) => row[column].verdict !== always);
}
