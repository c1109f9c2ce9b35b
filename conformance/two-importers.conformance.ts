/**
 * Two importers started together over and over, with readers at work all the while; and how far the
 * write-ahead log grows behind a reader who does not end. How many rounds is said by
 * IMPORTER_ROUNDS (50 if it is not set).
 */

import { copyFileSync, existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SqliteDatabase } from "../src/store/sqlite/file/engine.js";
import { type Running, start, until } from "../test/faults/program.js";
import { RunFolder } from "../test/support/run-harness.js";
import { jobConf, LARGE_FILE, LARGE_PATH, recordsOf } from "./support/nightly-job.js";

const ROUNDS = Number(process.env.IMPORTER_ROUNDS ?? 50);
const RECORDS = 2000;
/** How often the large file is taken for the one that a long reader meets. */
const COPIES = 4;
const MIB = 1024 * 1024;

let folder: RunFolder;
beforeEach(() => {
  folder = new RunFolder(jobConf({ source: "catalogue", policy: "KEEP_ALL", batchSize: 100 }));
});
afterEach(() => folder.remove());

const database = () => join(folder.path, "ivia.sqlite");
const walBytes = () => statSync(`${database()}-wal`, { throwIfNoEntry: false })?.size ?? 0;
const tell = (text: string) => process.stderr.write(`${text}\n`);
/** For an instant SQLite itself locks all others out: when the first opens the log, the last closes it. */
const PATIENCE_MS = 5000;
const openReader = () => new SqliteDatabase(database(), { readonly: true, timeout: PATIENCE_MS });

describe.runIf(existsSync(LARGE_PATH))("two importers started together", () => {
  it("one does its work, the other says who does, and readers never get an error", {
    timeout: 3_600_000,
  }, async () => {
    const records = recordsOf(LARGE_FILE);
    folder.write("a.mrc", Buffer.concat(records.slice(0, RECORDS)));
    folder.write("b.mrc", Buffer.concat(records.slice(RECORDS, 2 * RECORDS)));
    folder.write("one.mrc", records[7000]);
    await folder.import(["one.mrc"]);
    copyFileSync(database(), join(folder.path, "before.sqlite"));
    let reads = 0;
    const wins: Record<string, number> = { "a.mrc": 0, "b.mrc": 0 };
    for (let round = 0; round < ROUNDS; round++) {
      copyFileSync(join(folder.path, "before.sqlite"), database());
      const both = ["a.mrc", "b.mrc"].map((file) => ({
        file,
        ...start(folder.path, ["job.conf", file]),
      }));
      reads += await readUntilEnd(both);
      const ends = await Promise.all(
        both.map(async ({ file, end, process: { pid } }) => ({ file, pid, ...(await end) })),
      );
      const where = `round ${round}: ${JSON.stringify(ends)}`;
      const winner = ends.find(({ status }) => status === 0);
      const refused = ends.find(({ status }) => status === 4);
      expect(winner && refused, where).toBeTruthy();
      if (!winner || !refused) return;
      const [run, ...more] = folder.with((store) => store.runs.list()).slice(1);
      expect(more, where).toEqual([]);
      expect(refused.stderr, where).toContain(
        `is held by run ${run.run} (process ${winner.pid} on`,
      );
      expect(winner.stderr, where).toBe("");
      expect(run.totals.recordsRead, where).toBe(RECORDS);
      const check = folder.with(({ db }) => db.pragma("integrity_check", { simple: true }));
      expect(check, where).toBe("ok");
      wins[winner.file]++;
    }
    tell(`${ROUNDS} rounds, won ${JSON.stringify(wins)}, ${reads} readings without an error`);
    expect(reads).toBeGreaterThan(ROUNDS);
  });
});

/** Reads again and again, on a new connection each time, until both have ended; gives how often. */
async function readUntilEnd(both: readonly Running[]): Promise<number> {
  let reads = 0;
  let last = 0;
  await until(() => {
    const db = openReader();
    const rows = db.prepare("SELECT count(title) FROM record_info").pluck().get() as number;
    db.close();
    expect(rows).toBeGreaterThanOrEqual(last);
    last = rows;
    reads++;
    return both.every(({ process: { exitCode } }) => exitCode !== null);
  });
  return reads;
}

/** The record under another control number, which begins with a zero here. */
function renamed(record: Buffer, copy: number): Buffer {
  const changed = Buffer.from(record);
  const base = Number(changed.toString("latin1", 12, 17));
  expect(changed.toString("latin1", 24, 27)).toBe("001");
  const at = base + Number(changed.toString("latin1", 31, 36));
  changed.write(String(copy), at, "latin1");
  return changed;
}

describe.runIf(existsSync(LARGE_PATH))("a reader who does not end", () => {
  /** Imports the large file; gives the highest size of the log on the way, and at the end. */
  async function grown() {
    const { process: program, end } = start(folder.path, ["job.conf", "all.mrc"]);
    let most = 0;
    await until(() => {
      most = Math.max(most, walBytes());
      return program.exitCode !== null;
    });
    expect(await end).toMatchObject({ status: 0, stderr: "" });
    return { most, atEnd: walBytes() };
  }

  it("keeps the log as long as what is written meanwhile; then it is cut", async () => {
    const once = recordsOf(LARGE_FILE);
    const records = Array.from({ length: COPIES }, (_, copy) => once.map((r) => renamed(r, copy)));
    folder.write("one.mrc", once[7000]);
    folder.write("all.mrc", Buffer.concat(records.flat()));
    await folder.import(["one.mrc"]);
    copyFileSync(database(), join(folder.path, "before.sqlite"));
    const alone = await grown();
    expect(alone.atEnd).toBe(0);
    copyFileSync(join(folder.path, "before.sqlite"), database());

    const long = openReader();
    long.exec("BEGIN");
    const seen = long.prepare("SELECT count(*) FROM record_info").pluck();
    expect(seen.get()).toBe(1);
    const beside = await grown();
    expect(seen.get(), "a reader sees one moment").toBe(1);
    expect(beside.atEnd).toBeGreaterThan(0);
    long.exec("COMMIT");
    expect(seen.get()).toBe(COPIES * once.length);
    // The next run finds nobody in its way.
    await folder.import(["one.mrc"]);
    expect(walBytes(), "the log is cut while the reader is still there").toBe(0);
    long.close();
    const mib = (bytes: number) => (bytes / MIB).toFixed(1);
    tell(
      `${COPIES * once.length} records, database ${mib(statSync(database()).size)} MiB; log at most ${mib(alone.most)} MiB alone, ${mib(beside.most)} MiB beside a long reader`,
    );
  });
});
