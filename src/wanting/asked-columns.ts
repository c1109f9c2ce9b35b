/** Which columns of a row answers rest on; no others are read. */

import type { WantSettings } from "../config/job/want.js";

/** What answers tell of a row, and what its editions share. */
const TOLD = [
  "title",
  "creators",
  "edition",
  "publication_date",
  "isbn",
  "lccn",
  "oclc_number",
] as const;

export type ToldColumn = (typeof TOLD)[number];

/** The columns that are read under these settings. */
export function askedColumns(want: WantSettings): string[] {
  const { copiesField, needSecond, relatedField, asinField, identifier } = want;
  const others = [copiesField, needSecond?.field ?? "", relatedField, asinField, identifier];
  return [...TOLD, ...others.filter((name) => name !== "")];
}
