import fs, { cpSync, mkdirSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { undoRun } from "../../src/running/undo.js";
import { SqliteStore } from "../../src/store/sqlite/file/store.js";
import { otherProgram } from "../support/other-program.js";
import { RunFolder } from "../support/run-harness.js";
import { confOf, FILES, prepare } from "./jobs.js";
import { start } from "./program.js";
import { differences, wholeState } from "./whole-state.js";

let folder: RunFolder;
beforeEach(async () => {
  folder = new RunFolder(confOf({ source: "test", policy: "MERGE", verbosity: 4 }));
  await prepare(folder);
  await folder.import(FILES);
});
afterEach(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
  folder.remove();
});

const state = () => wholeState(folder.path, null);
const undo = () => undoRun({ config: folder.config(), run: "last", force: false, wait: 0 });
const database = () => join(folder.path, "ivia.sqlite");
const holder = () => folder.with((store) => store.leaseHolder());

/** Gives every store that is opened a database that can have so many pages. */
function limitPages(limit: number): void {
  const open = SqliteStore.open.bind(SqliteStore);
  vi.spyOn(SqliteStore, "open").mockImplementation((...args) => {
    const store = open(...args);
    if (!store.readOnly) store.db.pragma(`max_page_count = ${limit}`);
    return store;
  });
}

describe("an undo on a disk that is full", () => {
  it("takes nothing back wherever it is full, and does when there is room", async () => {
    otherProgram(database(), (db) =>
      db.exec("PRAGMA journal_mode = delete; PRAGMA page_size = 512; VACUUM"),
    );
    const pages = otherProgram(database(), (db) => db.pragma("page_count", { simple: true }));
    const copy = new RunFolder("");
    cpSync(folder.path, copy.path, { recursive: true });
    const before = state();
    let failures = 0;
    for (let limit = Number(pages); ; limit += 3) {
      limitPages(limit);
      const failure = await undo().then(
        () => null,
        (error) => error,
      );
      vi.restoreAllMocks();
      if (failure === null) break;
      failures++;
      expect(failure).toMatchObject({
        exitStatus: 6,
        message: expect.stringMatching(/the disk is full .*; nothing was taken back$/),
      });
      expect(differences(before, state())).toEqual([]);
      expect(holder()).toBeNull();
    }
    expect(failures).toBeGreaterThan(3);
    copy.remove();
  });
});

describe("an undo whose log cannot be written", () => {
  it("takes nothing back where the log cannot even be opened", async () => {
    const before = state();
    folder.write("file", "");
    const { end } = start(folder.path, ["undo", "job.conf", "last", "--log-dir", "file"]);
    expect(await end).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/the log cannot be written: ENOTDIR.*\n.*--log-dir/),
    });
    expect(differences(before, state())).toEqual([]);
    expect(holder()).toBeNull();
  });

  it("tells on standard error at which write it failed, and whether it took something back", async () => {
    const before = state();
    const told = new Set<boolean>();
    for (let at = 1; ; at++) {
      const failure = await failingAt(at);
      if (failure === null) break;
      expect(failure).toMatchObject({ exitStatus: 6 });
      const isTaken = !failure.message.includes("nothing was taken back");
      told.add(isTaken);
      expect(differences(before, state()).length > 0, failure.message).toBe(isTaken);
      expect(holder()).toBeNull();
      if (isTaken) break;
    }
    expect(told).toEqual(new Set([false, true]));
  });

  /** Lets the writes of an undo's log fail from the `at`-th on. */
  async function failingAt(at: number): Promise<Error | null> {
    let calls = 0;
    const real = fs.writeSync as (...args: unknown[]) => number;
    vi.spyOn(fs, "writeSync").mockImplementation((...args: unknown[]) => {
      if (++calls < at) return real(...args);
      throw Object.assign(new Error("ENOSPC: injected, write"), {
        code: "ENOSPC",
        syscall: "write",
      });
    });
    syncBuiltinESMExports();
    const failure = await undo().then(
      () => null,
      (error) => error,
    );
    vi.restoreAllMocks();
    syncBuiltinESMExports();
    return failure;
  }
});

describe("an undo that fails", () => {
  it("is told on standard error with its exit status", async () => {
    mkdirSync(join(folder.path, "other"));
    const args = ["undo", "job.conf", "20200101T000000Z-000000"];
    expect(await start(folder.path, args).end).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringContaining('this database has no run "20200101T000000Z-000000"'),
    });
    otherProgram(database(), (db) => db.exec("UPDATE record_info SET title = 'By hand'"));
    const { status, stdout, stderr } = await start(folder.path, ["undo", "job.conf", "last"]).end;
    expect(status).toBe(1);
    expect(stdout).toContain("somebody else has edited it since");
    expect(stderr).toBe("");
  });
});
