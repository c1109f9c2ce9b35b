/** The match keys of every row, and the questions that finding duplicates asks of them. */

import type { Database, Statement } from "better-sqlite3";
import { MATCH_METHODS, type MatchMethod } from "../config/import-config.js";
import { hash53 } from "../matching/hash.js";
import { type KeySource, keyHash, keyTexts } from "../matching/keys.js";
import { NumberFilter } from "./number-filter.js";
import { KEY_COLUMNS } from "./schema.js";
import type { SourceTable } from "./source-table.js";

// Other programs may store blobs and numbers where we store texts.
const KEYED_ROWS = `SELECT r.record_id, s.fallback_url,
  ${KEY_COLUMNS.map((name) => `CAST(r.${name} AS TEXT) AS ${name}`).join(", ")}
  FROM record_info r LEFT JOIN record_state s ON s.record_id = r.record_id`;

/** Below every source_id and record_id; other programs may number rows from where they like. */
const BEFORE_ALL = Number.MIN_SAFE_INTEGER;

/** Rows read at a time when keys are made for a whole table. */
const PAGE = 5000;

/** What keys are made from, with the source that ranks the row. */
export type KeyedRow = KeySource & { readonly foreign_source: string };

type RawKeyedRow = Omit<KeyedRow, "urlIsFallback"> & {
  record_id: number;
  fallback_url: number | null;
};

/** A url that is still the one made by the fallback pattern makes no key. */
function keyedRow(raw: RawKeyedRow): KeyedRow {
  return {
    ...raw,
    urlIsFallback: raw.fallback_url !== null && raw.fallback_url === hash53(raw.url),
  };
}

export class KeyIndex {
  /** Holds every key, where the run began without any. */
  private filter: NumberFilter | null = null;
  /** Methods whose keys this database keeps. */
  private methods: readonly MatchMethod[] = [];
  private readonly insertKey: Statement<[number, number, number]>;
  private readonly deleteKey: Statement<[number, number, number]>;
  private readonly nextSource: Statement<[number, number], number>;
  private readonly nextRecord: Statement<[number, number, number], number>;
  private readonly selectRow: Statement<[number], RawKeyedRow>;
  private readonly selectMethods: Statement<[], string>;

  constructor(
    private readonly db: Database,
    private readonly sources: SourceTable,
  ) {
    this.insertKey = db.prepare("INSERT OR IGNORE INTO match_keys VALUES (?, ?, ?)");
    this.deleteKey = db.prepare(
      "DELETE FROM match_keys WHERE match_key = ? AND source_id = ? AND record_id = ?",
    );
    this.nextSource = db
      .prepare<[number, number], number>(
        "SELECT source_id FROM match_keys WHERE match_key = ? AND source_id > ? ORDER BY source_id LIMIT 1",
      )
      .pluck();
    this.nextRecord = db
      .prepare<[number, number, number], number>(
        "SELECT record_id FROM match_keys WHERE match_key = ? AND source_id = ? AND record_id > ? ORDER BY record_id LIMIT 1",
      )
      .pluck();
    this.selectRow = db.prepare<[number], RawKeyedRow>(`${KEYED_ROWS} WHERE r.record_id = ?`);
    this.selectMethods = db.prepare<[], string>("SELECT match_method FROM keyed_methods").pluck();
    this.refresh();
  }

  /** Reads again which keys are kept; another run may have begun to keep more meanwhile. */
  refresh(): void {
    const kept: readonly string[] = this.selectMethods.all();
    this.methods = MATCH_METHODS.filter((method) => kept.includes(method));
  }

  get keptMethods(): readonly MatchMethod[] {
    return this.methods;
  }

  /** The keys of a row, of all kept methods unless others are named. */
  keysOf(source: KeySource, methods = this.methods): number[] {
    const keys: number[] = [];
    for (const method of methods) {
      for (const text of keyTexts(method, source)) keys.push(keyHash(method, text));
    }
    return keys;
  }

  /** The kept keys of a row if it is certain, without a look, that no other row has one of them. */
  newKeys(source: KeySource): readonly number[] | null {
    const { filter } = this;
    if (filter === null) return null;
    const keys = this.keysOf(source);
    return keys.some((key) => filter.mayHold(key)) ? null : keys;
  }

  /** Enters keys that are ready. */
  addKeys(keys: readonly number[], foreignSource: string, recordId: number): void {
    const source = this.sources.id(foreignSource);
    for (const key of keys) {
      this.filter?.add(key);
      this.insertKey.run(key, source, recordId);
    }
  }

  /** Whether keys are kept at all. */
  get isKept(): boolean {
    return this.methods.length > 0;
  }

  /** Makes, in one transaction, the keys of methods used for the first time, for every row there is. */
  keepMethods(wanted: readonly MatchMethod[]): void {
    this.refresh();
    const missing = wanted.filter((m) => m !== "NONE" && !this.methods.includes(m));
    if (missing.length === 0) return;
    const page = this.db.prepare<[number, number], RawKeyedRow>(
      `${KEYED_ROWS} WHERE r.record_id > ? ORDER BY r.record_id LIMIT ?`,
    );
    this.sources.forget();
    this.db
      .transaction(() => {
        let after = BEFORE_ALL;
        for (let rows = page.all(after, PAGE); rows.length > 0; rows = page.all(after, PAGE)) {
          for (const row of rows) {
            this.addKeys(this.keysOf(keyedRow(row), missing), row.foreign_source, row.record_id);
          }
          after = rows[rows.length - 1].record_id;
        }
        const keep = this.db.prepare("INSERT INTO keyed_methods VALUES (?)");
        for (const method of missing) keep.run(method);
      })
      .immediate();
    this.refresh();
  }

  /** To be called when nobody else may write keys any more. */
  beginRun(): void {
    const any = this.db.prepare("SELECT 1 FROM match_keys LIMIT 1").get();
    this.filter = any === undefined ? new NumberFilter() : null;
  }

  /** Whether any row may have this key; false is certain, and cost no look at the index. */
  mayHold(key: number): boolean {
    return this.filter === null || this.filter.mayHold(key);
  }

  /** Enters the keys of a row. */
  add(row: KeyedRow, recordId: number): void {
    this.addKeys(this.keysOf(row), row.foreign_source, recordId);
  }

  remove(row: KeyedRow, recordId: number): void {
    const source = this.sources.id(row.foreign_source);
    for (const key of this.keysOf(row)) this.deleteKey.run(key, source, recordId);
  }

  /** What the keys of a stored row are made from, or null if there is no such row. */
  row(recordId: number): KeyedRow | null {
    const raw = this.selectRow.get(recordId);
    return raw ? keyedRow(raw) : null;
  }

  /** The sources that hold rows with this key, by number, ascending. */
  *sourcesWith(key: number): Generator<number> {
    let source = this.nextSource.get(key, BEFORE_ALL);
    while (source !== undefined) {
      yield source;
      source = this.nextSource.get(key, source);
    }
  }

  /** The rows of one source with this key, oldest first; ask no further than you need. */
  *recordsWith(key: number, sourceId: number): Generator<number> {
    let record = this.nextRecord.get(key, sourceId, BEFORE_ALL);
    while (record !== undefined) {
      yield record;
      record = this.nextRecord.get(key, sourceId, record);
    }
  }

  sourceName(sourceId: number): string {
    return this.sources.name(sourceId);
  }
}
