/** Library of Congress control numbers, normalised as the LCCN namespace of info: URIs lays down. */

import type { Identifiers } from "./identifier-text.js";

const WRAPPING = /^(?:https?:\/\/lccn\.loc\.gov\/|info:lccn\/|\(dlc\))/;
/** A revision date or note of former days, which later practice writes behind a slash. */
const REVISED = /(\d)rev.*$/;
/** Eight digits behind a prefix by length: none, 1 letter, 2 alike, letter and 2 alike, 2 letters and 2 digits. */
const VALID = /^(?:[a-z]|[a-z]?(?:[a-z]{2}|\d{2})|[a-z]{2}\d{2})?\d{8}$/;
const NO_NUMBER = /^\D*0+$/;

function normalForm(text: string): string | null {
  let number = text.toLowerCase().replace(/\s+/g, "").replace(WRAPPING, "");
  number = number.replace(/\/.*$/s, "").replace(REVISED, "$1");
  const hyphen = number.indexOf("-");
  if (hyphen >= 0) {
    const serial = number.slice(hyphen + 1);
    if (!/^\d{1,6}$/.test(serial)) return null;
    number = number.slice(0, hyphen) + serial.padStart(6, "0");
  }
  return VALID.test(number) && !NO_NUMBER.test(number) ? number : null;
}

/**
 * Normalises the one LCCN of a subfield: blanks out, everything from the first slash off, the
 * serial number behind a hyphen filled to six digits, prefix in lower case (it is significant:
 * `sn 83031896` is not `83031896`). A permalink, `info:lccn/` and `(DLC)` before it are taken off.
 * What does not come out with the structure of an LCCN is invalid; a text without a digit gives
 * nothing at all.
 */
export function normalizeLccn(text: string): Identifiers {
  const number = normalForm(text);
  if (number !== null) return { valid: [number], invalid: [] };
  return { valid: [], invalid: /\d/.test(text) ? [text.trim()] : [] };
}
