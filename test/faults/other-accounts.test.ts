/** Readers under an account that may not write the database, beside an import and after it. */

import { chmodSync, chownSync, existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SqliteDatabase } from "../../src/store/sqlite/file/engine.js";
import {
  type Account,
  CAN_BE_KEPT,
  CAN_BE_OTHERS,
  countAs,
  programAs,
  whileReadOnly,
} from "../support/account.js";
import { RunFolder } from "../support/run-harness.js";
import { confOf, marc } from "./jobs.js";
import { start, until } from "./program.js";

/** More than the first look at a pipe takes. */
const RECORDS = 150;
const records = Array.from({ length: RECORDS }, (_, index) =>
  marc({ id: `id${index}`, title: `Title ${index}`, publisher: "x".repeat(9000) }),
);

let folder: RunFolder;
const database = () => join(folder.path, "ivia.sqlite");
const beside = () => readdirSync(folder.path).filter((name) => name.startsWith("ivia.sqlite"));

function prepare(journal: string): void {
  folder = new RunFolder(
    confOf({ source: "test", policy: "KEEP_ALL", database: `journal = ${journal}` }),
  );
  folder.write("one.mrc", records[0]);
  folder.write("in.mrc", Buffer.concat(records.slice(0, 12)));
  chmodSync(folder.path, 0o755);
}
afterEach(() => folder.remove());

/** Committed rows; 0 as long as there are none, or they cannot be seen. */
function rows(): number {
  if (!existsSync(database())) return 0;
  const db = new SqliteDatabase(database(), { readonly: true });
  try {
    return db.prepare("SELECT count(*) FROM record_info").pluck().get() as number;
  } catch {
    return 0;
  } finally {
    db.close();
  }
}

/** An import from a pipe that has committed something and waits for more. */
async function working() {
  const running = start(folder.path, ["job.conf", "-"]);
  running.process.stdin?.write(Buffer.concat(records));
  await until(() => rows() > 0);
  return running;
}

/** The commands that only look, and what each of them shows. */
const commands = (run: string): readonly (readonly [args: string[], shows: RegExp])[] => [
  [["runs", "job.conf"], / (running|done) /],
  [["diff", "job.conf", run], /created/],
  [["report", "job.conf", "last"], /<html/],
  [["explain", "job.conf", "one.mrc"], /DECISION/],
];

/** Lets a reader give all of them, and nothing of it stay. */
function mustLook(run: string, reader: Account | null): void {
  const before = beside();
  for (const [args, shows] of commands(run)) {
    const said = programAs(reader, folder.path, args);
    expect(said, args[0]).toMatchObject({ status: 0, stderr: "" });
    expect(said.stdout, args[0]).toMatch(shows);
  }
  expect(beside()).toEqual(before);
}

describe.runIf(CAN_BE_KEPT).each(["wal", "delete"])("a reader in mode %s", (journal) => {
  beforeEach(() => prepare(journal));

  it("sees what is committed while an import is under way, and does not disturb it", async () => {
    expect((await folder.import(["one.mrc"])).summary.exitStatus).toBe(0);
    const { process: program, end } = await working();
    const seen = whileReadOnly(database(), (reader) => countAs(reader, database()));
    expect(Number(seen)).toBeGreaterThan(0);
    program.stdin?.end();
    expect(await end).toMatchObject({ status: 0, stderr: "" });
    expect(rows()).toBe(RECORDS);
  });

  it("can read it at rest only where no write-ahead log is wanted", async () => {
    await folder.import(["in.mrc"]);
    const seen = whileReadOnly(database(), (reader) => countAs(reader, database()));
    if (journal === "delete") expect(seen).toBe("12");
    else expect(seen).toMatch(/^SQLITE_(READONLY_DIRECTORY|CANTOPEN)$/);
  });

  it("can look at runs, diffs, reports and explanations, at rest", async () => {
    const { summary } = await folder.import(["in.mrc"]);
    whileReadOnly(database(), (reader) => mustLook(summary.run, reader));
    expect(beside()).toEqual(["ivia.sqlite"]);
  });

  it("can look at them while an import is under way", async () => {
    const { summary } = await folder.import(["in.mrc"]);
    const { process: program, end } = await working();
    whileReadOnly(database(), (reader) => mustLook(summary.run, reader));
    program.stdin?.end();
    expect(await end).toMatchObject({ status: 0, stderr: "" });
  });
});

