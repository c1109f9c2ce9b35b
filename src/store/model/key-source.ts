/** The columns that match keys are made from, out of values in the order of the configuration. */

import type { RecordDescription } from "../../fields/record-description.js";
import type { RecordField } from "../../fields/record-fields.js";
import { hash53 } from "../../matching/hash.js";
import type { DescribedRow } from "../../matching/kept-evidence.js";
import type { KeyColumn, KeySource } from "../../matching/methods.js";

export class KeySources {
  /** Positions in the configuration; -1 for a column that it does not know. */
  private readonly at: Readonly<Record<KeyColumn, number>>;

  constructor(fields: readonly RecordField[]) {
    const position = (column: KeyColumn) => fields.findIndex(({ name }) => name === column);
    this.at = {
      url: position("url"),
      title: position("title"),
      creators: position("creators"),
      publication_date: position("publication_date"),
      isbn: position("isbn"),
      issn: position("issn"),
      lccn: position("lccn"),
      oclc_number: position("oclc_number"),
      record_type: position("record_type"),
    };
  }

  /**
   * @param values in the order of the configuration's fields
   * @param evidence what is kept of the record beside its row
   */
  of(values: readonly string[], urlIsFallback: boolean, evidence: string): KeySource {
    const { at } = this;
    return {
      url: values[at.url] ?? "",
      title: values[at.title] ?? "",
      creators: values[at.creators] ?? "",
      publication_date: values[at.publication_date] ?? "",
      isbn: values[at.isbn] ?? "",
      issn: values[at.issn] ?? "",
      lccn: values[at.lccn] ?? "",
      oclc_number: values[at.oclc_number] ?? "",
      record_type: values[at.record_type] ?? "",
      evidence,
      urlIsFallback,
    };
  }
}

/** Rows as far as they can be described, out of values in the order of the configuration. */
export class DescribedRows {
  private readonly keySources: KeySources;
  private readonly at: Readonly<Record<OtherColumn, number>>;

  constructor(fields: readonly RecordField[]) {
    this.keySources = new KeySources(fields);
    const position = (column: OtherColumn) => fields.findIndex(({ name }) => name === column);
    this.at = {
      contributors: position("contributors"),
      publisher: position("publisher"),
      edition: position("edition"),
      series: position("series"),
      language: position("language"),
      other_urls: position("other_urls"),
    };
  }

  /** The parameters are those of `KeySources`. */
  of(values: readonly string[], urlIsFallback: boolean, evidence: string): DescribedRow {
    const { at } = this;
    return {
      ...this.keySources.of(values, urlIsFallback, evidence),
      contributors: values[at.contributors] ?? "",
      publisher: values[at.publisher] ?? "",
      edition: values[at.edition] ?? "",
      series: values[at.series] ?? "",
      language: values[at.language] ?? "",
      other_urls: values[at.other_urls] ?? "",
    };
  }
}

/** What a description is made from beside the columns of keys. */
type OtherColumn = Exclude<keyof DescribedRow, keyof KeySource>;

/** One key of one row. */
export interface KeyEntry {
  readonly key: number;
  /** The number of the row's source. */
  readonly source: number;
  readonly recordId: number;
}

/** A row as it is compared, and the texts of the keys by which it is found. */
export interface FoundRow {
  readonly description: RecordDescription;
  readonly keyTexts: readonly string[];
}

/** What keys are made from, with the source that ranks the row. */
export type KeyedRow = KeySource & { readonly foreign_source: string };

/**
 * A url that is still the one made by the fallback pattern makes no key.
 *
 * @param fallbackUrl digest of the url that the pattern made, null if it made none
 */
export function isFallbackUrl(url: string, fallbackUrl: number | null): boolean {
  return fallbackUrl !== null && fallbackUrl === hash53(url);
}
