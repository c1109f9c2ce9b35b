/** A copy of the database to try an import on, so that a dry run changes and leaves nothing. */

import {
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  mkdtempSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { TrialCopy } from "../../port.js";
import { SqliteDatabase } from "./engine.js";
import { checkPath } from "./open-database.js";
import { asStoreFailure, storeFailure } from "./store-failure.js";

/**
 * Copies the database into a folder of its own; without a database the copy starts empty. The copy
 * goes with the process, if nobody removes it before.
 *
 * @throws Failure when the database cannot be read, or the copy does not fit
 */
export async function trialCopy(path: string): Promise<TrialCopy> {
  checkPath({ path });
  const folder = makeFolder(path);
  const copy = join(folder, "trial.sqlite");
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  // A second signal leaves at once.
  process.once("exit", removeFolder);
  const remove = () => {
    process.off("exit", removeFolder);
    removeFolder();
  };
  try {
    if (existsSync(path)) await copyDatabase(path, copy);
    return { path: copy, remove };
  } catch (error) {
    remove();
    throw asCopyError(error, path);
  }
}

function makeFolder(path: string): string {
  try {
    return mkdtempSync(join(tmpdir(), "marc-import-"));
  } catch (error) {
    throw storeFailure(
      "io",
      `${path}: no copy of it can be made in ${tmpdir()} (${(error as Error).message})`,
      "A look at what an import would do works on a copy: name a folder that exists and that you may write to in TMPDIR.",
      { cause: error },
    );
  }
}

function asCopyError(error: unknown, path: string): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "EACCES" || code === "EPERM") {
    const advice = "Give this account the right to read the file.";
    return storeFailure("cannot-open", `${path}: ${message}`, advice, { cause: error });
  }
  if (code === "ENOSPC" || code === "EDQUOT" || code === "SQLITE_FULL") {
    return storeFailure(
      "full",
      `${path}: there is no room for a copy of it in ${tmpdir()} (${message})`,
      "A dry run works on a copy: free some space there, or name another folder in TMPDIR.",
      { cause: error },
    );
  }
  return asStoreFailure(error, path);
}

/** The database and the journals that belong to it. */
const FILES = ["", "-wal", "-journal"] as const;
/** Milliseconds after which two writes cannot bear the same time. */
const SETTLED_MS = 50;
/** How often a database is looked at that somebody writes. */
const LOOKS = 5;

/**
 * Opening a database, even for reading, may leave files beside it; copying files does not. A journal
 * that a dead program has left behind is copied along, and the copy is mended by it.
 */
async function copyDatabase(from: string, to: string): Promise<void> {
  for (let look = 0; look < LOOKS; look++) {
    if (Date.now() - lastWritten(from) < SETTLED_MS) await sleep(SETTLED_MS);
    else if (copyFiles(from, to)) return;
  }
  // Somebody is writing: only SQLite can tell where one state ends and the next begins.
  for (const end of FILES) rmSync(to + end, { force: true });
  const db = new SqliteDatabase(from, { readonly: true, fileMustExist: true });
  try {
    await db.backup(to);
  } finally {
    db.close();
  }
}

/** @returns false if somebody has written meanwhile */
function copyFiles(from: string, to: string): boolean {
  const before = stamps(from);
  for (const end of FILES) {
    rmSync(to + end, { force: true });
    if (!existsSync(from + end)) continue;
    copyFileSync(from + end, to + end, constants.COPYFILE_FICLONE);
    // The copy of a file that may only be read could only be read, too.
    chmodSync(to + end, 0o600);
  }
  return stamps(from) === before;
}

/** Milliseconds since 1970; a clock that was set back does not count. */
function lastWritten(path: string): number {
  const times = FILES.map((end) => statSync(path + end, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  const last = Math.max(...times);
  return last > Date.now() + SETTLED_MS ? 0 : last;
}

/** What changes with every write to the database or to a journal beside it. */
function stamps(path: string): string {
  const stamp = (file: string) => {
    const stats = statSync(file, { throwIfNoEntry: false, bigint: true });
    return stats ? `${stats.size} ${stats.mtimeNs} ${stats.ino}` : "";
  };
  return FILES.map((end) => stamp(path + end)).join("; ");
}
