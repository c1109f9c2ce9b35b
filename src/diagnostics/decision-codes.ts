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
  {
    code: "M604",
    name: "no-such-id",
    severity: "warning",
    message: "an id of --delete-ids names no row of this source",
    advice:
      "Nothing is to be done if the row is gone already. Otherwise look how the ids of this source are written: the column foreign_id has them.",
  },
  {
    code: "M605",
    name: "not-an-id-list",
    severity: "stop",
    message: "the input is no list of ids",
    advice:
      "Give text in UTF-8 with one id on each line, written as foreign_id has them; lines that begin with # are passed over.",
  },
  {
    code: "M606",
    name: "pieces-joined",
    severity: "info",
    message: "records that follow one another with one 001 were joined (join_split_records)",
    advice: "Nothing is to be done.",
  },
] as const satisfies readonly CodeEntry[];
