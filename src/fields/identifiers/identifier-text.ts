/** What the identifier rules share: their result, and finding numbers in a subfield's text. */

/** The identifiers of one text. */
export interface Identifiers {
  /** Normal forms, each once, in the order of the text. */
  readonly valid: string[];
  /** What was meant as an identifier of this kind and is none, as far as it could be made out. */
  readonly invalid: string[];
}

/** The hyphens and dashes that cataloguers and word processors put between groups of digits. */
const HYPHENS = /[-\u00ad\u2010-\u2015\u2212]/g;
const NUMBER = /\d[\dXx\-\u00ad\u2010-\u2015\u2212]*/g;
const BLANK_BETWEEN_DIGITS = /(?<=\d)[ \u00a0]+(?=\d|[Xx](?!\p{L}))/gu;
const ONLY_A_NUMBER =
  /^[\dXx\s\-\u00ad\u2010-\u2015\u2212]*\d[\dXx\s\-\u00ad\u2010-\u2015\u2212]*$/;

/** Adds a value unless it is there already. */
export function addOnce(values: string[], value: string): void {
  if (!values.includes(value)) values.push(value);
}

function scanOnce(
  text: string,
  shortest: number,
  normalForm: (number: string) => string | null,
): Identifiers {
  const valid: string[] = [];
  const invalid: string[] = [];
  for (const run of text.match(NUMBER) ?? []) {
    const number = run.replace(HYPHENS, "").toUpperCase();
    if (number.length < shortest) continue;
    const normal = normalForm(number);
    if (normal === null) addOnce(invalid, number);
    else addOnce(valid, normal);
  }
  return { valid, invalid };
}

/** A text that is nothing but a number, yet gave none, is invalid as a whole. */
function orWhole(found: Identifiers, text: string): Identifiers {
  const empty = found.valid.length === 0 && found.invalid.length === 0;
  if (empty && ONLY_A_NUMBER.test(text)) found.invalid.push(text.trim());
  return found;
}

/**
 * Finds the numbers of a text, each a run of digits and `X` with or without hyphens, and keeps
 * apart the valid and the invalid. Blanks as separators (`0 306 40615 2`) are tried only if the
 * text holds nothing valid otherwise, since a blank also separates two numbers.
 *
 * @param shortest runs with fewer characters are qualifiers (`v. 2`, `$9.95`), not failed numbers,
 *   unless the text holds nothing else
 * @param normalForm takes digits and `X` without hyphens, gives the normal form, or null if invalid
 */
export function scanNumbers(
  text: string,
  shortest: number,
  normalForm: (number: string) => string | null,
): Identifiers {
  const found = scanOnce(text, shortest, normalForm);
  if (found.valid.length > 0) return found;
  const joined = text.replace(BLANK_BETWEEN_DIGITS, "");
  if (joined !== text) {
    const again = scanOnce(joined, shortest, normalForm);
    if (again.valid.length > 0 || found.invalid.length === 0) return orWhole(again, text);
  }
  return orWhole(found, text);
}
