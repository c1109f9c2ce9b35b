import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { summaryObject } from "../../src/report/summary.js";
import type { RunResult } from "../../src/running/run-import.js";
import { SqliteDatabase } from "../../src/store/sqlite/file/engine.js";
import { temporaryFolder } from "../support/import-harness.js";
import { RunFolder } from "../support/run-harness.js";
import { confOf, damaged, FILES, incoming, marc, prepare } from "./jobs.js";
import { differences, wholeState } from "./whole-state.js";

let folder: RunFolder;
afterEach(() => folder.remove());

/** Name and checksum of everything in the database's folder that belongs to it. */
function databaseFiles(): Record<string, string> {
  const names = readdirSync(folder.path).filter((name) => name.startsWith("ivia.sqlite"));
  return Object.fromEntries(
    names.map((name) => [
      name,
      createHash("sha256")
        .update(readFileSync(join(folder.path, name)))
        .digest("hex"),
    ]),
  );
}

const database = () => join(folder.path, "ivia.sqlite");
/** What a summary tells of the work itself. */
function told({ summary }: RunResult) {
  const { totals, exitStatus, files } = summary;
  return { totals, exitStatus, files };
}

describe("a dry run", () => {
  const usual = process.env.TMPDIR;
  let temporary: ReturnType<typeof temporaryFolder>;
  beforeEach(() => {
    temporary = temporaryFolder();
    process.env.TMPDIR = temporary.path;
  });
  const backToUsual = () => {
    if (usual === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = usual;
  };
  afterEach(() => {
    backToUsual();
    temporary.remove();
  });
  /** A job's folder outside of the one for temporary files. */
  const jobFolder = (conf: string) => {
    const { TMPDIR } = process.env;
    backToUsual();
    const made = new RunFolder(conf);
    process.env.TMPDIR = TMPDIR;
    return made;
  };
  const copies = () => readdirSync(temporary.path);

  const job = (journal: string) =>
    confOf({ source: "test", policy: "MERGE", database: `journal = ${journal}` });

  async function mustChangeNothing(): Promise<void> {
    const before = databaseFiles();
    const dry = await folder.import(FILES, { dryRun: true });
    expect(databaseFiles()).toEqual(before);
    expect(copies()).toEqual([]);
    expect(dry.summary.dryRun).toBe(true);
    const real = await folder.import(FILES);
    expect(told(dry)).toEqual(told(real));
    expect(real.summary.totals.outcomes.merged).toBeGreaterThan(0);
  }

  it.each(["wal", "delete"])(
    "changes and leaves nothing, and tells the truth: %s",
    async (mode) => {
      folder = jobFolder(job(mode));
      await prepare(folder);
      await mustChangeNothing();
    },
  );

  it("that is stopped claims no work that it has not done", async () => {
    folder = jobFolder(job("wal"));
    await prepare(folder);
    const { failure } = await folder.import(FILES, { dryRun: true, maxRejects: 1 });
    expect(failure?.message).toMatch(/; nothing was changed \(--dry-run, \d+ records tried\)$/);
    const stopSignal = afterPortions(2);
    const { failure: stopped } = await folder.import(FILES, { dryRun: true }, { stopSignal });
    expect(stopped?.message).toMatch(/^stopped by SIGTERM; nothing was changed/);
    expect(stopped?.advice).not.toContain("--resume");
  });

  it("makes no database where there was none", async () => {
    folder = jobFolder(confOf({ source: "test", policy: "REMOVE_LOWER" }));
    folder.write("first.mrc", incoming().first);
    const dry = await folder.import(["first.mrc"], { dryRun: true });
    expect(databaseFiles()).toEqual({});
    expect(told(dry)).toEqual(told(await folder.import(["first.mrc"])));
  });

  it("reads what a dead program left in the write-ahead log, and leaves it there", async () => {
    folder = jobFolder(job("wal"));
    await prepare(folder);
    // As after a crash: the log holds a row that is not in the file, and no process is there.
    const db = new SqliteDatabase(database());
    db.pragma("wal_autocheckpoint = 0");
    db.exec(
      "INSERT INTO record_info (title, foreign_source, foreign_id) VALUES ('Own', 'test', 'new0')",
    );
    for (const end of ["", "-wal"]) copyFileSync(database() + end, `${database()}${end}.kept`);
    db.close();
    for (const end of ["", "-wal"]) copyFileSync(`${database()}${end}.kept`, database() + end);
    for (const end of ["", "-wal"]) rmSync(`${database()}${end}.kept`);
    expect(Object.keys(databaseFiles())).toEqual(["ivia.sqlite", "ivia.sqlite-wal"]);
    await mustChangeNothing();
  });

  it("works beside an open connection of another program", async () => {
    folder = jobFolder(job("wal"));
    await prepare(folder);
    const reader = new SqliteDatabase(database());
    reader.prepare("SELECT count(*) FROM record_info").get();
    await mustChangeNothing();
    reader.close();
  });

  it("names the database, not the copy, if that cannot be used", async () => {
    folder = jobFolder(confOf({ source: "test", policy: "MERGE" }));
    folder.write("first.mrc", incoming().first);
    folder.write("ivia.sqlite", "no database, but long enough to be taken for one\n".repeat(20));
    await expect(folder.import(["first.mrc"], { dryRun: true })).rejects.toMatchObject({
      exitStatus: 4,
      message: expect.stringContaining(`${database()}: it is not an SQLite database`),
    });
    expect(copies()).toEqual([]);
  });

  it("needs the folder that the real run needs", async () => {
    const conf = confOf({
      source: "test",
      policy: "MERGE",
      database: "path = no/such/ivia.sqlite",
    });
    folder = jobFolder(conf);
    folder.write("first.mrc", incoming().first);
    await expect(folder.import(["first.mrc"], { dryRun: true })).rejects.toMatchObject({
      exitStatus: 4,
    });
    expect(existsSync(join(folder.path, "no"))).toBe(false);
  });
});

describe("--atomic", () => {
  beforeEach(async () => {
    folder = new RunFolder(confOf({ source: "test", policy: "MERGE" }));
    await prepare(folder);
  });

  /** All tables but those that tell of runs. */
  const rows = () => {
    const { runs, run_files, run_checkpoints, run_statistics, sqlite_sequence, ...rest } =
      wholeState(folder.path, null);
    return rest;
  };
  const lastRecord = marc({ id: "last", title: "Last" });

  it("imports all of a file that is whole", async () => {
    folder.write("whole.mrc", Buffer.concat([marc({ id: "x1", title: "X" }), lastRecord]));
    const { summary } = await folder.import(["whole.mrc"], { atomic: true });
    expect(summary).toMatchObject({ status: "done", exitStatus: 0 });
    expect(folder.with((store) => store.rows.find("test", "last"))).not.toBeNull();
  });

  it("leaves nothing of a file whose last record is damaged, but the rejects", async () => {
    const before = rows();
    folder.write("bad.mrc", Buffer.concat([incoming(false).first, damaged(1)]));
    const { summary, failure } = await folder.import(["bad.mrc"], { atomic: true });
    expect(summary).toMatchObject({ status: "failed", exitStatus: 1 });
    expect(failure?.message).toContain(
      "nothing was imported (--atomic): some records were rejected",
    );
    expect(differences(before, rows())).toEqual([]);
    expect(readFileSync(summary.rejectsFile ?? "")).toEqual(damaged(1));
  });

  it("tells what it has read, and that nothing of it was kept", async () => {
    const { summary } = await folder.import(FILES, { atomic: true, maxRejects: 2 });
    const { records_read, rolled_back, files } = summaryObject(summary);
    expect({ records_read, rolled_back }).toEqual({ records_read: 22, rolled_back: true });
    expect(files).toMatchObject([{ records_read: 19 }, { records_read: 3 }]);
    const stopped = folder.with((store) => store.runs.list().at(-1));
    expect(stopped).toMatchObject({ status: "failed", totals: { recordsRead: 0 } });
  });

  it("keeps what was done before it resumed a run, and says so", async () => {
    await folder.import(FILES, {}, { stopSignal: afterPortions(4) });
    const kept = rows();
    const done = folder.with((store) => store.runs.list().at(-1)?.totals.recordsRead);
    const { failure } = await folder.import(FILES, { atomic: true, resume: true });
    expect(failure?.message).toBe(
      `nothing more was imported (--atomic): some records were rejected; ${done} records are done and safe`,
    );
    expect(differences(kept, rows())).toEqual([]);
  });

  it("leaves nothing when a signal stops it", async () => {
    const before = rows();
    const { summary, failure } = await folder.import(
      FILES,
      { atomic: true },
      {
        stopSignal: afterPortions(4),
      },
    );
    expect(summary).toMatchObject({ status: "failed", exitStatus: 143 });
    expect(failure?.message).toBe("nothing was imported (--atomic): stopped by SIGTERM");
    expect(differences(before, rows())).toEqual([]);
  });

  it("leaves nothing when the program fails", async () => {
    const before = rows();
    let treated = 0;
    const step = (name: string) => {
      if (name === "treated" && ++treated === 12) throw new Error("a fault");
    };
    const { failure } = await folder.import(FILES, { atomic: true }, { step });
    expect(failure).toMatchObject({ exitStatus: 70 });
    expect(differences(before, rows())).toEqual([]);
  });

  it("leaves nothing when a limit stops it, and can be resumed as a run from the start", async () => {
    const before = rows();
    const { summary } = await folder.import(FILES, { atomic: true, maxRejects: 2 });
    expect(summary.exitStatus).toBe(5);
    expect(differences(before, rows())).toEqual([]);
    const { summary: resumed } = await folder.import(FILES, { resume: true });
    expect(resumed.totals.recordsRead).toBe(33);
    expect(resumed.run).toBe(summary.run);
  });

  it("is seen by nobody before its end", async () => {
    const counts = new Set<unknown>();
    const other = new SqliteDatabase(database(), { readonly: true });
    const onPortion = () => {
      counts.add(other.prepare("SELECT count(*) FROM record_info").pluck().get());
    };
    folder.write("whole.mrc", incoming(false).first);
    await folder.import(["whole.mrc"], { atomic: true }, { onPortion });
    expect(counts.size).toBe(1);
    other.close();
  });
});

/** A signal that comes after so many questions for one. */
function afterPortions(count: number): () => NodeJS.Signals | null {
  let asked = 0;
  return () => (++asked > count ? "SIGTERM" : null);
}

describe("a database or a folder that cannot be used", () => {
  beforeEach(() => {
    folder = new RunFolder(confOf({ source: "test", policy: "MERGE", verbosity: 3 }));
    folder.write("first.mrc", incoming().first);
  });

  it("is told of before anything is read: a corrupt database", async () => {
    await folder.import(["first.mrc"]);
    const bytes = readFileSync(database());
    bytes.fill(0x55, 100, bytes.length);
    writeFileSync(database(), bytes);
    await expect(folder.import(["first.mrc"])).rejects.toMatchObject({
      exitStatus: 4,
      advice: expect.stringContaining("integrity_check"),
    });
    expect(readFileSync(database())).toEqual(bytes);
  });

  it("is told of as a mistake in the configuration: a log directory that is a file", async () => {
    folder.write("log", "not a directory");
    await expect(folder.import(["first.mrc"])).rejects.toMatchObject({ exitStatus: 2 });
    expect(existsSync(database()), "no database is begun").toBe(false);
  });

  it("is no more in the way once it has been put right", async () => {
    mkdirSync(join(folder.path, "log"));
    folder.write("log/MARC_import", "not a directory");
    await expect(folder.import(["first.mrc"])).rejects.toMatchObject({ exitStatus: 2 });
    rmSync(join(folder.path, "log"), { recursive: true });
    expect((await folder.import(["first.mrc"])).summary.exitStatus).toBe(1);
  });
});
