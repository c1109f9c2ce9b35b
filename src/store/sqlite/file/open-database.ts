/** Opening the file: what it must be, and how SQLite is set up for it. */

import { type Stats, statSync } from "node:fs";
import { dirname } from "node:path";
import type { Database } from "better-sqlite3";
import type { JobConfig } from "../../../config/job/job-config.js";
import { Failure } from "../../../diagnostics/failure.js";
import { SqliteDatabase } from "./engine.js";
import { keepLogInProportion } from "./log-size.js";
import { APPLICATION_ID, migrate, SCHEMA_VERSION } from "./schema.js";
import { asStoreFailure, storeFailure } from "./store-failure.js";

interface OpenOptions {
  /** Absolute path. */
  readonly path: string;
  readonly journal: "wal" | "delete";
  /** Milliseconds to wait for a lock held by another program. */
  readonly busyTimeout?: number;
  /** Open for reading only; the file must exist and have our schema. */
  readonly readOnly?: boolean;
}

const BUSY_TIMEOUT = 10_000;
/** Kibibytes of page cache; bounds memory whatever the size of the catalogue. */
const CACHE_KIB = 64 * 1024;

export const RUN_FIRST = "Run an import first, or check the path in [Database] or --database.";

/**
 * Opens the database, creating or migrating it unless `readOnly`.
 *
 * @throws Failure when the file is not usable; nothing was changed then
 */
export function openDatabase(options: OpenOptions): Database {
  checkPath(options);
  let db: Database | undefined;
  try {
    db = new SqliteDatabase(options.path, {
      readonly: options.readOnly ?? false,
      fileMustExist: options.readOnly ?? false,
      timeout: options.busyTimeout ?? BUSY_TIMEOUT,
    });
    checkIdentity(db, options);
    if (!options.readOnly) prepareForWriting(db, options);
    return db;
  } catch (error) {
    db?.close();
    throw asStoreFailure(error, options.path);
  }
}

/**
 * Opens the database of a configuration, or a copy of it.
 *
 * @param path of what is opened; what is wrong with a copy is told of the database itself
 * @throws Failure as `openDatabase`
 */
export function openFor(
  { database: { journal, path: stated } }: Pick<JobConfig, "database">,
  path: string,
  readOnly: boolean,
): Database {
  try {
    return openDatabase({ path, journal, readOnly });
  } catch (error) {
    if (path === stated || !(error instanceof Failure)) throw error;
    const { kind, what, advice, cause } = error;
    throw storeFailure(kind, what.replaceAll(path, stated), advice, { cause });
  }
}

/** @throws Failure when no database can be at a path, or none is there where it must be */
export function checkPath({ path, readOnly }: Pick<OpenOptions, "path" | "readOnly">): void {
  const folder = statsOf(dirname(path));
  if (!folder?.isDirectory()) {
    throw storeFailure(
      "cannot-open",
      `${path}: its folder ${folder === undefined ? "does not exist" : "is a file"}`,
      "Create the folder, or name another database in [Database] path or with --database.",
    );
  }
  const stats = statsOf(path);
  if (stats !== undefined && !stats.isFile()) {
    throw storeFailure(
      "cannot-open",
      `${path}: is ${kindOf(stats)}`,
      "Name a file in [Database] path or with --database.",
    );
  }
  if (readOnly && stats === undefined) {
    throw storeFailure("cannot-open", `${path}: there is no such database`, RUN_FIRST);
  }
}

/** @throws Failure (4) where the path itself cannot be: a loop of links, a file for a folder, a name too long */
function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw storeFailure(
      "cannot-open",
      `${path}: ${(error as Error).message}`,
      "Name another file in [Database] path or with --database.",
      { cause: error },
    );
  }
}

/** SQLite would wait at some of these for ever, and write nothing into others. */
function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return "a directory";
  if (stats.isFIFO()) return "a FIFO";
  return stats.isSocket() ? "a socket" : "a device";
}

interface Identity {
  readonly version: number;
  readonly application: number;
  readonly tables: number;
}

/** All of one moment: another importer may be making the database just now. */
function identityOf(db: Database): Identity {
  const read = db.transaction(() => ({
    version: db.pragma("user_version", { simple: true }) as number,
    application: db.pragma("application_id", { simple: true }) as number,
    tables: db.prepare("SELECT count(*) FROM sqlite_schema").pluck().get() as number,
  }));
  return read.deferred();
}

function checkIdentity(db: Database, { path, readOnly }: OpenOptions): void {
  const { version, application, tables } = identityOf(db);
  if (application === APPLICATION_ID) {
    if (version <= SCHEMA_VERSION) return;
    throw storeFailure(
      "newer-schema",
      `${path}: was written by a newer MARC_import (schema ${version}, this program knows ${SCHEMA_VERSION})`,
      "Install the newer program; this one changed nothing.",
    );
  }
  if (tables > 0) {
    throw storeFailure(
      "foreign-database",
      `${path}: is an SQLite database of another program`,
      "Name another file in [Database] path or with --database; this one was left as it is.",
    );
  }
  if (readOnly) {
    throw storeFailure("unwritten", `${path}: is empty, no import has written to it`, RUN_FIRST);
  }
}

function prepareForWriting(db: Database, options: OpenOptions): void {
  const empty = db.pragma("page_count", { simple: true }) === 0;
  if (empty) db.pragma("page_size = 8192");
  db.pragma(`journal_mode = ${options.journal}`);
  db.pragma(`synchronous = ${options.journal === "wal" ? "NORMAL" : "FULL"}`);
  db.pragma(`cache_size = -${CACHE_KIB}`);
  keepLogInProportion(db);
  db.pragma("temp_store = MEMORY");
  migrate(db);
  // A database that may not be written must be known before any input is read. Beginning to write
  // is not enough: SQLite begins a reading transaction where it may only read.
  db.exec("BEGIN IMMEDIATE; INSERT INTO keyed_methods VALUES (''); ROLLBACK");
}
