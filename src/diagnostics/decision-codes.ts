/** M6xx: what a run notices when records meet the rows of the database. */

import type { CodeEntry } from "./code-entry.js";

export const DECISION_CODES = [
  {
    code: "M601",
    name: "repeated-id",
    severity: "warning",
    message: "this foreign id came before in the same run; the later record was taken",
    advice:
      "Ask the supplier which of the records is meant, or name other fields in foreign_id_fields.",
  },
  {
    code: "M602",
    name: "merged-records-gone",
    severity: "warning",
    message:
      "a row was deleted that other records had been merged into, and what they gave went with it",
    advice:
      "Import the files of the named sources again (local records with --again): each record becomes a row or is merged anew.",
  },
  {
    code: "M603",
    name: "full-load-without-deletions",
    severity: "warning",
    message:
      "--full-load deleted nothing, since the input does not tell for certain which rows are absent",
    advice: "Have the file mended, or get it whole, and give it again with --full-load.",
  },
] as const satisfies readonly CodeEntry[];
