/**
 * What is compared of two records to find out whether they describe the same resource: made once
 * of each record, from MARC where there is MARC, else from the columns of the row.
 */

/** The carrier by which the resource is read; "" where nothing tells. */
export type CarrierForm =
  | ""
  | "print"
  | "large print"
  | "braille"
  | "microform"
  | "online"
  | "disk"
  | "electronic";

/** One name of a person or body, NACO-normalised. */
export interface DescribedName {
  /** Surname of a person, the whole name of a body. */
  readonly surname: string;
  /** Forenames, words separated by blanks; "" for bodies and where none are given. */
  readonly forenames: string;
  /** The year of birth, 0 if it is not stated. */
  readonly born: number;
  readonly body: boolean;
}

export interface DescribedExtent {
  /** The highest count of pages or leaves, 0 if none is stated. */
  readonly pages: number;
  /** Pages in Roman numerals before them, as a number; 0 if none. */
  readonly prelims: number;
  /** Number of volumes, discs, sheets …; 0 if none is stated, -1 where it stays open (`v.`). */
  readonly volumes: number;
  /** Height in centimetres, 0 if it is not stated. */
  readonly size: number;
}

export interface DescribedEdition {
  /** The number of the edition, 0 if it has none. */
  readonly number: number;
  /** What else the statement says, normalised, in the order of the alphabet: `REV ENL`. */
  readonly words: string;
}

/** Numbers in normal form, each once. */
export interface DescribedNumbers {
  readonly isbn: readonly string[];
  /** The qualifiers of ISBNs as far as they name a binding or carrier: `PBK`, `HBK`, `ONLINE`, `SET`, `PT1`. */
  readonly isbnQualifiers: readonly string[];
  readonly issn: readonly string[];
  readonly lccn: readonly string[];
  readonly oclc: readonly string[];
  /** Superintendent of Documents numbers, without blanks. */
  readonly sudoc: readonly string[];
  readonly publisher: readonly string[];
  readonly report: readonly string[];
  readonly standard: readonly string[];
  readonly url: readonly string[];
}

/** A title as it is compared. */
export interface DescribedTitle {
  /** Words of the whole title, without article and without words for "and". */
  readonly title: readonly string[];
  /** How many of them are the title proper. */
  readonly properWords: number;
}

/** What of a description can forbid that two records are the same. */
export type RecordKind = Pick<
  RecordDescription,
  "type" | "level" | "form" | "formClear" | "partNumbers" | "partNames"
>;

/**
 * To be read part by part, not spread: that of a stored row has getters. Texts are NACO-normalised; empty where the record
 * says nothing.
 */
export interface RecordDescription extends DescribedTitle {
  /** Kind of content by leader/06, manuscripts with what is printed: `a` text, `c` score, `e` map …; "" unknown. */
  readonly type: string;
  /** `m` one or several parts that end, `s` serial, `i` integrating resource, `a` component part; "" unknown. */
  readonly level: string;
  readonly form: CarrierForm;
  /** Whether all that tells of the form agrees. */
  readonly formClear: boolean;
  /** The title in another script, by 880 or transliterated; null where it is the same. */
  readonly otherScript: DescribedTitle | null;
  /** Further titles: variants, uniform and former titles. */
  readonly variants: readonly string[];
  /** Numbers of the part, from the title's own subfields: `3`, `A`. */
  readonly partNumbers: readonly string[];
  readonly partNames: readonly string[];
  /** The years of publication that the record states, the first the likeliest. */
  readonly years: readonly number[];
  /** The year of the original, 0 unless the record says that it is a reprint. */
  readonly originalYear: number;
  /** Where only the decade is known, its first year; else 0. */
  readonly decade: number;
  readonly extent: DescribedExtent;
  /** The main entry first. */
  readonly names: readonly DescribedName[];
  /** Whether the first name is the main entry. */
  readonly mainEntry: boolean;
  /** Words of the statement of responsibility, separated by blanks. */
  readonly responsibility: string;
  readonly places: readonly string[];
  readonly publishers: readonly string[];
  readonly edition: DescribedEdition;
  readonly numbers: DescribedNumbers;
  /** Title of the series, words joined, and the volume in it. */
  readonly series: readonly { readonly title: string; readonly volume: string }[];
  readonly language: string;
  readonly country: string;
}
