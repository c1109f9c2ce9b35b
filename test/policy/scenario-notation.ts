/**
 * The notation of scenarios. Rows are `record_id source:id title keywords`, `new` for a row that a
 * run creates, `-` for the source of a local row. Records are `id title`; the id is the record's
 * keyword. Outcomes stand in the order of the records.
 */

import type { PolicyName } from "./expected.js";

export interface Written {
  readonly name: string;
  readonly policy: PolicyName;
  /** The source of the import, `vlcrawler` if it is left out. */
  readonly source?: string;
  readonly earlier?: { readonly policy: PolicyName; readonly records: readonly string[] };
  readonly start: readonly string[];
  readonly records: readonly string[];
  readonly firstRun: string;
  readonly after: readonly string[];
  readonly secondRun: string;
}

export const PAIR = ["a Botany", "b Botany"];
export const NEW_A = "new vlcrawler:a Botany ;a;";
export const NEW_B = "new vlcrawler:b Botany ;b;";
export const SCP = "1 SCP:h Botany ;old;";
export const SAME = "2 vlcrawler:s Botany ;old;";
export const LOWER = "3 afcrawler:l Botany ;old;";
export const OLD_A = "4 vlcrawler:a Botanics ;old;";
export const OLD_B = "5 vlcrawler:b Botany ;old;";
