import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { SqliteStore } from "../../src/store/sqlite/file/store.js";
import { RunFolder } from "../support/run-harness.js";
import { confOf, damaged, FILES, incoming, prepare } from "./jobs.js";

let folder: RunFolder;
beforeEach(async () => {
  folder = new RunFolder(confOf({ source: "test", policy: "MERGE", verbosity: 3 }));
  await prepare(folder);
  rmSync(join(folder.path, "log"), { recursive: true, force: true });
});
afterEach(() => folder.remove());

const place = (...names: string[]) => join(folder.path, ...names);
const logs = () => place("log", "MARC_import");
const rejectsFile = (end: string) =>
  join(logs(), readdirSync(logs()).find((name) => name.endsWith(end)) ?? "");

/** Imports; does something after the `at`-th commit. */
async function importWith(at: number, mischief: () => void, files: readonly string[] = FILES) {
  let commits = 0;
  const step = (name: string) => {
    if (name === "committed" && ++commits === at) mischief();
  };
  const { summary, failure } = await folder.import(files, {}, { step });
  expect(commits).toBeGreaterThanOrEqual(at);
  return { summary, failure };
}

describe("a database that goes while it is written", () => {
  it.each([
    ["removed", () => rmSync(place("ivia.sqlite"))],
    ["renamed", () => renameSync(place("ivia.sqlite"), place("elsewhere.sqlite"))],
    [
      "replaced",
      () => {
        renameSync(place("ivia.sqlite"), place("elsewhere.sqlite"));
        folder.write("ivia.sqlite", "");
      },
    ],
  ])("ends the run with 4, and nothing is claimed to be safe: %s", async (_, mischief) => {
    const { failure } = await importWith(3, mischief);
    expect(failure).toMatchObject({
      exitStatus: 4,
      message: expect.stringMatching(/ivia\.sqlite: was removed or replaced while the run/),
    });
    expect(failure?.message).not.toContain("safe");
  });
});

describe("reject files that go while they are written", () => {
  it.each([
    ["removed", () => rmSync(rejectsFile(".rejects.mrc"))],
    ["removed, the reasons", () => rmSync(rejectsFile(".rejects.jsonl"))],
    ["removed with the whole log", () => rmSync(place("log"), { recursive: true })],
    [
      "replaced by a directory",
      () => {
        const path = rejectsFile(".rejects.mrc");
        rmSync(path);
        mkdirSync(path);
      },
    ],
  ])(
    "end the run with 6 before more is lost; from the start all are there: %s",
    async (_, mischief) => {
      const { failure } = await importWith(3, mischief);
      expect(failure).toMatchObject({
        exitStatus: 6,
        message: expect.stringMatching(
          /rejects\.mrc or the \.jsonl beside it was removed or replaced.*; 9 records are done and safe/,
        ),
      });
      const { summary } = await folder.import(FILES);
      const all = Buffer.concat([damaged(1), damaged(2), damaged(3), damaged(4)]);
      expect(readFileSync(summary.rejectsFile ?? "")).toEqual(all);
    },
  );
});

describe("a log that goes while it is written", () => {
  it.each([
    ["its file", () => rmSync(join(logs(), "MARC_importer.log"))],
    ["its directory", () => rmSync(place("log"), { recursive: true })],
  ])("comes again with what follows: %s", async (_, mischief) => {
    folder.write("sound.mrc", incoming(false).first);
    const { summary, failure } = await importWith(3, mischief, ["sound.mrc"]);
    expect(failure).toBeNull();
    const log = summary.log ?? "";
    expect(existsSync(log)).toBe(true);
    expect(readFileSync(log, "utf8")).toContain(`${summary.run}: done, exit status 0`);
  });
});

describe("a batch that cannot even be taken back", () => {
  it("is told by what went wrong first", () => {
    const store = SqliteStore.open(folder.config());
    const batch = store.beginBatch();
    const exec = vi.spyOn(store.db, "exec").mockImplementation(() => {
      throw new Error("disk I/O error");
    });
    const first = new Error("the folder may not be written");
    expect(batch.abandon(first)).toBe(first);
    exec.mockRestore();
    store.close();
    expect(folder.with(({ db }) => db.pragma("integrity_check", { simple: true }))).toBe("ok");
  });
});

describe("a log folder that goes before the run has written to it", () => {
  const begin = (mischief: () => void) => {
    const step = (name: string) => {
      if (name === "run-entered") mischief();
    };
    return folder.import(FILES, {}, { step });
  };

  it("is made again", async () => {
    const { failure } = await begin(() => rmSync(place("log"), { recursive: true }));
    expect(failure).toBeNull();
    expect(readFileSync(join(logs(), "MARC_importer.log"), "utf8")).toContain("started");
  });

  it("is told for what it is where something else has taken its place", async () => {
    const { failure } = await begin(() => {
      rmSync(place("log"), { recursive: true });
      folder.write("log", "");
    });
    expect(failure).toMatchObject({
      exitStatus: 6,
      advice: expect.stringContaining("put it back"),
    });
    expect(failure?.advice).not.toContain("free some space");
  });
});
