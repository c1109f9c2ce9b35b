import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EXIT } from "../../src/diagnostics/failure.js";
import { undoRun } from "../../src/running/undo.js";
import type { TestRecord } from "../support/import-harness.js";
import { snapshot } from "../support/snapshot.js";
import { refusal, titled, UndoDatabase } from "../support/undo-harness.js";

let database: UndoDatabase;

beforeEach(() => {
  database = new UndoDatabase();
});
afterEach(() => database.remove());

describe("a run that cannot be undone", () => {
  it("is unknown: the nearest name is proposed", async () => {
    database.run([titled("a", "Botany")]);
    const failure = await refusal(database.undo("rum-1"));
    expect(failure.exitStatus).toBe(EXIT.usage);
    expect(`${failure.message} ${failure.advice}`).toMatch(/no run "rum-1".*run-1/);
  });

  it("has been undone already; undoing the undo makes it possible again", async () => {
    const first = database.run([titled("a", "Botany")]);
    const undone = await database.undo(first);
    const failure = await refusal(database.undo(first));
    expect(failure.exitStatus).toBe(EXIT.usage);
    expect(failure.message).toContain(`undone already, by run ${undone.run}`);
    await database.undo(undone.run);
    expect(database.rows()).toEqual([[1, "Botany"]]);
    await database.undo(first);
    expect(database.rows()).toEqual([]);
  });

  it("has lost its before-images", async () => {
    const first = database.run([titled("a", "Botany")]);
    const second = database.run([titled("b", "Zoology")]);
    database.sql(`UPDATE runs SET finished_at = '2025-01-01T00:00:00Z' WHERE run = '${first}'`);
    const pruned = database.imports.with((store) => store.pruneChanges("2025-06-01T00:00:00Z"));
    expect(pruned).toBe(1);
    const failure = await refusal(database.undo(first));
    expect(failure.exitStatus).toBe(EXIT.usage);
    expect(failure.message).toContain("no longer kept ([Database] keep_changes)");
    expect((await database.undo(second)).totals.removed).toBe(1);
  });

  it("is held by another process", async () => {
    const first = database.run([titled("a", "Botany")]);
    database.imports.with((store) => store.takeLease("another"));
    const failure = await refusal(database.undo(first));
    expect(failure.exitStatus).toBe(EXIT.database);
    expect(failure.message).toContain("held by run another");
  });

  it("does not make a database that is not there", async () => {
    const failure = await refusal(database.undo("run-1"));
    expect(failure.message).toContain("there is no such database");
  });
});

describe("an undo that is stopped", () => {
  it("leaves everything as it was, and begins anew", async () => {
    const records = Array.from({ length: 1200 }, (_, i) => titled(`r${i}`, `Title ${i}`));
    const first = database.run(records);
    const before = snapshot(database.path);
    let looks = 0;
    const failure = await refusal(
      undoRun({
        config: database.imports.config(),
        run: first,
        force: false,
        wait: 0,
        stopSignal: () => (++looks === 2 ? "SIGTERM" : null),
      }),
    );
    expect(failure.exitStatus).toBe(EXIT.terminated);
    expect(failure.message).toContain("nothing was taken back");
    expect(snapshot(database.path)).toEqual(before);
    expect((await database.undo(first)).totals.removed).toBe(1200);
  });
});

describe("imports behind an undo", () => {
  const input = { fileNumber: 1, path: "/in.mrc", bytes: 100, fingerprint: "100:abc" };
  /** A run over that input; gives its name. */
  const importFile = (records: readonly TestRecord[]) =>
    database.imports.during({}, (begun) => {
      begun.store.transaction((books) => books.reopen(begun.writer.runId, [input]));
      begun.batch(records);
      return begun.store.runs.list().at(-1)?.run ?? "";
    });
  const importedBefore = () =>
    database.imports.with(
      (store) => store.runs.importedBefore("vlcrawler", input.fingerprint)?.run,
    );

  it("draw no warning for a file whose import was undone, until that is undone", async () => {
    const first = importFile([titled("a", "Botany")]);
    expect(importedBefore()).toBe(first);
    const { run: name } = await database.undo(first);
    expect(importedBefore()).toBeUndefined();
    await database.undo(name);
    expect(importedBefore()).toBe(first);
  });

  it("draw it again for one that was not undone whole", async () => {
    const first = importFile([titled("a", "Botany"), titled("b", "Zoology")]);
    database.sql("UPDATE record_info SET access = 'by hand' WHERE record_id = 1");
    expect((await database.undo(first)).totals).toMatchObject({ removed: 1, left: 1 });
    expect(importedBefore()).toBe(first);
    await database.undo(first, true);
    expect(importedBefore()).toBeUndefined();
  });

  it("draw none for one of which somebody has deleted what an undo could not take back", async () => {
    const first = importFile([titled("a", "Botany"), titled("b", "Zoology")]);
    database.sql("DELETE FROM record_info WHERE record_id = 1");
    expect((await database.undo(first)).totals).toMatchObject({ removed: 1, left: 1, gone: 1 });
    expect(importedBefore()).toBeUndefined();
    expect((await refusal(database.undo(first))).message).toContain("undone already");
  });

  it("make the same rows again", async () => {
    const records = [titled("a", "Botany"), titled("b", "Zoology")];
    await database.undo(database.run(records));
    expect(database.imports.outcomes(records)).toEqual(["created", "created"]);
  });

  /** An interrupted run of one record; gives its register entry. */
  function interrupted() {
    return database.imports.with((store) => {
      const begun = database.imports.begin(store, database.imports.config());
      begun.batch([titled("a", "Botany")]);
      const [{ totals }] = store.runs.list();
      const position = { offset: 100, recordNumber: 1, bytesBefore: "" };
      const checkpoint = { fileNumber: 1, position, totals, fullLoad: false };
      const files = { rejectsMrcBytes: 0, rejectsJsonlBytes: 0 };
      store.transaction((books) =>
        books.checkpoint(begun.writer.runId, { ...checkpoint, ...files }, 0),
      );
      begun.finish("interrupted");
      return store.runs.list().at(-1) ?? { runId: 0, run: "" };
    });
  }
  const checkpointOf = (runId: number) =>
    database.imports.with((store) => store.runs.readCheckpoint(runId));

  it("do not go on behind the checkpoint of an interrupted run that was undone", async () => {
    const first = interrupted();
    expect(checkpointOf(first.runId)).not.toBeNull();
    await database.undo(first.run);
    expect(database.rows()).toEqual([]);
    expect(checkpointOf(first.runId)).toBeNull();
  });

  it("do not go on with one that had changed nothing, once it was undone", async () => {
    database.run([titled("a", "Botany")]);
    const second = interrupted();
    expect((await database.undo(second.run)).totals).toMatchObject({ removed: 0, left: 0 });
    expect(checkpointOf(second.runId)).toBeNull();
  });

  it("go on with one of which nothing could be taken back", async () => {
    const first = interrupted();
    database.sql("UPDATE record_info SET access = 'by hand'");
    expect((await database.undo(first.run)).totals).toMatchObject({ removed: 0, left: 1 });
    expect(checkpointOf(first.runId)).not.toBeNull();
  });
});
