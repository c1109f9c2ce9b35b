/** Another program at work on the same database: plain SQL on a connection of its own. */

import type { Database } from "better-sqlite3";
import { SqliteDatabase } from "../../src/store/sqlite/file/engine.js";

/** Opens the database as another program would, does something with it, and closes it. */
export function otherProgram<T>(path: string, work: (db: Database) => T): T {
  const db = new SqliteDatabase(path);
  try {
    db.pragma("synchronous = OFF");
    return work(db);
  } finally {
    db.close();
  }
}
