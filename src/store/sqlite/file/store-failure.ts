/** Why the database cannot be used, in terms a user can act on. */

import { Failure, type FailureKind } from "../../../diagnostics/failure.js";
import { SqliteError } from "./engine.js";

/** The failure of the database; whoever carries out the work says what is safe. */
export function storeFailure(
  kind: FailureKind,
  what: string,
  advice: string,
  details: { readonly cause?: unknown } = {},
): Failure {
  return new Failure(kind, what, advice, { safe: null, cause: details.cause });
}

/** The error for a database that is no longer where it was opened. */
export function databaseIsGone(path: string): Failure {
  return storeFailure(
    "gone",
    `${path}: was removed or replaced while the run was writing to it; what the run had committed went with it`,
    "Put the database back, or begin with a new one, and run again without --resume. Move or copy it only while no import runs.",
  );
}

const KINDS: readonly (readonly [
  prefix: string,
  kind: FailureKind,
  what: string,
  advice: string,
])[] = [
  ["SQLITE_FULL", "full", "the disk is full", "Free some space, then run again with --resume."],
  [
    "SQLITE_IOERR_SHMSIZE",
    "full",
    "there is no room for the files beside it",
    "Free some space, then run again with --resume.",
  ],
  [
    "SQLITE_IOERR",
    "io",
    "the disk reported an error",
    "Check the disk, then run again with --resume.",
  ],
  [
    "SQLITE_BUSY",
    "locked",
    "another program is using it",
    "Wait for that program to finish, or give --wait SECONDS.",
  ],
  ["SQLITE_LOCKED", "locked", "another program holds it", "Wait for that program to finish."],
  [
    "SQLITE_READONLY",
    "read-only",
    "it may not be written",
    "Give this account the right to write the file, its folder and the files beside it (-wal, -shm), or name another with --database.",
  ],
  [
    "SQLITE_NOTADB",
    "not-a-database",
    "it is not an SQLite database",
    "Check the path in [Database] or --database; the file was left as it is.",
  ],
  [
    "SQLITE_CORRUPT",
    "corrupt",
    "it is damaged",
    "Run `PRAGMA integrity_check` in the sqlite3 shell and restore a copy if it finds anything.",
  ],
  [
    "SQLITE_CANTOPEN",
    "cannot-open",
    "it cannot be opened",
    "Check that the folder exists and that this account may write there.",
  ],
];

/**
 * Turns an error of SQLite into a failure; any other error is given back as it is.
 *
 * @param path the database file, for the message
 */
export function asStoreFailure(error: unknown, path: string): unknown {
  if (!(error instanceof SqliteError)) return error;
  const known = KINDS.find(([prefix]) => error.code.startsWith(prefix));
  if (!known) return error;
  const [, kind, what, advice] = known;
  return storeFailure(kind, `${path}: ${what} (${error.code}: ${error.message})`, advice, {
    cause: error,
  });
}
