/** Descriptions of rows, kept or made from columns, are those of the rows as they stand. */

import { afterEach, beforeEach, describe, expect, it } from "vitest";
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

/** The titles of rows as a run sees them within a transaction. */
function titles(...recordIds: readonly number[]): (string | undefined)[] {
  return recordIds.map((id) => store.keys.described(id)?.title.join(" "));
}

interface Told {
  readonly values?: { readonly title: string };
  readonly evidence?: string;
}

describe.each<[string, (title: string) => Told]>([
  [
    "kept",
    (title) => ({ evidence: packDescription(described([fixed(), ["245", "00", `a${title}`]])) }),
  ],
  ["made from columns", (title) => ({ values: { title } })],
])("a description that is %s", (_, told) => {
  it("is another one when the run has written, removed or taken back its row", () => {
    const run = database.begin(store, database.config());
    run.batch([{ id: "a", ...told("Whales") }]);
    store.transaction(() => expect(titles(1)).toEqual(["WHALES"]));
    run.batch([{ id: "a", values: { title: "b" }, ...told("Dolphins") }]);
    store.transaction(() => expect(titles(1)).toEqual(["DOLPHINS"]));
    const batch = store.beginBatch();
    run.writer.imports.delete(1);
    expect(titles(1)).toEqual([undefined]);
    batch.abandon(new Error("full"));
    store.transaction(() => expect(titles(1)).toEqual(["DOLPHINS"]));
  });

  it("is seen as others have left its row between two transactions", () => {
    const run = database.begin(store, database.config());
    run.batch([
      { id: "a", ...told("Whales") },
      { id: "b", ...told("Seals") },
    ]);
    store.transaction(() => expect(titles(1, 2)).toEqual(["WHALES", "SEALS"]));
    otherProgram(database.path, (db) => db.exec("DELETE FROM record_info WHERE record_id = 1"));
    store.transaction(() => expect(titles(1, 2)).toEqual([undefined, "SEALS"]));
  });

  it("is its own also where more rows are asked for than are remembered", () => {
    const run = database.begin(store, database.config());
    const count = 5000;
    const records = Array.from({ length: count }, (_, at) => ({
      id: String(at + 1),
      ...told(`Whale ${at + 1}`),
    }));
    run.batch(records);
    store.transaction(() => {
      const all = records.map((_, at) => at + 1);
      const expected = all.map((id) => `WHALE ${id}`);
      expect(titles(...all)).toEqual(expected);
      expect(titles(...all.toReversed())).toEqual(expected.toReversed());
    });
  });
});
