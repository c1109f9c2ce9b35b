/** Every diagnostic code of the program. */

import { CHARACTER_CODES } from "./character-codes.js";
import { DECISION_CODES } from "./decision-codes.js";
import type { CodeEntry } from "./diagnostic.js";
import { FILE_CODES } from "./file-codes.js";
import { FORMAT_CODES } from "./format-codes.js";
import { FRAMING_CODES } from "./framing-codes.js";
import { MAPPING_CODES } from "./mapping-codes.js";
import { FIELD_CODES, LEADER_CODES } from "./structure-codes.js";

/** All entries in the order of their codes. */
export const CODES: readonly CodeEntry[] = [
  ...FILE_CODES,
  ...FRAMING_CODES,
  ...LEADER_CODES,
  ...FIELD_CODES,
  ...CHARACTER_CODES,
  ...MAPPING_CODES,
  ...DECISION_CODES,
  ...FORMAT_CODES,
];

const BY_CODE: ReadonlyMap<string, CodeEntry> = new Map(CODES.map((entry) => [entry.code, entry]));

/**
 * The catalogue's entry of a code such as `M203`.
 *
 * @throws RangeError for a code that is not in the catalogue, which is an error of the program
 */
export function codeEntry(code: string): CodeEntry {
  const entry = BY_CODE.get(code);
  if (!entry) throw new RangeError(`the catalogue of diagnostics has no code ${code}`);
  return entry;
}
