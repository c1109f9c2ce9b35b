/** OCLC control numbers, as OCLC writes them in 001, 019 and 035. */

import { addOnce, type Identifiers } from "./identifier-text.js";

/**
 * `(OCoLC)` with or without ocm, ocn, on behind it, or one of these three alone. What follows the
 * digits must end the word: `OCM1ssj0001234` is somebody else's number.
 */
const NUMBERED =
  /(?:\(OCoLC\)\s*(?:oc[mn]|on)?\s*|(?<![\p{L}\p{N})])(?:oc[mn]|on))(\d+)(?![\p{L}\p{N}-])/giu;
const BARE = /^\s*(\d+)\s*$/;
/** The usual form, and nothing else in the text. */
const USUAL = /^\(OCoLC\)(?:oc[mn]|on)?0*([1-9]\d*)$/;
const MAY_NUMBER = /o[cn]/i;
/** Meant for an OCLC number: its organisation code, one of its prefixes, or digits and nothing else. */
const CLAIMED = /\(OCoLC\)|^\s*(?:oc[mn]|on)\d|^\s*\d+\s*$/i;

/**
 * Finds the OCLC numbers of a subfield and gives their digits without leading zeros.
 *
 * A number needs `(OCoLC)` before it, or `ocm`, `ocn` or `on`, which is how 001 carries it where 003
 * is OCoLC. Digits alone are invalid: in 035 they may be any system's number. Numbers of other
 * organisations (`(DLC)…`) are not meant for OCLC numbers and give nothing at all; OCLC's authority
 * numbers (`(OCoLC)oca…`, `(OCoLC)fst…`) count another series and are invalid.
 *
 * @param bareIsOclc digits alone are an OCLC number too, since the caller knows where they are from
 */
export function normalizeOclc(text: string, bareIsOclc = false): Identifiers {
  const usual = USUAL.exec(text);
  if (usual !== null) return { valid: [usual[1]], invalid: [] };
  // Most other texts are numbers of other organisations.
  if (!bareIsOclc && !MAY_NUMBER.test(text)) {
    return { valid: [], invalid: CLAIMED.test(text) ? [text.trim()] : [] };
  }
  const valid: string[] = [];
  const take = (digits: string): void => {
    const number = digits.replace(/^0+/, "");
    if (number !== "") addOnce(valid, number);
  };
  // `matchAll` would make a new expression for each text.
  NUMBERED.lastIndex = 0;
  for (let match = NUMBERED.exec(text); match !== null; match = NUMBERED.exec(text)) take(match[1]);
  const bare = bareIsOclc ? BARE.exec(text) : null;
  if (bare !== null) take(bare[1]);
  return { valid, invalid: valid.length === 0 && CLAIMED.test(text) ? [text.trim()] : [] };
}
