/**
 * A description as the text that is kept beside its row: values by position, without names, empty ones at the end left
 * out. The text stands in databases: positions never change, new ones are added behind, and what is missing is empty.
 */

import type {
  DescribedName,
  DescribedNumbers,
  RecordDescription,
} from "../../fields/record-description.js";

/** What tells a description from the other texts that are kept: those are objects. */
const OPENING = "[";

const flag = (value: boolean): number => (value ? 1 : 0);

/** The list without what is empty at its end. */
function trimmed(values: unknown[]): unknown[] {
  let end = values.length;
  while (end > 0 && isEmpty(values[end - 1])) end--;
  if (end < values.length) values.length = end;
  return values;
}

function isEmpty(value: unknown): boolean {
  return value === "" || value === 0 || (typeof value === "object" && (value as []).length === 0);
}

function packedNames(names: readonly DescribedName[]): unknown[] {
  const packed: unknown[] = [];
  for (let at = 0; at < names.length; at++) {
    const { surname, forenames, born, body } = names[at];
    packed.push(trimmed([surname, forenames, born, flag(body)]));
  }
  return packed;
}

function packedSeries(series: RecordDescription["series"]): unknown[] {
  const packed: unknown[] = [];
  for (let at = 0; at < series.length; at++) packed.push([series[at].title, series[at].volume]);
  return packed;
}

/** In an order that never changes. */
function packedNumbers(numbers: DescribedNumbers): unknown[] {
  return trimmed([
    numbers.isbn,
    numbers.isbnQualifiers,
    numbers.issn,
    numbers.lccn,
    numbers.oclc,
    numbers.sudoc,
    numbers.publisher,
    numbers.report,
    numbers.standard,
    numbers.url,
  ]);
}

/** Whether a text that is kept beside a row is that of a whole description. */
export function isPacked(text: string): boolean {
  return text.startsWith(OPENING);
}

export function packDescription(one: RecordDescription): string {
  const { extent, edition, otherScript, numbers } = one;
  return JSON.stringify(
    trimmed([
      one.type,
      one.level,
      one.form,
      flag(one.formClear),
      one.partNumbers,
      one.partNames,
      one.title.join(" "),
      one.properWords,
      otherScript === null ? [] : [otherScript.title.join(" "), otherScript.properWords],
      one.variants,
      one.years,
      one.originalYear,
      one.decade,
      trimmed([extent.pages, extent.prelims, extent.volumes, extent.size]),
      packedNames(one.names),
      flag(one.mainEntry),
      one.responsibility,
      one.places,
      one.publishers,
      trimmed([edition.number, edition.words]),
      packedNumbers(numbers),
      packedSeries(one.series),
      one.language,
      one.country,
    ]),
  );
}
