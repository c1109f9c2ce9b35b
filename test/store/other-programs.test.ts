import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { MatchMethod } from "../../src/matching/methods.js";
import { TestDatabase, temporaryFolder } from "../support/import-harness.js";
import { otherProgram } from "../support/other-program.js";

let folder: ReturnType<typeof temporaryFolder>;
let database: TestDatabase;

beforeEach(() => {
  folder = temporaryFolder();
  database = new TestDatabase(`${folder.path}/test.sqlite`);
});
afterEach(() => folder.remove());

type Values = Readonly<Record<string, string>>;

interface Example {
  readonly method: MatchMethod;
  /** A row as another program writes it. */
  readonly row: Values;
  /** A record that describes the same thing under the method. */
  readonly record: Values;
  /** What makes the row another thing. */
  readonly edit: Values;
}

const EXAMPLES: readonly Example[] = [
  {
    method: "EXACT_URL",
    row: { url: "http://a.org/x" },
    record: { url: "http://a.org/x" },
    edit: { url: "http://a.org/y" },
  },
  {
    method: "FUZZY_URL",
    row: { url: "http://nzdl.org/" },
    record: { url: "http://www.nzdl.org/welcome.html" },
    edit: { url: "http://www.nzdl.org/cstr/" },
  },
  {
    method: "EXACT_TITLE",
    row: { title: "Botany" },
    record: { title: "Botany" },
    edit: { title: "Botanics" },
  },
  {
    method: "FUZZY_TITLE",
    row: { title: "BÓTANY!" },
    record: { title: "Botany" },
    edit: { title: "Botanics" },
  },
  {
    method: "TITLE_AUTHOR_YEAR",
    row: { title: "Botany", creators: "Gray, Asa, 1810-1888", publication_date: "c1880." },
    record: { title: "botany", creators: ";Gray, A.;", publication_date: "1880" },
    edit: { publication_date: "1881" },
  },
  {
    method: "ISBN",
    row: { isbn: "0-306-40615-2" },
    record: { isbn: ";9780306406157;" },
    edit: { isbn: ";9780393040029;" },
  },
  {
    method: "ISSN",
    row: { issn: ";0378-5955;" },
    record: { issn: ";0378-5955;" },
    edit: { issn: ";2434-561X;" },
  },
  {
    method: "LCCN",
    row: { lccn: "2001-627090" },
    record: { lccn: ";2001627090;" },
    edit: { lccn: ";85002;" },
  },
  {
    method: "OCLC_NUMBER",
    row: { oclc_number: "ocm00012345" },
    record: { oclc_number: ";12345;" },
    edit: { oclc_number: ";54321;" },
  },
];

