import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { diffObject, diffText } from "../../src/report/diff-text.js";
import { undoRun } from "../../src/running/undo.js";
import type { RowDiff } from "../../src/store/model/row-diff.js";
import { TestDatabase, type TestRecord, temporaryFolder } from "../support/import-harness.js";
import { otherProgram } from "../support/other-program.js";
import type { TestConfig } from "../support/test-config.js";

let folder: ReturnType<typeof temporaryFolder>;
let database: TestDatabase;

beforeEach(() => {
  folder = temporaryFolder();
  database = new TestDatabase(`${folder.path}/diff.sqlite`, { matchMethods: ["EXACT_TITLE"] });
});
afterEach(() => folder.remove());

function run(records: readonly TestRecord[], stated: TestConfig = {}): string {
  return database.during(stated, (begun) => {
    begun.batch(records);
    return begun.store.runs.list().at(-1)?.run ?? "";
  });
}

function diff(name: string): RowDiff[] {
  return database.with((store) => [...store.diff(store.runs.find(name)?.runId ?? 0)]);
}

const isList = (field: string) => ["keywords", "creators"].includes(field);
const texts = (name: string) => diff(name).map((row) => diffText(row, isList));
const record = (id: string, values: Record<string, string>): TestRecord => ({ id, values });

describe("what a run changed", () => {
  it("is told field by field, lists by their elements", () => {
    run([record("a", { title: "Botany", keywords: ";x;y;", publisher: "Gray" })]);
    const second = run([record("a", { title: "Flora", keywords: ";y;z;", publisher: "" })]);
    expect(texts(second)).toEqual([
      [
        'updated record_id=1 vlcrawler a "Flora"',
        "  title",
        "    - Botany",
        "    + Flora",
        "  publisher",
        "    - Gray",
        "  keywords",
        "    - x",
        "    + z",
      ].join("\n"),
    ]);
  });

  it("stays what it was when later runs change the rows again, delete them or are undone", async () => {
    const first = run([record("a", { title: "Botany" }), record("b", { title: "Zoology" })]);
    const second = run([record("a", { title: "Flora" }), { id: "b", deleted: true }]);
    const told = [diff(first), diff(second)];
    const third = run([record("a", { title: "Mosses" }), record("b", { title: "Fauna" })]);
    expect([diff(first), diff(second)]).toEqual(told);
    await undoRun({ config: database.config(), run: third, force: false, wait: 0 });
    await undoRun({ config: database.config(), run: second, force: false, wait: 0 });
    expect([diff(first), diff(second)]).toEqual(told);
    expect(told[1].map(({ actions, title }) => [actions, title])).toEqual([
      [["updated"], "Flora"],
      [["deleted"], "Zoology"],
    ]);
  });

  it("tells what was merged and withdrawn", () => {
    const merging: TestConfig = { duplicatePolicy: "MERGE" };
    run([record("a", { title: "Botany", keywords: ";x;" })]);
    const merge = run([record("m", { title: "Botany", keywords: ";x;y;" })], merging);
    const withdrawal = run([{ id: "m", deleted: true }], merging);
    const merged = 'record_id=1 vlcrawler a "Botany"\n  keywords';
    expect(texts(merge)).toEqual([
      `merged ${merged}\n    + y\n  merged sources\n    + vlcrawler m`,
    ]);
    expect(texts(withdrawal)).toEqual([
      `withdrawn ${merged}\n    - y\n  merged sources\n    - vlcrawler m`,
    ]);
  });

  it("counts what it did again and again", () => {
    const ids = ["a", "b", "c", "d"];
    const all = ids.map((id) => record(id, { title: "Botany" }));
    const whole = run(all, { duplicatePolicy: "MERGE" });
    expect(texts(whole)[0]).toMatch(/^created, merged 3 times record_id=1 /);
    expect(diff(whole)[0].actions).toEqual(["created", "merged", "merged", "merged"]);
  });

  it("leaves out rows that it gave back what they had, and says so of none", () => {
    run([record("a", { title: "Botany" })]);
    const same = run([record("a", { title: "Botany" })]);
    expect(diff(same)).toEqual([]);
    const gone = run([record("b", { title: "Zoology" }), { id: "b", deleted: true }]);
    expect(diff(gone)).toEqual([]);
  });

  it("marks fields that somebody else edited since", () => {
    run([record("a", { title: "Botany", publisher: "Gray" })]);
    const second = run([record("a", { title: "Flora", publisher: "Green" })]);
    otherProgram(database.path, (db) => db.exec("UPDATE record_info SET title = 'By hand'"));
    const [row] = diff(second);
    const told = row.fields.map(({ field, before, after, edited }) => [
      field,
      before,
      after,
      edited,
    ]);
    expect(told).toContainEqual(["title", "Botany", "By hand", true]);
    expect(told).toContainEqual(["publisher", "Gray", "Green", false]);
    expect(diffText(row, isList)).toContain("title (edited by somebody else since");
  });

  it("marks all fields of a row that somebody else has deleted since", () => {
    run([record("a", { title: "Botany" })]);
    const second = run([record("a", { title: "Flora" })]);
    otherProgram(database.path, (db) => db.exec("DELETE FROM record_info"));
    const [row] = diff(second);
    expect(row.fields).toContainEqual({
      field: "title",
      before: "Botany",
      after: null,
      edited: true,
    });
  });

  it("is safe to print whatever a record holds", () => {
    const first = run([record("a\u001b", { title: "Bot\nany\u001b[31m" })]);
    expect(texts(first)[0]).not.toMatch(/\u001b|Bot\nany/);
  });

  it("is given to machines with its keys", () => {
    run([record("a", { title: "Botany", keywords: ";x;" })]);
    const second = run([record("a", { title: "Botany", keywords: ";y;" })]);
    const [row] = diff(second);
    expect(diffObject(row, isList)).toEqual({
      schema_version: 1,
      record_id: 1,
      actions: ["updated"],
      foreign_source: "vlcrawler",
      foreign_id: "a",
      title: "Botany",
      fields: [{ field: "keywords", before: ";x;", after: ";y;", removed: ["x"], added: ["y"] }],
      merged: [],
      withdrawn: [],
    });
  });
});
