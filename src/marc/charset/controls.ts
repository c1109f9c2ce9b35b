/** What becomes of control characters: text has none. */

const SEPARATORS = new Set([0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1c, 0x1d, 0x1e, 0x1f, 0x85]);

/** NON-SORT BEGIN and END in Unicode (MARC-8 88 and 89): lawful marks for filing, not text. */
const NON_SORT = new Set([0x98, 0x9c]);

/** U+0000 to U+001F, U+007F to U+009F. */
export function isControl(code: number): boolean {
  return code < 0x20 || (code >= 0x7f && code <= 0x9f);
}

/** Whether removing a control character is worth a warning. */
export function isDamage(code: number): boolean {
  return !NON_SORT.has(code);
}

/** What becomes of the marks around words that do not sort: a row has no use for them, a MARC record has. */
export type NonSort = "dropped" | "kept";

/** Whether a control character parts words, so that a blank takes its place. */
export function isSeparator(code: number): boolean {
  return SEPARATORS.has(code);
}
