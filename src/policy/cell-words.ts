/** What became of a record by the cell of a policy that settled it, for those who do not know the table by heart. */

import { OWN_ROW } from "./decide.js";
import { cellText, POLICY_COLUMNS, POLICY_TABLE, type PolicyColumn } from "./table.js";

type Cell = (typeof POLICY_TABLE)[keyof typeof POLICY_TABLE][PolicyColumn];

const WORDS: ReadonlyMap<string, string> = new Map<string, string>(
  Object.entries(POLICY_TABLE).flatMap(([policy, row]) =>
    POLICY_COLUMNS.flatMap((column) => [
      [`${policy} × ${column}: ${cellText(row[column])}`, wordsFor(column, row[column])] as const,
      [
        `${policy} × ${column}: ${OWN_ROW}`,
        "the duplicate that would be deleted is of this very run, so the record was left out",
      ] as const,
    ]),
  ),
);

/** @param cell as `Decision.cell` has it; "" for one that no policy has */
export function cellWords(cell: string): string {
  return WORDS.get(cell) ?? "";
}

function wordsFor(column: PolicyColumn, { verdict, deletes }: Cell): string {
  if (column === "none") {
    return verdict === "ignore" ? "only records that have a row already are taken" : "no duplicate";
  }
  const found = `a duplicate of ${column} priority`;
  switch (verdict) {
    case "ignore":
      return `${found}, so no row was made for the record; one that it had was refreshed`;
    case "merge":
      return `${found}, which took in the record, unless it had a row of its own`;
    case "create":
      return deletes
        ? `${found} was deleted; the record has a row`
        : `${found} stays; the record has a row beside it`;
  }
}
