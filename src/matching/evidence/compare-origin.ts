/** Years, imprints, editions and extents of two records. */

import type { RecordDescription } from "../../fields/record-description.js";
import { isClose } from "./edit-distance.js";

export type YearOutcome =
  | "same"
  | "off by 1"
  | "off by 2"
  | "off by 3 to 5"
  | "further"
  | "reprint of"
  | "later printing"
  | "same decade"
  | "decade differs";

/** Years; closer ones are the copyright and the imprint of one book. */
const LATER_PRINTING = 5;

export function compareYears(a: RecordDescription, b: RecordDescription): YearOutcome | null {
  if (a.years.length > 0 && b.years.length > 0) {
    const apart = yearsApart(a.years, b.years);
    if (apart === 0) return printings(a, b);
    if (a.years.includes(b.originalYear) || b.years.includes(a.originalYear)) return "reprint of";
    if (apart <= 2) return apart === 1 ? "off by 1" : "off by 2";
    return apart <= 5 ? "off by 3 to 5" : "further";
  }
  const decade = decadeOf(a);
  const other = decadeOf(b);
  if (decade === 0 || other === 0) return null;
  return decade === other ? "same decade" : "decade differs";
}

/** Between the two that are the nearest. */
function yearsApart(a: readonly number[], b: readonly number[]): number {
  let apart = Number.POSITIVE_INFINITY;
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < b.length; j++) apart = Math.min(apart, Math.abs(a[i] - b[j]));
  }
  return apart;
}

/** Printings of one text share the year of its copyright, and differ in that of their own. */
function printings(a: RecordDescription, b: RecordDescription): YearOutcome {
  const apart = Math.abs(a.years[0] - b.years[0]);
  if (apart === 0) return "same";
  if (a.originalYear > 0 !== b.originalYear > 0) return "reprint of";
  return apart < LATER_PRINTING ? "same" : "later printing";
}

function decadeOf({ years, decade }: RecordDescription): number {
  return years.length > 0 ? years[0] - (years[0] % 10) : decade;
}

export type ExtentOutcome =
  | "same"
  | "same volumes"
  | "off by 1 or 2"
  | "close"
  | "near"
  | "open volumes"
  | "other volumes"
  | "volumes and pages"
  | "differ"
  | "differ much";

export function compareExtents(
  { extent: a }: RecordDescription,
  { extent: b }: RecordDescription,
): ExtentOutcome | null {
  if (a.pages > 0 && b.pages > 0) return comparePages(a.pages, b.pages);
  if (a.volumes !== 0 && b.volumes !== 0) {
    if (a.volumes < 0 || b.volumes < 0) return "open volumes";
    return a.volumes === b.volumes ? "same volumes" : "other volumes";
  }
  const paged = a.pages > 0 ? b : a;
  if ((a.pages > 0 || b.pages > 0) && (paged.volumes > 1 || paged.volumes < 0))
    return "volumes and pages";
  return null;
}

function comparePages(a: number, b: number): ExtentOutcome {
  const apart = Math.abs(a - b);
  if (apart === 0) return "same";
  if (apart <= 2) return "off by 1 or 2";
  const share = apart / Math.max(a, b);
  if (share <= 0.03) return "close";
  if (share <= 0.1) return "near";
  return share <= 0.3 ? "differ" : "differ much";
}

export type ImprintOutcome =
  | "same"
  | "same publisher, other place"
  | "same place"
  | "same publisher"
  | "other publisher, same place"
  | "other publisher, other place"
  | "other publisher"
  | "other place";

/** Abbreviated and misspelt names count as the same: `BOST` and `BOSTON`, `MACMILLAN` and `MACMILLAN NEW YORK`. */
function alike(a: readonly string[], b: readonly string[]): boolean {
  return a.some((one) => b.some((other) => alikeNames(one, other)));
}

function alikeNames(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.startsWith(short) && short.length >= 3) return true;
  if (isClose(a, b, 0.8)) return true;
  return sharedShare(a.split(" "), b.split(" ")) >= 0.5;
}

/** Of the words of the name with fewer, the share that the other has too; 0 where none of three letters is among them. */
function sharedShare(a: readonly string[], b: readonly string[]): number {
  const of = (words: readonly string[], others: readonly string[]): string[] =>
    words.filter((word) => others.some((other) => sameWord(word, other)));
  const found = [of(a, b), of(b, a)];
  if (!found.flat().some((word) => word.length >= 3)) return 0;
  return Math.min(found[0].length, found[1].length) / Math.min(a.length, b.length);
}

function sameWord(a: string, b: string): boolean {
  if (a === b) return true;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return short.length >= 3 && long.startsWith(short);
}

export function compareImprints(a: RecordDescription, b: RecordDescription): ImprintOutcome | null {
  const publisher =
    a.publishers.length === 0 || b.publishers.length === 0
      ? null
      : alike(a.publishers, b.publishers);
  const place = a.places.length === 0 || b.places.length === 0 ? null : alike(a.places, b.places);
  if (publisher === null) return place === null ? null : place ? "same place" : "other place";
  if (place === null) return publisher ? "same publisher" : "other publisher";
  if (publisher) return place ? "same" : "same publisher, other place";
  return place ? "other publisher, same place" : "other publisher, other place";
}

export type EditionOutcome =
  | "same number"
  | "same words"
  | "other number"
  | "other words"
  | "one has first"
  | "one has number"
  | "one has words"
  | "number and words";

export function compareEditions(
  { edition: a }: RecordDescription,
  { edition: b }: RecordDescription,
): EditionOutcome | null {
  if (a.number > 0 && b.number > 0) return a.number === b.number ? "same number" : "other number";
  if (a.number > 0 || b.number > 0) {
    const [numbered, other] = a.number > 0 ? [a, b] : [b, a];
    if (numbered.number === 1) return "one has first";
    return other.words === "" ? "one has number" : "number and words";
  }
  if (a.words === "" && b.words === "") return null;
  if (a.words === "" || b.words === "") return "one has words";
  return a.words === b.words || sharesWord(a.words, b.words) ? "same words" : "other words";
}

function sharesWord(a: string, b: string): boolean {
  const words = new Set(a.split(" "));
  return b.split(" ").some((word) => words.has(word));
}
