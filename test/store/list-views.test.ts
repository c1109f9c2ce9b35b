/** The views for people: an element of a list is a row. */

import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { elementsOf } from "../../src/fields/list-form.js";
import type { RecordField } from "../../src/fields/record-fields.js";
import { SqliteStore } from "../../src/store/sqlite/file/store.js";
import { temporaryFolder } from "../support/import-harness.js";
import { otherProgram } from "../support/other-program.js";
import { testConfig } from "../support/test-config.js";

interface Element {
  readonly record_id: number;
  readonly value: string;
  readonly position: number;
}

describe("the views of lists", () => {
  let folder = temporaryFolder();
  let file = "";
  const open = (...fields: string[]) => {
    const extraFields = fields.map((name): RecordField => {
      const list = name.endsWith("[]");
      const kind = list ? "list" : "text";
      return { name: name.replace("[]", ""), kind, descriptive: true, mappable: true };
    });
    const config = testConfig({ path: file, extraFields });
    SqliteStore.open(config).close();
  };
  beforeEach(() => {
    folder = temporaryFolder();
    file = `${folder.path}/catalogue.sqlite`;
  });
  afterEach(() => folder.remove());

  const views = () =>
    otherProgram(
      file,
      (db) =>
        db.prepare("SELECT name FROM sqlite_schema WHERE type = 'view'").pluck().all() as string[],
    );
  const elements = (sql: string) => otherProgram(file, (db) => db.prepare<[], Element>(sql).all());
  const write = (sql: string, ...values: unknown[]) =>
    otherProgram(file, (db) => db.prepare(sql).run(...values));

  it("are there for every list, and for no plain field", () => {
    open("shelf_marks[]", "notes");
    const lists = [
      ...["creators", "contributors", "subjects", "keywords", "categories", "my_infomine"],
      ...["lcc", "coverage", "resource_types", "isbn", "issn", "lccn", "oclc_number"],
      ...["other_urls", "audience_levels", "institutional_owner", "shelf_marks"],
    ];
    expect(views().sort()).toEqual(lists.map((name) => `record_${name}`).sort());
  });

  it("give each element once, in order", () => {
    open("shelf_marks[]");
    write("INSERT INTO record_info (subjects, shelf_marks) VALUES (';b;a, c;', ';QL 1;')");
    write("INSERT INTO record_info (title) VALUES ('none')");
    write("INSERT INTO record_info (subjects) VALUES ('by hand; with blanks ;;')");
    const sql = "SELECT record_id, subject AS value, position FROM record_subjects";
    expect(elements(sql)).toEqual([
      { record_id: 1, value: "b", position: 1 },
      { record_id: 1, value: "a, c", position: 2 },
      { record_id: 3, value: "by hand", position: 1 },
      { record_id: 3, value: "with blanks", position: 2 },
    ]);
    const marks = "SELECT record_id, shelf_marks AS value, position FROM record_shelf_marks";
    expect(elements(marks)).toEqual([{ record_id: 1, value: "QL 1", position: 1 }]);
  });

  it("have the elements that the program sees, whatever stands in them", () => {
    open();
    write("INSERT INTO record_info (subjects) VALUES ('')");
    const text = fc.string({ unit: fc.constantFrom(...";;aé😀 \"\\'[],{}:\n\t\u0001\u2028") });
    fc.assert(
      fc.property(text, (stored) => {
        write("UPDATE record_info SET subjects = ?", stored);
        const found = elements("SELECT record_id, subject AS value, position FROM record_subjects");
        const blanks = (element: string) => element.replace(/^ +| +$/g, "");
        const expected = stored.split(";").map(blanks);
        expect(found.map(({ value }) => value)).toEqual(expected.filter((one) => one !== ""));
        const seen = found.map(({ value }) => value.trim()).filter((one) => one !== "");
        expect(seen).toEqual(elementsOf(stored));
      }),
      { numRuns: 200 },
    );
  });

  it("find the elements of one row without reading the others", () => {
    open();
    const plan = otherProgram(file, (db) =>
      db.prepare("EXPLAIN QUERY PLAN SELECT * FROM record_subjects WHERE record_id = 5").all(),
    );
    expect(JSON.stringify(plan)).toContain("SEARCH r USING INTEGER PRIMARY KEY");
  });

  it("come with a new list, are put right if they are old, and leave alone what is not theirs", () => {
    open();
    write("CREATE TABLE record_notes (mine TEXT)");
    otherProgram(file, (db) => {
      db.exec("DROP VIEW record_isbn; DROP VIEW record_lccn");
      db.exec("CREATE VIEW record_isbn AS /* kept by MARC_import */ SELECT 1");
      db.exec("CREATE VIEW record_lccn AS SELECT 'mine' AS value");
    });
    open("notes[]", "shelf_marks[]");
    expect(views()).toContain("record_shelf_marks");
    write("INSERT INTO record_info (isbn) VALUES (';9780262033848;')");
    const isbn = elements("SELECT record_id, isbn AS value, position FROM record_isbn");
    expect(isbn).toEqual([{ record_id: 1, value: "9780262033848", position: 1 }]);
    expect(elements("SELECT value FROM record_lccn")).toEqual([{ value: "mine" }]);
    expect(elements("SELECT mine FROM record_notes")).toEqual([]);
    open();
    expect(views()).toContain("record_shelf_marks");
  });
});
