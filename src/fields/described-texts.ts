/** The texts of a record that its description is made from, whatever the record came as. */

export interface NameText {
  readonly name: string;
  /** Dates of a person, as written. */
  readonly dates: string;
  readonly body: boolean;
}

export interface NumberText {
  readonly number: string;
  /** What is said of it: binding, volume. */
  readonly qualifier: string;
}

export interface SeriesText {
  readonly title: string;
  readonly volume: string;
}

/** Texts as they stand in the record, decoded; empty where it says nothing. */
export interface DescribedTexts {
  /** Leader/06, or "". */
  readonly type: string;
  /** Leader/07, or "". */
  readonly level: string;
  /** Each thing that tells of the carrier, as its form; a blank form of item is no vote. */
  readonly forms: readonly string[];
  readonly titleProper: string;
  readonly titleRest: string;
  /** The title once more in the other script of the record; empty texts where there is none. */
  readonly otherScript: { readonly proper: string; readonly rest: string };
  readonly partNumbers: readonly string[];
  readonly partNames: readonly string[];
  readonly responsibility: string;
  readonly variants: readonly string[];
  readonly dates: { readonly type: string; readonly first: string; readonly second: string };
  readonly imprintDates: readonly string[];
  readonly extent: string;
  readonly size: string;
  readonly mainEntry: boolean;
  readonly names: readonly NameText[];
  readonly places: readonly string[];
  readonly publishers: readonly string[];
  readonly editions: readonly string[];
  readonly isbn: readonly NumberText[];
  readonly issn: readonly string[];
  readonly lccn: readonly string[];
  readonly oclc: readonly string[];
  readonly sudoc: readonly string[];
  readonly publisherNumbers: readonly string[];
  readonly reportNumbers: readonly string[];
  readonly standardNumbers: readonly string[];
  readonly urls: readonly string[];
  readonly series: readonly SeriesText[];
  readonly language: string;
  readonly country: string;
}

/** The texts that tell what kind of thing a record describes. */
export type KindTexts = Pick<
  DescribedTexts,
  "type" | "level" | "forms" | "partNumbers" | "partNames"
>;
