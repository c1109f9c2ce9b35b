/**
 * Side files, from which SQLite copies rows into the database. Each is attached to the connection and gone from
 * its folder within the moment that making them takes: nobody else ever sees one, and none is left behind.
 */

import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database, Statement } from "better-sqlite3";
import { quoted } from "../file/quoted.js";
import { PAGE_SIZE, type RowPages } from "./row-pages.js";

/** As many as SQLite attaches, less two: so many portions make a batch of usual size. */
export const SIDE_FILES = 8;
/** Of the memory in which SQLite keeps what it has read, in KiB: a row is read once, one behind the other. */
const CACHE = 64;
const SCHEMA = "side_";
/** Where the first page tells how large pages are, what of them is kept free, and how texts are encoded. */
const PAGE_SIZE_AT = 16;
const RESERVED_AT = 20;
const ENCODING_AT = 56;
const UTF_8 = 1;

/** Rows of a file that are copied, and what does not stand in them. */
export interface CopiedRows {
  readonly file: number;
  /** One-based, and how many from there on. */
  readonly first: number;
  readonly count: number;
  readonly foreignSource: string;
  /** UTC, ISO 8601 to the second. */
  readonly now: string;
}

/** What the rows become. */
interface SideColumns {
  /** The names of the configuration's fields. */
  readonly names: readonly string[];
  /** By field index: whether a row may hold anything there. */
  readonly insertable: readonly boolean[];
  /** How many value columns the table has. */
  readonly count: number;
}

interface SideFile {
  readonly descriptor: number;
  /** As the engine has made it; it tells how often the file was changed. */
  readonly firstPage: Buffer;
  rows: Statement | null;
  states: Statement | null;
}

export class SideTables {
  private constructor(
    private readonly db: Database,
    private readonly columns: SideColumns,
    private readonly folder: string,
    private readonly files: readonly SideFile[],
  ) {}

  /**
   * Makes the files where the system keeps what is of the moment; outside of any transaction.
   *
   * @returns null where that is not possible
   */
  static open(db: Database, columns: SideColumns): SideTables | null {
    let folder: string | null = null;
    const files: SideFile[] = [];
    try {
      folder = mkdtempSync(join(tmpdir(), "marc_import_side_"));
      for (let file = 0; file < SIDE_FILES; file++) {
        files.push(attached(db, { path: join(folder, String(file)), file, columns }));
      }
    } catch {
      // Rows are inserted one by one, then.
      for (const { name } of db.pragma("database_list") as { name: string }[]) {
        if (name.startsWith(SCHEMA)) db.exec(`DETACH ${name}`);
      }
      for (const { descriptor } of files) closeSync(descriptor);
      removeIfPossible(folder);
      return null;
    }
    removeIfPossible(folder);
    return new SideTables(db, columns, folder, files);
  }

  /**
   * Fills a file, which no open transaction may have read.
   *
   * @returns false if there is no room for it
   */
  fill(file: number, pages: RowPages): boolean {
    const { descriptor, firstPage } = this.files[file];
    const bytes = pages.file(firstPage);
    try {
      return writeSync(descriptor, bytes, 0, bytes.length, 0) === bytes.length;
    } catch {
      return false;
    }
  }

  /** Copies rows into the database; gives the record_id of the first, behind which the others follow. */
  copy({ file, first, count, foreignSource, now }: CopiedRows): number {
    const of = this.files[file];
    of.rows ??= this.db.prepare(this.copyRows(file));
    of.states ??= this.db.prepare(copyStates(file));
    const last = first + count - 1;
    const rows = of.rows.run(foreignSource, now, now, first, last);
    const firstId = Number(rows.lastInsertRowid) - count + 1;
    const states = of.states.run(firstId - first, this.columns.count, first, last);
    if (rows.changes !== count || states.changes !== count) {
      throw new Error(`of ${count} rows a side file gave ${rows.changes} and ${states.changes}`);
    }
    return firstId;
  }

  private copyRows(file: number): string {
    const { names, insertable } = this.columns;
    const written = names.flatMap((name, index) => (insertable[index] ? [{ name, index }] : []));
    return `INSERT OR FAIL INTO main.record_info
        (${written.map(({ name }) => `${quoted(name)}, `).join("")}foreign_source, foreign_id,
        source_record, marc_date, date_created, date_modified)
      SELECT ${written.map(({ index }) => `v${index}, `).join("")}?, foreign_id,
        source_record, marc_date, ?, ? ${rowsOf(file)}`;
  }

  /** To be called when the database has been closed. */
  close(): void {
    for (const { descriptor } of this.files) closeSync(descriptor);
    removeIfPossible(this.folder);
  }
}

/**
 * Without OR FAIL a statement of several rows would keep copies of the pages that it changes, to take itself back
 * alone; ours are taken back with their transaction.
 */
function copyStates(file: number): string {
  return `INSERT OR FAIL INTO main.record_state
      (record_id, input_digest, written, fallback_url, evidence)
    SELECT row + ?, input_digest, ?, fallback_url, nullif(evidence, '') ${rowsOf(file)}`;
}

function rowsOf(file: number): string {
  return `FROM ${SCHEMA}${file}.rows WHERE row BETWEEN ? AND ? ORDER BY row`;
}

interface Attached {
  readonly path: string;
  readonly file: number;
  readonly columns: SideColumns;
}

function attached(db: Database, { path, file, columns }: Attached): SideFile {
  const schema = `${SCHEMA}${file}`;
  db.prepare(`ATTACH ? AS ${schema}`).run(path);
  db.pragma(`${schema}.page_size = ${PAGE_SIZE}`);
  db.pragma(`${schema}.journal_mode = OFF`);
  db.pragma(`${schema}.synchronous = OFF`);
  db.pragma(`${schema}.cache_size = -${CACHE}`);
  const values = columns.names.map((_, index) => `, v${index}`).join("");
  db.exec(`CREATE TABLE ${schema}.rows (row INTEGER PRIMARY KEY, input_digest, fallback_url,
    source_record, control_number, foreign_id, marc_date, evidence${values})`);
  const descriptor = openSync(path, "r+");
  const firstPage = Buffer.alloc(PAGE_SIZE);
  readSync(descriptor, firstPage, 0, PAGE_SIZE, 0);
  if (isOfPages(firstPage)) return { descriptor, firstPage, rows: null, states: null };
  closeSync(descriptor);
  throw new Error("a file of another form than RowPages writes");
}

/** Whether a file has pages as we write them: a database of UTF-16 attaches only its like. */
function isOfPages(firstPage: Buffer): boolean {
  return (
    firstPage.readUInt16BE(PAGE_SIZE_AT) === PAGE_SIZE &&
    firstPage[RESERVED_AT] === 0 &&
    firstPage.readUInt32BE(ENCODING_AT) === UTF_8
  );
}

/** Some systems keep what is open: there it goes when all is closed. */
function removeIfPossible(folder: string | null): void {
  try {
    if (folder !== null) rmSync(folder, { recursive: true, force: true });
  } catch {
    // As said.
  }
}
