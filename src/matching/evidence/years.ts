/** Years of publication, from coded dates and from what the imprint says. */

import { remembered } from "./remembered.js";

/** Years that a record states. */
export interface StatedYears {
  /** Each once, the likeliest first. */
  readonly years: number[];
  /** The year of the original, 0 unless coded as a reprint. */
  readonly originalYear: number;
  /** First year of the decade where nothing closer is known, else 0. */
  readonly decade: number;
}

/** Coded dates as in 008/06-14: one letter and two times four characters. */
export interface CodedDates {
  readonly type: string;
  readonly first: string;
  readonly second: string;
}

const YEAR = /(?<!\d)(1[3-9]\d\d|20\d\d)(?!\d)/g;
const SHORT_RANGE = /(?<!\d)(1[3-9]|20)(\d\d)\s*[-/]\s*(\d\d)(?!\d)/g;
const DECADE = /(?<!\d)(1[3-9]\d|20\d)[-?u_](?!\d)/;

function year(text: string): number {
  return /^(?:1[3-9]|20)\d\d$/.test(text) ? Number(text) : 0;
}

const yearsIn = remembered((text) => [
  ...Array.from(text.matchAll(YEAR), ([, stated]) => Number(stated)),
  ...Array.from(text.matchAll(SHORT_RANGE), ([, century, end]) => Number(`${century}${end}`)),
]);

/** Reads the years of a record: of the code first, then those of the imprint. */
export function readYears(coded: CodedDates, imprint: readonly string[]): StatedYears {
  const years: number[] = [];
  addYear(year(coded.first), years);
  if (coded.type === "t") addYear(year(coded.second), years);
  for (let at = 0; at < imprint.length; at++) {
    const stated = yearsIn(imprint[at]);
    for (let i = 0; i < stated.length; i++) addYear(stated[i], years);
  }
  const originalYear = coded.type === "r" ? year(coded.second) : 0;
  return { years, originalYear, decade: years.length > 0 ? 0 : decadeOf(coded, imprint) };
}

function addYear(one: number, years: number[]): void {
  if (one > 0 && !years.includes(one)) years.push(one);
}

function decadeOf({ first }: CodedDates, imprint: readonly string[]): number {
  const vague = DECADE.exec([first, ...imprint].join(" "));
  return vague === null ? 0 : Number(vague[1]) * 10;
}
