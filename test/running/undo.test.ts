import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EXIT } from "../../src/diagnostics/failure.js";
import { snapshot } from "../support/snapshot.js";
import type { TestConfig } from "../support/test-config.js";
import { refusal, titled, UndoDatabase } from "../support/undo-harness.js";

let database: UndoDatabase;

beforeEach(() => {
  database = new UndoDatabase();
});
afterEach(() => database.remove());

describe("undoing a run", () => {
  it("takes created rows out, restores updated ones and brings deleted ones back", async () => {
    database.run([titled("a", "Botany"), titled("b", "Zoology")]);
    const before = snapshot(database.path);
    const second = database.run([
      titled("a", "Botanics"),
      { id: "b", deleted: true },
      titled("c", "Ecology"),
      titled("d", "Mosses"),
    ]);
    expect(database.rows()).toHaveLength(3);
    const { totals, exitStatus, left } = await database.undo(second);
    expect(totals).toEqual({ removed: 2, restored: 1, revived: 1, left: 0 });
    expect([exitStatus, left]).toEqual([EXIT.done, []]);
    expect(snapshot(database.path)).toEqual(before);
  });

  it("is a run itself, entered with what it did", async () => {
    const first = database.run([titled("a", "Botany")]);
    const { run: name } = await database.undo(first);
    database.imports.with((store) => {
      const entered = store.runs.find(name);
      expect(entered).toMatchObject({ command: "undo", undoes: first, status: "done" });
      expect(entered?.totals.undone).toEqual({ removed: 1, restored: 0, revived: 0, left: 0 });
      expect(store.runs.undoneBy(first)?.run).toBe(name);
      expect(store.leaseHolder()).toBeNull();
    });
  });

  it("leaves a row that a later run has touched, naming both", async () => {
    const first = database.run([titled("a", "Botany"), titled("b", "Zoology")]);
    const second = database.run([titled("a", "Botanics")]);
    const { left, totals, exitStatus } = await database.undo(first);
    expect(left).toEqual([
      {
        recordId: 1,
        foreignSource: "vlcrawler",
        foreignId: "a",
        title: "Botanics",
        reason: `run ${second} has updated it since`,
      },
    ]);
    expect([exitStatus, totals.removed]).toEqual([EXIT.rejects, 1]);
    expect(database.rows()).toEqual([[1, "Botanics"]]);
  });

  it("finishes what it had to leave when the later run has been undone", async () => {
    database.run([]);
    const empty = snapshot(database.path);
    const first = database.run([titled("a", "Botany"), titled("b", "Zoology")]);
    const second = database.run([titled("a", "Botanics")]);
    await database.undo(first);
    expect((await database.undo(first)).totals).toEqual({
      removed: 0,
      restored: 0,
      revived: 0,
      left: 1,
    });
    await database.undo(second);
    expect((await database.undo(first)).totals).toEqual({
      removed: 1,
      restored: 0,
      revived: 0,
      left: 0,
    });
    expect(snapshot(database.path)).toEqual(empty);
  });

  it("names the merged records that go with a row by --force, not those of the run itself", async () => {
    const merging: TestConfig = { duplicatePolicy: "MERGE" };
    const first = database.run([titled("a", "Botany"), titled("b", "Botany")], merging);
    database.run([titled("s", "Botany")], { ...merging, settings: { foreignSource: "SCP" } });
    expect(await database.undo(first)).toMatchObject({ losses: [], totals: { left: 1 } });
    const { losses } = await database.undo(first, true);
    expect(losses).toEqual([
      expect.stringMatching(/^M602: a row was deleted .* \(found record_id 1 with SCP "s"\)$/),
    ]);
    expect(database.rows()).toEqual([]);
  });

  it("takes a row behind later runs, too, with --force", async () => {
    database.run([titled("a", "Botany")]);
    const before = snapshot(database.path);
    const second = database.run([titled("a", "Botanics", "Gray")]);
    const third = database.run([titled("a", "Flora")]);
    const after = snapshot(database.path);
    const forced = await database.undo(second, true);
    expect(forced.left).toEqual([]);
    expect(snapshot(database.path)).toEqual(before);
    expect((await refusal(database.undo(second))).exitStatus).toBe(EXIT.usage);
    // The third run's work on the row went along, so there is nothing of it to undo.
    expect((await database.undo(third)).totals).toEqual({
      removed: 0,
      restored: 0,
      revived: 0,
      left: 0,
    });
    await database.undo(forced.run);
    expect(snapshot(database.path)).toEqual(after);
  });
});

