import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TestDatabase, temporaryFolder } from "../support/import-harness.js";
import { otherProgram } from "../support/other-program.js";
import type { TestConfig } from "../support/test-config.js";

let folder: ReturnType<typeof temporaryFolder>;
let database: TestDatabase;

beforeEach(() => {
  folder = temporaryFolder();
  database = new TestDatabase(`${folder.path}/test.sqlite`);
});
afterEach(() => folder.remove());

const PROTECTING: TestConfig = { settings: { protectedFields: ["description", "keywords"] } };

type Values = Readonly<Record<string, string>>;

function outcome(values: Values, stated = PROTECTING): string {
  return database.outcomes([{ id: "a", values: { title: "Botany", ...values } }], stated)[0];
}

function row(): Record<string, unknown> {
  return otherProgram(
    database.path,
    (db) => db.prepare("SELECT * FROM record_info").get() as Record<string, unknown>,
  );
}

function sql(text: string): void {
  otherProgram(database.path, (db) => db.exec(text));
}

describe("a protected field", () => {
  it("keeps an edit through updates of other fields, however many", () => {
    outcome({ description: "theirs", publisher: "P1" });
    sql("UPDATE record_info SET description = 'by hand'");
    expect(outcome({ description: "theirs, new", publisher: "P2" })).toBe("updated");
    expect(row()).toMatchObject({ description: "by hand", publisher: "P2" });
    sql("DELETE FROM changes");
    expect(outcome({ description: "theirs, newer", publisher: "P3" })).toBe("updated");
    expect(row()).toMatchObject({ description: "by hand", publisher: "P3" });
    expect(outcome({ description: "theirs, newest", publisher: "P3" })).toBe("unchanged");
  });

  it("keeps an edit that empties it", () => {
    outcome({ description: "theirs" });
    sql("UPDATE record_info SET description = ''");
    expect(outcome({ description: "theirs" })).toBe("unchanged");
    expect(row()).toMatchObject({ description: "" });
  });

  it("takes updates as long as nobody edited it, and again after an edit was taken back", () => {
    outcome({ description: "one" });
    expect(outcome({ description: "two" })).toBe("updated");
    sql("UPDATE record_info SET description = 'by hand'");
    expect(outcome({ description: "three" })).toBe("unchanged");
    sql("UPDATE record_info SET description = 'two'");
    expect(outcome({ description: "three" })).toBe("updated");
    expect(row()).toMatchObject({ description: "three" });
  });

  it("counts what stood there before the first import as somebody else's", () => {
    database.import([]);
    sql(`INSERT INTO record_info (foreign_source, foreign_id, title, description)
      VALUES ('vlcrawler', 'a', 'Old', 'by hand')`);
    expect(outcome({ description: "theirs", keywords: ";k;" })).toBe("updated");
    expect(row()).toMatchObject({ title: "Botany", description: "by hand", keywords: ";k;" });
  });

  it("counts what merged sources added as ours, and an edit of that as an edit", () => {
    const merging: TestConfig = { duplicatePolicy: "MERGE", matchMethods: ["EXACT_TITLE"] };
    outcome({ keywords: ";a;" }, { ...PROTECTING, ...merging });
    const scp = { settings: { ...PROTECTING.settings, foreignSource: "SCP" } };
    const merge = (values: Values) => outcome(values, { ...merging, ...scp });
    expect(merge({ keywords: ";b;" })).toBe("merged");
    expect(outcome({ keywords: ";c;" })).toBe("updated");
    expect(row()).toMatchObject({ keywords: ";c;b;" });

    sql("UPDATE record_info SET keywords = ';c;'");
    expect(merge({ keywords: ";b;", publisher: "P" })).toBe("updated");
    expect(row(), "no element comes back").toMatchObject({ keywords: ";c;", publisher: "P" });
    expect(outcome({ keywords: ";d;" })).toBe("unchanged");
    expect(row()).toMatchObject({ keywords: ";c;", publisher: "P" });
  });

  it("keeps an edit when other sources merge into the row; a list may grow", () => {
    const settings = { protectedFields: ["keywords", "publisher"] };
    const from = (foreignSource: string, more: TestConfig = {}): TestConfig => ({
      duplicatePolicy: "MERGE",
      matchMethods: ["EXACT_TITLE"],
      settings: { ...settings, foreignSource },
      ...more,
    });
    outcome({ keywords: ";own;" }, from("vlcrawler"));
    expect(outcome({ keywords: ";k;", publisher: "P" }, from("SCP"))).toBe("merged");
    sql("UPDATE record_info SET keywords = ';own;by hand;', publisher = ''");
    const records = ["m", "n"].map((id) => ({
      id,
      values: { title: "Botany", keywords: `;${id};`, publisher: "Q" },
    }));
    expect(database.outcomes(records, from("EPN"))).toEqual(["merged", "merged"]);
    expect(row()).toMatchObject({ keywords: ";own;by hand;m;n;", publisher: "" });
    expect(database.outcomes([{ id: "m", deleted: true }], from("EPN"))).toEqual(["deleted"]);
    expect(row()).toMatchObject({ keywords: ";own;by hand;n;", publisher: "" });
    expect(database.outcomes([{ id: "a", deleted: true }], from("SCP"))).toEqual(["deleted"]);
    expect(row()).toMatchObject({ keywords: ";own;by hand;n;", publisher: "" });
  });

  it("is overwritten like any other once it is protected no more", () => {
    outcome({ description: "one" });
    sql("UPDATE record_info SET description = 'by hand'");
    expect(outcome({ description: "one" })).toBe("unchanged");
    expect(outcome({ description: "one" }, {})).toBe("updated");
    expect(row()).toMatchObject({ description: "one" });
  });
});

