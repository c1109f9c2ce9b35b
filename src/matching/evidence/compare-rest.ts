/** Parts, numbers in titles, series, size, language, country of two records. */

import type { RecordDescription, RecordKind } from "../../fields/record-description.js";

export type PartOutcome = "same" | "one has" | "other";

export function compareParts(a: RecordKind, b: RecordKind): PartOutcome | null {
  // A name may be cut off within a word; of a number no digit is left out: 1 is not 12.
  return worst(
    compareLists(a.partNumbers, b.partNumbers, " "),
    compareLists(a.partNames, b.partNames, ""),
  );
}

/** @param between stands in the longer of two texts behind all of the shorter, where they are the same part */
function compareLists(
  a: readonly string[],
  b: readonly string[],
  between: string,
): PartOutcome | null {
  if (a.length === 0 && b.length === 0) return null;
  if (a.length === 0 || b.length === 0) return "one has";
  const [one, other] = [a.join(" "), b.join(" ")];
  const isSame =
    one === other || one.startsWith(other + between) || other.startsWith(one + between);
  return isSame ? "same" : "other";
}

function worst(a: PartOutcome | null, b: PartOutcome | null): PartOutcome | null {
  if (a === "other" || b === "other") return "other";
  if (a === "one has" || b === "one has") return "one has";
  return a ?? b;
}

export type TitleNumbersOutcome = "same" | "conflict";

/** Numbers in both titles must be the same: `Census 1980`, `Census 1990`. */
export function compareTitleNumbers(
  a: RecordDescription,
  b: RecordDescription,
): TitleNumbersOutcome | null {
  const x = numbersOfFirst(a.title);
  if (x.length === 0) return null;
  const y = numbersIn(b.title);
  if (y.length === 0) return null;
  return x.length <= y.length ? among(x, y) : among(y, x);
}

function among(few: readonly string[], many: readonly string[]): TitleNumbersOutcome {
  for (let at = 0; at < few.length; at++) if (!many.includes(few[at])) return "conflict";
  return "same";
}

const DIGIT = /\d/;
const NONE: readonly string[] = [];

/** Of the first of two records that was compared last: a record is compared with one after the other. */
let lastTitle: readonly string[] = NONE;
let lastNumbers: readonly string[] = NONE;

function numbersOfFirst(title: readonly string[]): readonly string[] {
  if (title !== lastTitle) {
    lastTitle = title;
    lastNumbers = numbersIn(title);
  }
  return lastNumbers;
}

function numbersIn(title: readonly string[]): readonly string[] {
  let numbers: string[] | null = null;
  for (let at = 0; at < title.length; at++) {
    if (!DIGIT.test(title[at])) continue;
    numbers ??= [];
    addNumbers(title[at], numbers);
  }
  return numbers ?? NONE;
}

function addNumbers(word: string, numbers: string[]): void {
  const found = word.match(/\d+/g) ?? NONE;
  for (let at = 0; at < found.length; at++) {
    const number = found[at].replace(/^0+(?=\d)/, "");
    if (!numbers.includes(number)) numbers.push(number);
  }
}

export type SeriesOutcome = "same volume" | "other volume";

export function compareSeries(a: RecordDescription, b: RecordDescription): SeriesOutcome | null {
  let outcome: SeriesOutcome | null = null;
  for (const one of a.series) {
    for (const other of b.series) {
      if (one.title !== other.title || one.volume === "" || other.volume === "") continue;
      if (one.volume === other.volume) return "same volume";
      outcome = "other volume";
    }
  }
  return outcome;
}

export type SizeOutcome = "same" | "other";

export function compareSizes(
  { extent: a }: RecordDescription,
  { extent: b }: RecordDescription,
): SizeOutcome | null {
  if (a.size === 0 || b.size === 0) return null;
  const apart = Math.abs(a.size - b.size);
  if (apart <= 1) return "same";
  return apart >= 4 ? "other" : null;
}

export function comparePrelims(
  { extent: a }: RecordDescription,
  { extent: b }: RecordDescription,
): SizeOutcome | null {
  if (a.prelims === 0 || b.prelims === 0) return null;
  return a.prelims === b.prelims ? "same" : Math.abs(a.prelims - b.prelims) > 4 ? "other" : null;
}

/** Codes that mean several languages or none. */
const NO_LANGUAGE = new Set(["", "mul", "zxx", "und"]);

export function compareLanguages(a: RecordDescription, b: RecordDescription): "other" | null {
  if (NO_LANGUAGE.has(a.language) || NO_LANGUAGE.has(b.language)) return null;
  return a.language === b.language ? null : "other";
}

export function compareCountries(a: RecordDescription, b: RecordDescription): "other" | null {
  if (a.country === "" || b.country === "") return null;
  return a.country === b.country || isPlaceIn(a.country, b.country) ? null : "other";
}

/** States of the USA, of the UK and provinces of Canada go with the country's own code: `xxu`, `nyu`. */
function isPlaceIn(a: string, b: string): boolean {
  return (a.startsWith("xx") || b.startsWith("xx")) && a.slice(-1) === b.slice(-1);
}
