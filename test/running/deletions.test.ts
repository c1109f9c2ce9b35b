import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DeleteBrake, deleteLimit } from "../../src/deciding/delete-brake.js";
import { TestDatabase, temporaryFolder } from "../support/import-harness.js";
import { otherProgram } from "../support/other-program.js";
import type { TestConfig } from "../support/test-config.js";

let folder: ReturnType<typeof temporaryFolder>;
let database: TestDatabase;

beforeEach(() => {
  folder = temporaryFolder();
  database = new TestDatabase(`${folder.path}/test.sqlite`);
});
afterEach(() => folder.remove());

const record = (id: number | string, title = `T${id}`) => ({ id: String(id), values: { title } });
const deletion = (id: number | string) => ({ id: String(id), deleted: true });
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

function rowCount(): number {
  return otherProgram(
    database.path,
    (db) => db.prepare("SELECT count(*) FROM record_info").pluck().get() as number,
  );
}

describe("leader/05 d", () => {
  it("deletes the row, or is ignored where there is none", () => {
    database.import([record(1)]);
    expect(database.outcomes([deletion(1), deletion(1), deletion(2)])).toEqual([
      "deleted",
      "ignored",
      "ignored",
    ]);
    expect(rowCount()).toBe(0);
  });

  it("leaves rows of other sources with the same id alone", () => {
    database.import([record(1)], { settings: { foreignSource: "SCP" } });
    expect(database.outcomes([deletion(1)])).toEqual(["ignored"]);
    expect(rowCount()).toBe(1);
  });

  it("is ignored, saying why, with deletes = ignore", () => {
    database.import([record(1)]);
    const [treatment] = database.import([deletion(1)], { settings: { deletes: "ignore" } });
    expect(treatment.outcome).toBe("ignored");
    expect(treatment.considered.shortcut).toBe("deletes-ignored");
    expect(treatment.reason).toContain("deletes = ignore");
  });

  it("does not ask the policy", () => {
    database.import([record(1)]);
    const stated = { duplicatePolicy: "UPDATE_ONLY" } as const;
    expect(database.outcomes([deletion(1)], stated)).toEqual(["deleted"]);
  });

  it("makes the id new again in the same run", () => {
    database.import([record(1)]);
    expect(database.outcomes([deletion(1), record(1)])).toEqual(["deleted", "created"]);
  });
});

describe("skip_older", () => {
  const dated = (marcDate: string, title: string) => ({ ...record(1, title), marcDate });
  const skipping: TestConfig = { settings: { skipOlder: true } };

  it("ignores what is older than the row, not what is as old or has no date", () => {
    database.import([dated("20200202000000.0", "A")], skipping);
    const [older] = database.import([dated("20200101000000.0", "B")], skipping);
    expect(older.outcome).toBe("ignored");
    expect(older.reason).toContain("20200101000000.0");
    expect(database.outcomes([dated("20200202000000.0", "C")], skipping)).toEqual(["updated"]);
    expect(database.outcomes([dated("", "D")], skipping)).toEqual(["updated"]);
    expect(database.outcomes([dated("20200101000000.0", "E")], skipping)).toEqual(["updated"]);
  });

  it("compares times, whatever their form, and takes what is none for missing", () => {
    database.import([dated("2020-02-02T10:00:00+01:00", "A")], skipping);
    const become = (marcDate: string, title: string) =>
      database.outcomes([dated(marcDate, title)], skipping)[0];
    expect(become("20200202085959.0", "B")).toBe("ignored");
    expect(become("2020-02-02T08:59:59Z", "C")).toBe("ignored");
    expect(become("20200202090000.0", "D")).toBe("updated");
    // As text, the first three would be older and the last ones newer for ever.
    for (const none of [
      "00000000000000.0",
      "               ",
      "!",
      "99991231235959.9",
      "20209999000000.0",
    ]) {
      expect(become(none, `to ${none}`), none).toBe("updated");
      expect(become("20200101000000.0", `from ${none}`), none).toBe("updated");
    }
    expect(become("20191231000000.0", "E")).toBe("ignored");
  });

  it("is off unless it is stated", () => {
    database.import([dated("20200202000000.0", "A")]);
    expect(database.outcomes([dated("20200101000000.0", "B")])).toEqual(["updated"]);
  });

  it("holds for deletions and for merged records, each by its own date", () => {
    database.import([dated("20200202000000.0", "A")], skipping);
    const old = { ...deletion(1), marcDate: "20200101000000.0" };
    expect(database.outcomes([old], skipping)).toEqual(["ignored"]);

    const merging: TestConfig = {
      duplicatePolicy: "MERGE",
      matchMethods: ["EXACT_TITLE"],
      settings: { ...skipping.settings, foreignSource: "SCP" },
    };
    expect(database.outcomes([dated("20190303000000.0", "A")], merging)).toEqual(["merged"]);
    expect(database.outcomes([dated("20190202000000.0", "A")], merging)).toEqual(["ignored"]);
    expect(database.outcomes([dated("20190404000000.0", "A")], merging)).toEqual(["unchanged"]);
    expect(database.outcomes([dated("20190303000000.0", "A")], merging)).toEqual(["ignored"]);
  });
});

