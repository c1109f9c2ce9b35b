/** International Standard Serial Numbers (ISO 3297). */

import {
  type Identifiers,
  isGroupedByThree,
  type NumberRule,
  scanNumbers,
} from "./identifier-text.js";

const EIGHT = /^\d{7}[\dX]$/;
const SEPARATORS = /[ -]/g;

/** The check character: weights 8 down to 2 over seven digits, 11 minus the sum modulo 11, 10 is X. */
function checkCharacter(number: string): string {
  let sum = 0;
  for (let i = 0; i < 7; i++) sum += (8 - i) * (number.charCodeAt(i) - 48);
  const check = (11 - (sum % 11)) % 11;
  return check === 10 ? "X" : String(check);
}

function hyphenated(written: string): string | null {
  if (isGroupedByThree(written)) return null;
  const number = written.replace(SEPARATORS, "");
  if (!EIGHT.test(number) || number[7] !== checkCharacter(number)) return null;
  // The placeholder 0000-0000 has the right check digit.
  return number === "00000000" ? null : `${number.slice(0, 4)}-${number.slice(4)}`;
}

const RULE: NumberRule = {
  shortest: 7,
  label: /^\p{L}?-?ISSN(?:-?L)?[-.#]*(?=\d)/iu,
  normalForm: hyphenated,
};

/**
 * Finds the ISSNs of a subfield, with or without hyphen and words around them, and gives them as
 * `1234-567X`. A wrong check digit or length makes a number invalid; a text without a number of at
 * least seven characters gives nothing at all.
 */
export function normalizeIssns(text: string): Identifiers {
  return scanNumbers(text, RULE);
}
