/** Library of Congress control numbers, normalised as the LCCN namespace of info: URIs lays down. */

import { addOnce, clearedText, type Identifiers } from "./identifier-text.js";

/** What may stand before a number without being part of it. */
const WRAPPING = /https?:\/\/lccn\.loc\.gov\/|info:lccn\/|\(dlc\)|\blccn:?\s+/g;
/** Characters that stand for a blank in exchanged files and in print. */
const BLANK_SIGNS = /[\^#\\]/g;
/** A number that is one word: prefix, year, serial number with or without a hyphen, revision note. */
const WORD = /^([a-z]*)(?:(\d+)|(\d{2}|\d{4})-(\d{1,6}))(?:rev.*)?$/;
/** Eight digits behind a prefix by length: none, 1 letter, 2 alike, letter and 2 alike, 2 letters and 2 digits. */
const VALID = /^(?:[a-z]|[a-z]?(?:[a-z]{2}|\d{2})|[a-z]{2}\d{2})?\d{8}$/;
const NO_NUMBER = /^\D*0+$/;
const PREFIX = /^[a-z]{1,3}$/;
const YEAR = /^(?:[a-z]{0,3})(?:\d{2}|\d{4})$/;
const SERIAL = /^\d{6}(?!\d)/;

/** The normal form of one word, null if it is no LCCN. */
function normalForm(word: string): string | null {
  // Later practice writes revision dates and notes behind a slash; a digit there divides a number.
  const slash = word.indexOf("/");
  if (slash >= 0 && /^\/\d/.test(word.slice(slash))) return null;
  const parts = WORD.exec(slash < 0 ? word : word.slice(0, slash));
  if (parts === null) return null;
  const [, prefix, digits, year, serial] = parts;
  const number = prefix + (digits ?? year + serial.padStart(6, "0"));
  return VALID.test(number) && !NO_NUMBER.test(number) ? number : null;
}

/**
 * The numbers of a text in which blanks part prefix, year and serial number as well as numbers; null
 * if a word with a digit in front is none. Other words behind a number qualify it.
 */
function numbersOf(text: string): string[] | null {
  const words = text.split(/\s+/).filter((word) => word !== "");
  const numbers: string[] = [];
  for (let at = 0; at < words.length; at++) {
    let word = words[at];
    if (PREFIX.test(word) && /^\d/.test(words[at + 1] ?? "")) word += words[++at];
    if (YEAR.test(word) && SERIAL.test(words[at + 1] ?? "")) word += words[++at];
    const number = normalForm(word);
    if (number !== null) addOnce(numbers, number);
    else if (numbers.length === 0 || /^[a-z]{0,3}\d/.test(word)) return null;
  }
  return numbers.length > 0 ? numbers : null;
}

/** The same where commas may stand between numbers. */
function listedNumbers(text: string): string[] | null {
  const numbers: string[] = [];
  for (const part of text.split(",")) {
    if (part.trim() === "") continue;
    const found = numbersOf(part);
    if (found === null) return null;
    for (const number of found) addOnce(numbers, number);
  }
  return numbers.length > 0 ? numbers : null;
}

/** One number, everything from the first slash on being a note. */
function annotatedNumber(text: string): string[] | null {
  const slash = text.indexOf("/");
  if (slash < 0 || /^\/\s*\d/.test(text.slice(slash))) return null;
  const found = numbersOf(text.slice(0, slash));
  return found?.length === 1 ? found : null;
}

/**
 * Normalises the LCCNs of a subfield, or of several that blanks or commas join: blanks out,
 * everything from a slash off, the serial number behind a hyphen filled to six digits, prefix in
 * lower case (it is significant: `sn 83031896` is not `83031896`). A permalink, `info:lccn/` and
 * `(DLC)` before a number are taken off. What does not come out with the structure of an LCCN,
 * digits in groups of three among it, is invalid; a text without a digit gives nothing at all.
 */
export function normalizeLccn(text: string): Identifiers {
  const plain = clearedText(text).toLowerCase().replace(WRAPPING, " ").replace(BLANK_SIGNS, " ");
  const valid = listedNumbers(plain) ?? annotatedNumber(plain) ?? [];
  return { valid, invalid: valid.length === 0 && /\d/.test(text) ? [text.trim()] : [] };
}
