/** The match keys of every row, and the questions that finding duplicates asks of them. */

import type { Database, Statement } from "better-sqlite3";
import type { RecordDescription } from "../../../fields/record-description.js";
import { matchKeys } from "../../../matching/keys.js";
import { type KeySource, MATCH_METHODS, type MatchMethod } from "../../../matching/methods.js";
import {
  type FoundRow,
  isFallbackUrl,
  type KeyEntry,
  type KeyedRow,
} from "../../model/key-source.js";
import { NumberFilter } from "../../model/number-filter.js";
import { BEFORE_ALL } from "../../model/stored-row.js";
import { KEY_COLUMNS } from "../file/schema.js";
import type { SourceTable } from "../rows/source-table.js";
import { KeyTable } from "./key-table.js";
import { RememberedRows } from "./remembered-rows.js";
import { RowDescriptions, selectRows } from "./row-descriptions.js";

/** Rows read at a time when keys are made for a whole table. */
const PAGE = 5000;

type RawKeyedRow = Omit<KeyedRow, "urlIsFallback"> & {
  record_id: number;
  fallback_url: number | null;
};

function keyedRow(raw: RawKeyedRow): KeyedRow {
  return { ...raw, urlIsFallback: isFallbackUrl(raw.url, raw.fallback_url) };
}

/** Characters of a row that is remembered: of records as large as they may be a few would take all memory. */
const LONGEST_REMEMBERED = 2000;

function isSmall(row: KeyedRow): boolean {
  let length = row.evidence.length;
  for (const name of KEY_COLUMNS) length += row[name].length;
  return length <= LONGEST_REMEMBERED;
}

export class KeyIndex {
  /** Holds every key, where the run began without any. */
  private filter: NumberFilter | null = null;
  /** Methods whose keys this database keeps. */
  private methods: readonly MatchMethod[] = [];
  /** Changes when somebody else has written. */
  private version: unknown = null;
  private readonly table: KeyTable;
  private readonly selectRow: Statement<[number], RawKeyedRow>;
  private readonly remembered: RememberedRows<KeyedRow>;
  /** Made where descriptions are asked for. */
  private descriptions: RowDescriptions | null = null;
  private readonly selectMethods: Statement<[], string>;

  constructor(
    private readonly db: Database,
    private readonly sources: SourceTable,
  ) {
    this.table = new KeyTable(db);
    this.remembered = new RememberedRows(db);
    this.selectRow = db.prepare<[number], RawKeyedRow>(
      `${selectRows(db, KEY_COLUMNS)} WHERE r.record_id = ?`,
    );
    this.selectMethods = db.prepare<[], string>("SELECT match_method FROM keyed_methods").pluck();
    this.refresh();
  }

  /** Takes notice of what others have written since: keys, descriptions, methods of which keys are kept. */
  refresh(): void {
    const version = this.db.pragma("data_version", { simple: true });
    if (version !== this.version) {
      this.version = version;
      this.table.refresh();
      this.forgetRows();
    }
    const kept: readonly string[] = this.selectMethods.all();
    const methods = MATCH_METHODS.filter((method) => kept.includes(method));
    // The same list as long as it says the same: whoever has asked for it compares it as one.
    if (methods.join() !== this.methods.join()) this.methods = methods;
  }

  /** Methods of which keys tell for certain that no other row has one of them; null where none can. */
  get surelyNewBy(): readonly MatchMethod[] | null {
    return this.filter === null ? null : this.methods;
  }

  /** Whether it is certain, without a look, that no row has one of some keys. */
  surelyLack(keys: readonly number[]): boolean {
    const { filter } = this;
    if (filter === null) return false;
    for (let at = 0; at < keys.length; at++) if (filter.mayHold(keys[at])) return false;
    return true;
  }

  /** The keys of a row, of all kept methods unless others are named. */
  keysOf(source: KeySource, methods = this.methods): number[] {
    return matchKeys(methods, source);
  }

  /** The kept keys of a row if it is certain, without a look, that no other row has one of them. */
  newKeys(source: KeySource): readonly number[] | null {
    if (this.filter === null) return null;
    const keys = this.keysOf(source);
    return this.surelyLack(keys) ? keys : null;
  }

  /** Takes note of keys that will be entered: from here on they may be there. */
  noteKeys(keys: readonly number[]): void {
    const { filter } = this;
    if (filter !== null) for (let at = 0; at < keys.length; at++) filter.add(keys[at]);
  }

  /** Enters keys that are ready. */
  addKeys(keys: readonly number[], foreignSource: string, recordId: number): void {
    const source = this.sources.id(foreignSource);
    for (const key of keys) {
      this.filter?.add(key);
      this.complete().add({ key, source, recordId });
    }
  }

  /** The table with all keys of this run's rows, also after a transaction was rolled back. */
  private complete(): KeyTable {
    if (this.table.hadToForget()) this.keepMethods([]);
    return this.table;
  }

  /** Whether a run that died or failed, or one that is under way, has left keys to be made. */
  get areMissing(): boolean {
    return this.table.missingAfter !== null;
  }

