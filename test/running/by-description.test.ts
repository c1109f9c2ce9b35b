/** DESCRIPTION in whole runs: what is found, what is not, and what is kept for it. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RunLog } from "../../src/report/run-log.js";
import { iso } from "../support/marc-builder.js";
import { otherProgram } from "../support/other-program.js";
import type { FieldOf } from "../support/record-view.js";
import { RunFolder } from "../support/run-harness.js";

const CONF = `[Logging]
verbosity = 4
[Database]
path = db.sqlite
[Duplicates]
match_method = DESCRIPTION
duplicate_policy = KEEP_ANY
[Settings]
foreign_source = ours
foreign_id_fields = 1
[title]
f = 245 * * a+b
[creators]
f = 100 * * a
[publication_date]
f = 260 * * c
[isbn]
f = 020 * * a
`;

const FIXED: FieldOf = ["008", "980101s1998    nyu           000 0 eng d"];
const BOOK: FieldOf[] = [
  FIXED,
  ["100", "1 ", "aMelville, Herman."],
  ["245", "10", "aThe history of whales /", "cHerman Melville."],
  ["260", "  ", "aNew York :", "bHarper,", "c1998."],
  ["300", "  ", "axii, 345 p. ;", "c24 cm."],
];
const isbn = (number: string): FieldOf => ["020", "  ", `a${number}`];

/** The book with other fields in place of those of the same tag. */
function book(id: string, ...others: readonly FieldOf[]): Buffer {
  const tags = new Set(others.map(([tag]) => tag));
  return iso({ fields: [["001", id], ...BOOK.filter(([tag]) => !tags.has(tag)), ...others] });
}

const in1989 = book(
  "old",
  ["008", "890101s1989    nyu           000 0 eng d"],
  ["260", "  ", "aNew York :", "bHarper,", "c1989."],
);

let folder: RunFolder;
beforeEach(() => {
  folder = new RunFolder(CONF);
});
afterEach(() => folder.remove());

async function night(...records: readonly Buffer[]) {
  folder.write("in.mrc", Buffer.concat(records));
  return (await folder.import(["in.mrc"])).summary.totals;
}

const ask = <T>(sql: string): T[] =>
  otherProgram(join(folder.path, "db.sqlite"), (db) => db.prepare(sql).pluck().all() as T[]);

describe("DESCRIPTION", () => {
  it("finds a record that is written in another way, and none of another year or edition", async () => {
    await night(book("a", ["250", "  ", "a1st ed."]));
    const again = book(
      "b",
      ["245", "10", "aHistory of whales /", "cby H. Melville"],
      ["300", "  ", "a345 pages ;", "c24 cm"],
    );
    const second = book("c", ["250", "  ", "a2nd ed."]);
    expect((await night(again, in1989, second)).outcomes).toMatchObject({ ignored: 1, created: 2 });
    expect(ask("SELECT foreign_id FROM record_info ORDER BY record_id")).toEqual(["a", "old", "c"]);
  });

  it("tells what it would have taken, and what kept it from doing so", async () => {
    await night(book("print"));
    const online = book("online", ["300", "  ", "a1 online resource (xii, 345 p.)"]);
    const { duplicatesBy, possibleDuplicates } = await night(in1989, online);
    expect(duplicatesBy).toEqual({
      "DESCRIPTION, not taken: form differs": 1,
      "DESCRIPTION, not taken: possible at most (year)": 1,
    });
    expect(possibleDuplicates).toBe(1);
    const log = readFileSync(RunLog.path(folder.config().logging), "utf8");
    expect(log).toContain("record_id=3 not_taken=1,2(DESCRIPTION: form differs)");
  });

  it("never takes an online edition for the print", async () => {
    await night(book("a", isbn("0306406152")));
    const online = book("b", isbn("0306406152"), ["300", "  ", "a1 online resource (345 p.)"]);
    expect((await night(online)).outcomes).toMatchObject({ created: 1 });
  });

  it("finds rows of other programs by their columns, and is found by them as they are edited", async () => {
    await night(book("a"));
    otherProgram(join(folder.path, "db.sqlite"), (db) => {
      db.exec(`INSERT INTO record_info (title, creators, publication_date, isbn)
        VALUES ('Squids of the deep sea', ';Nemo, A.;', '2001', ';9780306406157;')`);
    });
    const squids: FieldOf[] = [
      ["008", "010101s2001    nyu           000 0 eng d"],
      ["100", "1 ", "aNemo, Anna."],
      ["245", "10", "aSquids of the deep sea"],
      ["260", "  ", "c2001."],
    ];
    const found = () => night(book("s", isbn("0306406152"), ...squids));
    expect((await found()).outcomes).toMatchObject({ ignored: 1 });
    otherProgram(join(folder.path, "db.sqlite"), (db) => {
      db.exec("UPDATE record_info SET title = 'Nothing', isbn = '' WHERE foreign_source = ''");
    });
    expect((await found()).outcomes).toMatchObject({ created: 1 });
  });

  it("takes a number that many rows bear for none", async () => {
    const sheet = (n: number) =>
      book(
        `m${n}`,
        isbn("0306406152"),
        ["245", "10", `aSheet ${"ABCDEFGH"[n]}`],
        ["100", "1 ", `aMaker${n}, A.`],
      );
    await night(...[0, 1, 2, 3, 4, 5].map(sheet));
    const { duplicatesBy } = await night(book("z", isbn("0306406152")));
    expect(duplicatesBy).toMatchObject({ "DESCRIPTION, too many rows to compare": 1 });
  });

  it("is asked behind the methods before it", async () => {
    folder.write("job.conf", CONF.replace("= DESCRIPTION", '= "ISBN, DESCRIPTION"'));
    await night(book("a", isbn("0306406152")));
    const { duplicatesBy } = await night(book("b", isbn("0306406152")), book("c"));
    expect(duplicatesBy).toEqual({
      "ISBN, KEEP_ANY × same: ignore": 1,
      "DESCRIPTION, KEEP_ANY × same: ignore": 1,
    });
  });
});

describe("what is kept for it", () => {
  const evidence = () => ask<string | null>("SELECT evidence FROM record_state");

  it("is nothing but the kind where it is not used; and the description as records come again", async () => {
    folder.write("job.conf", CONF.replace("= DESCRIPTION", "= FUZZY_TITLE"));
    await night(book("a"), in1989);
    expect(evidence().join()).not.toContain("MELVILLE");
    folder.write("job.conf", CONF);
    expect((await night(book("b"))).outcomes).toMatchObject({ ignored: 1 });
    await night(book("a"), in1989);
    expect(evidence().every((one) => one?.includes("MELVILLE"))).toBe(true);
    expect((await night(book("c"))).outcomes).toMatchObject({ ignored: 1 });
  });

  it("is kept with its keys for others where keep_keys names it", async () => {
    folder.write(
      "job.conf",
      CONF.replace("= DESCRIPTION", "= NONE").replace(
        "db.sqlite",
        "db.sqlite\nkeep_keys = DESCRIPTION",
      ),
    );
    await night(book("a"));
    expect(evidence().join()).toContain("MELVILLE");
  });
});
