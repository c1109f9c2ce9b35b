/** Every diagnostic code of the program. */

import { CHARACTER_CODES } from "./character-codes.js";
import type { CodeEntry } from "./code-entry.js";
import { DECISION_CODES } from "./decision-codes.js";
import { FILE_CODES } from "./file-codes.js";
import { FORMAT_CODES } from "./format-codes.js";
import { FRAMING_CODES } from "./framing-codes.js";
import { HARVEST_CODES } from "./harvest-codes.js";
import { MAPPING_CODES } from "./mapping-codes.js";
import { FIELD_CODES, LEADER_CODES } from "./structure-codes.js";
import { WRITING_CODES } from "./writing-codes.js";

/** The areas of the catalogue, in the order of their codes: where a finding comes from. */
export const AREAS = {
  files: FILE_CODES,
  framing: FRAMING_CODES,
  leader: LEADER_CODES,
  fields: FIELD_CODES,
  characters: CHARACTER_CODES,
  mapping: MAPPING_CODES,
  rows: DECISION_CODES,
  formats: FORMAT_CODES,
  harvest: HARVEST_CODES,
  writing: WRITING_CODES,
} as const;
export type Area = keyof typeof AREAS;

/** Every code there is. */
export type Code = (typeof AREAS)[Area][number]["code"];

/** All entries in the order of their codes. */
export const CODES: readonly CodeEntry<Code>[] = Object.values(AREAS).flat();

const BY_CODE: ReadonlyMap<string, CodeEntry<Code>> = new Map(
  CODES.map((entry) => [entry.code, entry]),
);

const AREA_OF: ReadonlyMap<Code, Area> = new Map(
  (Object.keys(AREAS) as Area[]).flatMap((area) =>
    AREAS[area].map(({ code }) => [code, area] as const),
  ),
);

/** Where a finding comes from. */
export function areaOf(code: Code): Area {
  return AREA_OF.get(code) as Area;
}

/**
 * The catalogue's entry of a code such as `M203`, which may have been read from a database.
 *
 * @throws RangeError for a code that is not in the catalogue, which is an error of the program
 */
export function codeEntry(code: string): CodeEntry<Code> {
  const entry = BY_CODE.get(code);
  if (!entry) throw new RangeError(`the catalogue of diagnostics has no code ${code}`);
  return entry;
}
