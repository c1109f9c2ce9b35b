/** The sentence that tells, in the log, why a record was treated as it was. */

import type { DuplicatePolicy } from "../config/job/job-config.js";
import type { Rank } from "../matching/priorities.js";
import type { PolicyColumn } from "./table.js";

/** What the sentence is about; the same facts as in the decision. */
interface ReasonFacts {
  readonly policy: DuplicatePolicy;
  readonly column: PolicyColumn;
  readonly action: "create" | "refresh" | "merge" | "ignore";
  readonly deletes: readonly Rank[];
  /** The priorities of which there are duplicates, from left to right. */
  readonly present: readonly Rank[];
  /** The record is ignored because a deletion would have hit a row of this very run. */
  readonly touched: boolean;
}

/** One English sentence, with its full stop. */
export function reasonFor(facts: ReasonFacts): string {
  const { policy, column, action } = facts;
  if (facts.touched) {
    return `${policy} would delete the ${duplicates(column)}, but this same run created, refreshed or found unchanged one of them, so the record is ignored.`;
  }
  switch (action) {
    case "refresh":
      return `The existing row is kept current under every policy${deletions(facts)}.`;
    case "merge":
      return `${policy} merges a record into its duplicate of ${column} priority.`;
    case "ignore":
      return column === "none" || policy === "UPDATE_ONLY"
        ? `${policy} takes only records that have an existing row.`
        : `${policy} ignores a record that has a duplicate of ${column} priority.`;
    case "create":
      return creation(facts);
  }
}

function creation(facts: ReasonFacts): string {
  const { policy, column, deletes } = facts;
  if (policy === "KEEP_ALL") return "KEEP_ALL creates a row whether there are duplicates or not.";
  if (column === "none") return "There is neither an existing row nor a duplicate.";
  if (deletes.length > 0) return `${policy} takes the record${deletions(facts)}.`;
  return `${policy} lets a new row stand beside duplicates of ${list(facts.present)} priority.`;
}

function deletions({ policy, deletes, action }: ReasonFacts): string {
  if (deletes.length === 0) return "";
  const who = action === "refresh" ? `${policy} deletes` : "deletes";
  return ` and ${who} its duplicates of ${list(deletes)} priority`;
}

function duplicates(column: PolicyColumn): string {
  return `duplicates of ${column} priority`;
}

/** `higher`, `higher and same`, `higher, same and lower`. */
function list(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length > 1 ? `${words.slice(0, -1).join(", ")} and ${last}` : last;
}
