import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EXIT, type RunFailure } from "../../src/run/exit-status.js";
import { type UndoResult, undoRun } from "../../src/run/undo.js";
import type { LeftRow } from "../../src/store/undo-plan.js";
import { TestDatabase, type TestRecord, temporaryFolder } from "../support/import-harness.js";
import { otherProgram } from "../support/other-program.js";
import { snapshot } from "../support/snapshot.js";
import type { TestConfig } from "../support/test-config.js";

let folder: ReturnType<typeof temporaryFolder>;
let database: TestDatabase;

beforeEach(() => {
  folder = temporaryFolder();
  database = new TestDatabase(`${folder.path}/undo.sqlite`, { matchMethods: ["EXACT_TITLE"] });
});
afterEach(() => folder.remove());

const titled = (id: string, title: string, publisher = ""): TestRecord => ({
  id,
  values: { title, publisher },
});

/** Imports records and gives the name of the run. */
function run(records: readonly TestRecord[], stated: TestConfig = {}): string {
  return database.during(stated, (begun) => {
    begun.batch(records);
    return begun.store.runs.list().at(-1)?.run ?? "";
  });
}

interface Undone extends UndoResult {
  readonly left: LeftRow[];
}

async function undo(name: string, force = false): Promise<Undone> {
  const left: LeftRow[] = [];
  const config = database.config();
  const result = await undoRun({ config, run: name, force, wait: 0, onLeft: (r) => left.push(r) });
  return { ...result, left };
}

async function refusal(work: Promise<unknown>): Promise<RunFailure> {
  return work.then(
    () => expect.unreachable("nothing was refused"),
    (error) => error,
  );
}

const sql = (text: string) => otherProgram(database.path, (db) => db.exec(text));
const rows = (columns = "record_id, title") =>
  otherProgram(database.path, (db) => db.prepare(`SELECT ${columns} FROM record_info`).raw().all());

describe("undoing a run", () => {
  it("takes created rows out, restores updated ones and brings deleted ones back", async () => {
    run([titled("a", "Botany"), titled("b", "Zoology")]);
    const before = snapshot(database.path);
    const second = run([
      titled("a", "Botanics"),
      { id: "b", deleted: true },
      titled("c", "Ecology"),
      titled("d", "Mosses"),
    ]);
    expect(rows()).toHaveLength(3);
    const { totals, exitStatus, left } = await undo(second);
    expect(totals).toEqual({ removed: 2, restored: 1, revived: 1, left: 0 });
    expect([exitStatus, left]).toEqual([EXIT.done, []]);
    expect(snapshot(database.path)).toEqual(before);
  });

  it("is a run itself, entered with what it did", async () => {
    const first = run([titled("a", "Botany")]);
    const { run: name } = await undo(first);
    database.with((store) => {
      const entered = store.runs.find(name);
      expect(entered).toMatchObject({ command: "undo", undoes: first, status: "done" });
      expect(entered?.totals.undone).toEqual({ removed: 1, restored: 0, revived: 0, left: 0 });
      expect(store.runs.undoneBy(first)?.run).toBe(name);
      expect(store.leaseHolder()).toBeNull();
    });
  });

  it("leaves a row that a later run has touched, naming both", async () => {
    const first = run([titled("a", "Botany"), titled("b", "Zoology")]);
    const second = run([titled("a", "Botanics")]);
    const { left, totals, exitStatus } = await undo(first);
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
    expect(rows()).toEqual([[1, "Botanics"]]);
  });

  it("finishes what it had to leave when the later run has been undone", async () => {
    run([]);
    const empty = snapshot(database.path);
    const first = run([titled("a", "Botany"), titled("b", "Zoology")]);
    const second = run([titled("a", "Botanics")]);
    await undo(first);
    expect((await undo(first)).totals).toEqual({ removed: 0, restored: 0, revived: 0, left: 1 });
    await undo(second);
    expect((await undo(first)).totals).toEqual({ removed: 1, restored: 0, revived: 0, left: 0 });
    expect(snapshot(database.path)).toEqual(empty);
  });

  it("takes a row behind later runs, too, with --force", async () => {
    run([titled("a", "Botany")]);
    const before = snapshot(database.path);
    const second = run([titled("a", "Botanics", "Gray")]);
    const third = run([titled("a", "Flora")]);
    const after = snapshot(database.path);
    const forced = await undo(second, true);
    expect(forced.left).toEqual([]);
    expect(snapshot(database.path)).toEqual(before);
    expect((await refusal(undo(second))).exitStatus).toBe(EXIT.usage);
    // The third run's work on the row went along, so there is nothing of it to undo.
    expect((await undo(third)).totals).toEqual({ removed: 0, restored: 0, revived: 0, left: 0 });
    await undo(forced.run);
    expect(snapshot(database.path)).toEqual(after);
  });
});

