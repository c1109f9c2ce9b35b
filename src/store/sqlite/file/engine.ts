/**
 * The one place that loads SQLite. better-sqlite3 13 works on Node 22.14 and later through an interface
 * that later versions keep; Node 20 needs release 12, built for it alone, which node20/install.cjs puts
 * into a folder of its own.
 */

import { createRequire } from "node:module";
import type BetterSqlite from "better-sqlite3";

const require = createRequire(import.meta.url);
const isNode20 = process.versions.node.startsWith("20.");

/** Opens a database file; its types are those of `better-sqlite3`. */
export const SqliteDatabase: typeof BetterSqlite = require(
  isNode20 ? "#better-sqlite3-for-node-20" : "better-sqlite3",
);

/** What SQLite says of a statement that it cannot run; `code` is its extended result code. */
export const { SqliteError } = SqliteDatabase;
