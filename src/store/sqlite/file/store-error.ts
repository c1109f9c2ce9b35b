/** Why the database cannot be used, in terms a user can act on. */

import { SqliteError } from "better-sqlite3";

type StoreErrorKind =
  | "locked"
  | "read-only"
  | "not-a-database"
  | "newer-schema"
  | "foreign-database"
  | "cannot-open"
  | "corrupt"
  /** Removed or replaced while it was written: what was committed went with it. */
  | "gone"
  | "full"
  | "io";

/** A failure of the database. `kind` decides the exit status; `cause` is the original error. */
export class StoreError extends Error {
  constructor(
    readonly kind: StoreErrorKind,
    message: string,
    readonly advice: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = "StoreError";
  }

  /** 6 where the disk is at fault, 4 where the database is. */
  get exitStatus(): 4 | 6 {
    return this.kind === "full" || this.kind === "io" ? 6 : 4;
  }
}

/** The error for a database that is no longer where it was opened. */
export function databaseIsGone(path: string): StoreError {
  return new StoreError(
    "gone",
    `${path}: was removed or replaced while the run was writing to it; what the run had committed went with it`,
    "Put the database back, or begin with a new one, and run again without --resume. Move or copy it only while no import runs.",
  );
}

const KINDS: readonly (readonly [
  prefix: string,
  kind: StoreErrorKind,
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
 * Turns an error of SQLite into a StoreError; any other error is given back as it is.
 *
 * @param path the database file, for the message
 */
export function asStoreError(error: unknown, path: string): unknown {
  if (!(error instanceof SqliteError)) return error;
  const known = KINDS.find(([prefix]) => error.code.startsWith(prefix));
  if (!known) return error;
  const [, kind, what, advice] = known;
  return new StoreError(kind, `${path}: ${what} (${error.code}: ${error.message})`, advice, {
    cause: error,
  });
}
