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

/** Words without those for "and"; a text of nothing else stays as it is. */
export function withoutAnd(words: readonly string[], language: string): string[] {
  const here = AND_IN.get(language) ?? [];
  const kept = words.filter((word) => word !== "" && !AND.has(word) && !here.includes(word));
  return kept.length > 0 ? kept : [...words];
}

/** Words without the article that they begin with. */
function withoutArticle(words: readonly string[], language: string): string[] {
  const articles = ARTICLES.get(language) ?? ENGLISH;
  const first = words[0] ?? "";
  return words.length > 1 && articles.includes(first) ? words.slice(1) : [...words];
}

/** The words by which titles are compared. */
export function titleWords(text: string, language: string): string[] {
  return withoutAnd(withoutArticle(wordsOf(text), language), language);
}
