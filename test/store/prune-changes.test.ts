import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { undoRun } from "../../src/running/undo.js";
import { TestDatabase, temporaryFolder } from "../support/import-harness.js";
import { otherProgram } from "../support/other-program.js";

let folder: ReturnType<typeof temporaryFolder>;
let database: TestDatabase;

beforeEach(() => {
  folder = temporaryFolder();
  database = new TestDatabase(`${folder.path}/prune.sqlite`);
});
afterEach(() => folder.remove());

const title = (id: string, text: string) => [{ id, values: { title: text } }];
const query = (sql: string) =>
  otherProgram(database.path, (db) => db.prepare(sql).pluck().all() as unknown[]);

/** Gives each run the day of its number in January. */
function dateRuns(): void {
  otherProgram(database.path, (db) =>
    db.exec("UPDATE runs SET finished_at = format('2026-01-%02dT12:00:00Z', run_id)"),
  );
}

describe("forgetting old changes", () => {
  it("keeps the register, and the changes of younger runs", () => {
    for (const text of ["Botany", "Flora", "Mosses"]) database.import(title("a", text));
    dateRuns();
    expect(database.with((store) => store.pruneChanges("2026-01-03T00:00:00Z"))).toBe(2);
    expect(query("SELECT DISTINCT run_id FROM changes")).toEqual([3]);
    expect(query("SELECT pruned_changes FROM runs ORDER BY run_id")).toEqual([1, 2, null]);
    expect(database.with((store) => store.pruneChanges("2026-01-03T00:00:00Z"))).toBe(0);
  });

  it("keeps those of a run that is still under way, however long ago it was begun", () => {
    database.during({}, (run) => {
      run.batch(title("a", "Botany"));
      run.store.db.exec("UPDATE runs SET started_at = '2025-01-01T00:00:00Z'");
      expect(run.store.pruneChanges("2026-01-01T00:00:00Z")).toBe(0);
    });
    expect(query("SELECT count(*) FROM changes")).toEqual([1]);
  });

  it("leaves the numbering of changes behind edits by hand, so that these stay known", async () => {
    database.import(title("a", "Botany"));
    otherProgram(database.path, (db) => db.exec("UPDATE record_info SET access = 'by hand'"));
    database.import([]);
    dateRuns();
    database.with((store) => store.pruneChanges("2026-02-01T00:00:00Z"));
    expect(query("SELECT count(*) FROM changes")).toEqual([0]);
    database.import(title("a", "Flora"));
    const run = query("SELECT run FROM runs ORDER BY run_id DESC LIMIT 1")[0] as string;
    // The edit came before the run, which is therefore free to be undone.
    const undone = await undoRun({ config: database.config(), run, force: false, wait: 0 });
    expect(undone.totals).toMatchObject({ restored: 1, left: 0 });
    expect(query("SELECT title FROM record_info")).toEqual(["Botany"]);
  });
});