describe("rows by somebody else's hand", () => {
  it.each([
    ["a column that the run wrote", "title = 'By hand'"],
    ["a column that it did not write", "access = 'reading room'"],
  ])("are left when %s was edited since", async (_what, edit) => {
    database.run([titled("a", "Botany")]);
    const second = database.run([titled("a", "Botanics")]);
    database.sql(`UPDATE record_info SET ${edit}`);
    const before = database.rows("*");
    const { left } = await database.undo(second);
    expect(left.map(({ reason }) => reason)).toEqual(["somebody else has edited it since"]);
    expect(database.rows("*")).toEqual(before);
    expect((await database.undo(second, true)).totals.restored).toBe(1);
  });

  it("are taken back when the edit is older than the run", async () => {
    const protecting = { settings: { protectedFields: ["title"] } };
    database.run([titled("a", "Botany", "Gray")]);
    database.sql("UPDATE record_info SET title = 'By hand'");
    const before = database.rows("*");
    const second = database.run([titled("a", "Botanics", "Green")], protecting);
    expect(database.rows("title, publisher")).toEqual([["By hand", "Green"]]);
    expect((await database.undo(second)).totals).toMatchObject({ restored: 1, left: 0 });
    expect(database.rows("*")).toEqual(before);
    // The edit is still known as one.
    database.run([titled("a", "Botanics")], protecting);
    expect(database.rows("title")).toEqual([["By hand"]]);
  });

  it("stay when they were created by the run and edited since", async () => {
    const first = database.run([titled("a", "Botany"), titled("b", "Zoology")]);
    database.sql("UPDATE record_info SET keywords = ';plants;' WHERE record_id = 1");
    expect((await database.undo(first)).left.map(({ recordId }) => recordId)).toEqual([1]);
    expect(database.rows()).toEqual([[1, "Botany"]]);
    await database.undo(first, true);
    expect(database.rows()).toEqual([]);
  });

  it("that somebody deleted are named and not brought back", async () => {
    database.run([titled("a", "Botany")]);
    const second = database.run([titled("a", "Botanics"), titled("b", "Zoology")]);
    database.sql("DELETE FROM record_info");
    const reasons = (await database.undo(second)).left.map(({ recordId, reason }) => [
      recordId,
      reason,
    ]);
    expect(reasons).toEqual([
      [1, "somebody else has deleted it since"],
      [2, "somebody else has deleted it since"],
    ]);
    expect(database.rows()).toEqual([]);
  });

  it("are left when they were made by hand, too, and nothing is remembered of them", async () => {
    const merging: TestConfig = { duplicatePolicy: "MERGE" };
    const byHand = "INSERT INTO record_info (title, keywords) VALUES ('Botany', ';mine;')";
    database.run([]);
    database.sql(byHand);
    const merge = database.run(
      [{ id: "m", values: { title: "Botany", keywords: ";k;" } }],
      merging,
    );
    database.sql("UPDATE record_info SET keywords = ';mine;k;more;'");
    const reasons = async (run: string) => (await database.undo(run)).left.map((row) => row.reason);
    expect(await reasons(merge)).toEqual(["somebody else has edited it since"]);
    expect(database.rows("keywords")).toEqual([[";mine;k;more;"]]);
    await database.undo(merge, true);
    expect(database.rows("keywords")).toEqual([[";mine;"]]);
  });

  it("are left when an undo had brought them back and they were edited since", async () => {
    database.run([]);
    database.sql("INSERT INTO record_info (title) VALUES ('Botany')");
    const replace = database.run([titled("a", "Botany")], { duplicatePolicy: "REPLACE" });
    const { run: undo } = await database.undo(replace);
    database.sql("UPDATE record_info SET access = 'reading room'");
    const { left } = await database.undo(undo);
    expect(left.map(({ reason }) => reason)).toEqual(["somebody else has edited it since"]);
    expect(database.rows("title, access")).toContainEqual(["Botany", "reading room"]);
  });

  it("are left when they stand in place of a row that was deleted by hand", async () => {
    const first = database.run([titled("a", "Botany")]);
    database.sql("DELETE FROM record_info");
    database.run([titled("b", "Zoology")]);
    database.sql("INSERT INTO record_info (record_id, title) VALUES (1, 'Another')");
    expect((await database.undo(first)).left.map(({ recordId }) => recordId)).toEqual([1]);
    expect(database.rows()).toEqual([
      [1, "Another"],
      [2, "Zoology"],
    ]);
  });

  it("lose the digest of their record when an undo is forced on them", async () => {
    database.run([titled("a", "Botany")]);
    const second = database.run([titled("a", "Botanics")]);
    database.sql("UPDATE record_info SET access = 'reading room'");
    await database.undo(second, true);
    expect(database.rows("title, access")).toEqual([["Botany", "reading room"]]);
    expect(database.imports.outcomes([titled("a", "Botany")])).toEqual(["updated"]);
    expect(database.rows("title, access")).toEqual([["Botany", ""]]);
  });
});

