/**
 * Rows found by their keys, in a database that is only read. Keys that are kept are looked up. What
 * the kept keys do not know yet, rows of a run that is under way and rows that other programs have
 * edited, is indexed in memory beside them.
 */

import type { Database, Statement } from "better-sqlite3";
import type { RecordField } from "../../../fields/record-fields.js";
import { type MatchMethod, methodNamed } from "../../../matching/methods.js";
import {
  hashOf,
  type LookupBy,
  type LookupKey,
  LookupTexts,
  MOST_FOUND,
  nameOf,
} from "../../model/lookup-key.js";
import { NumberIndex } from "../../model/number-index.js";
import type { StoredRow } from "../../model/stored-row.js";
import type { RowLookup } from "../../reading-port.js";
import { quoted } from "../file/quoted.js";
import { hasThisSchema } from "../file/schema.js";
import { asStoreFailure } from "../file/store-failure.js";
import type { Rows } from "../rows/rows.js";

/** Kept methods by which nobody asks for rows; their keys are not made for what is indexed beside. */
const ASKED: readonly MatchMethod[] = ["ISBN", "LCCN", "OCLC_NUMBER", "TITLE_AUTHOR_YEAR"];

interface LookupParts {
  readonly db: Database;
  readonly path: string;
  readonly rows: Rows;
  readonly fields: readonly RecordField[];
}

export class SqliteRowLookup implements RowLookup {
  private readonly texts: LookupTexts;
  private readonly byKey: Statement<[number, number], number>;
  private readonly merged: Statement<[number], string>;
  private kept: readonly MatchMethod[] = [];
  /** Keys of rows that the kept keys do not know yet. */
  private lately = new NumberIndex();
  /** The state of the database that `kept` and `lately` are of. */
  private asOf: unknown = null;
  /** What was read of all rows once and for all. */
  private whole: { readonly index: NumberIndex; readonly names: ReadonlySet<string> } | null = null;
  /** Rows with the keys that were announced, by the name of what they are asked by. */
  private announced = new Map<string, NumberIndex>();

  constructor(private readonly parts: LookupParts) {
    const { db, fields } = parts;
    this.texts = new LookupTexts(fields);
    this.byKey = db
      .prepare<[number, number], number>(
        "SELECT DISTINCT record_id FROM match_keys WHERE match_key = ? LIMIT ?",
      )
      .pluck();
    this.merged = db
      .prepare<[number], string>(
        "SELECT DISTINCT foreign_source FROM merged_sources WHERE record_id = ?",
      )
      .pluck();
    this.inOneMoment(() => undefined);
  }

  unkept(by: readonly LookupBy[]): LookupBy[] {
    return by.filter((one) => !this.isKept(one) && !this.whole?.names.has(nameOf(one)));
  }

  indexAll(by: readonly LookupBy[]): void {
    const index = new NumberIndex();
    this.inOneMoment(() => this.scan(by, (hash, recordId) => index.add(hash, recordId)));
    this.whole = { index, names: new Set(by.map(nameOf)) };
  }

  inOneMoment<T>(work: () => T): T {
    const { db, path } = this.parts;
    try {
      // Work that was ended from outside, at a limit of time, has come to no `finally`.
      if (db.inTransaction) db.exec("ROLLBACK");
      db.exec("BEGIN");
      this.takeNotice();
      return work();
    } catch (error) {
      throw asStoreFailure(error, path);
    } finally {
      this.announced.clear();
      if (db.inTransaction) db.exec("ROLLBACK");
    }
  }

  expect(keys: readonly LookupKey[]): void {
    const asked = new Map(keys.map((key) => [nameOf(key), key as LookupBy]));
    const scanned = this.unkept([...asked.values()]);
    if (scanned.length === 0) return;
    const wanted = new Set(keys.map(hashOf));
    const indexes = new Map(scanned.map((by) => [nameOf(by), new NumberIndex()]));
    this.scan(scanned, (hash, recordId, name) => {
      if (wanted.has(hash)) indexes.get(name)?.add(hash, recordId);
    });
    this.announced = new Map([...this.announced, ...indexes]);
  }