describe("rows by somebody else's hand", () => {
  it.each([
    ["a column that the run wrote", "title = 'By hand'"],
    ["a column that it did not write", "access = 'reading room'"],
  ])("are left when %s was edited since", async (_what, edit) => {
    run([titled("a", "Botany")]);
    const second = run([titled("a", "Botanics")]);
    sql(`UPDATE record_info SET ${edit}`);
    const before = rows("*");
    const { left } = await undo(second);
    expect(left.map(({ reason }) => reason)).toEqual(["somebody else has edited it since"]);
    expect(rows("*")).toEqual(before);
    expect((await undo(second, true)).totals.restored).toBe(1);
  });

  it("are taken back when the edit is older than the run", async () => {
    const protecting = { settings: { protectedFields: ["title"] } };
    run([titled("a", "Botany", "Gray")]);
    sql("UPDATE record_info SET title = 'By hand'");
    const before = rows("*");
    const second = run([titled("a", "Botanics", "Green")], protecting);
    expect(rows("title, publisher")).toEqual([["By hand", "Green"]]);
    expect((await undo(second)).totals).toMatchObject({ restored: 1, left: 0 });
    expect(rows("*")).toEqual(before);
    // The edit is still known as one.
    run([titled("a", "Botanics")], protecting);
    expect(rows("title")).toEqual([["By hand"]]);
  });

  it("stay when they were created by the run and edited since", async () => {
    const first = run([titled("a", "Botany"), titled("b", "Zoology")]);
    sql("UPDATE record_info SET keywords = ';plants;' WHERE record_id = 1");
    expect((await undo(first)).left.map(({ recordId }) => recordId)).toEqual([1]);
    expect(rows()).toEqual([[1, "Botany"]]);
    await undo(first, true);
    expect(rows()).toEqual([]);
  });

  it("that somebody deleted are named and not brought back", async () => {
    run([titled("a", "Botany")]);
    const second = run([titled("a", "Botanics"), titled("b", "Zoology")]);
    sql("DELETE FROM record_info");
    const reasons = (await undo(second)).left.map(({ recordId, reason }) => [recordId, reason]);
    expect(reasons).toEqual([
      [1, "somebody else has deleted it since"],
      [2, "somebody else has deleted it since"],
    ]);
    expect(rows()).toEqual([]);
  });

  it("lose the digest of their record when an undo is forced on them", async () => {
    run([titled("a", "Botany")]);
    const second = run([titled("a", "Botanics")]);
    sql("UPDATE record_info SET access = 'reading room'");
    await undo(second, true);
    expect(rows("title, access")).toEqual([["Botany", "reading room"]]);
    expect(database.outcomes([titled("a", "Botany")])).toEqual(["updated"]);
    expect(rows("title, access")).toEqual([["Botany", ""]]);
  });
});

describe("rows whose id has gone elsewhere", () => {
  it("stay away, also with --force, while another row has their foreign id", async () => {
    run([titled("a", "Botany")]);
    const second = run([{ id: "a", deleted: true }]);
    const third = run([titled("a", "Botany again")]);
    for (const force of [false, true]) {
      const { left, totals } = await undo(second, force);
      expect(totals).toEqual({ removed: 0, restored: 0, revived: 0, left: 1 });
      expect(left[0].reason).toBe("vlcrawler a, which belongs to it, is now row 2");
    }
    database.with((store) => expect(store.runs.undoneBy(second)).toBeNull());
    await undo(third);
    expect((await undo(second)).totals.revived).toBe(1);
    expect(rows()).toEqual([[1, "Botany"]]);
  });

  it("do not get a merged source back that has been merged elsewhere since", async () => {
    const merging: TestConfig = { duplicatePolicy: "MERGE" };
    run([titled("a", "Botany"), titled("b", "Zoology")]);
    const keyed = { id: "x", values: { title: "Botany", keywords: ";k;" } };
    run([keyed], merging);
    const withdrawal = run([{ id: "x", deleted: true }], merging);
    run([{ id: "x", values: { title: "Zoology", keywords: ";k;" } }], merging);
    const { left } = await undo(withdrawal);
    expect(left[0].reason).toBe("vlcrawler x, which belongs to it, is now merged into row 2");
  });

  it("change places within one run and come back", async () => {
    const merging: TestConfig = { duplicatePolicy: "MERGE" };
    const into = (id: string, title: string) => ({ id, values: { title, keywords: `;${id};` } });
    run([titled("a", "Botany"), titled("b", "Zoology")]);
    run([into("x", "Botany"), into("y", "Zoology")], merging);
    const before = snapshot(database.path);
    const gone = (id: string) => ({ id, deleted: true });
    const swap = run([gone("x"), gone("y"), into("x", "Zoology"), into("y", "Botany")], merging);
    const after = snapshot(database.path);
    const { run: name, totals } = await undo(swap);
    expect(totals.left).toBe(0);
    expect(snapshot(database.path)).toEqual(before);
    await undo(name);
    expect(snapshot(database.path)).toEqual(after);
  });
});

