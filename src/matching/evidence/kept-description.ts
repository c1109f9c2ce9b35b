/** A description read from the text that is kept beside its row (`packed.ts`). */

import type {
  CarrierForm,
  DescribedEdition,
  DescribedExtent,
  DescribedName,
  DescribedNumbers,
  DescribedTitle,
  RecordDescription,
} from "../../fields/record-description.js";
import { type KeyParts, MOST_NAMES } from "./candidates.js";

type Packed = readonly unknown[];

const NONE: readonly never[] = [];

const text = (packed: Packed, at: number): string => (packed[at] as string | undefined) ?? "";
const number = (packed: Packed, at: number): number => (packed[at] as number | undefined) ?? 0;
const list = <T>(packed: Packed, at: number): readonly T[] =>
  (packed[at] as readonly T[] | undefined) ?? NONE;
const words = (packed: Packed, at: number): readonly string[] => {
  const joined = text(packed, at);
  return joined === "" ? NONE : joined.split(" ");
};

/** In the order in which `packDescription` writes them. */
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

function unpackExtent(packed: Packed): DescribedExtent {
  return {
    pages: number(packed, 0),
    prelims: number(packed, 1),
    volumes: number(packed, 2),
    size: number(packed, 3),
  };
}

function unpackOtherScript(packed: Packed): DescribedTitle | null {
  return packed.length === 0 ? null : { title: words(packed, 0), properWords: number(packed, 1) };
}

/**
 * A description as it is kept. Each part is made when it is asked for: of most records that are compared a few tell
 * that they are different.
 */
export class KeptDescription implements RecordDescription {
  private readonly packed: Packed;
  private madeTitle: readonly string[] | null = null;
  private madeOther: DescribedTitle | null = null;
  private madeExtent: DescribedExtent | null = null;
  private madeNames: readonly DescribedName[] | null = null;
  private madeNumbers: DescribedNumbers | null = null;
  private madeSeries: RecordDescription["series"] | null = null;

  /** @param kept what `packDescription` made */
  constructor(kept: string) {
    this.packed = JSON.parse(kept) as Packed;
  }

  get type(): string {
    return text(this.packed, 0);
  }

  get level(): string {
    return text(this.packed, 1);
  }

  get form(): CarrierForm {
    return text(this.packed, 2) as CarrierForm;
  }

  get formClear(): boolean {
    return number(this.packed, 3) === 1;
  }

  get partNumbers(): readonly string[] {
    return list(this.packed, 4);
  }

  get partNames(): readonly string[] {
    return list(this.packed, 5);
  }

  get title(): readonly string[] {
    this.madeTitle ??= words(this.packed, 6);
    return this.madeTitle;
  }

  get properWords(): number {
    return number(this.packed, 7);
  }

  get otherScript(): DescribedTitle | null {
    this.madeOther ??= unpackOtherScript(list(this.packed, 8));
    return this.madeOther;
  }

  get variants(): readonly string[] {
    return list(this.packed, 9);
  }

  get years(): readonly number[] {
    return list(this.packed, 10);
  }

  get originalYear(): number {
    return number(this.packed, 11);
  }

  get decade(): number {
    return number(this.packed, 12);
  }

  get extent(): DescribedExtent {
    this.madeExtent ??= unpackExtent(list(this.packed, 13));
    return this.madeExtent;
  }

  get names(): readonly DescribedName[] {
    this.madeNames ??= unpackNames(list(this.packed, 14));
    return this.madeNames;
  }

  get mainEntry(): boolean {
    return number(this.packed, 15) === 1;
  }

  get responsibility(): string {
    return text(this.packed, 16);
  }

  get places(): readonly string[] {
    return list(this.packed, 17);
  }

  get publishers(): readonly string[] {
    return list(this.packed, 18);
  }

  get edition(): DescribedEdition {
    const edition = list<unknown>(this.packed, 19);
    return { number: number(edition, 0), words: text(edition, 1) };
  }

  get numbers(): DescribedNumbers {
    this.madeNumbers ??= unpackNumbers(list(this.packed, 20));
    return this.madeNumbers;
  }

  get series(): RecordDescription["series"] {
    this.madeSeries ??= unpackSeries(list(this.packed, 21));
    return this.madeSeries;
  }

  get language(): string {
    return text(this.packed, 22);
  }

  get country(): string {
    return text(this.packed, 23);
  }

  /** What makes its keys. */
  keyParts(): KeyParts {
    const { packed } = this;
    const names = list<Packed>(packed, 14);
    const surnames: string[] = [];
    for (let at = 0; at < names.length && at < MOST_NAMES; at++) surnames.push(text(names[at], 0));
    return {
      title: text(packed, 6),
      otherTitle: text(list<unknown>(packed, 8), 0),
      variants: this.variants,
      years: this.years,
      surnames,
      numbers: this.numbers,
    };
  }
}