  rowsWith(key: LookupKey, most = MOST_FOUND): readonly StoredRow[] {
    const found: StoredRow[] = [];
    for (const recordId of this.candidates(key)) {
      if (found.length >= most) break;
      const row = this.parts.rows.read(recordId);
      if (row && this.texts.of(key, row.values).includes(key.text)) found.push(row);
    }
    return found;
  }

  mergedInto(recordId: number): readonly string[] {
    return this.merged.all(recordId);
  }

  /** record_ids, ascending. */
  private candidates(key: LookupKey): number[] {
    const hash = hashOf(key);
    const found = new Set<number>();
    const add = (rows: Iterable<number>) => {
      for (const row of rows) {
        if (found.size >= MOST_FOUND) return;
        found.add(row);
      }
    };
    if (this.isKept(key)) {
      add(this.byKey.all(hash, MOST_FOUND));
      add(this.lately.rowsWith(hash));
    } else add(this.indexFor(key).rowsWith(hash));
    return [...found].sort((a, b) => a - b);
  }

  private indexFor(key: LookupKey): NumberIndex {
    const name = nameOf(key);
    if (this.whole?.names.has(name)) return this.whole.index;
    const index = this.announced.get(name);
    if (index === undefined) throw new Error(`rows are asked for by ${name}, unannounced`);
    return index;
  }

  private isKept(by: LookupBy): boolean {
    return "method" in by && this.kept.includes(by.method);
  }

  /** Looks, where the database has changed, which keys are kept, and at the rows that lack theirs. */
  private takeNotice(): void {
    const { db } = this.parts;
    // The first read begins the moment.
    const changes = db.prepare("SELECT max(run_id) FROM runs").pluck().get();
    const version = `${db.pragma("data_version", { simple: true })} ${changes}`;
    if (version === this.asOf) return;
    this.lately = new NumberIndex();
    this.kept = [];
    if (hasThisSchema(db)) {
      const kept: unknown[] = db.prepare("SELECT match_method FROM keyed_methods").pluck().all();
      this.kept = ASKED.filter((method) => kept.includes(method));
      this.indexLately();
    }
    this.asOf = version;
  }

  private indexLately(): void {
    const by = this.kept.map((method) => ({ method }));
    if (by.length === 0) return;
    const add = (hash: number, recordId: number) => this.lately.add(hash, recordId);
    const missing = "(SELECT after_record_id FROM missing_keys)";
    this.scan(by, add, `record_id > ${missing}`);
    this.scan(by, add, "record_id IN (SELECT record_id FROM edited_records)");
  }

  /** Every row, or those of a condition, with its keys. */
  private scan(
    by: readonly LookupBy[],
    take: (hash: number, recordId: number, name: string) => void,
    condition = "1",
  ): void {
    const { db, fields } = this.parts;
    const needed = this.columnsFor(by);
    const columns = fields.map(({ name }) =>
      needed.has(name) ? `CAST(${quoted(name)} AS TEXT)` : "''",
    );
    const sql = `SELECT record_id, ${columns.join(", ")} FROM record_info WHERE ${condition}`;
    const rows = db.prepare<[], [number, ...string[]]>(sql).raw();
    for (const [recordId, ...values] of rows.iterate()) {
      for (const one of by) {
        const name = nameOf(one);
        for (const text of this.texts.of(one, values)) {
          take(hashOf({ ...one, text }), recordId, name);
        }
      }
    }
  }

  /** The columns of the table that keys are made from. */
  private columnsFor(by: readonly LookupBy[]): Set<string> {
    const present = this.parts.db.prepare("SELECT name FROM pragma_table_info('record_info')");
    const names = new Set(present.pluck().all() as string[]);
    const needed = by.flatMap((one): string[] => {
      if ("field" in one) return [one.field];
      return [...methodNamed(one.method).columns];
    });
    return new Set(needed.filter((name) => names.has(name)));
  }
}