describe("a reader who reads for long", () => {
  it.each(["wal", "delete"])("is waited for where there is no other way: %s", async (journal) => {
    prepare(journal);
    await folder.import(["one.mrc"]);
    const long = new SqliteDatabase(database(), { readonly: true });
    long.exec("BEGIN");
    expect(long.prepare("SELECT count(*) FROM record_info").pluck().get()).toBe(1);
    let ended = false;
    const { end } = start(folder.path, ["job.conf", "in.mrc", "--wait", "60"]);
    end.then(() => {
      ended = true;
    });
    if (journal === "delete") {
      await new Promise((done) => setTimeout(done, 1500));
      expect(ended).toBe(false);
      long.exec("COMMIT");
    }
    expect(await end).toMatchObject({ status: 0, stderr: "" });
    long.close();
    expect(rows()).toBe(12);
  });
});

describe.runIf(CAN_BE_KEPT)("one who may not even read", () => {
  it("is told plainly", async () => {
    prepare("wal");
    const { summary } = await folder.import(["in.mrc"]);
    whileReadOnly(database(), (reader) => {
      chmodSync(database(), 0o000);
      for (const [args] of commands(summary.run)) {
        const { status, stderr } = programAs(reader, folder.path, args);
        expect(status, args[0]).toBe(4);
        expect(stderr).toContain("Give this account the right to read the file.");
      }
    });
  });
});

describe("one who may write", () => {
  it("leaves nothing beside the database either, and not what is at work there", async () => {
    prepare("wal");
    const { summary } = await folder.import(["in.mrc"]);
    mustLook(summary.run, null);
    expect(beside()).toEqual(["ivia.sqlite"]);
    const { process: program, end } = await working();
    mustLook(summary.run, null);
    program.stdin?.end();
    expect(await end).toMatchObject({ status: 0, stderr: "" });
    expect(beside()).toEqual(["ivia.sqlite"]);
  });
});

describe.runIf(CAN_BE_OTHERS)("in a folder that more than one account may write", () => {
  const GROUP = 64_000;
  const importer: Account = { uid: 64_001, gid: GROUP };
  const reader: Account = { uid: 64_002, gid: GROUP };
  const stranger: Account = { uid: 64_003, gid: 64_003 };

  beforeEach(() => {
    prepare("wal");
    chownSync(folder.path, importer.uid, importer.gid);
  });
  const importAs = (account: Account) =>
    programAs(account, folder.path, ["job.conf", "in.mrc", "--again"]);

  it("a group that shares the database reads and imports by turns", () => {
    chmodSync(folder.path, 0o2770);
    expect(importAs(importer)).toMatchObject({ status: 0, stderr: "" });
    // SQLite makes a database that its owner alone may write.
    chmodSync(database(), 0o660);
    // Opened by the library, which leaves its files.
    expect(countAs(reader, database())).toBe("12");
    expect(importAs(importer)).toMatchObject({ status: 0, stderr: "" });
    expect(countAs(reader, database())).toBe("12");
    expect(beside()).toContain("ivia.sqlite-shm");
    expect(importAs(reader)).toMatchObject({ status: 0, stderr: "" });
  });

  it("a reader's files are in the importer's way if the database is not shared; ours never", () => {
    chmodSync(folder.path, 0o777);
    expect(importAs(importer).status).toBe(0);
    chmodSync(database(), 0o644);
    expect(programAs(stranger, folder.path, ["runs", "job.conf"]).status).toBe(0);
    expect(beside()).toEqual(["ivia.sqlite"]);
    expect(importAs(importer)).toMatchObject({ status: 0, stderr: "" });
    expect(countAs(stranger, database())).toBe("12");
    const { status, stderr } = importAs(importer);
    expect(status).toBe(4);
    expect(stderr).toContain("the files beside it (-wal, -shm)");
    // As its advice says.
    for (const end of ["-wal", "-shm"]) chownSync(database() + end, importer.uid, importer.gid);
    expect(importAs(importer)).toMatchObject({ status: 0, stderr: "" });
  });
});
