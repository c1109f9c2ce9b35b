/** Rows that keys are compared with are remembered within a run, and are the rows as they stand all the same. */

import { afterEach, beforeEach, expect, it } from "vitest";
import type { SqliteStore } from "../../src/store/sqlite/file/store.js";
import { TestDatabase, temporaryFolder } from "../support/import-harness.js";
import { otherProgram } from "../support/other-program.js";

let folder: ReturnType<typeof temporaryFolder>;
let database: TestDatabase;
let store: SqliteStore;
beforeEach(() => {
  folder = temporaryFolder();
  database = new TestDatabase(`${folder.path}/test.sqlite`, { matchMethods: ["FUZZY_TITLE"] });
  store = database.open();
});
afterEach(() => {
  store.close();
  folder.remove();
});

const record = (id: string, title: string) => ({ id, values: { title } });

/** The titles of rows as a run sees them within a transaction, asked for twice. */
function titles(...recordIds: readonly number[]): (string | undefined)[] {
  const once = recordIds.map((id) => store.keys.row(id)?.title);
  expect(recordIds.map((id) => store.keys.row(id)?.title)).toEqual(once);
  return once;
}

it("a row that the run writes, removes or takes back is read anew", () => {
  const run = database.begin(store, database.config());
  run.batch([record("a", "Whales")]);
  const batch = store.beginBatch();
  expect(titles(1)).toEqual(["Whales"]);
  run.writer.imports.delete(1);
  expect(titles(1)).toEqual([undefined]);
  batch.abandon(new Error("full"));
  store.transaction(() => expect(titles(1)).toEqual(["Whales"]));
  run.batch([record("a", "Dolphins")]);
  store.transaction(() => expect(titles(1)).toEqual(["Dolphins"]));
});

it("a row that others wrote is read anew, whichever connection they used", () => {
  const run = database.begin(store, database.config());
  run.batch([record("a", "Whales"), record("b", "Seals"), record("c", "Walruses")]);
  store.transaction(() => expect(titles(1, 2, 3)).toEqual(["Whales", "Seals", "Walruses"]));
  const edit = "UPDATE record_info SET title = 'Otters' WHERE record_id = ";
  otherProgram(database.path, (db) => db.exec(`${edit} 1`));
  store.db.exec(`${edit} 2`);
  store.db.exec("DELETE FROM record_info WHERE record_id = 3");
  store.transaction(() => expect(titles(1, 2, 3)).toEqual(["Otters", "Otters", undefined]));
});

it("a record that comes later in the same batch is compared with the row as it has become", () => {
  const config = database.config({ duplicatePolicy: "KEEP_ANY" });
  const run = database.begin(store, config);
  const treated = run.batch([
    record("a", "Whales"),
    record("b", "Whales"),
    record("a", "Dolphins"),
    record("c", "Whales"),
    record("d", "Dolphins"),
  ]);
  const outcomes = treated.map(({ outcome }) => outcome);
  expect(outcomes).toEqual(["created", "ignored", "updated", "created", "ignored"]);
});
