/** By which keys records are found that may be the same: several, each cheap to look up, none a proof. */

import type { RecordDescription } from "../../fields/record-description.js";
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

/** Records with one key of title or name that are compared; a key of more tells nothing: `ANNUALREPORT`. */
const LARGEST_GROUP = 51;

/**
 * How many records may share a key for it to tell anything.
 *
 * @param commonNumber the same of numbers, as the configuration states it
 */
export function mostWith(key: string, commonNumber: number): number {
  return numberIn(key) === null ? LARGEST_GROUP : commonNumber;
}

/**
 * The candidate keys of a record, each once, with what kind they are before a colon. On labelled pairs the first three
 * and the numbers meet in 99 of 100 pairs that are the same.
 */
export function candidateKeys(description: RecordDescription): string[] {
  const { title, years, numbers, variants } = description;
  const keys = new Set<string>();
  const joined = title.join("");
  const other = description.otherScript?.title.join("") ?? "";
  addTitle(joined, keys);
  addTitle(other, keys);
  for (const variant of variants) addTitle(firstLetters(variant), keys);
  for (const year of years.slice(0, 3)) {
    for (const text of other === "" ? [joined] : [joined, other]) {
      if (text.length >= SHORTEST) keys.add(`title-year:${text.slice(0, SHORT)}|${year}`);
    }
    for (const name of nameKeys(description)) {
      keys.add(`name-year:${name}|${year}|${joined.slice(0, SHORTEST)}`);
    }
  }
  for (const kind of LOOKED_FOR) {
    for (const number of numbers[kind]) keys.add(`${kind}:${number}`);
  }
  return [...keys];
}

function addTitle(text: string, keys: Set<string>): void {
  if (text.length >= TELLING) keys.add(`title:${text.slice(0, LONG)}`);
}

/** Of words as many letters as make a key, and perhaps some more. */
function firstLetters(words: string): string {
  const first = words.slice(0, 2 * LONG).replaceAll(" ", "");
  return first.length >= LONG ? first : words.replaceAll(" ", "");
}

/** Names by which a record may be looked for: the first two. */
function nameKeys({ names }: RecordDescription): string[] {
  return names.slice(0, 2).map(({ surname }) => surname.replaceAll(" ", "").slice(0, LONG));
}
