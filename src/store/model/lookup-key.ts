/** What rows are asked for by: the key of a match method, or an element of a column. */

import { normalizeIsbns } from "../../fields/identifiers/isbn.js";
import { elementsOf } from "../../fields/list-form.js";
import { isList, type RecordField } from "../../fields/record-fields.js";
import { hash53 } from "../../matching/hash.js";
import { keyHash, keyTexts } from "../../matching/keys.js";
import type { MatchMethod } from "../../matching/methods.js";
import { KeySources } from "./key-source.js";

/** Rows that are given for one key at most: a number that more rows share identifies nothing. */
export const MOST_FOUND = 1000;

/** By what rows are asked for. */
export type LookupBy =
  | { readonly method: MatchMethod }
  /** A record field of which an element is that ISBN or ASIN, however it is written there. */
  | { readonly field: string; readonly as: "isbn" | "asin" };

export type LookupKey = LookupBy & { readonly text: string };

/** A name for it: of the method, or of the column. */
export function nameOf(by: LookupBy): string {
  return "method" in by ? by.method : `field ${by.field}`;
}

/** The number that stands for a key in an index; on a hit the texts are to be compared. */
export function hashOf(key: LookupKey): number {
  return "method" in key ? keyHash(key.method, key.text) : hash53(key.text, hash53(key.field) | 0);
}

/** The texts by which rows are found, out of values in the order of the configuration's fields. */
export class LookupTexts {
  private readonly sources: KeySources;

  constructor(private readonly fields: readonly RecordField[]) {
    this.sources = new KeySources(fields);
  }

  of(by: LookupBy, values: readonly string[]): readonly string[] {
    if ("method" in by) return keyTexts(by.method, this.sources.of(values, false, ""));
    const at = this.fields.findIndex(({ name }) => name === by.field);
    if (at < 0) return [];
    const elements = isList(this.fields[at].kind) ? elementsOf(values[at]) : [values[at]];
    if (by.as === "isbn") return elements.flatMap((element) => normalizeIsbns(element).valid);
    return elements.map((element) => element.trim().toUpperCase()).filter((text) => text !== "");
  }
}
