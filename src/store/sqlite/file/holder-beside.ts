/** Who is at work on a database, asked without opening it for writing. */

import { existsSync } from "node:fs";
import type { Database } from "better-sqlite3";
import type { LeaseHolder } from "../../port.js";
import { Lease } from "../register/lease.js";
import { openDatabase } from "./open-database.js";

/**
 * Who holds a database that others work on just now, as far as it can be told without a lock. Null
 * if nobody does: a database at rest is not even opened, since that may leave files beside it.
 */
export function holderBeside(path: string): LeaseHolder | null {
  if (!["-wal", "-journal"].some((end) => existsSync(path + end))) return null;
  let db: Database | undefined;
  try {
    db = openDatabase({ path, journal: "wal", readOnly: true, busyTimeout: 1000 });
    return Lease.holder(db);
  } catch {
    // Whatever is wrong with it, opening it to write will tell.
    return null;
  } finally {
    db?.close();
  }
}
