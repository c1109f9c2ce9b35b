/** The match keys of a row: what each match method compares, as text and as a number. */

import { MATCH_METHODS, type MatchMethod } from "../config/job/job-config.js";
import type { Identifiers } from "../fields/identifiers/identifier-text.js";
import { normalizeIsbns } from "../fields/identifiers/isbn.js";
import { normalizeIssns } from "../fields/identifiers/issn.js";
import { normalizeLccn } from "../fields/identifiers/lccn.js";
import { normalizeOclc } from "../fields/identifiers/oclc.js";
import { elementsOf } from "../fields/list-form.js";
import { hash53 } from "./hash.js";
import { nacoNormalize } from "./naco.js";
import { fuzzyUrlKey } from "./url-key.js";

/** The stored columns that keys are made from; lists as `;a;b;`, "" for an empty column. */
export interface KeySource {
  readonly url: string;
  readonly title: string;
  readonly creators: string;
  readonly publication_date: string;
  readonly isbn: string;
  readonly issn: string;
  readonly lccn: string;
  readonly oclc_number: string;
  /** The url was made by the fallback pattern: it says nothing of the resource and makes no key. */
  readonly urlIsFallback: boolean;
}

const NAME_COMMA = /[,\uff0c\u060c\u3001]/;
/** Four digits from 1000 to 2999 alone, or at the head of eight (a date or two years, as in 008). */
const YEAR = /(?<!\d)[12]\d{3}(?=\d{4}(?!\d)|(?!\d))/;

function unlessEmpty(text: string): string[] {
  return text === "" ? [] : [text];
}

/** NACO surname and first letter of the forenames, `SMITH|J`; the whole name where it has no comma. */
function surnameAndInitial(creator: string): string {
  const comma = creator.search(NAME_COMMA);
  if (comma < 0) return `${nacoNormalize(creator)}|`;
  const surname = nacoNormalize(creator.slice(0, comma));
  const initial = /^\p{L}/u.exec(nacoNormalize(creator.slice(comma + 1)))?.[0] ?? "";
  return `${surname}|${initial}`;
}

/** `TITLE|SURNAME|INITIAL|YEAR`: NACO forms never hold a bar. */
function titleAuthorYear(source: KeySource): string[] {
  const title = nacoNormalize(source.title);
  const creator = surnameAndInitial(elementsOf(source.creators)[0] ?? "");
  const year = YEAR.exec(source.publication_date)?.[0];
  if (title === "" || creator.startsWith("|") || year === undefined) return [];
  return [`${title}|${creator}|${year}`];
}

/**
 * The elements of an identifier column in normal form. An import stores nothing else, but other
 * programs may: what cannot be normalised stands for itself, so that equal texts still meet.
 */
function identifiers(list: string, normalize: (text: string) => Identifiers): string[] {
  const keys = new Set<string>();
  for (const element of elementsOf(list)) {
    const { valid } = normalize(element);
    for (const key of valid.length > 0 ? valid : [element]) keys.add(key);
  }
  return [...keys];
}

/**
 * Makes the normalised texts by which a row is compared under a method, each once. Two rows are
 * duplicates when they have one in common. A row in which a needed value is missing, or holds
 * nothing but punctuation, has none: missing never equals missing.
 */
export function keyTexts(method: MatchMethod, source: KeySource): string[] {
  switch (method) {
    case "NONE":
      return [];
    case "EXACT_URL":
      return source.urlIsFallback ? [] : unlessEmpty(source.url);
    case "FUZZY_URL":
      return source.urlIsFallback || source.url === "" ? [] : unlessEmpty(fuzzyUrlKey(source.url));
    case "EXACT_TITLE":
      return unlessEmpty(source.title);
    case "FUZZY_TITLE":
      return unlessEmpty(nacoNormalize(source.title));
    case "TITLE_AUTHOR_YEAR":
      return titleAuthorYear(source);
    case "ISBN":
      return identifiers(source.isbn, normalizeIsbns);
    case "ISSN":
      return identifiers(source.issn, normalizeIssns);
    case "LCCN":
      return identifiers(source.lccn, normalizeLccn);
    case "OCLC_NUMBER":
      return identifiers(source.oclc_number, (text) => normalizeOclc(text, true));
  }
}

/** Seeds come from the names, so that a method added later changes no stored key. */
const SEEDS: ReadonlyMap<MatchMethod, number> = new Map(
  MATCH_METHODS.map((method) => [method, hash53(method) | 0]),
);

/**
 * Hashes a normalised text under a method, so that one index of integers serves all methods.
 * Two texts may share a hash: compare the texts on a hit.
 *
 * @returns an integer from 0 to 2^53 - 1, the same in every run and version
 */
export function keyHash(method: MatchMethod, text: string): number {
  return hash53(text, SEEDS.get(method));
}
