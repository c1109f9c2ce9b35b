/**
 * The match methods, each stated once: its name, the columns that it compares, and the texts that it
 * makes of a row. The configuration's words, its check, the stored keys and the documents go by this list.
 */

import type { Identifiers } from "../fields/identifiers/identifier-text.js";
import { normalizeIsbns } from "../fields/identifiers/isbn.js";
import { normalizeIssns } from "../fields/identifiers/issn.js";
import { normalizeLccn } from "../fields/identifiers/lccn.js";
import { normalizeOclc } from "../fields/identifiers/oclc.js";
import { elementsOf } from "../fields/list-form.js";
import { compareDescriptions } from "./evidence/compare.js";
import { candidateKeysOf } from "./kept-evidence.js";
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
  readonly record_type: string;
  /** What is kept of the record beside its row (`kindOf`), "" for nothing. */
  readonly evidence: string;
  /** The url was made by the fallback pattern: it says nothing of the resource and makes no key. */
  readonly urlIsFallback: boolean;
}

export type KeyColumn = Exclude<keyof KeySource, "urlIsFallback" | "evidence">;

interface Method {
  /** As the configuration writes it. It seeds the stored keys: never change it. */
  readonly name: string;
  /** The columns that are compared; a row in which one is empty has no text. None where the record is described. */
  readonly columns: readonly KeyColumn[];
  /** The normalised texts by which a row is found, each once. */
  readonly texts: (source: KeySource) => readonly string[];
  /** What is asked of rows with a text in common; absent where that settles the matter. Symmetric. */
  readonly compare?: typeof compareDescriptions;
}

/** The columns of a row without a description that its candidate keys leave aside. */
const NO_MORE_COLUMNS = {
  contributors: "",
  publisher: "",
  edition: "",
  series: "",
  language: "",
  other_urls: "",
};

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

export const METHODS = [
  { name: "NONE", columns: [], texts: () => [] },
  {
    name: "EXACT_URL",
    columns: ["url"],
    texts: ({ url, urlIsFallback }) => (urlIsFallback ? [] : unlessEmpty(url)),
  },
  {
    name: "FUZZY_URL",
    columns: ["url"],
    texts: ({ url, urlIsFallback }) =>
      urlIsFallback || url === "" ? [] : unlessEmpty(fuzzyUrlKey(url)),
  },
  { name: "EXACT_TITLE", columns: ["title"], texts: ({ title }) => unlessEmpty(title) },
  {
    name: "FUZZY_TITLE",
    columns: ["title"],
    texts: ({ title }) => unlessEmpty(nacoNormalize(title)),
  },
  {
    name: "TITLE_AUTHOR_YEAR",
    columns: ["title", "creators", "publication_date"],
    texts: titleAuthorYear,
  },
  { name: "ISBN", columns: ["isbn"], texts: ({ isbn }) => identifiers(isbn, normalizeIsbns) },
  { name: "ISSN", columns: ["issn"], texts: ({ issn }) => identifiers(issn, normalizeIssns) },
  { name: "LCCN", columns: ["lccn"], texts: ({ lccn }) => identifiers(lccn, normalizeLccn) },
  {
    name: "OCLC_NUMBER",
    columns: ["oclc_number"],
    texts: ({ oclc_number }) => identifiers(oclc_number, (text) => normalizeOclc(text, true)),
  },
  {
    name: "DESCRIPTION",
    columns: [],
    texts: (source) => candidateKeysOf(source.evidence, () => ({ ...NO_MORE_COLUMNS, ...source })),
    compare: compareDescriptions,
  },
] as const satisfies readonly Method[];

export type MatchMethod = (typeof METHODS)[number]["name"];

/** The names of all methods, in the order of the list. */
export const MATCH_METHODS: readonly MatchMethod[] = METHODS.map(({ name }) => name);

const BY_NAME: ReadonlyMap<MatchMethod, Method> = new Map(
  METHODS.map((method) => [method.name, method]),
);

/** The method of a name. */
export function methodNamed(name: MatchMethod): Method {
  return BY_NAME.get(name) as Method;
}

/** Every column that some method compares, and the one that tells the level of a row without evidence. */
export const KEY_SOURCE_COLUMNS: readonly KeyColumn[] = [
  ...new Set(METHODS.flatMap(({ columns }): readonly KeyColumn[] => columns)),
  "record_type",
];
