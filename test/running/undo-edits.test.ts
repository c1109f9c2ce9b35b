/** What an undo makes of rows that somebody else has written to, and what the next import makes of them. */

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { undoRun } from "../../src/running/undo.js";
import { confOf, marc } from "../faults/jobs.js";
import { otherProgram } from "../support/other-program.js";
import { RunFolder } from "../support/run-harness.js";
import type { TestConfig } from "../support/test-config.js";
import { titled, UndoDatabase } from "../support/undo-harness.js";

let database: UndoDatabase;

beforeEach(() => {
  database = new UndoDatabase();
});
afterEach(() => database.remove());

const PROTECTING: TestConfig = { settings: { protectedFields: ["publisher"] } };

const deletion = (id: string) => ({ id, deleted: true });

describe("another row by hand in the place of one that the run has deleted", () => {
  it("stays as it is, also with --force", async () => {
    database.run([titled("a", "Botany")]);
    const run = database.run([deletion("a")]);
    database.sql("INSERT INTO record_info (record_id, title) VALUES (1, 'By hand')");
    for (const force of [false, true]) {
      const { left } = await database.undo(run, force);
      expect(left.map(({ reason }) => reason)).toEqual([
        "somebody else has put another row in its place",
      ]);
      expect(database.rows()).toEqual([[1, "By hand"]]);
    }
  });

  it("is no hindrance once it is gone again", async () => {
    database.run([titled("a", "Botany")]);
    const run = database.run([deletion("a")]);
    database.sql("INSERT INTO record_info (record_id, title) VALUES (1, 'By hand')");
    database.run([titled("b", "Zoology")]);
    database.sql("DELETE FROM record_info WHERE record_id = 1");
    expect(await database.undo(run)).toMatchObject({ left: [], totals: { revived: 1 } });
    expect(database.rows()).toContainEqual([1, "Botany"]);
  });
});

describe("a protected field behind an undo", () => {
  it("takes updates where what stands there again is what an import wrote", async () => {
    database.run([titled("a", "Botany", "Gray")]);
    const second = database.run([titled("a", "Botany", "Green")]);
    database.sql("UPDATE record_info SET publisher = 'By hand'");
    database.run([titled("a", "Botany", "Blue")]);
    await database.undo(second, true);
    expect(database.rows("publisher")).toEqual([["Gray"]]);
    database.run([titled("a", "Botany", "White")], PROTECTING);
    expect(database.rows("publisher")).toEqual([["White"]]);
  });

  it("keeps an edit that stands there again", async () => {
    database.run([titled("a", "Botany", "Gray")]);
    database.sql("UPDATE record_info SET publisher = 'By hand'");
    const second = database.run([titled("a", "Botany", "Green")]);
    database.run([titled("a", "Botany", "Blue")]);
    await database.undo(second, true);
    expect(database.rows("publisher")).toEqual([["By hand"]]);
    database.run([titled("a", "Botany", "White")], PROTECTING);
    expect(database.rows("publisher")).toEqual([["By hand"]]);
  });
});

describe("a row that was edited since the run that is undone by force", () => {
  it("is compared again by the next import of the file that it was first made from", async () => {
    const folder = new RunFolder(confOf({ source: "test", policy: "KEEP_ALL" }));
    const row = (columns: string) =>
      otherProgram(`${folder.path}/ivia.sqlite`, (db) =>
        db.prepare(`SELECT ${columns} FROM record_info`).raw().all(),
      );
    const imported = async (title: string) => {
      folder.write("in.mrc", marc({ id: "a", title, subject: "Plants" }));
      return (await folder.import(["in.mrc"], { again: true })).summary;
    };
    try {
      await imported("Botany");
      const { run } = await imported("Botanics");
      otherProgram(`${folder.path}/ivia.sqlite`, (db) =>
        db.exec("UPDATE record_info SET subjects = ';By hand;'"),
      );
      const config = folder.config();
      const told = { onLeft: () => undefined, onLoss: () => undefined };
      await undoRun({ config, run, force: true, wait: 0, ...told });
      expect(row("title, subjects")).toEqual([["Botany", ";By hand;"]]);
      const { totals } = await imported("Botany");
      expect(totals.outcomes).toMatchObject({ updated: 1, unchanged: 0 });
      expect(row("title, subjects")).toEqual([["Botany", ";Plants;"]]);
    } finally {
      folder.remove();
    }
  });
});
