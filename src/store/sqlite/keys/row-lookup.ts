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
import type { AskedRow, RowLookup } from "../../reading-port.js";
import { quoted } from "../file/quoted.js";
import { hasThisSchema } from "../file/schema.js";
import { asStoreFailure } from "../file/store-failure.js";
import { AskedRows } from "./asked-rows.js";
import { type Candidates, Crowds } from "./crowds.js";

/** Kept methods by which nobody asks for rows; their keys are not made for what is indexed beside. */
const ASKED: readonly MatchMethod[] = ["ISBN", "LCCN", "OCLC_NUMBER", "TITLE_AUTHOR_YEAR"];

interface LookupParts {
  readonly db: Database;
  readonly path: string;
  readonly fields: readonly RecordField[];
  /** The names of the fields that are read of a row that was found. */
  readonly columns: readonly string[];
}

const NONE_KNOWN: ReadonlySet<number> = new Set();

export class SqliteRowLookup implements RowLookup {
  private readonly texts: LookupTexts;
  private readonly rows: AskedRows;
  private readonly byKey: Statement<[number, number], number>;
  private readonly lastRun: Statement<[], unknown>;
  private readonly dataVersion: Statement<[], unknown>;
  private kept: readonly MatchMethod[] = [];
  /** Keys of rows that the kept keys do not know yet. */
  private lately = new NumberIndex();
  /** What was read of numbers that many rows share. */
  private readonly crowds = new Crowds();
  /** The state of the database that `kept`, `lately` and `crowds` are of. */
  private asOf: unknown = null;
  /** What was read of all rows once and for all. */
  private whole: { readonly index: NumberIndex; readonly names: ReadonlySet<string> } | null = null;
  /** Rows with the keys that were announced, by the name of what they are asked by. */
  private announced = new Map<string, NumberIndex>();

  constructor(private readonly parts: LookupParts) {
    const { db, fields, columns } = parts;
    this.texts = new LookupTexts(fields);
    this.rows = new AskedRows(db, fields, columns);
    this.byKey = db
      .prepare<[number, number], number>(
        "SELECT record_id FROM match_keys WHERE match_key = ? LIMIT ?",
      )
      .pluck();
    this.lastRun = db.prepare<[], unknown>("SELECT max(run_id) FROM runs").pluck();
    this.dataVersion = db.prepare<[], unknown>("PRAGMA data_version").pluck();
    this.inOneMoment(() => undefined);
  }

  unkept(by: readonly LookupBy[]): LookupBy[] {
    return by.filter((one) => !this.isKept(one) && !this.whole?.names.has(nameOf(one)));
  }

  indexAll(by: readonly LookupBy[]): void {
    const index = new NumberIndex();
    this.inOneMoment(() => this.scan(by, (hash, recordId) => index.add(hash, recordId)));
    this.whole = { index, names: new Set(by.map(nameOf)) };
    this.crowds.clear();
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

  rowsWith(key: LookupKey): readonly AskedRow[] {
    return this.othersWith(key, MOST_FOUND, NONE_KNOWN);
  }

  othersWith(key: LookupKey, most: number, known: ReadonlySet<number>): readonly AskedRow[] {
    const hash = hashOf(key);
    const candidates = this.crowds.get(hash, key) ?? this.candidates(key, hash);
    const { recordIds, rows } = candidates;
    const found: AskedRow[] = [];
    let isNew = false;
    for (let i = 0; i < recordIds.length && found.length < most; i++) {
      if (known.has(recordIds[i])) continue;
      let row = rows[i];
      if (row === undefined) {
        row = this.rowIfWith(key, recordIds[i]);
        rows[i] = row;
        isNew = true;
      }
      if (row !== null) found.push(row);
    }
    if (isNew) this.crowds.keep(hash, key, candidates);
    return found;
  }

  /** A row, unless it only seemed to have the key. */
  private rowIfWith(key: LookupKey, recordId: number): AskedRow | null {
    const row = this.rows.read(recordId);
    return row !== null && this.texts.of(key, row.values).includes(key.text) ? row : null;
  }

  /** The first rows that may have a key, none of them read yet. */
  private candidates(key: LookupKey, hash: number): Candidates {
    const isKept = this.isKept(key);
    const found = new Set(isKept ? this.byKey.all(hash, MOST_FOUND) : []);
    const index = isKept ? this.lately : this.indexFor(key);
    for (const recordId of index.rowsWith(hash)) {
      if (found.size >= MOST_FOUND) break;
      found.add(recordId);
    }
    return { recordIds: [...found].sort((a, b) => a - b), rows: [] };
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
    const changes = this.lastRun.get();
    const version = `${this.dataVersion.get()} ${changes}`;
    if (version === this.asOf) return;
    this.crowds.clear();
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
