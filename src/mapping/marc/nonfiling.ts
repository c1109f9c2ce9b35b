/** Nonfiling characters: the initial article that an indicator says to pass over in filing. */

import { tagCode } from "../../marc/marc-record.js";

/** Which indicator of a field counts nonfiling characters (MARC 21 bibliographic format). */
const COUNTED_BY: ReadonlyMap<number, 1 | 2> = new Map([
  ...["245", "240", "440", "830"].map((tag) => [tagCode(tag), 2] as const),
  ...["130", "630", "730", "740"].map((tag) => [tagCode(tag), 1] as const),
]);

/** The number of the indicator that counts nonfiling characters in fields of this tag, 0 for none. */
export function nonfilingIndicator(tag: number): 0 | 1 | 2 {
  return COUNTED_BY.get(tag) ?? 0;
}

/** Alif, ayn and apostrophes are modifier letters, yet they end an article (`al-ʻ`). */
const WORD = /[\p{L}\p{M}\p{N}]/u;
const MODIFIER = /\p{Lm}/u;

/** Whether a character belongs to a word, so that nothing is cut off between it and another one. */
export function isInWord(character: string | undefined): boolean {
  return character !== undefined && WORD.test(character) && !MODIFIER.test(character);
}

/**
 * Cuts nonfiling characters off a text.
 *
 * Characters are counted in the NFC text, one a code point. Catalogues that count the combining
 * marks of decomposed text say a greater number; since a cut inside a word goes back to where the
 * word begins, both give the same. A count that reaches beyond the text cuts nothing.
 *
 * @param count what the indicator says, 0 to 9
 */
export function skipNonfiling(text: string, count: number): string {
  if (count === 0) return text;
  const characters = Array.from(text.slice(0, 2 * (count + 1)));
  if (characters.length <= count) return text;
  let cut = count;
  while (cut > 0 && isInWord(characters[cut - 1]) && isInWord(characters[cut])) cut--;
  return text.slice(characters.slice(0, cut).join("").length);
}
