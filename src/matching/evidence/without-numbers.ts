/** Descriptions without the numbers that are in too many records to say anything. */

import type { DescribedNumbers, RecordDescription } from "../../fields/record-description.js";
import type { NumberKind } from "./compare-numbers.js";

/** A number that many records bear. */
export interface CommonNumber {
  readonly kind: NumberKind;
  readonly number: string;
}

/** The description without some numbers; itself where it has none of them. */
export function withoutNumbers(
  described: RecordDescription,
  common: readonly CommonNumber[],
): RecordDescription {
  let { numbers } = described;
  for (const { kind, number } of common) {
    if (!numbers[kind].includes(number)) continue;
    numbers = { ...numbers, [kind]: numbers[kind].filter((one) => one !== number) };
  }
  return numbers === described.numbers ? described : withNumbers(described, numbers);
}

/** In one literal: to spread so large an object costs a hundred times as much. */
function withNumbers(one: RecordDescription, numbers: DescribedNumbers): RecordDescription {
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
    numbers,
    series: one.series,
    language: one.language,
    country: one.country,
  };
}
