/**
 * The floor: how fast SQLite's own shell takes the finished rows of one of our databases, in input
 * order, into the same tables with the same indexes, journal, page size and cache. No triggers: an
 * import sets them aside, too.
 */

import { closeSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { SqliteDatabase } from "../../dist/store/sqlite/file/engine.js";
import { measure } from "../measure.mjs";

const FIELD = "\x1f";
const ROW = "\x1e";
const BLOCK = 1 << 20;
/** KiB of page cache, as the program sets it; the database file does not tell. */
const CACHE_KIB = 64 * 1024;

/**
 * Writes the rows of a finished import as text files, with a script for the sqlite3 shell.
 *
 * @param {string} database a database that an import has filled
 * @param {string} directory where to put them; emptied first
 * @returns {() => Promise<import("../measure.mjs").Measurement>} loads them into a new database
 */
export function prepareFloor(database, directory) {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const db = new SqliteDatabase(database, { readonly: true });
  const imports = dataTables(db).map((table) => {
    const path = join(directory, `${table}.rows`);
    writeRows(db, table, path);
    return `.import "${path}" ${table}`;
  });
  const script = [...settings(db), ...schema(db), ".mode ascii", ...imports, ""].join("\n");
  db.close();
  writeFileSync(join(directory, "load.sql"), script);
  const target = join(directory, "floor.sqlite");
  return () => {
    for (const suffix of ["", "-wal", "-shm", "-journal"]) rmSync(target + suffix, { force: true });
    return measure(["sqlite3", "-bail", target], { input: script });
  };
}

function settings(db) {
  const journal = db.pragma("journal_mode", { simple: true });
  return [
    `PRAGMA page_size = ${db.pragma("page_size", { simple: true })};`,
    `PRAGMA journal_mode = ${journal};`,
    `PRAGMA synchronous = ${journal === "wal" ? "NORMAL" : "FULL"};`,
    `PRAGMA cache_size = -${CACHE_KIB};`,
    "PRAGMA temp_store = MEMORY;",
  ];
}

function schema(db) {
  const statements = db
    .prepare(
      "SELECT sql FROM sqlite_schema WHERE type <> 'trigger' AND sql IS NOT NULL AND name NOT LIKE 'sqlite_%'",
    )
    .pluck()
    .all();
  return statements.map((sql) => `${sql};`);
}

/** Tables that hold rows, in the order in which they were made. */
function dataTables(db) {
  const names = db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all();
  return names.filter((name) => db.prepare(`SELECT 1 FROM "${name}" LIMIT 1`).get());
}

function writeRows(db, table, path) {
  const columns = db.pragma(`table_info(${table})`).map(({ name }) => name);
  // Match keys stand in the order of the keys; the importer met them in the order of the records.
  const order = ["change_number", "record_id"].find((name) => columns.includes(name));
  const sql = `SELECT * FROM "${table}" ${order ? `ORDER BY ${order}` : ""}`;
  const file = openSync(path, "w");
  let block = "";
  for (const row of db.prepare(sql).raw().iterate()) {
    block += row.map(shellText).join(FIELD) + ROW;
    if (block.length < BLOCK) continue;
    writeSync(file, block);
    block = "";
  }
  writeSync(file, block);
  closeSync(file);
}

/** A value as the shell reads it. Blobs become text of the same length, since it takes no others. */
function shellText(value) {
  if (value === null) return "";
  if (Buffer.isBuffer(value)) return value.map((byte) => 0x40 | (byte & 0x3f)).toString("latin1");
  return String(value);
}
