import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TestDatabase, type TestRecord, temporaryFolder } from "../support/import-harness.js";
import { otherProgram } from "../support/other-program.js";
import type { TestConfig } from "../support/test-config.js";

let folder: ReturnType<typeof temporaryFolder>;
let database: TestDatabase;

beforeEach(() => {
  folder = temporaryFolder();
  database = new TestDatabase(`${folder.path}/test.sqlite`, {
    matchMethods: ["EXACT_TITLE"],
    duplicatePolicy: "MERGE",
  });
  // The row that the others are merged into.
  expect(outcome("SCP", { keywords: ";plants;" })).toBe("created");
});
afterEach(() => folder.remove());

type Values = Readonly<Record<string, string>>;

function record(values: Values, more: Partial<TestRecord> = {}): TestRecord {
  return { id: "r", values: { title: "Botany", ...values }, ...more };
}

/** Imports the one record of a source; every source has one with the same id. */
function outcome(foreignSource: string, values: Values, stated: TestConfig = {}): string {
  const settings = { ...stated.settings, foreignSource };
  return database.outcomes([record(values)], { ...stated, settings })[0];
}

function withdraw(foreignSource: string): string {
  const deletion = { id: "r", deleted: true };
  return database.outcomes([deletion], { settings: { foreignSource } })[0];
}

function row(): Record<string, unknown> {
  return otherProgram(
    database.path,
    (db) => db.prepare("SELECT * FROM record_info").get() as Record<string, unknown>,
  );
}

function edit(sql: string): void {
  otherProgram(database.path, (db) => db.exec(`UPDATE record_info SET ${sql}`));
}