  /**
   * Makes, in one transaction, the keys that a run has left to be made, and those of
   * methods used for the first time, of every row there is.
   */
  keepMethods(wanted: readonly MatchMethod[]): void {
    this.refresh();
    const added = [...new Set(wanted)].filter((m) => m !== "NONE" && !this.methods.includes(m));
    const missingAfter = this.table.missingAfter;
    if (added.length === 0 && missingAfter === null) return;
    this.sources.forget();
    const makeAll = this.db.transaction(() => {
      this.table.letWait(this.methods.length + added.length, BEFORE_ALL);
      if (missingAfter !== null) this.makeKeys(this.methods, missingAfter);
      if (added.length > 0) this.makeKeys(added, BEFORE_ALL);
      this.table.enterAll();
      const keep = this.db.prepare("INSERT INTO keyed_methods VALUES (?)");
      for (const method of added) keep.run(method);
    });
    try {
      makeAll.immediate();
    } catch (error) {
      this.table.forgetWaiting();
      throw error;
    }
    this.refresh();
  }

  private makeKeys(methods: readonly MatchMethod[], afterRecord: number): void {
    const page = this.db.prepare<[number, number], RawKeyedRow>(
      `${selectRows(this.db, KEY_COLUMNS)} WHERE r.record_id > ? ORDER BY r.record_id LIMIT ?`,
    );
    let after = afterRecord;
    for (let rows = page.all(after, PAGE); rows.length > 0; rows = page.all(after, PAGE)) {
      for (const row of rows) {
        this.addKeys(this.keysOf(keyedRow(row), methods), row.foreign_source, row.record_id);
      }
      after = rows[rows.length - 1].record_id;
    }
  }

  /** To be called when nobody else may write keys any more. */
  beginRun(): void {
    this.filter = this.table.isEmpty ? new NumberFilter() : null;
  }

  /** From here on the keys of new rows may wait, until `enterAll`. */
  letWait(): void {
    this.table.letWait(this.methods.length);
  }

  /** Enters all keys that wait; call inside a write transaction. */
  enterAll(): void {
    this.table.enterAll();
  }

  /** To be called when a transaction was rolled back. */
  forgetWaiting(): void {
    this.table.forgetWaiting();
    this.forgetRows();
  }

  private forgetRows(): void {
    this.remembered.forgetAll();
    this.descriptions?.forgetAll();
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
    for (const key of this.keysOf(row)) this.complete().remove({ key, source, recordId });
  }

  /** Enters the keys of a row that was changed in place of those that it had. */
  replace(before: KeyedRow, after: KeyedRow, recordId: number): void {
    const moved = before.foreign_source !== after.foreign_source;
    const old = new Set(this.keysOf(before));
    const now = new Set(this.keysOf(after));
    const source = this.sources.id(before.foreign_source);
    for (const key of old) {
      if (moved || !now.has(key)) this.complete().remove({ key, source, recordId });
    }
    const added = [...now].filter((key) => moved || !old.has(key));
    this.addKeys(added, after.foreign_source, recordId);
  }

  /** What the keys of a stored row are made from, or null if there is no such row. */
  row(recordId: number): KeyedRow | null {
    const known = this.remembered.get(recordId);
    if (known !== undefined) return known;
    const raw = this.selectRow.get(recordId);
    if (raw === undefined) return null;
    const row = keyedRow(raw);
    if (isSmall(row)) this.remembered.set(recordId, row);
    return row;
  }

  /** The description of a stored row, or null if there is no such row. */
  described(recordId: number): RecordDescription | null {
    this.descriptions ??= new RowDescriptions(this.db);
    return this.descriptions.of(recordId);
  }

  /** A stored row as it is compared and found, or null if there is no such row. */
  compared(recordId: number): FoundRow | null {
    this.descriptions ??= new RowDescriptions(this.db);
    return this.descriptions.withKeys(recordId, () => this.row(recordId));
  }

  /** Keys that more rows than that share, some at a time; those that wait are not counted. */
  sharedByMore(most: number): Generator<readonly number[]> {
    return this.complete().sharedByMore(most);
  }

  /** Entries behind one, in the order of their keys, `limit` at most; those that wait are not among them. */
  after(entry: KeyEntry, limit: number): readonly KeyEntry[] {
    return this.complete().after(entry, limit);
  }

  /** To be called when a row, or what is kept of it, was written. */
  forget(recordId: number): void {
    this.remembered.forget(recordId);
    this.descriptions?.forget(recordId);
  }

  /** The rows with a key, each with its source; null where there are more than `most`. */
  group(key: number, most: number): ReadonlyMap<number, number> | null {
    return this.complete().group(key, most);
  }

  /** The sources that hold rows with this key, by number, ascending. */
  sourcesWith(key: number): Iterable<number> {
    return this.complete().sourcesWith(key);
  }

  /** The rows of one source with this key, oldest first; ask no further than you need. */
  recordsWith(key: number, sourceId: number): Iterable<number> {
    return this.complete().recordsWith(key, sourceId);
  }

  sourceName(sourceId: number): string {
    return this.sources.name(sourceId);
  }
}
