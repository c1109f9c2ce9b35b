/** Descriptions of one book and of what resembles it, for tests of duplicates by evidence. */

import { iso } from "./marc-builder.js";
import type { FieldOf } from "./record-view.js";

/** A book of a year; books of one year that nothing else tells apart are the same. */
export function whales(id: string, year: number, ...others: readonly FieldOf[]): Buffer {
  return book(id, year, ["245", "10", "aThe history of whales /", "cHerman Melville."], others);
}

/** A volume of it: the same as the whole by all else, and never the same as another volume. */
export function volumeOfWhales(
  id: string,
  year: number,
  volume: number,
  ...others: readonly FieldOf[]
): Buffer {
  const number = `nVolume ${volume} /`;
  const title = ["245", "10", "aThe history of whales.", number, "cHerman Melville."] as const;
  return book(id, year, title, others);
}

function book(id: string, year: number, title: FieldOf, others: readonly FieldOf[]): Buffer {
  return iso({
    fields: [
      ["001", id],
      ["008", `980101s${year}    nyu           000 0 eng d`],
      ["100", "1 ", "aMelville, Herman."],
      title,
      ["260", "  ", "aNew York :", "bHarper,", `c${year}.`],
      ["300", "  ", "axii, 345 p. ;", "c24 cm."],
      ...others,
    ],
  });
}

/** A configuration of a job whose rows are compared by their descriptions. */
export function whaleConf({
  policy = "KEEP_ALL",
  source = "ours",
  strict = "false",
  settings = "",
}: {
  readonly policy?: string;
  readonly source?: string;
  /** "" where it is not stated. */
  readonly strict?: string;
  readonly settings?: string;
} = {}): string {
  return `[Database]
path = db.sqlite
batch_size = 2
[Priorities]
priority_list = "best,ours,worst"
[Duplicates]
match_method = DESCRIPTION
duplicate_policy = ${policy}
${strict === "" ? "" : `strict = ${strict}`}
[Settings]
foreign_source = ${source}
foreign_id_fields = 1
${settings}
[title]
f = 245 * * a+b
[creators]
f = 100 * * a
[publication_date]
f = 260 * * c
[subjects]
f = 650 * * a
[publisher]
f = 260 * * b
[isbn]
f = 020 * * a
`;
}