function assignments(values: Values): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} = '${value}'`)
    .join(", ");
}

function insert(values: Values): string {
  const names = Object.keys(values).join(", ");
  const texts = Object.values(values).map((value) => `'${value}'`);
  return `INTO record_info (${names}) VALUES (${texts.join(", ")})`;
}

describe("rows that other programs write", () => {
  /** Tells whether an import of the record finds a duplicate; it leaves no row of its own behind. */
  function finds({ method, record }: Example, rank: string): boolean {
    const stated = { matchMethods: [method], duplicatePolicy: "KEEP_ANY" } as const;
    const [treatment] = database.import([{ id: "a", values: record }], stated);
    const { duplicates } = treatment.considered;
    expect(treatment.outcome).toBe(duplicates.method ? "ignored" : "created");
    expect(duplicates.found.map((d) => d.rank)).toEqual(duplicates.method ? [rank] : []);
    otherProgram(database.path, (db) => {
      db.exec("DELETE FROM record_info WHERE foreign_source = 'vlcrawler'");
    });
    return duplicates.method === method;
  }

  const write = (sql: string) => otherProgram(database.path, (db) => db.exec(sql));

  it.each(EXAMPLES)("are found by $method, before and after edits", (example) => {
    const { row, edit, method } = example;
    expect(finds(example, "none")).toBe(false);
    write(`INSERT ${insert(row)}`);
    expect(finds(example, "higher"), "added").toBe(true);

    write(`UPDATE record_info SET ${assignments(edit)}`);
    expect(finds(example, "higher"), "edited").toBe(false);
    write(`UPDATE record_info SET ${assignments(edit)}`);
    write(`UPDATE record_info SET ${assignments(row)}`);
    expect(finds(example, "higher"), "edited back").toBe(true);

    write(`UPDATE record_info SET foreign_source = 'afcrawler', foreign_id = 'z'`);
    expect(finds(example, "lower"), "given to a source").toBe(true);
    write(`UPDATE record_info SET ${assignments({ ...edit, foreign_source: "SCP" })}`);
    expect(finds(example, "higher")).toBe(false);
    write(`UPDATE record_info SET ${assignments(row)}`);
    expect(finds(example, "higher")).toBe(true);

    write("DELETE FROM record_info");
    expect(finds(example, "higher"), "removed").toBe(false);
    expect(keyCount(method), "keys left behind").toBe(0);
  });

  function keyCount(method: MatchMethod): number {
    return database.with(
      (store) => {
        store.prepareKeys();
        return store.db.prepare("SELECT count(*) FROM match_keys").pluck().get() as number;
      },
      { matchMethods: [method] },
    );
  }

  it("are found where they were there before the method was first used", () => {
    database.import([{ id: "b", values: { title: "Botany" } }]);
    write(`INSERT ${insert({ title: "Zoology" })}`);
    write("INSERT INTO record_info (record_id, title) VALUES (-7, 'Ecology')");
    write("UPDATE record_info SET title = 'Flora' WHERE title = 'Botany'");
    const stated = { matchMethods: ["EXACT_TITLE"], duplicatePolicy: "KEEP_ANY" } as const;
    const titles = ["Flora", "Botany", "Zoology", "Ecology"];
    const records = titles.map((title) => ({ id: title, values: { title } }));
    expect(database.outcomes(records, stated)).toEqual([
      "ignored",
      "created",
      "ignored",
      "ignored",
    ]);
  });

  it("are found in the middle of a run", () => {
    const stated = { matchMethods: ["EXACT_TITLE"], duplicatePolicy: "KEEP_ANY" } as const;
    database.during(stated, (run) => {
      expect(run.batch([{ id: "a", values: { title: "Botany" } }])[0].outcome).toBe("created");
      write(`INSERT ${insert({ title: "Zoology" })}`);
      const [second] = run.batch([{ id: "b", values: { title: "Zoology" } }]);
      expect(second.outcome).toBe("ignored");
    });
  });

  it("are found by source and id in the middle of a first load", () => {
    database.during({}, (run) => {
      expect(run.batch([{ id: "a", values: { title: "Botany" } }])[0].outcome).toBe("created");
      write(`INSERT ${insert({ foreign_source: "vlcrawler", foreign_id: "b" })}`);
      expect(run.batch([{ id: "b", values: { title: "Zoology" } }])[0].outcome).toBe("updated");
    });
  });

  it.each([0, 1])("may replace rows, with recursive_triggers = %i", (recursive) => {
    const stated = { matchMethods: ["EXACT_TITLE", "ISBN"], duplicatePolicy: "KEEP_ANY" } as const;
    const titled = (id: string, title: string) => ({ id, values: { title } });
    database.import([titled("a", "Botany"), titled("b", "Zoology")], stated);
    otherProgram(database.path, (db) => {
      db.pragma(`recursive_triggers = ${recursive}`);
      // An edit and a replacement of one row, then one row in place of two.
      db.exec("UPDATE record_info SET title = 'Flora' WHERE record_id = 1");
      db.exec("UPDATE OR REPLACE record_info SET title = 'Mosses' WHERE record_id = 1");
      db.exec(`INSERT OR REPLACE INTO record_info (record_id, title, foreign_source, foreign_id)
        VALUES (1, 'Lichens', 'vlcrawler', 'b')`);
    });
    expect(
      database.outcomes(
        ["Botany", "Zoology", "Flora", "Mosses", "Lichens"].map((title, i) =>
          titled(`new${i}`, title),
        ),
        stated,
      ),
    ).toEqual(["created", "created", "created", "created", "ignored"]);
    const keys = otherProgram(database.path, (db) =>
      db.prepare("SELECT count(*) FROM match_keys").pluck().get(),
    );
    expect(keys, "one key for each of five rows").toBe(5);
  });

  it("may hold blobs and numbers where we hold texts", () => {
    database.import([]);
    otherProgram(database.path, (db) => {
      const insertRow = db.prepare(
        "INSERT INTO record_info (title, publication_date, foreign_source, foreign_id, keywords) VALUES (?, ?, ?, ?, ?)",
      );
      insertRow.run(Buffer.from("Botany"), 1880, "vlcrawler", "a", Buffer.from(";x;"));
    });
    const stated = { matchMethods: ["EXACT_TITLE"], duplicatePolicy: "KEEP_ANY" } as const;
    const record = { values: { title: "Botany", publication_date: "1880", keywords: ";y;" } };
    expect(database.outcomes([{ id: "b", ...record }], stated)).toEqual(["ignored"]);
    expect(database.outcomes([{ id: "a", ...record }], stated)).toEqual(["updated"]);
  });
});

describe("what other programs did", () => {
  it("is repaired by the next import of an existing row, also where the record is the same", () => {
    const record = { id: "a", values: { title: "Botany", publisher: "Gray" } };
    database.import([record]);
    otherProgram(database.path, (db) => db.exec("UPDATE record_info SET publisher = 'Nobody'"));
    expect(database.outcomes([record, { ...record, id: "b" }])).toEqual(["updated", "created"]);
    expect(database.outcomes([record])).toEqual(["unchanged"]);
  });

  it("takes the books of a deleted row along, so that its records are new again", () => {
    const merging = { matchMethods: ["EXACT_TITLE"], duplicatePolicy: "MERGE" } as const;
    const records = [
      { id: "a", values: { title: "Botany" } },
      { id: "b", values: { title: "Botany" } },
    ];
    expect(database.outcomes(records, merging)).toEqual(["created", "merged"]);
    otherProgram(database.path, (db) => db.exec("DELETE FROM record_info"));
    expect(database.outcomes(records, merging)).toEqual(["created", "merged"]);
    otherProgram(database.path, (db) => {
      expect(db.prepare("SELECT count(*) FROM record_state").pluck().get()).toBe(1);
      expect(db.prepare("SELECT count(*) FROM merged_sources").pluck().get()).toBe(1);
    });
  });
});
