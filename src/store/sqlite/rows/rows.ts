/** Reading and writing rows of `record_info`, values in the order of the configuration's fields. */

import type { Database, Statement } from "better-sqlite3";
import { NumberFilter } from "../../model/number-filter.js";
import { idHash } from "../../model/row-hashes.js";
import type { StoredRow } from "../../model/stored-row.js";
import { quoted } from "../file/quoted.js";
import type { Columns } from "./columns.js";
import type { EditTriggers } from "./edit-triggers.js";

/** What is written of a row beside its values. */
interface RowOrigin {
  readonly foreignSource: string;
  readonly foreignId: string;
  readonly sourceRecord: string;
  readonly marcDate: string;
  /** UTC, ISO 8601 to the second. */
  readonly now: string;
}

type RawRow = [number, string, string, string, string, string, ...string[]];

const HEAD = ["foreign_source", "foreign_id", "marc_date", "source_record", "date_modified"];

/** The only column of the configuration's that we store as a number. */
const NUMBER = "expert_created";

/** The row of an id and its source, bound in this order. */
const BY_ID = "foreign_id = ? AND foreign_source = ? AND foreign_id <> ''";

/** Sets of columns that statements are kept for. */
const MOST_COLUMN_SETS = 200;

interface ColumnStatements {
  readonly select: Statement<[number], Record<string, unknown>>;
  readonly update: Statement;
}

/** What a column holds, as text. */
function asText(name: string): string {
  return `CAST(${name} AS TEXT)`;
}

export class Rows {
  private insertRow: Statement | null = null;
  /** Holds the foreign id of every row, where the run began without any row. */
  private ids: NumberFilter | null = null;
  /** By field index: whether inserted rows may hold anything there. */
  insertable: readonly boolean[];
  private restoreRow: Statement | null = null;
  private selectDigest: Statement<[number], number | null> | null = null;
  private readonly selectImage: Statement<[number], Record<string, unknown>>;
  private readonly selectStored: Statement<unknown[], RawRow>;
  private readonly selectById: Statement<unknown[], RawRow>;
  /** The same columns, as texts whatever is stored. */
  private readonly selectTexts: Statement<unknown[], RawRow>;
  private readonly selectId: Statement<[string, string], number>;
  private readonly deleteRow: Statement<[number]>;
  private readonly ofColumns = new Map<string, ColumnStatements>();
  /** Where a selected row has which column. */
  private readonly at: ReadonlyMap<string, number>;

  constructor(
    private readonly db: Database,
    private readonly columns: Columns,
    private readonly triggers: EditTriggers,
  ) {
    this.insertable = columns.fields.map(() => true);
    const names = ["record_id", ...HEAD, ...columns.fields.map(({ name }) => name)];
    this.at = new Map(names.map((name, i) => [name, i]));
    const present = columns.fields.map(({ name }, i) => (columns.has(i) ? quoted(name) : "''"));
    const select = (texts: readonly string[], where: string) =>
      db.prepare<unknown[], RawRow>(
        `SELECT record_id, ${texts.join(", ")} FROM record_info WHERE ${where}`,
      );
    const stored = [...HEAD, ...present];
    this.selectStored = select(stored, "record_id = ?").raw();
    this.selectById = select(stored, BY_ID).raw();
    this.selectTexts = select(stored.map(asText), "record_id = ?").raw();
    this.selectImage = db.prepare("SELECT * FROM record_info WHERE record_id = ?");
    this.selectId = db
      .prepare<[string, string], number>(`SELECT record_id FROM record_info WHERE ${BY_ID}`)
      .pluck();
    this.deleteRow = db.prepare("DELETE FROM record_info WHERE record_id = ?");
  }

  /** record_id of the row with that source and id, or null. */
  find(foreignSource: string, foreignId: string): number | null {
    if (this.surelyLacksId(idHash(foreignId))) return null;
    return this.selectId.get(foreignId, foreignSource) ?? null;
  }

  /** Whether it is certain, without a look, that no row has a foreign id of that hash. */
  surelyLacksId(hash: number): boolean {
    return this.ids !== null && !this.ids.mayHold(hash);
  }

  /** Takes note of the hash of a foreign id: from here on it may be there. */
  noteId(hash: number): void {
    this.ids?.add(hash);
  }

  /** Whether any foreign id can be certain to be new. */
  get knowsIds(): boolean {
    return this.ids !== null;
  }

  read(recordId: number): StoredRow | null {
    return this.asTexts(this.selectStored.get(recordId));
  }

  /** The row with that source and id, or null. */
  readById(foreignSource: string, foreignId: string): StoredRow | null {
    if (this.surelyLacksId(idHash(foreignId))) return null;
    return this.asTexts(this.selectById.get(foreignId, foreignSource));
  }

  private asTexts(found: RawRow | undefined): StoredRow | null {
    if (!found) return null;
    const stored = this.isText(found) ? found : null;
    const raw = stored ?? this.selectTexts.get(found[0]);
    if (!raw) return null;
    const [recordId, foreignSource, foreignId, marcDate] = raw;
    const values = raw.slice(1 + HEAD.length) as string[];
    return { recordId, foreignSource, foreignId, marcDate, values, stored };
  }

  /** Whether a row is stored as texts; writes its one number as text, as SQLite would. */
  private isText(stored: RawRow): boolean {
    const number = this.at.get(NUMBER);
    for (let i = 1; i < stored.length; i++) {
      const value: unknown = stored[i];
      if (typeof value === "string") continue;
      if (i !== number || !Number.isSafeInteger(value)) return false;
      stored[i] = String(value);
    }
    return true;
  }

