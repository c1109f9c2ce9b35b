/** By which keys records are found that may be the same: several, each cheap to look up, none a proof. */

import type { DescribedNumbers, RecordDescription } from "../../fields/record-description.js";
import type { NumberKind } from "./compare-numbers.js";

/** Letters of a title that make a key alone, and beside a year. */
const LONG = 20;
const SHORT = 10;
const SHORTEST = 3;
/** Titles of fewer letters are no key alone: `Annual report`. */
const TELLING = 8;

/** Kinds of numbers by which records are looked for. */
const LOOKED_FOR = ["isbn", "issn", "lccn", "oclc", "sudoc", "report", "url"] as const;

/** The number that a candidate key stands for; null for keys of titles and names. */
export function numberIn(
  key: string,
): { readonly kind: NumberKind; readonly number: string } | null {
  const colon = key.indexOf(":");
  const kind = LOOKED_FOR.find((one) => one === key.slice(0, colon));
  return kind === undefined ? null : { kind, number: key.slice(colon + 1) };
}

/** Before the keys of titles, alone and with a year, and of names. */
const TITLE = "title";
const NAME_YEAR = "name-year";

/** Records with one key of title or name that are compared; a key of more tells nothing: `ANNUALREPORT`. */
export const LARGEST_GROUP = 51;

/**
 * How many records may share a key for it to tell anything.
 *
 * @param commonNumber the same of numbers, as the configuration states it
 */
export function mostWith(key: string, commonNumber: number): number {
  return key.startsWith(TITLE) || key.startsWith(NAME_YEAR) ? LARGEST_GROUP : commonNumber;
}

/**
 * The candidate keys of a record, each once, with what kind they are before a colon. On labelled pairs the first three
 * and the numbers meet in 99 of 100 pairs that are the same.
 */
export function candidateKeys(description: RecordDescription): string[] {
  const { title, otherScript, variants, years, names, numbers } = description;
  const surnames: string[] = [];
  for (let at = 0; at < names.length && at < MOST_NAMES; at++) surnames.push(names[at].surname);
  const other = otherScript === null ? "" : otherScript.title.join(" ");
  return keysOf({ title: title.join(" "), otherTitle: other, variants, years, surnames, numbers });
}

/** What of a description makes its keys; words of a text are separated by blanks. */
export interface KeyParts {
  readonly title: string;
  /** The title in another script, "" for none. */
  readonly otherTitle: string;
  readonly variants: readonly string[];
  readonly years: readonly number[];
  /** Of the first names, MOST_NAMES at least if there are as many. */
  readonly surnames: readonly string[];
  readonly numbers: DescribedNumbers;
}

/** The same of those parts. */
export function keysOf({
  title,
  otherTitle,
  variants,
  years,
  surnames,
  numbers,
}: KeyParts): string[] {
  const keys: string[] = [];
  const joined = title.replaceAll(" ", "");
  const other = otherTitle.replaceAll(" ", "");
  addTitle(joined, keys);
  addTitle(other, keys);
  for (let at = 0; at < variants.length; at++) addTitle(firstLetters(variants[at]), keys);
  for (let at = 0; at < years.length && at < MOST_YEARS; at++) {
    const year = years[at];
    addTitleYear(joined, year, keys);
    addTitleYear(other, year, keys);
    for (let one = 0; one < surnames.length && one < MOST_NAMES; one++) {
      const name = surnames[one].replaceAll(" ", "").slice(0, LONG);
      addOnce(`${NAME_YEAR}:${name}|${year}|${joined.slice(0, SHORTEST)}`, keys);
    }
  }
  for (let at = 0; at < LOOKED_FOR.length; at++) addNumbers(LOOKED_FOR[at], numbers, keys);
  return keys;
}

/** Years, and names, by which a record may be looked for: the first. */
const MOST_YEARS = 3;
export const MOST_NAMES = 2;

function addOnce(key: string, keys: string[]): void {
  if (!keys.includes(key)) keys.push(key);
}

function addTitle(text: string, keys: string[]): void {
  if (text.length >= TELLING) addOnce(`${TITLE}:${text.slice(0, LONG)}`, keys);
}

function addTitleYear(text: string, year: number, keys: string[]): void {
  if (text.length >= SHORTEST) addOnce(`${TITLE}-year:${text.slice(0, SHORT)}|${year}`, keys);
}

function addNumbers(kind: NumberKind, numbers: DescribedNumbers, keys: string[]): void {
  const ofKind = numbers[kind];
  for (let at = 0; at < ofKind.length; at++) addOnce(`${kind}:${ofKind[at]}`, keys);
}

/** Of words as many letters as make a key, and perhaps some more. */
function firstLetters(words: string): string {
  const first = words.slice(0, 2 * LONG).replaceAll(" ", "");
  return first.length >= LONG ? first : words.replaceAll(" ", "");
}
