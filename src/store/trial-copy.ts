/** A copy of the database to try an import on, so that a dry run changes and leaves nothing. */

import { constants, copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { asStoreError } from "./store-error.js";

export interface TrialCopy {
  readonly path: string;
  /** Removes the copy. */
  remove(): void;
}

/**
 * Copies the database into a folder of its own; without a database the copy starts empty.
 *
 * @throws StoreError when the database cannot be read
 */
export async function trialCopy(path: string): Promise<TrialCopy> {
  const folder = mkdtempSync(join(tmpdir(), "marc-import-"));
  const copy = join(folder, "trial.sqlite");
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    if (existsSync(path)) await copyDatabase(path, copy);
    return { path: copy, remove };
  } catch (error) {
    remove();
    throw asStoreError(error, path);
  }
}

async function copyDatabase(from: string, to: string): Promise<void> {
  if (isQuiet(from)) {
    const before = stamp(from);
    // Opening a database, even for reading, may leave files beside it; copying the file does not.
    copyFileSync(from, to, constants.COPYFILE_FICLONE);
    if (isQuiet(from) && stamp(from) === before) return;
  }
  const db = new Database(from, { readonly: true, fileMustExist: true });
  try {
    await db.backup(to);
  } finally {
    db.close();
  }
}

/** Whether the file alone is the whole database: no journal of another connection beside it. */
function isQuiet(path: string): boolean {
  return ["-wal", "-journal"].every(
    (end) => !existsSync(path + end) || statSync(path + end).size === 0,
  );
}

function stamp(path: string): string {
  const { size, mtimeMs, ino } = statSync(path);
  return `${size} ${mtimeMs} ${ino}`;
}
