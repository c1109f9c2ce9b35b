/** Rows that come finished and are copied from side files: what is there in the end, whatever stands in the way. */

import { cpSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from "vitest";
import type { RunHooks } from "../../src/running/import-loop.js";
import { undoRun } from "../../src/running/undo.js";
import { SideTables } from "../../src/store/sqlite/side/side-tables.js";
import { differences, type WholeState, wholeState } from "../faults/whole-state.js";
import { iso } from "../support/marc-builder.js";
import { otherProgram } from "../support/other-program.js";
import { packedIn } from "../support/packed-feed.js";
import { RunFolder } from "../support/run-harness.js";

interface Job {
  readonly batch: number;
  /** Records of a portion. */
  readonly portion: number;
  readonly policy: string;
}

const JOB: Job = { batch: 20, portion: 10, policy: "KEEP_ALL" };

function confOf({ batch, policy }: Job): string {
  return `[Database]
batch_size = ${batch}
[Settings]
foreign_source = "vendor"
[Duplicates]
match_method = "FUZZY_TITLE"
duplicate_policy = ${policy}
[title]
main = "245 * * a"
[subjects]
all = "650 * * a"
[url]
main = "856 4 0 u"
fallback_pattern = "http://example.org/CONTROL_NO"
`;
}

function recordOf(id: string, title: string, url: string | null = null): Buffer {
  return iso({
    leader: "00000nam a2200000 a 4500",
    fields: [
      ["001", id],
      ["245", "10", `a${title}`],
      ["650", " 0", "aPlants"],
      ...(url === null ? [] : [["856", "40", `u${url}`] as const]),
    ],
  });
}

/** The core takes over after some records; what follows comes finished, but for what is odd. */
const records = Array.from({ length: 80 }, (_, n) => {
  if (n % 17 === 5) return recordOf(`id ${n - 1}`, "Come again");
  if (n % 13 === 7) return recordOf(`id ${n}`, "Ботаника");
  if (n % 19 === 3) return Buffer.from("00090nam a22000xx  no directory here\x1e\x1d", "latin1");
  return recordOf(`id ${n}`, `Title ${n} Größe`, n % 3 === 0 ? `http://example.org/${n}` : null);
});
const FILE = Buffer.concat(records);

let folders: RunFolder[] = [];
let copied: MockInstance<SideTables["copy"]>;
beforeEach(() => {
  folders = [];
  copied = vi.spyOn(SideTables.prototype, "copy");
});
afterEach(() => {
  for (const folder of folders) folder.remove();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

function folderOf(job: Job, file: Buffer): RunFolder {
  const folder = new RunFolder(confOf(job), packedIn(job.portion));
  folders.push(folder);
  folder.write("in.mrc", file);
  return folder;
}

async function stateOf(folder: RunFolder, hooks: RunHooks = {}, options = {}): Promise<WholeState> {
  const { summary } = await folder.import(["in.mrc"], options, hooks);
  return wholeState(folder.path, summary.rejectsFile);
}

/** Imports, with side files if they can be had, and by considering each record: both must leave the same. */
async function mustAgree(job: Job, file = FILE, options = {}): Promise<RunFolder> {
  const whole = await stateOf(folderOf(job, file), { considersAll: true }, options);
  expect(copied).not.toHaveBeenCalled();
  const folder = folderOf(job, file);
  expect(differences(whole, await stateOf(folder, {}, options))).toEqual([]);
  return folder;
}

describe("rows in side files", () => {
  it.each([
    ["in portions that end with a batch", JOB],
    ["in more portions than there are files", { ...JOB, batch: 1000, portion: 3 }],
    ["in one portion", { ...JOB, batch: 1000, portion: 1000 }],
    ["merged where they are duplicates", { ...JOB, policy: "MERGE" }],
    ["kept from what is there already", { ...JOB, policy: "KEEP_ANY", batch: 7 }],
  ])("become the rows that they would be, %s", async (_, job) => {
    await mustAgree(job);
    expect(copied.mock.calls.length).toBeGreaterThan(2);
  });

  it("are copied some at a time", async () => {
    const alike = Array.from({ length: 1200 }, (_, n) => recordOf(`id ${n}`, `Title ${n}`));
    await mustAgree({ ...JOB, batch: 5000, portion: 5000 }, Buffer.concat(alike));
    const counts = copied.mock.calls.map(([{ count }]) => count);
    expect(counts).toEqual([500, 500, 1200 - 1000 - 16]);
  });

  it("are taken back by an undo", async () => {
    const folder = folderOf(JOB, FILE);
    const { summary } = await folder.import(["in.mrc"]);
    expect(copied).toHaveBeenCalled();
    await undoRun({ config: folder.config(), run: summary.run, force: false, wait: 0 });
    const state = wholeState(folder.path, null);
    for (const table of ["record_info", "record_state", "match_keys"]) {
      expect(state[table], table).toBe("");
    }
  });

  it("leave nothing where temporary files are kept, not even while they are there", async () => {
    const folder = folderOf(JOB, FILE);
    const temporary = join(folder.path, "temporary");
    mkdirSync(temporary);
    vi.stubEnv("TMPDIR", temporary);
    const seen: string[] = [];
    const step = () => seen.push(...readdirSync(temporary));
    await folder.import(["in.mrc"], {}, { step });
    expect(copied).toHaveBeenCalled();
    expect(seen).toEqual([]);
  });

  it("come to the same end from what a kill leaves at any step", async () => {
    const folder = folderOf(
      { ...JOB, batch: 10, portion: 5 },
      Buffer.concat(records.slice(10, 50)),
    );
    const kept = folderOf(JOB, FILE);
    const names: string[] = [];
    const step = (name: string) => {
      names.push(name);
      cpSync(folder.path, join(kept.path, String(names.length)), { recursive: true });
    };
    const straight = await stateOf(folder, { step });
    expect(copied).toHaveBeenCalled();
    for (let at = 1; at <= names.length; at++) {
      if (names[at - 1] === "finished") continue;
      rmSync(folder.path, { recursive: true });
      cpSync(join(kept.path, String(at)), folder.path, { recursive: true });
      otherProgram(join(folder.path, "ivia.sqlite"), (db) => db.exec("DELETE FROM import_lease"));
      const state = await stateOf(folder, {}, { resume: true });
      expect(differences(straight, state), `step ${at} (${names[at - 1]})`).toEqual([]);
    }
  }, 120_000);
});

describe("rows are created one by one", () => {
  afterEach(() => expect(copied).not.toHaveBeenCalled());

  it("where no temporary file can be made", async () => {
    const open = vi.spyOn(SideTables, "open");
    const [whole, folder] = [folderOf(JOB, FILE), folderOf(JOB, FILE)];
    vi.stubEnv("TMPDIR", "/no/such/folder");
    const expected = await stateOf(whole, { considersAll: true });
    expect(differences(expected, await stateOf(folder))).toEqual([]);
    expect(open).toHaveReturnedWith(null);
  });

  it("where there is no room for what is put into one", async () => {
    vi.spyOn(SideTables.prototype, "fill").mockReturnValue(false);
    await mustAgree(JOB);
  });

  it("where all of a run is one transaction", async () => {
    await mustAgree(JOB, Buffer.concat(records.filter((_, n) => n % 19 !== 3)), { atomic: true });
  });

  it("where the database keeps its texts in UTF-16", async () => {
    const [whole, folder] = [folderOf(JOB, FILE), folderOf(JOB, FILE)];
    for (const { path } of [whole, folder]) {
      otherProgram(join(path, "ivia.sqlite"), (db) =>
        db.exec("PRAGMA encoding = 'UTF-16'; CREATE TABLE t (x); DROP TABLE t"),
      );
    }
    const expected = await stateOf(whole, { considersAll: true });
    expect(differences(expected, await stateOf(folder))).toEqual([]);
  });

  it.each([
    ["record_info", "NEW.foreign_id", "SELECT foreign_id FROM record_info"],
    ["RECORD_info", "NEW.foreign_id", "SELECT foreign_id FROM record_info"],
    ["record_state", "NEW.record_id", "SELECT record_id FROM record_state"],
  ])("where another program has a trigger on %s, which sees each", async (table, seen, sql) => {
    const folder = folderOf(JOB, Buffer.alloc(0));
    const path = join(folder.path, "ivia.sqlite");
    await folder.import(["in.mrc"], { allowEmpty: true });
    otherProgram(path, (db) =>
      db.exec(`CREATE TABLE seen (id UNIQUE);
        CREATE TRIGGER theirs AFTER INSERT ON ${table}
        BEGIN INSERT OR IGNORE INTO seen VALUES (${seen}); INSERT OR IGNORE INTO seen VALUES (${seen}); END`),
    );
    folder.write("in.mrc", FILE);
    await folder.import(["in.mrc"]);
    const [noted, rows] = otherProgram(path, (db) =>
      ["SELECT id FROM seen", sql].map((one) => db.prepare(one).pluck().all().sort()),
    );
    expect(rows.length).toBeGreaterThan(60);
    expect(noted).toEqual(rows);
  });
});

it("side files are given up where most rows are duplicates", async () => {
  const same = Array.from({ length: 200 }, (_, n) => recordOf(`id ${n}`, "One title"));
  const filled = vi.spyOn(SideTables.prototype, "fill");
  await mustAgree(JOB, Buffer.concat(same));
  expect(filled).toHaveBeenCalledTimes(1);
});
