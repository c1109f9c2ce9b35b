/** The numbers of a record in normal form. */

import type { DescribedTexts } from "../../fields/described-texts.js";
import type { Identifiers } from "../../fields/identifiers/identifier-text.js";
import { normalizeIsbns } from "../../fields/identifiers/isbn.js";
import { normalizeIssns } from "../../fields/identifiers/issn.js";
import { normalizeLccn } from "../../fields/identifiers/lccn.js";
import { normalizeOclc } from "../../fields/identifiers/oclc.js";
import type { DescribedNumbers } from "../../fields/record-description.js";
import { hash53 } from "../hash.js";
import { fuzzyUrlKey } from "../url-key.js";
import { addOnce, LONGEST, MOST, uniqueOf } from "./once.js";
import { wordsOf } from "./title-words.js";

export function numbersOf(texts: DescribedTexts): DescribedNumbers {
  return {
    isbn: isbnsOf(texts),
    isbnQualifiers: qualifiersOf(texts),
    issn: validOf(texts.issn, normalizeIssns),
    lccn: validOf(texts.lccn, normalizeLccn),
    oclc: validOf(texts.oclc, normalizeOclc),
    sudoc: uniqueOf(texts.sudoc, sudocNumber),
    publisher: uniqueOf(texts.publisherNumbers, lettersOf),
    report: uniqueOf(texts.reportNumbers, reportNumber),
    standard: uniqueOf(texts.standardNumbers, lettersOf),
    url: urlsOf(texts),
  };
}

function validOf(
  texts: readonly string[],
  normalize: (text: string) => Identifiers,
): readonly string[] {
  const found: string[] = [];
  for (let at = 0; at < texts.length; at++) addValid(normalize(texts[at]), found);
  return found;
}

function addValid({ valid }: Identifiers, numbers: string[]): void {
  for (let at = 0; at < valid.length; at++) addOnce(valid[at], numbers);
}

function isbnsOf({ isbn }: DescribedTexts): readonly string[] {
  const found: string[] = [];
  for (let at = 0; at < isbn.length && at < MOST; at++) {
    addValid(normalizeIsbns(isbn[at].number), found);
  }
  return found;
}

function urlsOf({ urls }: DescribedTexts): readonly string[] {
  const found: string[] = [];
  for (let at = 0; at < urls.length && at < MOST; at++) {
    addOnce(wholeAsDigest(fuzzyUrlKey(urls[at])), found);
  }
  return found;
}

/** Two long URLs may differ at their ends alone. */
function wholeAsDigest(url: string): string {
  return url.length > LONGEST ? String(hash53(url)) : url;
}

function sudocNumber(text: string): string {
  return text.toUpperCase().replace(/\s+|\.$/g, "");
}

/** Letters and digits without what stands between them. */
function lettersOf(text: string): string {
  return wordsOf(text).join("");
}

function reportNumber(text: string): string {
  return lettersOf(text.replace(/\(.*$/s, ""));
}

const QUALIFIERS: readonly (readonly [RegExp, string])[] = [
  [/p(?:aper)?b(?:ac)?k|paper|broch|softcover|soft|kart|rústica/i, "PBK"],
  [/h(?:ard)?b(?:ac)?k|hardcover|cloth|hard|bound|rel\b|geb|library|lib\.|alk\. paper/i, "HBK"],
  [/e-?book|electronic|online|pdf|epub|web/i, "ONLINE"],
  [/\bset\b|complete|gesamt/i, "SET"],
];

function qualifiersOf({ isbn }: DescribedTexts): readonly string[] {
  const found: string[] = [];
  for (let at = 0; at < isbn.length && at < MOST; at++) {
    const { qualifier } = isbn[at];
    if (qualifier.trim() !== "") addQualifiers(qualifier, found);
  }
  return found;
}

function addQualifiers(qualifier: string, found: string[]): void {
  for (let at = 0; at < QUALIFIERS.length; at++) {
    const [words, name] = QUALIFIERS[at];
    if (words.test(qualifier)) addOnce(name, found);
  }
  const part = /\b(?:v|vol|bd|t|pt)\.?\s*(\d+)/i.exec(qualifier);
  if (part !== null) addOnce(`PT${part[1]}`, found);
}
