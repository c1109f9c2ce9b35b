/**
 * A description as the text that is kept beside its row: values by position, without names, empty ones at the end left
 * out. The text stands in databases: positions never change, new ones are added behind, and what is missing is empty.
 */

import type {
  CarrierForm,
  DescribedName,
  DescribedNumbers,
  RecordDescription,
  RecordKind,
} from "../../fields/record-description.js";
import { type KeyParts, MOST_NAMES } from "./candidates.js";

/** What tells a description from the other texts that are kept: those are objects. */
const OPENING = "[";

type Packed = readonly unknown[];

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

const NONE: readonly never[] = [];

const text = (packed: Packed, at: number): string => (packed[at] as string | undefined) ?? "";
const number = (packed: Packed, at: number): number => (packed[at] as number | undefined) ?? 0;
const list = <T>(packed: Packed, at: number): readonly T[] =>
  (packed[at] as readonly T[] | undefined) ?? NONE;
const words = (packed: Packed, at: number): readonly string[] => {
  const joined = text(packed, at);
  return joined === "" ? NONE : joined.split(" ");
};

/** In the order of `packedNumbers`. */
function unpackNumbers(packed: Packed): DescribedNumbers {
  return {
    isbn: list(packed, 0),
    isbnQualifiers: list(packed, 1),
    issn: list(packed, 2),
    lccn: list(packed, 3),
    oclc: list(packed, 4),
    sudoc: list(packed, 5),
    publisher: list(packed, 6),
    report: list(packed, 7),
    standard: list(packed, 8),
    url: list(packed, 9),
  };
}

function unpackNames(packed: readonly Packed[]): readonly DescribedName[] {
  const names: DescribedName[] = [];
  for (let at = 0; at < packed.length; at++) {
    const name = packed[at];
    names.push({
      surname: text(name, 0),
      forenames: text(name, 1),
      born: number(name, 2),
      body: number(name, 3) === 1,
    });
  }
  return names;
}

function unpackSeries(packed: readonly Packed[]): RecordDescription["series"] {
  const series: { title: string; volume: string }[] = [];
  for (let at = 0; at < packed.length; at++) {
    series.push({ title: text(packed[at], 0), volume: text(packed[at], 1) });
  }
  return series;
}

/**
 * Each property stands in one literal: an object that is spread into so large a one costs ten times as much, and is slow
 * to read ever after.
 *
 * @param kept what `packDescription` made
 */
export function unpackDescription(kept: string): RecordDescription {
  return unpackParsed(JSON.parse(kept) as Packed);
}

function unpackParsed(packed: Packed): RecordDescription {
  const other = list<unknown>(packed, 8);
  const extent = list<number>(packed, 13);
  const edition = list<unknown>(packed, 19);
  return {
    type: text(packed, 0),
    level: text(packed, 1),
    form: text(packed, 2) as CarrierForm,
    formClear: number(packed, 3) === 1,
    partNumbers: list(packed, 4),
    partNames: list(packed, 5),
    title: words(packed, 6),
    properWords: number(packed, 7),
    otherScript:
      other.length === 0 ? null : { title: words(other, 0), properWords: number(other, 1) },
    variants: list(packed, 9),
    years: list(packed, 10),
    originalYear: number(packed, 11),
    decade: number(packed, 12),
    extent: {
      pages: number(extent, 0),
      prelims: number(extent, 1),
      volumes: number(extent, 2),
      size: number(extent, 3),
    },
    names: unpackNames(list<Packed>(packed, 14)),
    mainEntry: number(packed, 15) === 1,
    responsibility: text(packed, 16),
    places: list(packed, 17),
    publishers: list(packed, 18),
    edition: { number: number(edition, 0), words: text(edition, 1) },
    numbers: unpackNumbers(list(packed, 20)),
    series: unpackSeries(list<Packed>(packed, 21)),
    language: text(packed, 22),
    country: text(packed, 23),
  };
}

/** What makes the keys of a record, read of what is kept of it; its description is made when it is asked for. */
export class KeptDescription {
  private readonly packed: Packed;
  private made: RecordDescription | null = null;

  /** @param kept what `packDescription` made */
  constructor(kept: string) {
    this.packed = JSON.parse(kept) as Packed;
  }

  get description(): RecordDescription {
    this.made ??= unpackParsed(this.packed);
    return this.made;
  }

  keyParts(): KeyParts {
    const { packed } = this;
    const names = list<Packed>(packed, 14);
    const surnames: string[] = [];
    for (let at = 0; at < names.length && at < MOST_NAMES; at++) surnames.push(text(names[at], 0));
    return {
      title: text(packed, 6),
      otherTitle: text(list<unknown>(packed, 8), 0),
      variants: list(packed, 9),
      years: list(packed, 10),
      surnames,
      numbers: unpackNumbers(list(packed, 20)),
    };
  }
}

/** The kind alone, of a text that `packDescription` made. */
export function unpackKind(kept: string): RecordKind {
  const packed = JSON.parse(kept) as Packed;
  return {
    type: text(packed, 0),
    level: text(packed, 1),
    form: text(packed, 2) as CarrierForm,
    formClear: number(packed, 3) === 1,
    partNumbers: list(packed, 4),
    partNames: list(packed, 5),
  };
}
