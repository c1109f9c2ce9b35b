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
  const add = (one: number): void => {
    if (one > 0 && !years.includes(one)) years.push(one);
  };
  add(year(coded.first));
  if ("tm".includes(coded.type) && coded.type !== "") {
    if (coded.type === "t") add(year(coded.second));
  }
  for (const text of imprint) for (const one of yearsIn(text)) add(one);
  const originalYear = coded.type === "r" ? year(coded.second) : 0;
  const vague = years.length > 0 ? null : DECADE.exec([coded.first, ...imprint].join(" "));
  return { years, originalYear, decade: vague === null ? 0 : Number(vague[1]) * 10 };
}
