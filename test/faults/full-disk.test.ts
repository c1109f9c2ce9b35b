import fs, { cpSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import type { Database } from "better-sqlite3";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { Failure } from "../../src/diagnostics/failure.js";
import { SqliteDatabase } from "../../src/store/sqlite/file/engine.js";
import { SqliteStore } from "../../src/store/sqlite/file/store.js";
import { otherProgram } from "../support/other-program.js";
import { RunFolder } from "../support/run-harness.js";
import { failureOf, mustEndRight } from "./after-a-fault.js";
import { confOf, FILES, prepare } from "./jobs.js";
import { type WholeState, wholeState } from "./whole-state.js";

let before: RunFolder;
let straight: WholeState;
let pages: { readonly before: number; readonly after: number };

/** Small pages, so that many writes need a new one. */
function usePages(path: string): void {
  otherProgram(path, (db) =>
    db.exec("PRAGMA journal_mode = delete; PRAGMA page_size = 512; VACUUM"),
  );
}

function pageCount(folder: RunFolder): number {
  return otherProgram(
    join(folder.path, "ivia.sqlite"),
    (db) => db.pragma("page_count", { simple: true }) as number,
  );
}

function copyOf(folder: RunFolder): RunFolder {
  const copy = new RunFolder("");
  cpSync(folder.path, copy.path, { recursive: true });
  return copy;
}

beforeAll(async () => {
  before = new RunFolder(confOf({ source: "test", policy: "MERGE", verbosity: 4 }));
  await prepare(before);
  usePages(join(before.path, "ivia.sqlite"));
  const folder = copyOf(before);
  const { summary } = await folder.import(FILES);
  straight = wholeState(folder.path, summary.rejectsFile);
  pages = { before: pageCount(before), after: pageCount(folder) };
  folder.remove();
});
afterAll(() => before.remove());
afterEach(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
});

/** What the user is told of the run, as the database has it. */
function whatIsDone(folder: RunFolder): string {
  const last = folder.with((store) => store.runs.list()).at(-1);
  if (last?.status === "done") return "nothing was imported";
  return `${last?.totals.recordsRead} records are done and safe`;
}

/** Gives every store that is opened a database that can have so many pages, until it was full once. */
function limitPages(limit: number, isLasting: boolean): void {
  const open = SqliteStore.open.bind(SqliteStore);
  vi.spyOn(SqliteStore, "open").mockImplementation((...args) => {
    const store = open(...args);
    store.db.pragma(`max_page_count = ${limit}`);
    const begin = store.beginBatch.bind(store);
    store.beginBatch = () => {
      const batch = begin();
      const abandon = (error: unknown) => {
        const told = batch.abandon(error);
        if (!isLasting) store.db.pragma("max_page_count = 1000000");
        return told;
      };
      return { ...batch, abandon };
    };
    return store;
  });
}

describe("a database that cannot grow", () => {
  it("grows by many pages in the import that is tried", () => {
    expect(pages.after - pages.before).toBeGreaterThan(40);
  });

  it.each([
    ["once", false],
    ["from then on", true],
  ])(
    "ends the run with 6 wherever it is full %s; resumed, it comes to its end",
    async (_, lasts) => {
      let failures = 0;
      for (let limit = pages.before; limit <= pages.after + 2; limit += 2) {
        const folder = copyOf(before);
        limitPages(limit, lasts);
        const failure = await failureOf(folder);
        vi.restoreAllMocks();
        if (failure) {
          failures++;
          expect(failure, `${limit} pages`).toMatchObject({ exitStatus: 6 });
          expect(failure.message).toContain("the disk is full (SQLITE_FULL");
          expect(failure.message).toContain(`; ${whatIsDone(folder)}`);
        }
        await mustEndRight(folder, straight, `${limit} pages`);
        folder.remove();
      }
      expect(failures).toBeGreaterThan(20);
    },
  );

  it("can be full from its first page on", async () => {
    const pragma = SqliteDatabase.prototype.pragma;
    for (let limit = 1; ; limit++) {
      const folder = new RunFolder(confOf({ source: "test", policy: "MERGE" }));
      cpSync(join(before.path, "first.mrc"), join(folder.path, "first.mrc"));
      vi.spyOn(SqliteDatabase.prototype, "pragma").mockImplementation(function (
        this: Database,
        ...args
      ) {
        if (args[0].startsWith("synchronous")) pragma.call(this, `max_page_count = ${limit}`);
        return pragma.apply(this, args);
      });
      const run = () => folder.import(["first.mrc"]);
      const failure = await run().then(
        (result) => result.failure,
        (error) => error as Failure,
      );
      vi.restoreAllMocks();
      if (failure) expect(failure, `${limit} pages`).toMatchObject({ exitStatus: 6 });
      expect((await run()).summary.exitStatus).toBe(1);
      folder.remove();
      if (!failure) break;
      expect(limit, "the schema needs some pages").toBeLessThan(200);
    }
  });
});

type Writing = "writeSync" | "fdatasyncSync";

/** Lets one call fail, the `at`-th of writes and syncs from now on, or all from there on. */
function failAt(at: number, code: string, isLasting: boolean): void {
  let calls = 0;
  const wrap = (name: Writing) => {
    const real = fs[name] as (...args: unknown[]) => unknown;
    const syscall = name.replace("Sync", "");
    vi.spyOn(fs, name as "fdatasyncSync").mockImplementation((...args: unknown[]) => {
      calls++;
      if (calls !== at && !(isLasting && calls > at)) return real(...args) as undefined;
      throw Object.assign(new Error(`${code}: injected, ${syscall}`), { code, syscall });
    });
  };
  wrap("writeSync");
  wrap("fdatasyncSync");
  syncBuiltinESMExports();
}

describe("log and reject files on a device that fails", () => {
  it.each([
    ["EIO", "once", false],
    ["ENOSPC", "from then on", true],
  ])("end the run with 6 at every write: %s %s", async (code, _, lasts) => {
    let failures = 0;
    for (let at = 1; ; at++) {
      const folder = copyOf(before);
      failAt(at, code, lasts);
      const failure = await failureOf(folder);
      vi.restoreAllMocks();
      syncBuiltinESMExports();
      if (failure) {
        failures++;
        expect(failure, `write ${at}`).toMatchObject({ exitStatus: 6 });
        expect(failure.message).toContain(`${code}: injected`);
      }
      await mustEndRight(folder, straight, `write ${at}`);
      folder.remove();
      if (!failure) break;
    }
    expect(failures).toBeGreaterThan(15);
  });
});
