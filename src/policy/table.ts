/** The duplicate policies as a table: what is printed, documented and decided by is this one. */

import type { DuplicatePolicy } from "../config/job/job-config.js";
import type { Rank } from "../matching/priorities.js";

/** A column of the table: duplicates of one priority, or no duplicate at all. */
export type PolicyColumn = Rank | "none";

/** What a policy says of a record that has no existing row. */
interface PolicyCell {
  readonly verdict: "create" | "ignore" | "merge";
  /** Whether the duplicates of that column are deleted when the record is taken. */
  readonly deletes: boolean;
}

interface PolicyRow extends Readonly<Record<PolicyColumn, PolicyCell>> {
  /** One sentence: when a library would choose this policy. */
  readonly use: string;
}

/** The columns that stand for duplicates, from left to right. */
export const DUPLICATE_COLUMNS: readonly Rank[] = ["higher", "same", "lower"];

/** Every column, from left to right. */
export const POLICY_COLUMNS: readonly PolicyColumn[] = [...DUPLICATE_COLUMNS, "none"];

const create: PolicyCell = { verdict: "create", deletes: false };
const createAndDelete: PolicyCell = { verdict: "create", deletes: true };
const ignore: PolicyCell = { verdict: "ignore", deletes: false };
const merge: PolicyCell = { verdict: "merge", deletes: false };

export const POLICY_TABLE: Readonly<Record<DuplicatePolicy, PolicyRow>> = {
  KEEP_ALL: {
    higher: create,
    same: create,
    lower: create,
    none: create,
    use: "For a first load, or a source that overlaps with nothing: duplicates are not looked for.",
  },
  KEEP_ANY: {
    higher: ignore,
    same: ignore,
    lower: ignore,
    none: create,
    use: "For filling gaps: only what no source has described yet comes in.",
  },
  KEEP_HIGHER: {
    higher: ignore,
    same: create,
    lower: create,
    none: create,
    use: "For robots and harvests: better records are not doubled, and nothing is deleted.",
  },
  KEEP_HIGHER_OR_SAME: {
    higher: ignore,
    same: ignore,
    lower: create,
    none: create,
    use: "For a source that repeats itself under several ids: its first record of a resource stays.",
  },
  REMOVE_LOWER: {
    higher: create,
    same: create,
    lower: createAndDelete,
    none: create,
    use: "For a trusted source that must be there in full, in place of the robots' work.",
  },
  REMOVE_LOWER_KEEP_HIGHER: {
    higher: ignore,
    same: create,
    lower: createAndDelete,
    none: create,
    use: "For a source in the middle of the list: it gives way to better ones and replaces worse ones.",
  },
  REPLACE: {
    higher: createAndDelete,
    same: createAndDelete,
    lower: createAndDelete,
    none: create,
    use: "Dangerous: the import deletes every duplicate, local work too; only for rebuilding a catalogue from one file.",
  },
  MERGE: {
    higher: merge,
    same: merge,
    lower: merge,
    none: create,
    use: "For one row a resource, to which every source adds what it knows.",
  },
  MERGE_INTO_HIGHER: {
    higher: merge,
    same: create,
    lower: create,
    none: create,
    use: "For enriching better records with subjects or links of a source that also has records of its own.",
  },
  UPDATE_ONLY: {
    higher: ignore,
    same: ignore,
    lower: ignore,
    none: ignore,
    use: "For keeping current what was imported before, without letting anything new in.",
  },
};

/** A cell as it is printed: `create`, `create, delete it`, `ignore` or `merge into it`. */
export function cellText(cell: PolicyCell): string {
  const verdict = cell.verdict === "merge" ? "merge into it" : cell.verdict;
  return cell.deletes ? `${verdict}, delete it` : verdict;
}
