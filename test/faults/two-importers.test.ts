import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SqliteDatabase } from "../../src/store/sqlite/file/engine.js";
import { RunFolder } from "../support/run-harness.js";
import { committedRows, confOf, LOOK, longRecords } from "./jobs.js";
import { start, until } from "./program.js";

let folder: RunFolder;
beforeEach(() => {
  folder = new RunFolder(confOf({ source: "test", policy: "KEEP_ALL" }));
});
afterEach(() => folder.remove());

const database = () => join(folder.path, "ivia.sqlite");
const rows = () => committedRows(folder);

/** An import from a pipe that has committed something and goes on until its input is ended. */
async function working(args: readonly string[] = []) {
  const running = start(folder.path, ["job.conf", "-", ...args]);
  running.process.stdin?.write(longRecords(0, LOOK));
  await until(() => rows() > 0);
  return running;
}

const lastRuns = () => folder.with((store) => store.runs.list());

describe("two importers on one database", () => {
  it.each([1, 2, 3, 4, 5])(
    "started together: one does its work, the other says who does (%i)",
    async () => {
      folder.write("a.mrc", longRecords(0, 120));
      folder.write("b.mrc", longRecords(200, 320));
      const ends = await Promise.all(
        ["a.mrc", "b.mrc"].map((file) => start(folder.path, ["job.conf", file]).end),
      );
      const refused = ends.filter(({ status }) => status === 4);
      const done = ends.filter(({ status }) => status === 0);
      const told = JSON.stringify(ends);
      // One that starts when the other has ended finds the place free.
      expect(done.length + refused.length, told).toBe(2);
      expect(done.length, told).toBeGreaterThan(0);
      const runs = lastRuns();
      expect(
        runs.map(({ status }) => status),
        told,
      ).toEqual(done.map(() => "done"));
      for (const { stderr } of refused) {
        expect(stderr, told).toMatch(/is held by run \d{8}T\d{6}Z-\w+ \(process \d+ on /);
        expect(stderr, told).toContain(runs[0].run);
      }
      const count = "SELECT count(*) FROM record_info";
      expect(folder.with(({ db }) => db.prepare(count).pluck().get())).toBe(120 * done.length);
    },
  );

  it("waits for its turn with --wait", async () => {
    const first = await working();
    folder.write("b.mrc", longRecords(200, 210));
    const second = start(folder.path, ["job.conf", "b.mrc", "--wait", "60"]);
    first.process.stdin?.end();
    expect((await first.end).status).toBe(0);
    expect(await second.end).toMatchObject({ status: 0, stderr: "" });
    expect(lastRuns().map(({ status }) => status)).toEqual(["done", "done"]);
  });

  it("says who holds it also where that one keeps it locked to its end", async () => {
    // The database is there, so that its lease can be read beside the open transaction.
    folder.write("one.mrc", longRecords(400, 401));
    await folder.import(["one.mrc"]);
    const first = start(folder.path, ["job.conf", "-", "--atomic"]);
    first.process.stdin?.write(longRecords(0, LOOK));
    const holder = () => folder.with((store) => store.leaseHolder());
    await until(() => holder() !== null);
    const name = holder();
    folder.write("b.mrc", longRecords(200, 210));
    const second = await start(folder.path, ["job.conf", "b.mrc"]).end;
    expect(second.status).toBe(4);
    expect(second.stderr).toContain(`is held by run ${name} (process ${first.process.pid} on `);
    first.process.stdin?.end();
    expect((await first.end).status).toBe(0);
  });

  it("stops one that was taken for dead before it writes with what it knew", async () => {
    folder.write("a.mrc", longRecords(0, 9));
    let committed = 0;
    const takeOver = (name: string) => {
      if (name !== "committed" || ++committed > 1) return;
      const db = new SqliteDatabase(database());
      db.exec("UPDATE import_lease SET run = 'another', host = 'elsewhere'");
      db.close();
    };
    const result = await folder.import(["a.mrc"], {}, { step: takeOver });
    expect(result.summary.exitStatus).toBe(4);
    expect(result.failure?.message).toMatch(/taken over by run another.*; 3 records are done/);
    const count = "SELECT count(*) FROM record_info";
    expect(folder.with(({ db }) => db.prepare(count).pluck().get())).toBe(3);
    const other = new SqliteDatabase(database());
    other.exec("DELETE FROM import_lease");
    other.close();
    expect((await folder.import(["a.mrc"], { resume: true })).summary.exitStatus).toBe(0);
    expect(folder.with(({ db }) => db.prepare(count).pluck().get())).toBe(9);
  });

  it("takes the place of one that was killed, whose run is closed", async () => {
    const first = await working();
    first.process.kill("SIGKILL");
    await first.end;
    folder.write("b.mrc", longRecords(0, 210));
    expect((await start(folder.path, ["job.conf", "b.mrc"]).end).status).toBe(0);
    const runs = lastRuns();
    expect(runs.map(({ status }) => status)).toEqual(["interrupted", "done"]);
    expect(runs[1].totals.outcomes).toMatchObject({ unchanged: runs[0].totals.recordsRead });
  });
});

describe("readers", () => {
  it("never get an error, and never fail the import, while it writes and ends", async () => {
    folder.write("in.mrc", longRecords(0, 1500));
    folder.write("one.mrc", longRecords(0, 1));
    await folder.import(["one.mrc"]);
    const long = new SqliteDatabase(database(), { readonly: true });
    const { process: program, end } = start(folder.path, ["job.conf", "in.mrc"]);
    // One reader that goes on all the while, and many short ones.
    long.exec("BEGIN");
    const seen = long.prepare("SELECT count(*) FROM record_info").pluck();
    expect(seen.get()).toBe(1);
    const counts: number[] = [];
    await until(() => {
      const db = new SqliteDatabase(database(), { readonly: true, timeout: 0 });
      counts.push(db.prepare("SELECT count(*) FROM record_info").pluck().get() as number);
      db.close();
      expect(seen.get(), "a reader sees one moment").toBe(1);
      return program.exitCode !== null;
    });
    expect(await end).toMatchObject({ status: 0, stderr: "" });
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    long.exec("COMMIT");
    expect(seen.get()).toBe(1500);
    long.close();
  });
});