describe("a field that the configuration does not fill", () => {
  const partial: TestConfig = { filled: ["title", "keywords"] };

  it("stays as somebody else left it", () => {
    outcome({}, partial);
    sql(
      "UPDATE record_info SET publisher = 'by hand', remote_user = 'jane', expert_created = 1, institutional_owner = ';ucr;'",
    );
    expect(outcome({ keywords: ";k;" }, partial)).toBe("updated");
    const byHand = { publisher: "by hand", remote_user: "jane", expert_created: 1 };
    expect(row()).toMatchObject({ ...byHand, institutional_owner: ";ucr;", keywords: ";k;" });
    expect(outcome({ keywords: ";k;" }, partial)).toBe("unchanged");
  });

  it("is set by the constants of the settings once they are stated", () => {
    outcome({}, partial);
    const settings = { remoteUser: "job", expertCreated: true, institutionalOwner: ";ucr;" };
    expect(outcome({}, { ...partial, settings })).toBe("updated");
    expect(row()).toMatchObject({
      remote_user: "job",
      expert_created: 1,
      institutional_owner: ";ucr;",
    });
    expect(outcome({}, { ...partial, settings })).toBe("unchanged");
  });
});

describe("a url that the fallback pattern made", () => {
  const url = "http://made.up/a";
  const finds = (stated: TestConfig = {}) =>
    database.outcomes([{ id: "b", values: { url } }], {
      matchMethods: ["EXACT_URL"],
      duplicatePolicy: "KEEP_ANY",
      settings: { foreignSource: "SCP" },
      ...stated,
    })[0] === "ignored";
  const write = (urlIsFallback: boolean) =>
    database.outcomes([{ id: "a", values: { url }, urlIsFallback }], {
      matchMethods: ["EXACT_URL"],
    })[0];
  const forgetOther = () => sql("DELETE FROM record_info WHERE foreign_source = 'SCP'");

  it("makes no key until the record states that very url, and none when it states it no more", () => {
    expect(write(true)).toBe("created");
    expect(finds()).toBe(false);
    forgetOther();
    expect(write(false)).toBe("unchanged");
    expect(finds()).toBe(true);
    expect(write(true)).toBe("unchanged");
    expect(finds()).toBe(false);
  });

  it("makes a key once somebody else wrote another in its place", () => {
    write(true);
    sql(`UPDATE record_info SET url = 'http://by.hand/'`);
    const treated = database.outcomes([{ id: "b", values: { url: "http://by.hand/" } }], {
      matchMethods: ["EXACT_URL"],
      duplicatePolicy: "KEEP_ANY",
      settings: { foreignSource: "SCP" },
    });
    expect(treated).toEqual(["ignored"]);
  });

  it("finds no duplicates for an existing row either", () => {
    database.import([]);
    sql(`INSERT INTO record_info (url, foreign_source, foreign_id) VALUES ('${url}', 'x', 'y')`);
    const stated: TestConfig = { matchMethods: ["EXACT_URL"], duplicatePolicy: "REPLACE" };
    const record = { id: "a", values: { url }, urlIsFallback: true };
    database.import([record, record], stated);
    const count = otherProgram(database.path, (db) =>
      db.prepare("SELECT count(*) FROM record_info").pluck().get(),
    );
    expect(count).toBe(2);
  });
});
