/** Descriptions without numbers that are in too many records for sharing one to say anything. */

import type { DescribedNumbers, RecordDescription } from "../../fields/record-description.js";
import type { NumberKind } from "./compare-numbers.js";

/** A number that many records bear. */
export interface CommonNumber {
  readonly kind: NumberKind;
  readonly number: string;
}

/**
 * Two descriptions without what they share of some numbers: that they share one says nothing, that one has it and the
 * other has others says as much as of any number. So it is all the same of which of both the common numbers are given.
 *
 * @param common numbers that too many bear: at least those of one of both
 * @returns in the same order; themselves where they share none of them
 */
export function withoutShared(
  a: RecordDescription,
  b: RecordDescription,
  common: readonly CommonNumber[],
): readonly [a: RecordDescription, b: RecordDescription] {
  const shared = common.filter(
    ({ kind, number }) => a.numbers[kind].includes(number) && b.numbers[kind].includes(number),
  );
  return shared.length === 0 ? [a, b] : [without(a, shared), without(b, shared)];
}

function without(described: RecordDescription, common: readonly CommonNumber[]): RecordDescription {
  let { numbers } = described;
  for (const { kind, number } of common) {
    numbers = { ...numbers, [kind]: numbers[kind].filter((one) => one !== number) };
  }
  return withNumbers(described, numbers);
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
