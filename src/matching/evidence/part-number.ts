/** The number of a part, by which parts are told apart: `Vol. III`, `Band 3` and `Tome three` are one. */

import { romanValue } from "./extent.js";
import { wordsOf } from "./title-words.js";

/** Words before the number of a part, in the languages of catalogues. */
const PART_WORD =
  /^(?:V|VOL|VOLUME|BD|BAND|T|TOM|TOME|TOMO|TEIL|TL|PT|PART|PARTE|PARTIE|NO|NR|NUMBER|BOOK|LIVRE|LIBRO|BUCH|HEFT|H|SERIES|SER|SECTION|OSA|DEL|ЧАСТЬ|Ч|ТОМ|Т|КН|КНИГА|ВЫП)$/;
const COUNTED: readonly string[] = [
  "",
  "ONE",
  "TWO",
  "THREE",
  "FOUR",
  "FIVE",
  "SIX",
  "SEVEN",
  "EIGHT",
  "NINE",
  "TEN",
];
/** A numeral as it is written rightly; a lone C, D, L or M is rather the letter of a series. */
const NUMERAL = /^(?![CDLM]$)(?=.)M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})$/;

/** The same text for the same part, "" where a statement names none. */
export function partNumber(text: string): string {
  const words = wordsOf(text);
  return words
    .filter((word, at) => !PART_WORD.test(word) || isNumber(words, at))
    .map(plain)
    .join(" ");
}

/** Letters that stand for a word before the number may be the number: `Vol. V`, `Ser. H`. */
function isNumber(words: readonly string[], at: number): boolean {
  const isLast = at === words.length - 1;
  return isLast && words[at].length === 1 && (at === 0 || PART_WORD.test(words[at - 1]));
}

function plain(word: string): string {
  const counted = COUNTED.indexOf(word);
  if (counted > 0) return String(counted);
  if (NUMERAL.test(word)) return String(romanValue(word));
  return word.replace(/^0+(?=\d)/, "");
}
