/** A run that was interrupted and resumed, with another run in between. */

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TestRecord } from "../support/import-harness.js";
import { snapshot } from "../support/snapshot.js";
import type { TestConfig } from "../support/test-config.js";
import { titled, UndoDatabase } from "../support/undo-harness.js";

let database: UndoDatabase;

beforeEach(() => {
  database = new UndoDatabase();
});
afterEach(() => database.remove());

/** Imports in two parts, with other work in between; gives the name of the run. */
function interrupted(
  parts: readonly [readonly TestRecord[], readonly TestRecord[]],
  between: () => void,
  stated: TestConfig = {},
): string {
  const { imports } = database;
  const config = imports.config(stated);
  const { runId, run } = imports.with((store) => {
    const begun = imports.begin(store, config);
    begun.batch(parts[0]);
    begun.finish("interrupted");
    return store.runs.list().at(-1) ?? { runId: 0, run: "" };
  }, stated);
  between();
  imports.with((store) => {
    const resumed = imports.resume(store, config, runId);
    resumed.batch(parts[1]);
    resumed.finish();
  }, stated);
  return run;
}

/** Merges a record of another source into the row of that title. */
function mergeInto(title: string): string {
  const record = { id: "b", values: { title, keywords: ";theirs;" } };
  return database.run([record], {
    duplicatePolicy: "MERGE",
    settings: { foreignSource: "SCP" },
  });
}

const diffOf = (name: string) =>
  database.imports.with((store) => [...store.diff(store.runs.find(name)?.runId ?? 0)]);

describe("what another run did to a row before", () => {
  it("is no part of the diff, and stays when the run is undone", async () => {
    database.run([titled("a", "Botany")]);
    let between = "";
    const parts = [[titled("n", "Other")], [titled("a", "Botany", "Gray")]] as const;
    const run = interrupted(parts, () => {
      between = mergeInto("Botany");
    });
    const ofRow = diffOf(run).find(({ recordId }) => recordId === 1);
    expect(ofRow?.fields.map(({ field }) => field)).not.toContain("keywords");
    expect(ofRow).toMatchObject({ actions: ["updated"], merged: [], withdrawn: [] });
    expect((await database.undo(between)).left[0].reason).toBe(`run ${run} has updated it since`);
    expect(await database.undo(run)).toMatchObject({ left: [], totals: { restored: 1 } });
    expect(database.rows("title, publisher, keywords")).toEqual([["Botany", "", ";theirs;"]]);
    expect(await database.undo(between)).toMatchObject({ left: [], totals: { restored: 1 } });
    expect(database.rows("title, keywords")).toEqual([["Botany", ""]]);
  });

  it("comes back with the row that the run has deleted", async () => {
    let between = "";
    const run = interrupted(
      [[titled("n", "Other")], [titled("a", "Botany")]],
      () => {
        const low = { settings: { foreignSource: "low" } };
        between = database.run([titled("z", "Botany", "Gray")], low);
      },
      {
        duplicatePolicy: "REMOVE_LOWER",
        priorityList: ["vlcrawler"],
        settings: { foreignSource: "vlcrawler" },
      },
    );
    expect(database.rows("title")).toEqual([["Other"], ["Botany"]]);
    const { totals, left } = await database.undo(run);
    expect([totals, left]).toEqual([{ removed: 2, restored: 0, revived: 1, left: 0 }, []]);
    expect(database.rows("foreign_id, publisher")).toEqual([["z", "Gray"]]);
    expect((await database.undo(between)).totals.removed).toBe(1);
  });
});

describe("an id that two rows have had, one after the other", () => {
  it("belongs to the one that had it last, and the other row is left", async () => {
    const low = { settings: { foreignSource: "low" } };
    database.run([titled("z", "Botany", "one")], low);
    const run = interrupted(
      [[titled("a", "Botany")], [titled("b", "Botany")]],
      () => database.run([titled("z", "Botany", "other")], low),
      { duplicatePolicy: "REMOVE_LOWER", priorityList: ["vlcrawler"] },
    );
    expect(database.rows("foreign_id")).toEqual([["a"], ["b"]]);
    const { totals, left } = await database.undo(run);
    expect(totals).toMatchObject({ removed: 2, revived: 1, left: 1 });
    expect(left[0].reason).toBe("low z, which belongs to it, is now that of row 3");
    expect(database.rows("record_id, foreign_id, publisher")).toEqual([[3, "z", "other"]]);
  });
});

describe("a merged source that two rows have had, one after the other", () => {
  it("stays with the row that has it, which goes back alone", async () => {
    const merging: TestConfig = { duplicatePolicy: "MERGE" };
    const from = (title: string, keywords: string) => ({ id: "x", values: { title, keywords } });
    database.run([titled("a", "Botany"), titled("b", "Zoology")]);
    database.run([from("Botany", ";old;")], merging);
    const run = interrupted(
      [[{ id: "x", deleted: true }], [from("Zoology", ";newest;"), titled("a", "Botany", "Gray")]],
      () => database.run([from("Zoology", ";new;")], merging),
      merging,
    );
    const { totals, left } = await database.undo(run);
    expect(totals).toEqual({ removed: 0, restored: 1, revived: 0, left: 1 });
    expect(left[0]).toMatchObject({
      recordId: 1,
      reason: "vlcrawler x, which belongs to it, is now merged into row 2",
    });
    expect(database.rows("title, publisher, keywords")).toEqual([
      ["Botany", "Gray", ""],
      ["Zoology", "", ";new;"],
    ]);
  });
});

describe("what somebody wrote between two changes of a row", () => {
  it("is not lost without --force", async () => {
    database.run([titled("a", "Botany", "Gray")]);
    const parts = [[titled("a", "Botany", "Green")], [titled("a", "Botany", "Blue")]] as const;
    const run = interrupted(parts, () => {
      database.sql("UPDATE record_info SET access = 'by hand'");
    });
    const { left } = await database.undo(run);
    expect(left.map(({ reason }) => reason)).toEqual(["somebody else has edited it since"]);
    expect(database.rows("publisher, access")).toEqual([["Blue", ""]]);
    await database.undo(run, true);
    expect(database.rows("publisher")).toEqual([["Gray"]]);
  });
});

describe("what another run did between two changes of a row", () => {
  it("is no part of the diff; the row is left, and by force goes back before both", async () => {
    database.run([titled("a", "Botany")]);
    const before = snapshot(database.path);
    let between = "";
    const run = interrupted(
      [[titled("a", "Botany", "Gray")], [titled("a", "Flora", "Green")]],
      () => {
        between = mergeInto("Botany");
      },
    );
    const [row] = diffOf(run);
    expect(row).toMatchObject({ actions: ["updated", "updated"], merged: [], title: "Flora" });
    const told = row.fields.map(({ field, before: was, after }) => [field, was, after]);
    expect(told).toEqual(
      expect.arrayContaining([
        ["title", "Botany", "Flora"],
        ["publisher", "", "Green"],
      ]),
    );
    expect(told.map(([field]) => field)).not.toContain("keywords");
    expect(diffOf(between)[0]).toMatchObject({ actions: ["merged"], merged: ["SCP b"] });
    expect((await database.undo(run)).left[0].reason).toBe(
      `run ${between} has merged it while this run was interrupted`,
    );
    await database.undo(run, true);
    expect(snapshot(database.path)).toEqual(before);
  });
});
