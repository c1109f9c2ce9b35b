/** Titles as words: without the article they begin with, without words for "and". */

import { nacoNormalize } from "../naco.js";

/** Articles that titles begin with where the record states no language that is listed. */
const ENGLISH = ["THE", "A", "AN"];
/** By language code. */
const ARTICLES: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    ger: ["DER", "DIE", "DAS", "DEM", "DEN", "DES", "EIN", "EINE", "EINER", "EINEM"],
    fre: ["LE", "LA", "LES", "L", "UN", "UNE"],
    spa: ["EL", "LA", "LO", "LOS", "LAS", "UN", "UNA"],
    ita: ["IL", "LO", "LA", "L", "I", "GLI", "LE", "UN", "UNO", "UNA"],
    por: ["O", "A", "OS", "AS", "UM", "UMA"],
    dut: ["DE", "HET", "T", "EEN", "N"],
    swe: ["EN", "ETT", "DEN", "DET", "DE"],
    dan: ["EN", "ET", "DEN", "DET", "DE"],
    nor: ["EN", "ET", "EI", "DEN", "DET", "DE"],
    hun: ["A", "AZ", "EGY"],
    rum: ["UN", "O"],
    cat: ["EL", "LA", "LS", "LES", "UN", "UNA", "L"],
  }),
);

/** Words for "and" (NACO, upper case); single letters count as such in their language alone. */
const AND = new Set(["AND", "&", "UND", "ET", "OCH", "OG", "JA", "AC"]);
const AND_IN: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    spa: ["Y", "E"],
    por: ["E"],
    ita: ["E", "ED"],
    rus: ["И", "I"],
    ukr: ["І", "ТА", "Й", "I", "TA"],
    pol: ["I"],
    cze: ["A"],
    slo: ["A"],
    dut: ["EN"],
    cat: ["I"],
    hun: ["ÉS", "ES"],
    rum: ["SI"],
  }),
);

/** The words of a text by NACO normalisation. */
export function wordsOf(text: string): string[] {
  const normal = nacoNormalize(text);
  return normal === "" ? [] : normal.split(" ");
}

const NONE: readonly string[] = [];

/** Words without those for "and"; a text of nothing else stays as it is. The list is a new one. */
export function withoutAnd(words: readonly string[], language: string): string[] {
  return withoutAndFrom(words, 0, language);
}

function withoutAndFrom(words: readonly string[], first: number, language: string): string[] {
  const here = AND_IN.get(language) ?? NONE;
  const kept: string[] = [];
  for (let at = first; at < words.length; at++) {
    const word = words[at];
    if (word !== "" && !AND.has(word) && !here.includes(word)) kept.push(word);
  }
  return kept.length > 0 ? kept : words.slice(first);
}

/** The words by which titles are compared: without the article that they begin with, and without "and". */
export function titleWords(text: string, language: string): string[] {
  const words = wordsOf(text);
  const articles = ARTICLES.get(language) ?? ENGLISH;
  const hasArticle = words.length > 1 && articles.includes(words[0]);
  return withoutAndFrom(words, hasArticle ? 1 : 0, language);
}
