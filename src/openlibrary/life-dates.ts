/** Birth and death out of what a heading says of them, as Open Library takes it apart. */

import { joined, withoutNumberDot } from "./isbd.js";

export interface LifeDates {
  readonly birth_date?: string;
  readonly death_date?: string;
  readonly date?: string;
}

/** Dates without a hyphen: born, died, or a century. */
const ALONE = [
  /b\.? (?<birth_date>(?:ca\. )?\d+\??)/,
  /d\.? (?<death_date>(?:ca\. )?\d+\??)/,
  /^(?<birth_date>[^-]*\d+[^-]+ cent\.[^-]*)$/,
];
const CENTURY = /^[\dl][^-]+ cent\.$/;
const ERA = /\b(B\.C\.?|A\.D\.?)/;

/** The first of the texts that tells something; all of them as one date where none does. */
export function lifeDates(texts: readonly string[]): LifeDates {
  const [only] = texts;
  if (only === undefined) return {};
  if (texts.length === 1 && CENTURY.test(only)) return { date: withFigures(only) };
  for (const text of texts) {
    const dates = datesIn(text);
    if (Object.keys(dates).length > 0) return dates;
  }
  return { date: withFigures(joined(texts.map(withoutNumberDot))) };
}

function datesIn(text: string): LifeDates {
  if (/^fl[., ]/.test(text)) return {};
  const date = withoutNumberDot(text).replace(/ca\.(?=[^ ])/g, "ca. ");
  if (!date.includes("-")) {
    const found = ALONE.map((pattern) => pattern.exec(date)?.groups).find((one) => one);
    return Object.fromEntries(
      Object.entries(found ?? {}).map(([key, value]) => [key, withFigures(value)]),
    );
  }
  const parts = date.split("-").map((part) => part.trim());
  const death = parts.length === 2 ? parts[1] : "";
  const era = ERA.exec(death)?.[1];
  const birth = era === undefined || ERA.test(parts[0]) ? parts[0] : `${parts[0]} ${era}`;
  return {
    birth_date: withFigures(birth),
    ...(death === "" ? {} : { death_date: withFigures(death) }),
  };
}

/** An l beside a figure is a one, as typewriters had it. */
function withFigures(date: string): string {
  return date.replace(/l\d|\dl/g, (both) => both.replace("l", "1"));
}
