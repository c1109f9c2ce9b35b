/** The character sets that UNIMARC names in 100 $a (UNIMARC Manual, Bibliographic Format, field 100). */

import { EXTENDED_LATIN, NO_SET } from "./marc8-sets.js";

/** The sets of one record; G0 is ISO 646 (ASCII). */
export interface UnimarcSets {
  /** Final bytes of G1, G2 and G3 in escape sequences, NO_SET for none. */
  readonly rightSets: readonly number[];
}

/** What 100 $a says of the character sets. */
export type UnimarcScheme =
  | { readonly kind: "unicode" }
  /** `complete`: every set that is named is read. */
  | { readonly kind: "sets"; readonly codes: string; readonly complete: boolean }
  /** No sets that could be read, or none named. */
  | { readonly kind: "unknown" };

const ISO_646 = "01";
const ISO_5426 = "03";
const UNICODE = "50";
const NONE = "  ";
/** By code: ISO-IR 37 (basic Cyrillic), ISO 5426, ISO 5427 and ISO 5428 are read. */
const FINALS: Readonly<Record<string, number>> = {
  "02": 0x4e,
  [ISO_5426]: EXTENDED_LATIN,
  "04": 0x51,
  "05": 0x53,
  [NONE]: NO_SET,
};

/**
 * Reads the positions for character sets: two digits each for G0, G1, G2 and G3.
 *
 * @param codes eight characters, or what there is of them
 */
export function unimarcScheme(codes: string): UnimarcScheme {
  const [g0, ...others] = pairs(codes);
  if (g0 === UNICODE || others.includes(UNICODE)) return { kind: "unicode" };
  const read = others.filter((code) => code !== NONE && code in FINALS);
  if (g0 !== ISO_646 || read.length === 0) return { kind: "unknown" };
  // Whatever else stands there, no more sets are told apart than are read.
  const sets = others.map((code) => (code in FINALS ? code : NONE));
  const complete = sets.every((code, at) => code === others[at]);
  return { kind: "sets", codes: [g0, ...sets].join("").trimEnd(), complete };
}

function pairs(codes: string): string[] {
  const padded = codes.replace(/[|#]/g, " ").padEnd(8, " ");
  return [0, 2, 4, 6].map((at) => padded.slice(at, at + 2));
}

/** ISO 646 and ISO 5426, as `encoding = iso5426` demands it. */
export const LATIN_SETS: UnimarcSets = { rightSets: [EXTENDED_LATIN, NO_SET, NO_SET] };

const known = new Map<string, UnimarcSets>([[ISO_646 + ISO_5426, LATIN_SETS]]);

/** The sets by their codes in 100 $a, G0 first. */
export function unimarcSets(codes: string): UnimarcSets {
  const before = known.get(codes);
  if (before !== undefined) return before;
  const rightSets = pairs(codes)
    .slice(1)
    .map((code) => FINALS[code] ?? NO_SET);
  const sets = { rightSets };
  known.set(codes, sets);
  return sets;
}