describe("max_deletes", () => {
  it.each([
    [{ kind: "number", value: 7 }, 1000, 7],
    [{ kind: "number", value: 0 }, 1000, 0],
    [{ kind: "share", value: 0.25 }, 1000, 250],
    [{ kind: "share", value: 0.25 }, 3, 0],
    [{ kind: "default" }, 20, 50],
    [{ kind: "default" }, 1000, 100],
  ] as const)("%j of %i rows allows %i", (setting, rows, limit) => {
    expect(deleteLimit(setting, rows)).toBe(limit);
    const brake = new DeleteBrake(setting, () => rows);
    brake.press(limit);
    expect(() => brake.press(1)).toThrow(/^max_deletes allows/);
  });

  it("does not count the rows while the number cannot decide", () => {
    const brake = new DeleteBrake({ kind: "default" }, () => {
      throw new Error("counted");
    });
    brake.press(50);
    expect(() => brake.press(1)).toThrow("counted");
  });

  const three: TestConfig = { settings: { maxDeletes: { kind: "number", value: 3 } } };

  it("stops before one deletion too many, by leader", () => {
    database.import(numbers(10).map((i) => record(i)));
    expect(() => database.import(numbers(4).map(deletion), three)).toThrow(/^max_deletes allows/);
    expect(rowCount()).toBe(10);
    database.import(numbers(3).map(deletion), three);
    expect(rowCount()).toBe(7);
  });

  it("stops before it deletes any of too many duplicates", () => {
    const afcrawler: TestConfig = { settings: { foreignSource: "afcrawler" } };
    database.import(
      numbers(4).map((i) => record(i, "Botany")),
      afcrawler,
    );
    const removing: TestConfig = {
      ...three,
      duplicatePolicy: "REMOVE_LOWER",
      matchMethods: ["EXACT_TITLE"],
    };
    database.during(removing, (run) => {
      expect(() => run.batch([record("x", "Botany")])).toThrow(/^max_deletes allows/);
      expect(rowCount()).toBe(4);
      expect(run.batch([record("y", "Zoology")])[0].outcome).toBe("created");
    });
  });

  it("counts no withdrawal of a contribution", () => {
    database.import(numbers(5).map((i) => record(i, `T${i}`)));
    const scp = { ...three.settings, foreignSource: "SCP" };
    database.import(
      numbers(5).map((i) => record(i, `T${i}`)),
      { duplicatePolicy: "MERGE", matchMethods: ["EXACT_TITLE"], settings: scp },
    );
    const treated = database.outcomes(numbers(5).map(deletion), { settings: scp });
    expect(treated).toEqual(Array(5).fill("deleted"));
    expect(rowCount()).toBe(5);
  });

  it("is the share of the rows at the beginning of the run, also after it was resumed", () => {
    database.import(numbers(40).map((i) => record(i)));
    const quarter: TestConfig = { settings: { maxDeletes: { kind: "share", value: 0.25 } } };
    const config = database.config(quarter);
    database.with((store) => {
      const run = database.begin(store, config);
      run.batch([record("new"), deletion("new"), ...numbers(8).map(deletion), record("other")]);
      // As a resumed run would find it.
      const resumed = database.resume(store, config, run.writer.runId);
      expect(() => resumed.batch([deletion(9), deletion(10)])).toThrow(/^max_deletes allows/);
    }, quarter);
    expect(rowCount()).toBe(33);
  });
});
