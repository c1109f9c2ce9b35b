/** The number of a part, by which parts are told apart: `Vol. III`, `Band 3` and `Tome three` are one. */

import { romanValue } from "./extent.js";
import { ordinalValue } from "./ordinals.js";
import { wordsOf } from "./title-words.js";

/** Words beside the number of a part, in the languages of catalogues. */
const PART_WORD =
  /^(?:V|VOL|VOLUME|VOLUMEN|BD|BAND|T|TOM|TOME|TOMO|TEIL|TL|PT|PART|PARTE|PARTIE|NO|NR|NUMBER|NUMERO|BOOK|LIVRE|LIBRO|BUCH|HEFT|H|SERIES|SERIE|SER|SECTION|OSA|OSAT|NIDE|DEL|DEEL|DL|BIND|FASC|FASCICLE|FASCICULE|FASCICULO|FASCICOLO|LIEF|LFG|LIEFERUNG|KOT|KOTET|SZ|THE|ЧАСТЬ|Ч|ТОМ|Т|КН|КНИГА|ВЫП|ВЫПУСК)$/;
/** Words before which a figure with an ending is an ordinal: `2e partie`; behind them `1A` and `1B` are two parts. */
const COUNTED_BEFORE = /^(?:PARTIE|TOME|LIVRE|SERIE|PARTE|TOMO|LIBRO|DEEL|FASCICULE)$/;
const WITH_ENDING = /^(\d{1,4})(?:A|O|E|EME|ERE|ER|RE|DE|STE)$/;
const ENGLISH_ENDING = /^(\d{1,4})(?:ST|ND|RD|TH)$/;
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
    .flatMap((word, at) =>
      PART_WORD.test(word) && !isNumber(words, at) ? [] : [numberOf(words, at)],
    )
    .join(" ");
}

/** Letters that stand for a word before the number may be the number: `Vol. V`, `Ser. H`. */
function isNumber(words: readonly string[], at: number): boolean {
  const isLast = at === words.length - 1;
  return isLast && words[at].length === 1 && (at === 0 || PART_WORD.test(words[at - 1]));
}

function numberOf(words: readonly string[], at: number): string {
  const word = words[at];
  const counted = COUNTED.indexOf(word);
  if (counted > 0) return String(counted);
  if (NUMERAL.test(word)) return String(romanValue(word));
  const isBefore = COUNTED_BEFORE.test(words[at + 1] ?? "");
  const figure = ENGLISH_ENDING.exec(word) ?? (isBefore ? WITH_ENDING.exec(word) : null);
  const ordinal = figure === null ? ordinalBeside(words, at) : Number(figure[1]);
  return ordinal > 0 ? String(ordinal) : word.replace(/^0+(?=\d)/, "");
}

/** An ordinal beside a word for a part: `Zweiter Teil`, `Part the second`; alone it may be a name. */
function ordinalBeside(words: readonly string[], at: number): number {
  const isBeside = [words[at - 1], words[at + 1]].some((word) => PART_WORD.test(word ?? ""));
  return isBeside ? ordinalValue(words[at]) : 0;
}