describe("rows whose id has gone elsewhere", () => {
  it("stay away, also with --force, while another row has their foreign id", async () => {
    database.run([titled("a", "Botany")]);
    const second = database.run([{ id: "a", deleted: true }]);
    const third = database.run([titled("a", "Botany again")]);
    for (const force of [false, true]) {
      const { left, totals } = await database.undo(second, force);
      expect(totals).toEqual({ removed: 0, restored: 0, revived: 0, left: 1 });
      expect(left[0].reason).toBe("vlcrawler a, which belongs to it, is now row 2");
    }
    database.imports.with((store) => expect(store.runs.undoneBy(second)).toBeNull());
    await database.undo(third);
    expect((await database.undo(second)).totals.revived).toBe(1);
    expect(database.rows()).toEqual([[1, "Botany"]]);
  });

  it("do not get a merged source back that has been merged elsewhere since", async () => {
    const merging: TestConfig = { duplicatePolicy: "MERGE" };
    database.run([titled("a", "Botany"), titled("b", "Zoology")]);
    const keyed = { id: "x", values: { title: "Botany", keywords: ";k;" } };
    database.run([keyed], merging);
    const withdrawal = database.run([{ id: "x", deleted: true }], merging);
    database.run([{ id: "x", values: { title: "Zoology", keywords: ";k;" } }], merging);
    const { left } = await database.undo(withdrawal);
    expect(left[0].reason).toBe("vlcrawler x, which belongs to it, is now merged into row 2");
  });

  it("change places within one run and come back", async () => {
    const merging: TestConfig = { duplicatePolicy: "MERGE" };
    const into = (id: string, title: string) => ({ id, values: { title, keywords: `;${id};` } });
    database.run([titled("a", "Botany"), titled("b", "Zoology")]);
    database.run([into("x", "Botany"), into("y", "Zoology")], merging);
    const before = snapshot(database.path);
    const gone = (id: string) => ({ id, deleted: true });
    const swap = database.run(
      [gone("x"), gone("y"), into("x", "Zoology"), into("y", "Botany")],
      merging,
    );
    const after = snapshot(database.path);
    const { run: name, totals } = await database.undo(swap);
    expect(totals.left).toBe(0);
    expect(snapshot(database.path)).toEqual(before);
    await database.undo(name);
    expect(snapshot(database.path)).toEqual(after);
  });
});
