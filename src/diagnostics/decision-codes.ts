/** M6xx: what a run notices when records meet the rows of the database. */

import type { CodeEntry } from "./diagnostic.js";

export const DECISION_CODES: readonly CodeEntry[] = [
  {
    code: "M601",
    name: "repeated-id",
    severity: "warning",
    message: "this foreign id came before in the same run; the later record was taken",
    advice:
      "Ask the supplier which of the records is meant, or name other fields in foreign_id_fields.",
  },
];
