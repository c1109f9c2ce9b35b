import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { indexedFields } from "../../src/store/sqlite/rows/full-text.js";
import { TestDatabase, temporaryFolder } from "../support/import-harness.js";
import { otherProgram } from "../support/other-program.js";

let folder: ReturnType<typeof temporaryFolder>;
let database: TestDatabase;

beforeEach(() => {
  folder = temporaryFolder();
  database = new TestDatabase(`${folder.path}/test.sqlite`, {
    database: { fullText: ["title", "keywords"] },
  });
});
afterEach(() => folder.remove());

const botany = { id: "a", values: { title: "Éléments de botanique", keywords: ";Plants;Trees;" } };
const zoology = { id: "b", values: { title: "Zoology", keywords: ";Animals;" } };

/** The foreign ids that a query finds; the index is checked against the rows on the way. */
function find(query: string): string[] {
  return otherProgram(database.path, (db) => {
    db.exec("INSERT INTO record_search (record_search, rank) VALUES ('integrity-check', 1)");
    return db
      .prepare(
        `SELECT foreign_id FROM record_search JOIN record_info ON record_id = record_search.rowid
         WHERE record_search MATCH ? ORDER BY foreign_id`,
      )
      .pluck()
      .all(query) as string[];
  });
}

describe("the full-text index", () => {
  it("finds imported rows by any of its fields, without accents and in any case", () => {
    database.import([botany, zoology]);
    expect(find("elements")).toEqual(["a"]);
    expect(find("TREES OR zoology")).toEqual(["a", "b"]);
    expect(find("keywords: zoology")).toEqual([]);
  });

  it("follows updates, deletions and merges", () => {
    database.import([botany, zoology]);
    database.import([
      { id: "a", values: { title: "Flora" } },
      { id: "b", deleted: true },
    ]);
    expect(find("botanique OR plants OR zoology OR animals")).toEqual([]);
    expect(find("flora")).toEqual(["a"]);

    const merge = { duplicatePolicy: "MERGE", matchMethods: ["EXACT_TITLE"] } as const;
    const record = { id: "m", values: { title: "Flora", keywords: ";Ferns;" } };
    database.import([record], { ...merge, settings: { foreignSource: "SCP" } });
    expect(find("ferns")).toEqual(["a"]);
  });

  it("follows what other programs write", () => {
    database.import([botany, zoology]);
    otherProgram(database.path, (db) => {
      db.exec("UPDATE record_info SET title = 'Mosses' WHERE foreign_id = 'a'");
      db.exec("DELETE FROM record_info WHERE foreign_id = 'b'");
      db.exec("INSERT INTO record_info (title, foreign_id) VALUES ('Lichens', 'c')");
    });
    expect(find("botanique OR zoology")).toEqual([]);
    expect(find("mosses")).toEqual(["a"]);
    expect(find("lichens")).toEqual(["c"]);
  });

  it.each([0, 1])("follows replacements with recursive_triggers = %i", (recursive) => {
    database.import([botany, zoology]);
    otherProgram(database.path, (db) => {
      db.pragma(`recursive_triggers = ${recursive}`);
      // By number, by source and id, and by both at once, which replaces two rows by one.
      db.exec(`INSERT OR REPLACE INTO record_info (record_id, title, foreign_id, foreign_source)
        VALUES (1, 'Mosses', 'a', 'vlcrawler')`);
      db.exec(`INSERT OR REPLACE INTO record_info (title, foreign_id, foreign_source)
        VALUES ('Lichens', 'b', 'vlcrawler')`);
    });
    expect(find("botanique OR zoology")).toEqual([]);
    expect(find("mosses OR lichens")).toEqual(["a", "b"]);
    otherProgram(database.path, (db) => {
      db.pragma(`recursive_triggers = ${recursive}`);
      db.exec(`INSERT OR REPLACE INTO record_info (record_id, title, foreign_id, foreign_source)
        VALUES (1, 'Algae', 'b', 'vlcrawler')`);
      db.exec(`INSERT OR IGNORE INTO record_info (record_id, title) VALUES (1, 'Nothing')`);
      db.exec(`INSERT INTO record_info (record_id, title) VALUES (1, 'Nothing')
        ON CONFLICT DO UPDATE SET keywords = ';Water;'`);
    });
    expect(find("mosses OR lichens OR nothing")).toEqual([]);
    expect(find("algae AND water")).toEqual(["b"]);
  });

  it("is built from the rows there are, again when the fields differ, and left alone by others", () => {
    database.import([botany], { database: { fullText: [] } });
    expect(database.with((store) => indexedFields(store.db))).toEqual([]);
    database.import([zoology]);
    expect(find("botanique OR zoology")).toEqual(["a", "b"]);
    database.import([], { database: { fullText: ["keywords"] } });
    expect(find("botanique")).toEqual([]);
    expect(find("plants")).toEqual(["a"]);
    database.import([{ id: "c", values: { keywords: ";Ferns;" } }], { database: { fullText: [] } });
    expect(find("ferns")).toEqual(["c"]);
  });
});
