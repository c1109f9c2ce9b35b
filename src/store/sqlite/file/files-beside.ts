/**
 * The files that SQLite keeps beside a database in WAL mode. Even a connection that only reads makes
 * them; it cannot take them away again, and where they belong to another account than the importer's
 * they lock the importer out.
 */

import { accessSync, closeSync, constants, existsSync, openSync, readSync } from "node:fs";
import { dirname } from "node:path";
import { SqliteDatabase } from "./engine.js";

/**
 * Call before a database is opened to look at it.
 *
 * @returns what to do when it has been closed: takes away what the look has made beside it. What was
 *   there before is left as it was found.
 */
export function leaveNothing(path: string): () => void {
  if (hasFilesBeside(path) || !mayWrite(path) || !mayWrite(dirname(path))) return () => undefined;
  return () => {
    if (!hasFilesBeside(path)) return;
    try {
      takeFilesAway(path);
    } catch {
      // Somebody else works on it by now, who will take them away.
    }
  };
}

/** Whether a look at a database would leave files beside it that this account cannot take away. */
export function readingLeavesFiles(path: string): boolean {
  return mayWrite(dirname(path)) && !mayWrite(path) && !hasFilesBeside(path) && isWal(path);
}

/**
 * Opens and closes a database as a writer does, which moves the log into it and takes the files away,
 * unless somebody else has it open.
 */
export function takeFilesAway(path: string): void {
  const db = new SqliteDatabase(path, { fileMustExist: true, timeout: 1000 });
  try {
    db.pragma("user_version");
  } finally {
    db.close();
  }
}

function hasFilesBeside(path: string): boolean {
  return existsSync(`${path}-wal`) || existsSync(`${path}-shm`);
}

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Byte 19 of the header is the version that a reader must know: 2 for a write-ahead log. */
function isWal(path: string): boolean {
  const header = Buffer.alloc(20);
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    return false; // Opening it will tell.
  }
  try {
    return readSync(file, header) === header.length && header[19] === 2;
  } finally {
    closeSync(file);
  }
}