describe("merging", () => {
  it("adds list elements and fills empty fields, and overwrites nothing", () => {
    outcome("SCP", { keywords: ";plants;", publisher: "Gray" });
    const offer = { keywords: ";trees;plants;", publisher: "Other", edition: "2nd" };
    expect(outcome("vlcrawler", offer)).toBe("merged");
    expect(row()).toMatchObject({
      keywords: ";plants;trees;",
      publisher: "Gray",
      edition: "2nd",
      foreign_source: "SCP",
      foreign_id: "r",
    });
  });

  it("leaves out what fields_to_merge does not name, and what does not describe", () => {
    const settings = { fieldsToMerge: ["subjects"] };
    const offer = { keywords: ";trees;", subjects: ";Biology;", edition: "2nd" };
    expect(outcome("vlcrawler", offer, { settings })).toBe("merged");
    expect(row()).toMatchObject({ keywords: ";plants;", subjects: ";Biology;", edition: "" });
    outcome("afcrawler", { maintainer_email: "x@y.z", edition: "3rd" });
    expect(row()).toMatchObject({ maintainer_email: "", edition: "3rd" });
  });

  it("refreshes what a source contributed, and nothing else", () => {
    outcome("vlcrawler", { keywords: ";trees;ferns;", edition: "2nd" });
    expect(outcome("vlcrawler", { keywords: ";trees;ferns;", edition: "2nd" })).toBe("unchanged");
    expect(outcome("vlcrawler", { keywords: ";mosses;", edition: "3rd" })).toBe("updated");
    expect(row()).toMatchObject({ keywords: ";plants;mosses;", edition: "3rd" });
  });

  it("adds contributions again when the row's own source updates it", () => {
    outcome("vlcrawler", { keywords: ";trees;", edition: "2nd" });
    expect(outcome("SCP", { keywords: ";flowers;" })).toBe("updated");
    expect(row()).toMatchObject({ keywords: ";flowers;trees;", edition: "2nd" });
    expect(outcome("SCP", { keywords: ";flowers;" })).toBe("unchanged");
    expect(outcome("SCP", { keywords: ";flowers;", edition: "own" })).toBe("updated");
    expect(row()).toMatchObject({ edition: "own" });
    expect(outcome("SCP", { keywords: ";flowers;" })).toBe("updated");
    expect(row(), "the own text is gone").toMatchObject({ edition: "2nd" });
  });

  it("withdraws a contribution by a deletion, but not what another source offers too", () => {
    outcome("vlcrawler", { keywords: ";trees;ferns;", edition: "2nd" });
    outcome("afcrawler", { keywords: ";trees;mosses;", edition: "3rd" });
    expect(row()).toMatchObject({ keywords: ";plants;trees;ferns;mosses;", edition: "2nd" });
    expect(withdraw("vlcrawler")).toBe("deleted");
    expect(row()).toMatchObject({ keywords: ";plants;trees;mosses;", edition: "3rd" });
    expect(withdraw("afcrawler")).toBe("deleted");
    expect(row()).toMatchObject({ keywords: ";plants;", edition: "", foreign_source: "SCP" });
    expect(withdraw("afcrawler")).toBe("ignored");
  });

  it("keeps an element that the row has of its own when a source withdraws it", () => {
    outcome("vlcrawler", { keywords: ";plants;trees;" });
    withdraw("vlcrawler");
    expect(row()).toMatchObject({ keywords: ";plants;" });
  });

  it("keeps as little of what was there before the last merge as before the first", () => {
    const ids = Array.from({ length: 300 }, (_, i) => `m${i}`);
    const records = ids.map((id) => record({ keywords: `;word ${id};` }, { id }));
    const done = database.outcomes(records, { settings: { foreignSource: "vlcrawler" } });
    expect(new Set(done)).toEqual(new Set(["merged"]));
    const bytes = otherProgram(database.path, (db) =>
      db.prepare("SELECT length(before) FROM changes WHERE action = 'merged'").pluck().all(),
    ) as number[];
    const sum = (some: number[]) => some.reduce((all, one) => all + one, 0);
    expect(sum(bytes.slice(-100))).toBeLessThanOrEqual(sum(bytes.slice(0, 100)) * 1.1);
  });

  it("deletes the row, with what others merged into it, when its own source does", () => {
    outcome("vlcrawler", { keywords: ";trees;" });
    expect(withdraw("SCP")).toBe("deleted");
    expect(row()).toBeUndefined();
    expect(outcome("vlcrawler", { keywords: ";trees;" })).toBe("created");
  });

  it("leaves hand edits alone when it adds and withdraws", () => {
    outcome("vlcrawler", { keywords: ";trees;", edition: "2nd" });
    edit("keywords = 'plants; trees; by hand', edition = 'by hand'");
    outcome("afcrawler", { keywords: ";by hand;mosses;", edition: "3rd" });
    expect(row()).toMatchObject({ keywords: ";plants;by hand;trees;mosses;", edition: "by hand" });
    withdraw("vlcrawler");
    withdraw("afcrawler");
    expect(row()).toMatchObject({ keywords: ";plants;by hand;", edition: "by hand" });
  });

  it("writes nothing where it has nothing to add", () => {
    edit("keywords = 'plants; by hand', date_modified = 'long ago'");
    expect(outcome("vlcrawler", { keywords: ";by hand;" })).toBe("merged");
    expect(row()).toMatchObject({ keywords: "plants; by hand", date_modified: "long ago" });
    expect(withdraw("vlcrawler")).toBe("deleted");
    expect(row()).toMatchObject({ keywords: "plants; by hand", date_modified: "long ago" });
  });

  it("makes keys of what it adds, and takes them away with it", () => {
    const methods = { matchMethods: ["EXACT_TITLE", "ISBN"] } as const;
    const isbn = ";9780306406157;";
    outcome("vlcrawler", { isbn }, methods);
    const find = () => {
      const stranger = { id: "s", values: { title: "Another", isbn } };
      const settings = { foreignSource: "stranger" };
      return database.outcomes([stranger], {
        matchMethods: ["ISBN"],
        duplicatePolicy: "KEEP_ANY",
        settings,
      })[0];
    };
    expect(find()).toBe("ignored");
    withdraw("vlcrawler");
    expect(find()).toBe("created");
  });

  it("remembers what local records add, although they have no id", () => {
    const settings = { foreignSource: "" };
    const records = [record({ keywords: ";one;" }), record({ keywords: ";two;", edition: "2nd" })];
    expect(database.outcomes(records, { settings })).toEqual(["merged", "merged"]);
    expect(database.outcomes(records, { settings })).toEqual(["merged", "merged"]);
    expect(outcome("SCP", { keywords: ";flowers;" })).toBe("updated");
    expect(row()).toMatchObject({ keywords: ";flowers;one;two;", edition: "2nd" });
    const remembered = otherProgram(database.path, (db) =>
      db.prepare("SELECT count(*) FROM merged_sources").pluck().get(),
    );
    expect(remembered).toBe(2);
  });

  it("withdraws also what it contributed to a field that a later configuration did not name", () => {
    const field = { name: "shelves", kind: "list", descriptive: true, mappable: true } as const;
    const extra = { extraFields: [field] };
    outcome("vlcrawler", { shelves: ";Q1;" }, extra);
    expect(outcome("vlcrawler", { keywords: ";trees;" })).toBe("updated");
    expect(row()).toMatchObject({ shelves: ";Q1;", keywords: ";plants;trees;" });
    const settings = { foreignSource: "vlcrawler" };
    database.import([{ id: "r", deleted: true }], { ...extra, settings });
    expect(row()).toMatchObject({ shelves: "", keywords: ";plants;" });
  });

  it("offers no url that the fallback pattern made", () => {
    const made = record({ url: "http://made.up/r" }, { urlIsFallback: true });
    database.import([made], { settings: { foreignSource: "vlcrawler" } });
    expect(row()).toMatchObject({ url: "" });
  });
});