  /**
   * To be called when no other run may write any more.
   *
   * @param fields by field index: what inserted rows may fill; the others stay at their defaults
   */
  beginRun(fields: readonly boolean[]): void {
    this.insertable = fields;
    this.insertRow = null;
    const any = this.db.prepare("SELECT 1 FROM record_info LIMIT 1").get();
    this.ids = any === undefined ? new NumberFilter() : null;
  }

  /** Other programs have written rows: what the filter does not hold may be there all the same. */
  distrustFilter(): void {
    this.ids = null;
  }

  /**
   * Makes ready for rows that are copied into the table.
   *
   * @returns false where they must be inserted one by one, since triggers of others stand that see each
   */
  beginCopy(): boolean {
    this.triggers.setAside();
    return !this.triggers.othersStand;
  }

  private prepareInsert(): Statement {
    // Each value that is bound costs a copy: what is always empty is left to the column's default.
    const written = this.columns.fields.filter((_, i) => this.insertable[i]);
    const names = [
      ...written.map(({ name }) => quoted(name)),
      "foreign_source",
      "foreign_id",
      "source_record",
      "marc_date",
      "date_created",
      "date_modified",
    ];
    const places = names.map(() => "?").join(", ");
    return this.db.prepare(`INSERT INTO record_info (${names.join(", ")}) VALUES (${places})`);
  }

  /**
   * Inserts a row and gives its record_id.
   *
   * @param hash of its foreign id
   */
  insert(values: readonly string[], origin: RowOrigin, hash: number): number {
    this.triggers.setAside();
    const bound: string[] = [];
    for (let i = 0; i < values.length; i++) if (this.insertable[i]) bound.push(values[i]);
    const { foreignSource, foreignId, sourceRecord, marcDate, now } = origin;
    bound.push(foreignSource, foreignId, sourceRecord, marcDate, now, now);
    this.insertRow ??= this.prepareInsert();
    this.noteId(hash);
    // One by one: an array would be asked for each of its elements, which costs a tenth of the row.
    return Number(this.insertRow.run(...bound).lastInsertRowid);
  }

  private statementsFor(names: readonly string[]): ColumnStatements {
    const key = names.join();
    let statements = this.ofColumns.get(key);
    if (!statements) {
      const columns = names.map(quoted);
      const sets = columns.map((column) => `${column} = ?`).join(", ");
      if (this.ofColumns.size >= MOST_COLUMN_SETS) this.ofColumns.clear();
      statements = {
        select: this.db.prepare(
          `SELECT ${columns.join(", ")} FROM record_info WHERE record_id = ?`,
        ),
        update: this.db.prepare(`UPDATE record_info SET ${sets} WHERE record_id = ?`),
      };
      this.ofColumns.set(key, statements);
    }
    return statements;
  }

  /** Sets the named columns of one row. */
  update(recordId: number, changes: ReadonlyMap<string, unknown>): void {
    this.triggers.setAside();
    const { update } = this.statementsFor([...changes.keys()]);
    update.run(...changes.values(), recordId);
  }

  /**
   * Some columns of a row by name, for a before-image; none if there is no such row.
   *
   * @param row the row as it stands, if it has been read
   */
  imageOf(
    recordId: number,
    names: readonly string[],
    row: StoredRow | null,
  ): Record<string, unknown> {
    if (names.length === 0) return {};
    const image: Record<string, unknown> = {};
    for (const name of names) {
      const at = name === NUMBER ? undefined : this.at.get(name);
      if (!row?.stored || at === undefined) {
        return this.statementsFor(names).select.get(recordId) ?? {};
      }
      image[name] = row.stored[at];
    }
    return image;
  }

  delete(recordId: number): void {
    this.triggers.setAside();
    this.deleteRow.run(recordId);
  }

  exists(recordId: number): boolean {
    return this.selectImage.get(recordId) !== undefined;
  }

  /** Every column of a row by name, for a before-image. */
  image(recordId: number): Record<string, unknown> | null {
    return this.selectImage.get(recordId) ?? null;
  }

  /** The digest of the record that a row was last made from; null if none is kept. */
  inputDigest(recordId: number): number | null {
    this.selectDigest ??= this.db
      .prepare<[number], number | null>("SELECT input_digest FROM record_state WHERE record_id = ?")
      .pluck();
    return this.selectDigest.get(recordId) ?? null;
  }

  /** Puts a row back exactly as an image has it. */
  restore(image: Readonly<Record<string, unknown>>): void {
    this.triggers.setAside();
    this.distrustFilter();
    const names = Object.keys(image).map(quoted);
    const sql = `INSERT INTO record_info (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})`;
    // Images of one database name the same columns, unless some were added between.
    if (this.restoreRow?.source !== sql) this.restoreRow = this.db.prepare(sql);
    this.restoreRow.run(...Object.values(image));
  }

  /** The numbers of rows behind a record_id, ascending, `limit` at most. */
  after(recordId: number, limit: number): number[] {
    const sql = "SELECT record_id FROM record_info WHERE record_id > ? ORDER BY record_id LIMIT ?";
    return this.db.prepare(sql).pluck().all(recordId, limit) as number[];
  }

  /** The rows of a source behind a record_id, oldest first, `limit` at most. */
  ofSource(foreignSource: string, after: number, limit: number): number[] {
    const sql = `SELECT record_id FROM record_info
      WHERE record_id > ? AND foreign_source = ? ORDER BY record_id LIMIT ?`;
    return this.db.prepare(sql).pluck().all(after, foreignSource, limit) as number[];
  }

  /** How many rows a source has. A source's rows have ids and so stand in the index; local ones do not. */
  countOfSource(foreignSource: string): number {
    const indexed = foreignSource === "" ? "" : "AND foreign_id <> ''";
    const sql = `SELECT count(*) FROM record_info WHERE foreign_source = ? ${indexed}`;
    return this.db.prepare(sql).pluck().get(foreignSource) as number;
  }
}
