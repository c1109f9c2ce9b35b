/**
 * What can be made of a row before the database sees it: its match keys and the digests of its
 * values. Made in the reading thread, it costs the writing thread nothing.
 */

import type { MatchMethod } from "../config/import-config.js";
import type { RecordField } from "../config/record-fields.js";
import { type KeySource, keyHash, keyTexts } from "../matching/keys.js";
import { digestText } from "./digests.js";

/** How rows are kept in one database. Plain data. */
export interface RowLayout {
  /** Methods whose keys are kept. */
  readonly methods: readonly MatchMethod[];
  /** Position among the table's value columns, by field index of the configuration. */
  readonly positions: readonly number[];
  readonly columnCount: number;
}

/** What is ready before the row is written. */
export interface PreparedRow {
  /** The keys of every kept method. */
  readonly keys: readonly number[];
  /** A digest for each column, as `record_state.written_digests` holds them. */
  readonly written: Int32Array;
}

/** Rows whose digests share one piece of memory. */
const POOL_ROWS = 256;

export class RowPreparer {
  private readonly index: ReadonlyMap<string, number>;
  private pool: Int32Array;
  private used = 0;

  constructor(
    fields: readonly RecordField[],
    private readonly layout: RowLayout,
  ) {
    this.index = new Map(fields.map(({ name }, i) => [name, i]));
    this.pool = this.newPool();
  }

  private newPool(): Int32Array {
    return new Int32Array(POOL_ROWS * this.layout.columnCount);
  }

  /** @param values in the order of the configuration's fields */
  prepare(values: readonly string[], urlIsFallback: boolean): PreparedRow {
    return { keys: this.keys(values, urlIsFallback), written: this.digests(values) };
  }

  private keys(values: readonly string[], urlIsFallback: boolean): number[] {
    const source = keySourceOf(values, this.index, urlIsFallback);
    const keys: number[] = [];
    for (const method of this.layout.methods) {
      for (const text of keyTexts(method, source)) keys.push(keyHash(method, text));
    }
    return keys;
  }

  private digests(values: readonly string[]): Int32Array {
    const { positions, columnCount } = this.layout;
    if (this.used === POOL_ROWS) {
      this.pool = this.newPool();
      this.used = 0;
    }
    const start = this.used * columnCount;
    this.used++;
    const written = this.pool.subarray(start, start + columnCount);
    for (let i = 0; i < values.length; i++) {
      if (values[i] !== "") written[positions[i]] = digestText(values[i]);
    }
    return written;
  }

  /** What was given out is on its way: the next rows get memory of their own. */
  endPortion(): void {
    this.pool = this.newPool();
    this.used = 0;
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
