/**
 * What can be made of a row before the database sees it: its match keys. Made in the reading thread,
 * they cost the writing thread nothing.
 */

import type { MatchMethod } from "../config/import-config.js";
import type { RecordField } from "../config/record-fields.js";
import { type KeySource, keyHash, keyTexts } from "../matching/keys.js";

/** How rows are kept in one database. Plain data. */
export interface RowLayout {
  /** Methods whose keys are kept. */
  readonly methods: readonly MatchMethod[];
}

/** What is ready before the row is written. */
export interface PreparedRow {
  /** The keys of every kept method. */
  readonly keys: readonly number[];
}

export class RowPreparer {
  private readonly index: ReadonlyMap<string, number>;

  constructor(
    fields: readonly RecordField[],
    private readonly layout: RowLayout,
  ) {
    this.index = new Map(fields.map(({ name }, i) => [name, i]));
  }

  /** @param values in the order of the configuration's fields */
  prepare(values: readonly string[], urlIsFallback: boolean): PreparedRow {
    return { keys: this.keys(values, urlIsFallback) };
  }

  private keys(values: readonly string[], urlIsFallback: boolean): number[] {
    const source = keySourceOf(values, this.index, urlIsFallback);
    const keys: number[] = [];
    for (const method of this.layout.methods) {
      for (const text of keyTexts(method, source)) keys.push(keyHash(method, text));
    }
    return keys;
  }
}

/** The columns that keys are made from, out of values in field order. */
export function keySourceOf(
  values: readonly string[],
  index: ReadonlyMap<string, number>,
  urlIsFallback: boolean,
): KeySource {
  const value = (name: string) => values[index.get(name) ?? -1] ?? "";
  return {
    url: value("url"),
    title: value("title"),
    creators: value("creators"),
    publication_date: value("publication_date"),
    isbn: value("isbn"),
    issn: value("issn"),
    lccn: value("lccn"),
    oclc_number: value("oclc_number"),
    urlIsFallback,
  };
}
