import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TestDatabase, type TestRecord, temporaryFolder } from "../support/import-harness.js";
import { otherProgram } from "../support/other-program.js";
import type { TestConfig } from "../support/test-config.js";

let folder: ReturnType<typeof temporaryFolder>;
let database: TestDatabase;

beforeEach(() => {
  folder = temporaryFolder();
  database = new TestDatabase(`${folder.path}/test.sqlite`);
});
afterEach(() => folder.remove());

const record = (id: string, title: string, more: Partial<TestRecord> = {}): TestRecord => ({
  id,
  values: { title },
  ...more,
});
const MERGING: TestConfig = { duplicatePolicy: "MERGE", matchMethods: ["EXACT_TITLE"] };

function rows(): Record<string, unknown>[] {
  return otherProgram(
    database.path,
    (db) =>
      db.prepare("SELECT * FROM record_info ORDER BY record_id").all() as Record<string, unknown>[],
  );
}

describe("a row", () => {
  it("tells where it came from and when it was written", () => {
    database.import([record("a", "Botany"), record("b", "Zoology", { marcDate: "2020" })]);
    const now = "2026-01-02T03:04:05Z";
    expect(rows()[1]).toMatchObject({
      foreign_source: "vlcrawler",
      foreign_id: "b",
      source_record: "test.mrc:100:100",
      marc_date: "2020",
      date_created: now,
      date_modified: now,
      expert_created: 0,
    });
  });

  it("is written only if something differs, and then keeps the date of its creation", () => {
    database.import([record("a", "Botany")]);
    const before = rows();
    database.import([record("z", "Other"), record("a", "Botany")]);
    expect(rows()[0]).toEqual(before[0]);
    const later = "2026-02-03T00:00:00Z";
    database.during({}, (run) => run.batch([record("z", "Other"), record("a", "Flora")], later));
    expect(rows()[0]).toEqual({
      ...before[0],
      title: "Flora",
      source_record: "test.mrc:100:100",
      date_modified: later,
    });
  });
});

describe("an id that comes again in one run", () => {
  const repeated = (records: readonly TestRecord[], stated: TestConfig = {}) =>
    database.import(records, stated).map((t) => `${t.outcome}${t.repeated ? " again" : ""}`);

  it("refreshes its row again: the last wins, and each repetition is told", () => {
    const records = [record("a", "One"), record("b", "B"), record("a", "Two"), record("a", "Two")];
    expect(repeated(records)).toEqual(["created", "created", "updated again", "unchanged again"]);
    expect(rows()[0]).toMatchObject({ title: "Two" });
    expect(repeated(records)).toEqual(["updated", "unchanged", "updated again", "unchanged again"]);
  });

  it("is told in a later batch and after the run was resumed", () => {
    const config = database.config();
    database.with((store) => {
      const run = database.begin(store, config);
      run.batch([record("a", "One")]);
      expect(run.batch([record("a", "Two")])[0].repeated).toBe(true);
      const resumed = database.resume(store, config, run.writer.runId);
      expect(
        resumed.batch([record("a", "Three"), record("b", "B")]).map((t) => t.repeated),
      ).toEqual([true, false]);
    });
  });

  it("is told of merged records, and not of the row that they were merged into", () => {
    database.import([record("own", "Botany")]);
    expect(
      repeated([record("a", "Botany"), record("own", "Botany"), record("a", "Botany")], MERGING),
    ).toEqual(["merged", "unchanged", "unchanged again"]);
  });

  it("is not told where a deletion stands between", () => {
    const records = [record("a", "One"), { id: "a", deleted: true }, record("a", "Two")];
    expect(repeated(records)).toEqual(["created", "deleted again", "created"]);
  });
});

describe("a resumed run", () => {
  it("does not delete what it had created, refreshed or found unchanged before", () => {
    const replacing: TestConfig = { duplicatePolicy: "REPLACE", matchMethods: ["EXACT_TITLE"] };
    database.import([record("old", "Flora"), record("same", "Fauna")]);
    const config = database.config(replacing);
    database.with((store) => {
      const run = database.begin(store, config);
      run.batch([record("new", "Botany"), record("old", "Zoology"), record("same", "Fauna")]);
      const resumed = database.resume(store, config, run.writer.runId);
      const twins = ["Botany", "Zoology", "Fauna"].map((title) => record(`twin ${title}`, title));
      expect(resumed.batch(twins).map((t) => t.outcome)).toEqual(["ignored", "ignored", "ignored"]);
      resumed.finish();
      expect(database.begin(store, config).batch([twins[0]])[0]).toMatchObject({
        outcome: "created",
        removed: [3],
      });
    }, replacing);
  });
});

describe("local records", () => {
  const local: TestConfig = { settings: { foreignSource: "" } };

  it("get rows without source and id, again with every import", () => {
    expect(database.outcomes([record("a", "Botany")], local)).toEqual(["created"]);
    expect(database.outcomes([record("a", "Botany")], local)).toEqual(["created"]);
    expect(rows().map((row) => [row.foreign_source, row.foreign_id])).toEqual([
      ["", ""],
      ["", ""],
    ]);
  });

  it("are kept from doubling by a policy, among each other too", () => {
    const stated: TestConfig = {
      ...local,
      duplicatePolicy: "KEEP_HIGHER_OR_SAME",
      matchMethods: ["EXACT_TITLE"],
    };
    const records = [record("a", "Botany"), record("b", "Botany"), record("c", "Zoology")];
    expect(database.outcomes(records, stated)).toEqual(["created", "ignored", "created"]);
    expect(database.outcomes(records, stated)).toEqual(["ignored", "ignored", "ignored"]);
  });

  it("delete nothing", () => {
    database.import([record("a", "Botany")], local);
    expect(database.outcomes([{ id: "a", deleted: true }], local)).toEqual(["ignored"]);
    expect(database.outcomes([{ id: "", deleted: true }], local)).toEqual(["ignored"]);
    expect(rows()).toHaveLength(1);
  });
});

describe("a batch that fails", () => {
  it("leaves nothing behind, and the run can go on", () => {
    const config = database.config(MERGING);
    database.with((store) => {
      const run = database.begin(store, config);
      run.batch([record("a", "Botany")]);
      expect(() =>
        store.transaction(() => {
          store.db.exec("DELETE FROM record_info");
          throw new Error("power cut");
        }),
      ).toThrow("power cut");
      expect(run.batch([record("b", "Botany")])[0].outcome).toBe("merged");
    }, MERGING);
    expect(rows().map((row) => row.title)).toEqual(["Botany"]);
  });

  it("leaves no transaction open if it cannot begin", () => {
    database.import([record("a", "Botany")]);
    database.with((store) => {
      store.db.exec(
        "CREATE TRIGGER broken BEFORE DELETE ON edited_records BEGIN SELECT RAISE(ABORT, 'broken'); END",
      );
      otherProgram(database.path, (db) => db.exec("UPDATE record_info SET title = 'Zoology'"));
      expect(() => store.transaction(() => undefined)).toThrow("broken");
      expect(store.db.inTransaction).toBe(false);
    });
  });
});

describe("an ignored record", () => {
  it("says what its mapping said, and looks for nothing", () => {
    const ignore = { code: "filter", message: "exclude_if1 holds" } as const;
    const [treatment] = database.import([record("a", "Botany", { ignore })]);
    expect(treatment).toMatchObject({ outcome: "ignored", reason: "exclude_if1 holds" });
    expect(treatment.considered).toMatchObject({ shortcut: "filter", query: null, existing: null });
  });
});