describe("a run that cannot be undone", () => {
  it("is unknown: the nearest name is proposed", async () => {
    run([titled("a", "Botany")]);
    const failure = await refusal(undo("rum-1"));
    expect(failure.exitStatus).toBe(EXIT.usage);
    expect(`${failure.message} ${failure.advice}`).toMatch(/no run "rum-1".*run-1/);
  });

  it("has been undone already; undoing the undo makes it possible again", async () => {
    const first = run([titled("a", "Botany")]);
    const undone = await undo(first);
    const failure = await refusal(undo(first));
    expect(failure.exitStatus).toBe(EXIT.usage);
    expect(failure.message).toContain(`undone already, by run ${undone.run}`);
    await undo(undone.run);
    expect(rows()).toEqual([[1, "Botany"]]);
    await undo(first);
    expect(rows()).toEqual([]);
  });

  it("has lost its before-images", async () => {
    const first = run([titled("a", "Botany")]);
    const second = run([titled("b", "Zoology")]);
    sql(`UPDATE runs SET finished_at = '2025-01-01T00:00:00Z' WHERE run = '${first}'`);
    const pruned = database.with((store) => store.pruneChanges("2025-06-01T00:00:00Z"));
    expect(pruned).toBe(1);
    const failure = await refusal(undo(first));
    expect(failure.exitStatus).toBe(EXIT.usage);
    expect(failure.message).toContain("no longer kept ([Database] keep_changes)");
    expect((await undo(second)).totals.removed).toBe(1);
  });

  it("is held by another process", async () => {
    const first = run([titled("a", "Botany")]);
    database.with((store) => store.takeLease("another"));
    const failure = await refusal(undo(first));
    expect(failure.exitStatus).toBe(EXIT.database);
    expect(failure.message).toContain("held by run another");
  });

  it("does not make a database that is not there", async () => {
    const failure = await refusal(undo("run-1"));
    expect(failure.message).toContain("there is no such database");
  });
});

describe("an undo that is stopped", () => {
  it("leaves everything as it was, and begins anew", async () => {
    const records = Array.from({ length: 1200 }, (_, i) => titled(`r${i}`, `Title ${i}`));
    const first = run(records);
    const before = snapshot(database.path);
    let looks = 0;
    const failure = await refusal(
      undoRun({
        config: database.config(),
        run: first,
        force: false,
        wait: 0,
        stopSignal: () => (++looks === 2 ? "SIGTERM" : null),
      }),
    );
    expect(failure.exitStatus).toBe(EXIT.terminated);
    expect(failure.message).toContain("nothing was taken back");
    expect(snapshot(database.path)).toEqual(before);
    expect((await undo(first)).totals.removed).toBe(1200);
  });
});

describe("imports behind an undo", () => {
  const input = { fileNumber: 1, path: "/in.mrc", bytes: 100, fingerprint: "100:abc" };
  const importedBefore = () =>
    database.with((store) => store.runs.importedBefore("vlcrawler", input.fingerprint)?.run);

  it("draw no warning for a file whose import was undone, until that is undone", async () => {
    const first = database.during({}, (begun) => {
      begun.store.runs.enterFile(begun.writer.runId, input);
      begun.batch([titled("a", "Botany")]);
      return begun.store.runs.list().at(-1)?.run ?? "";
    });
    expect(importedBefore()).toBe(first);
    const { run: name } = await undo(first);
    expect(importedBefore()).toBeUndefined();
    await undo(name);
    expect(importedBefore()).toBe(first);
  });

  it("make the same rows again", async () => {
    const records = [titled("a", "Botany"), titled("b", "Zoology")];
    await undo(run(records));
    expect(database.outcomes(records)).toEqual(["created", "created"]);
  });

  it("do not go on behind the checkpoint of an interrupted run that was undone", async () => {
    const first = database.with((store) => {
      const begun = database.begin(store, database.config());
      begun.batch([titled("a", "Botany")]);
      const totals = store.runs.list()[0].totals;
      const checkpoint = { fileNumber: 1, offset: 100, recordNumber: 1, totals };
      const files = { rejectsMrcBytes: 0, rejectsJsonlBytes: 0, bytesBefore: "" };
      store.runs.checkpoint(begun.writer.runId, { ...checkpoint, ...files }, 0);
      begun.finish("interrupted");
      expect(store.runs.readCheckpoint(begun.writer.runId)).not.toBeNull();
      return store.runs.list()[0];
    });
    await undo(first.run);
    expect(rows()).toEqual([]);
    database.with((store) => expect(store.runs.readCheckpoint(first.runId)).toBeNull());
  });
});
