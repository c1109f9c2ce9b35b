/** The columns that match keys are made from, out of values in the order of the configuration. */

import type { RecordField } from "../config/record-fields.js";
import type { KeySource } from "../matching/keys.js";

export class KeySources {
  private readonly index: ReadonlyMap<string, number>;

  constructor(fields: readonly RecordField[]) {
    this.index = new Map(fields.map(({ name }, i) => [name, i]));
  }

  /** @param values in the order of the configuration's fields */
  of(values: readonly string[], urlIsFallback: boolean): KeySource {
    const { index } = this;
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
}
