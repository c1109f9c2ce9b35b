/** Descriptions of small MARC records. */

import type { RecordDescription } from "../../../src/fields/record-description.js";
import { describedTexts } from "../../../src/mapping/marc/described-texts.js";
import { compareDescriptions, type Evidence } from "../../../src/matching/evidence/compare.js";
import { describe as describeRecord } from "../../../src/matching/evidence/describe.js";
import { BOOK, type FieldOf, viewOf } from "../../support/record-view.js";

/** 008 with a date, country, form of item at its place for books, and language. */
export function fixed({
  year = "1998",
  dates = "",
  country = "nyu",
  form = " ",
  language = "eng",
  at = 23,
} = {}): FieldOf {
  const text = `980101${dates || `s${year}    `}${country}                 ${language} d`
    .padEnd(40)
    .slice(0, 40);
  return ["008", text.slice(0, at) + form + text.slice(at + 1)];
}

export function described(fields: readonly FieldOf[], leader = BOOK): RecordDescription {
  return describeRecord(describedTexts(viewOf({ leader, fields })));
}

/** The fields with others in place of those of the same tags. */
export function changed(fields: readonly FieldOf[], ...others: readonly FieldOf[]): FieldOf[] {
  const tags = new Set(others.map(([tag]) => tag));
  return [...fields.filter(([tag]) => !tags.has(tag)), ...others];
}

/** What of an aspect is found; null where it tells nothing. */
export function outcomeOf({ outcomes }: Evidence, aspect: string): string | null {
  return outcomes.find((one) => one.aspect === aspect)?.outcome ?? null;
}

export function compared(
  a: readonly FieldOf[],
  b: readonly FieldOf[],
  leaders: { readonly a?: string; readonly b?: string } = {},
): Evidence {
  return compareDescriptions(described(a, leaders.a), described(b, leaders.b));
}

/** All that a description tells, as plain data. */
export function told(one: RecordDescription): RecordDescription {
  return {
    type: one.type,
    level: one.level,
    form: one.form,
    formClear: one.formClear,
    partNumbers: one.partNumbers,
    partNames: one.partNames,
    title: one.title,
    properWords: one.properWords,
    otherScript: one.otherScript,
    variants: one.variants,
    years: one.years,
    originalYear: one.originalYear,
    decade: one.decade,
    extent: one.extent,
    names: one.names,
    mainEntry: one.mainEntry,
    responsibility: one.responsibility,
    places: one.places,
    publishers: one.publishers,
    edition: one.edition,
    numbers: one.numbers,
    series: one.series,
    language: one.language,
    country: one.country,
  };
}
