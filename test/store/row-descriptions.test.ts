/** Descriptions of rows are remembered within a run, and are those of the rows as they stand all the same. */

import { afterEach, beforeEach, expect, it } from "vitest";
import { packDescription } from "../../src/matching/evidence/packed.js";
import type { SqliteStore } from "../../src/store/sqlite/file/store.js";
import { described, fixed } from "../matching/evidence/described.js";
import { TestDatabase, temporaryFolder } from "../support/import-harness.js";
import { otherProgram } from "../support/other-program.js";

let folder: ReturnType<typeof temporaryFolder>;
let database: TestDatabase;
let store: SqliteStore;
beforeEach(() => {
  folder = temporaryFolder();
  database = new TestDatabase(`${folder.path}/test.sqlite`, { matchMethods: ["DESCRIPTION"] });
  store = database.open();
});
afterEach(() => {
  store.close();
  folder.remove();
});

const evidence = (title: string) =>
  packDescription(described([fixed(), ["245", "00", `a${title}`]]));

/** The titles of rows as a run sees them within a transaction. */
function titles(...recordIds: readonly number[]): (string | undefined)[] {
  return recordIds.map((id) => store.keys.described(id)?.title.join(" "));
}

it("a row that the run writes, removes or takes back is described anew", () => {
  const run = database.begin(store, database.config());
  run.batch([{ id: "a", evidence: evidence("Whales") }]);
  store.transaction(() => expect(titles(1)).toEqual(["WHALES"]));
  run.batch([{ id: "a", values: { title: "b" }, evidence: evidence("Dolphins") }]);
  store.transaction(() => expect(titles(1)).toEqual(["DOLPHINS"]));
  const batch = store.beginBatch();
  run.writer.imports.delete(1);
  expect(titles(1)).toEqual([undefined]);
  batch.abandon(new Error("full"));
  store.transaction(() => expect(titles(1)).toEqual(["DOLPHINS"]));
});

it("what others do to rows between two transactions is seen", () => {
  const run = database.begin(store, database.config());
  run.batch([
    { id: "a", evidence: evidence("Whales") },
    { id: "b", evidence: evidence("Seals") },
  ]);
  store.transaction(() => expect(titles(1, 2)).toEqual(["WHALES", "SEALS"]));
  otherProgram(database.path, (db) => db.exec("DELETE FROM record_info WHERE record_id = 1"));
  store.transaction(() => expect(titles(1, 2)).toEqual([undefined, "SEALS"]));
});

it("more rows than are remembered keep descriptions of their own", () => {
  const run = database.begin(store, database.config());
  const count = 5000;
  const records = Array.from({ length: count }, (_, at) => ({
    id: String(at + 1),
    evidence: evidence(`Whale ${at + 1}`),
  }));
  run.batch(records);
  store.transaction(() => {
    const all = records.map((_, at) => at + 1);
    const expected = all.map((id) => `WHALE ${id}`);
    expect(titles(...all)).toEqual(expected);
    expect(titles(...all.toReversed())).toEqual(expected.toReversed());
  });
});
