/** Programs run by an account that may only read. */

import { spawnSync } from "node:child_process";
import { chmodSync, existsSync } from "node:fs";
import { dirname, join } from "node:path";

const ROOT = join(import.meta.dirname, "../..");
const BIN = join(ROOT, "bin/MARC_import");
/** Built; it loads SQLite. */
const ENGINE = join(ROOT, "dist/store/sqlite/file/engine.js");

/** Another account of the system. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

export const NOBODY: Account = { uid: 65534, gid: 65534 };

/** Whether the tests are allowed to become another account which can reach the program. */
export const CAN_BE_OTHERS =
  process.geteuid?.() === 0 && spawnSync(process.execPath, [ENGINE], NOBODY).status === 0;

/** What a program said, and how it ended. */
export interface Said {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs node in a folder as an account.
 *
 * @param account null for the account of the tests
 */
export function runAs(account: Account | null, cwd: string, args: readonly string[]): Said {
  // What is made for a group must be open to it.
  const command = ["-c", 'umask 007; exec "$@"', "sh", process.execPath, ...args];
  const { status, stdout, stderr } = spawnSync("sh", command, {
    cwd,
    encoding: "utf8",
    ...(account ?? {}),
  });
  return { status, stdout, stderr };
}

/** Runs `MARC_import` in a folder as an account. */
export function programAs(account: Account | null, cwd: string, args: readonly string[]): Said {
  return runAs(account, cwd, [BIN, ...args]);
}

/** Counts the rows as another program does that only reads. @returns the count, or SQLite's code of what is wrong */
export function countAs(account: Account | null, path: string): string {
  const program = `
    const { SqliteDatabase } = await import(process.argv[1]);
    try {
      const db = new SqliteDatabase(process.argv[2], { readonly: true });
      process.stdout.write(String(db.prepare("SELECT count(*) FROM record_info").pluck().get()));
      db.close();
    } catch (error) { process.stdout.write(error.code); }`;
  const args = ["--input-type=module", "-e", program, ENGINE, path];
  return runAs(account, dirname(path), args).stdout;
}

/**
 * Does something while nobody but the superuser may write a database or beside it. Where the tests
 * cannot be another account, their own is kept from writing.
 */
export function whileReadOnly<T>(path: string, work: (reader: Account | null) => T): T {
  const files = ["", "-wal", "-shm"].map((end) => path + end).filter((file) => existsSync(file));
  for (const file of files) chmodSync(file, 0o444);
  chmodSync(dirname(path), 0o555);
  try {
    return work(CAN_BE_OTHERS ? NOBODY : null);
  } finally {
    chmodSync(dirname(path), 0o755);
    for (const file of files) if (existsSync(file)) chmodSync(file, 0o644);
  }
}

/** Whether `whileReadOnly` keeps anybody from writing: the superuser alone may write everywhere. */
export const CAN_BE_KEPT = CAN_BE_OTHERS || process.geteuid?.() !== 0;
