/** International Standard Book Numbers (ISO 2108). */

import {
  type Identifiers,
  isGroupedByThree,
  type NumberRule,
  scanNumbers,
} from "./identifier-text.js";

const TEN = /^\d{9}[\dX]$/;
/** 979-0 belongs to printed music (ISMN, ISO 10957), which is another number with the same check. */
const THIRTEEN = /^97(?:8|9(?!0))\d{10}$/;
const ONE_DIGIT_ONLY = /^(\d)\1*$/;
const SEPARATORS = /[ -]/g;

/** The check character of an ISBN-10: sum of digit times position (1 to 9), modulo 11, 10 is X. */
function checkTen(number: string): string {
  let sum = 0;
  for (let i = 0; i < 9; i++) sum += (i + 1) * (number.charCodeAt(i) - 48);
  return sum % 11 === 10 ? "X" : String(sum % 11);
}

/** The check digit of an EAN-13: weights 1 and 3 in turn over twelve digits. */
function checkThirteen(number: string): string {
  let sum = 0;
  for (let i = 0; i < 12; i++) sum += (i % 2 === 0 ? 1 : 3) * (number.charCodeAt(i) - 48);
  return String((10 - (sum % 10)) % 10);
}

function toThirteen(written: string, beside: boolean): string | null {
  if (isGroupedByThree(written)) return null;
  const number = written.replace(SEPARATORS, "");
  // An SBN of the years before 1970 is an ISBN-10 without its leading zero; beside other digits nine
  // digits are rather the rest of an ISBN.
  const ten = number.length === 9 && !beside ? `0${number}` : number;
  if (TEN.test(ten)) {
    // 0000000000, 1111111111 … have the right check digit and stand for "no number" in real files.
    if (ONE_DIGIT_ONLY.test(ten) || ten[9] !== checkTen(ten)) return null;
    const body = `978${ten.slice(0, 9)}`;
    return body + checkThirteen(body);
  }
  return THIRTEEN.test(number) && number[12] === checkThirteen(number) ? number : null;
}

const RULE: NumberRule = {
  // An ISBN-10 is ten characters; a shorter word than eight is a qualifier, a price or a volume.
  shortest: 8,
  // Files also hold the code of the subfield a second time (`a9780306406157`).
  label: /^(?:\p{L}?-?I?SBN(?:-?1[03](?!\d))?[-.#]*(?=\d)|a(?=97[89]))/iu,
  normalForm: toThirteen,
};

/**
 * Finds the ISBNs of a subfield, with or without hyphens, qualifiers and prices: several may stand
 * in one (`9780987115423 (print ed) 9780987115430 (web ed)`). ISBN-10, nine-digit SBN and ISBN-13
 * become ISBN-13 without hyphens; a wrong check digit, a wrong length, 979-0 and what belongs to
 * another system (`M-2306-7118-7`, `EBL306406152`) make a number invalid. A text without a number of
 * at least eight characters gives nothing at all.
 */
export function normalizeIsbns(text: string): Identifiers {
  return scanNumbers(text, RULE);
}
