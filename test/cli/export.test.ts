/** `export`: rows of the catalogue as tables, and the records behind them as MARC. */

import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writePieces } from "../../src/cli/export-target.js";
import { elementsOf } from "../../src/fields/list-form.js";
import { commandIn } from "../support/command-line.js";
import { temporaryFolder } from "../support/import-harness.js";
import { cutByLength, iso } from "../support/marc-builder.js";
import { otherProgram } from "../support/other-program.js";
import { readCsv, readTsv } from "../support/read-tables.js";
import type { FieldOf } from "../support/record-view.js";

const PROGRAM = resolve(import.meta.dirname, "../../bin/MARC_import");

const CONFIG = `[Settings]
foreign_source = shelf
[Database]
extra_fields = "shelf_marks[]"
[title]
field1 = "245 * * a"
[subjects]
field1 = "650 * * a"
[shelf_marks]
field1 = "852 * * h"
`;

const book = (number: string, title: string, ...more: FieldOf[]) =>
  iso({ fields: [["001", number], ["245", "10", `a${title}`], ...more] });

const BOOKS = [
  book("b1", 'Eins, "zwei"', ["650", " 0", "aWhales"], ["650", " 0", "aSea, the"]),
  book("b2", "Drei", ["852", "  ", "hQL 737"]),
  book("b3", "Ärger", ["650", " 0", "aWhales"]),
];

let folder = temporaryFolder();
beforeEach(() => {
  folder = temporaryFolder();
  write("shelf.conf", CONFIG);
});
afterEach(() => folder.remove());

const path = (name: string) => join(folder.path, name);
const write = (name: string, content: string | Buffer) => {
  writeFileSync(path(name), content);
  return path(name);
};
const command = (...args: string[]) => commandIn(folder.path, ...args);
const load = async (name: string, content: string | Buffer) => {
  const { status, error } = await command(path("shelf.conf"), write(name, content));
  expect([status, error]).toEqual([0, ""]);
};
const exported = (...args: string[]) => command("export", path("shelf.conf"), ...args);
const database = <T>(sql: string) =>
  otherProgram(path("ivia.sqlite"), (db) => db.prepare(sql).all() as T[]);

describe("rows of the catalogue", () => {
  beforeEach(() => load("books.mrc", Buffer.concat(BOOKS)));

  it.each([
    ["csv", readCsv],
    ["tsv", readTsv],
  ] as const)("are all there as %s, every column, by record_id", async (format, read) => {
    expect((await exported("--format", format, "-o", "out.txt")).status).toBe(0);
    const [names, ...rows] = read(readFileSync(path("out.txt"), "utf8"));
    const stored = database<Record<string, string | number>>("SELECT * FROM record_info");
    expect(names).toEqual(Object.keys(stored[0]));
    const lists = new Set(["subjects", "shelf_marks"]);
    const read1 = (row: readonly string[]) =>
      Object.fromEntries(names.map((name, i) => [name, row[i]]));
    expect(rows.map(read1)).toMatchObject(
      stored.map((row) => ({
        ...{ record_id: String(row.record_id), title: row.title, foreign_id: row.foreign_id },
        ...Object.fromEntries(
          [...lists].map((name) => [name, JSON.stringify(elementsOf(String(row[name])))]),
        ),
      })),
    );
  });

  it("are objects as jsonl, with lists as arrays and numbers as numbers", async () => {
    const columns = ["--columns", "record_id,title, subjects,shelf_marks,expert_created"];
    const { out, status } = await exported("--format", "jsonl", ...columns);
    expect(status).toBe(0);
    expect(out.split("\n").map((line) => JSON.parse(line))).toEqual([
      {
        ...{ record_id: 1, title: 'Eins, "zwei"', expert_created: 0 },
        ...{ subjects: ["Whales", "Sea, the"], shelf_marks: [] },
      },
      { record_id: 2, title: "Drei", subjects: [], shelf_marks: ["QL 737"], expert_created: 0 },
      { record_id: 3, title: "Ärger", subjects: ["Whales"], shelf_marks: [], expert_created: 0 },
    ]);
  });

  it("are those that a condition chooses, or a run has changed", async () => {
    const ids = async (...args: string[]) =>
      (await exported("--format", "tsv", "--columns", "foreign_id", ...args)).out.split("\n");
    expect(await ids("--where", "subjects LIKE '%;Whales;%'")).toEqual(["foreign_id", "b1", "b3"]);
    const gone = book("b1", 'Eins, "zwei"', ["650", " 0", "aWhales"]);
    await load("second.mrc", Buffer.concat([gone, BOOKS[1], book("b4", "Vier")]));
    expect(await ids("--run", "last")).toEqual(["foreign_id", "b1", "b4"]);
    expect(await ids("--run", "last", "--where", "title = 'Vier' OR title = 'Drei'")).toEqual([
      ...["foreign_id", "b4"],
    ]);
    const [{ run }] = database<{ run: string }>("SELECT run FROM runs ORDER BY run_id LIMIT 1");
    expect(await ids("--run", run)).toEqual(["foreign_id", "b1", "b2", "b3"]);
  });

  it.each([
    ["a misspelt column", "titel = 'x'", "Did you mean the column title?"],
    ["a text in double quotes", 'title = "Drei"', "single-quotes"],
    ["an open text", "title = 'Drei", "unrecognized token"],
    ["nothing", "", "not complete"],
    ["a comment", "-- all", "not complete"],
    ["half a comment", "1 /* all", "not complete"],
    ["a parenthesis too many", "1) OR (1", "syntax error"],
    ["clauses of its own", "1) UNION SELECT * FROM runs WHERE (1", "syntax error"],
    ["an order of its own", "1 ORDER BY title", "syntax error"],
    ["a second statement", "1; DELETE FROM record_info", "syntax error"],
    ["a statement that writes", "(DELETE FROM record_info RETURNING 1)", "syntax error"],
    ["an aggregate", "count(*) > 1", "misuse of aggregate"],
    ["a parameter", "title = ?", "parameter"],
    ["a function that fails", "json_extract(title, '$') = 1", "malformed JSON"],
    ["a function that is none here", "load_extension('x')", "not authorized"],
  ])("are not exported by %s, which is named", async (_name, where, told) => {
    const before = readFileSync(path("ivia.sqlite"));
    const { status, error } = await exported("--format", "csv", "--where", where, "-o", "out.csv");
    expect(error).toContain(told);
    expect([status, existsSync(path("out.csv"))]).toEqual([2, false]);
    expect(readFileSync(path("ivia.sqlite")).equals(before)).toBe(true);
    expect(readdirSync(folder.path).filter((name) => name.includes("part"))).toEqual([]);
  });

  it("may be chosen by what else the database knows", async () => {
    const where =
      "record_id IN (SELECT record_id FROM changes) AND title NOT IN ('Drei') -- by hand";
    const { out } = await exported(
      ...["--format", "tsv", "--columns", "foreign_id"],
      "--where",
      where,
    );
    expect(out.split("\n")).toEqual(["foreign_id", "b1", "b3"]);
  });

  it.each([
    ["a column that is none", ["--format", "csv", "--columns", "titel"], "Did you mean title?"],
    ["a run that is none", ["--format", "csv", "--run", "never"], 'no run "never"'],
    ["a file", ["books.mrc", "--format", "csv"], "reads no file"],
    ["lists joined in MARC", ["--format", "marc", "--join", ";"], "--join says nothing"],
    ["refusals of rows", ["--format", "csv", "--refusals", "x"], "--refusals says nothing"],
    ["rows for Open Library", ["--format", "openlibrary", "--where", "1"], "--where says nothing"],
  ])("are not exported by %s", async (_name, args, told) => {
    const { status, error } = await exported(...args);
    expect([status, error.includes(told)]).toEqual([2, true]);
  });

  it.each(["ivia.sqlite", "shelf.conf", "books.mrc"])("never overwrite %s", async (name) => {
    const before = readFileSync(path(name));
    const { status, error } = await exported("--format", "marc", "-o", name);
    expect([status, error.includes("would overwrite")]).toEqual([2, true]);
    expect(readFileSync(path(name)).equals(before)).toBe(true);
  });

  it("whatever another program has stored there are told as text", async () => {
    otherProgram(path("ivia.sqlite"), (db) => {
      db.exec("ALTER TABLE record_info ADD COLUMN notes");
      db.exec("UPDATE record_info SET notes = x'c3a9', subjects = 'a; b' WHERE record_id = 1");
      db.exec("UPDATE record_info SET notes = 2.5, subjects = '' WHERE record_id = 2");
    });
    const { out } = await exported("--format", "jsonl", "--columns", "notes,subjects");
    expect(out.split("\n").map((line) => JSON.parse(line))).toEqual([
      { notes: "é", subjects: ["a", "b"] },
      { notes: 2.5, subjects: [] },
      { notes: null, subjects: ["Whales"] },
    ]);
  });
});

describe("the records of the catalogue", () => {
  const marc = async (...args: string[]) => {
    const { status, error } = await exported("--format", "marc", "-o", "out.mrc", ...args);
    return { status, error, bytes: existsSync(path("out.mrc")) && readFileSync(path("out.mrc")) };
  };
  const refused = async (...told: string[]) => {
    writeFileSync(path("out.mrc"), "what stood here before");
    const { status, error, bytes } = await marc();
    for (const text of told) expect(error).toContain(text);
    expect([status, String(bytes)]).toEqual([3, "what stood here before"]);
    expect(readdirSync(folder.path).filter((name) => name.endsWith(".part"))).toEqual([]);
  };

  it("are byte for byte those of the file", async () => {
    await load("books.mrc", Buffer.concat(BOOKS));
    expect(await marc()).toEqual({ status: 0, error: "", bytes: Buffer.concat(BOOKS) });
    const { bytes } = await marc("--where", "title = 'Drei'");
    expect(bytes).toEqual(BOOKS[1]);
  });

  it("come file by file and in the order of each, whatever order the rows have", async () => {
    await load("b.mrc", Buffer.concat([BOOKS[1]]));
    await load("a.mrc", Buffer.concat([BOOKS[2], BOOKS[0]]));
    otherProgram(path("ivia.sqlite"), (db) => {
      db.exec("UPDATE record_info SET record_id = 99 WHERE foreign_id = 'b3'");
    });
    expect((await marc()).bytes).toEqual(Buffer.concat([BOOKS[2], BOOKS[0], BOOKS[1]]));
  });

  it("come out of a zipped file as well", () => {
    const zipped = write("books.mrc.gz", gzipSync(Buffer.concat(BOOKS)));
    // Zipped files are read in a thread, which the program alone has.
    const program = (...args: string[]) => spawnSync(PROGRAM, args, { cwd: folder.path });
    expect(program(path("shelf.conf"), zipped).status).toBe(0);
    const { status, stdout } = program(...["export", path("shelf.conf"), "--format", "marc"]);
    expect([status, stdout]).toEqual([0, Buffer.concat(BOOKS)]);
  });

  it("are made sound where their structure had to be repaired", async () => {
    const wrongLength = Buffer.from(BOOKS[1]);
    wrongLength.write("00044", 0, "latin1");
    await load("books.mrc", Buffer.concat([BOOKS[0], wrongLength, BOOKS[2]]));
    const { bytes } = await marc();
    expect(cutByLength(bytes as Buffer)).toEqual(BOOKS);
  });

  it("become MARC whatever form they came in, and MARCXML", async () => {
    write("books.mrc", Buffer.concat(BOOKS));
    await command("mend", path("books.mrc"), "-o", "books.xml", "--format", "marcxml");
    const xml = readFileSync(path("books.xml"));
    await load("came.xml", xml);
    expect((await marc()).bytes).toEqual(Buffer.concat(BOOKS));
    await exported("--format", "marcxml", "-o", "again.xml");
    expect(readFileSync(path("again.xml")).equals(xml)).toBe(true);
  });

  it("are read in the encoding that the head of their file declares", async () => {
    const xml = '<?xml version="1.0" encoding="windows-1252"?><collection>%</collection>';
    const record = `<record><leader>00000nam a2200000 a 4500</leader><controlfield tag="001">w1</controlfield><datafield tag="245" ind1="1" ind2="0"><subfield code="a">Preis 5 \x80</subfield></datafield></record>`;
    rmSync(path("ivia.sqlite"), { force: true });
    await load("old.xml", Buffer.from(xml.replace("%", record), "latin1"));
    const { out } = await exported("--format", "marcxml");
    expect(out).toContain("Preis 5 €");
  });

  it("of other sources are read as they stand, and must have the id of their row", async () => {
    write("latin.conf", CONFIG.replace("shelf\n", "latin\nencoding = latin-1\n"));
    await load("books.mrc", Buffer.concat(BOOKS));
    const byOther = () =>
      command("export", path("latin.conf"), "--format", "marcxml", "-o", "other.xml");
    expect(await byOther()).toEqual({ status: 0, out: "", error: "" });
    expect(readFileSync(path("other.xml"), "utf8")).toContain(">Ärger<");
    const sameLength = Buffer.from(BOOKS[0].toString("latin1").replace("b1", "c1"), "latin1");
    await load("books.mrc", Buffer.concat([sameLength, ...BOOKS.slice(1)]));
    const { status, error } = await byOther();
    expect([status, error.includes("by its own configuration")]).toEqual([3, true]);
  });

  it("that came in pieces, or of a part of a file, are found again", async () => {
    const [first, second] = [
      book("p1", "Part", ["500", "  ", "aone"]),
      book("p1", "Part", ["500", "  ", "atwo"]),
    ];
    appendFileSync(path("shelf.conf"), "[Settings]\njoin_split_records = true\n");
    await load("pieces.mrc", Buffer.concat([first, second]));
    write("books.mrc", Buffer.concat(BOOKS));
    const part = `${path("books.mrc")}:${BOOKS[0].length}:${BOOKS[1].length}`;
    expect((await command(path("shelf.conf"), part)).status).toBe(0);
    expect((await marc()).bytes).toEqual(Buffer.concat([BOOKS[1], first, second]));
  });

  it("leave out, by number, rows that were made by hand", async () => {
    await load("books.mrc", Buffer.concat(BOOKS));
    otherProgram(path("ivia.sqlite"), (db) => {
      db.exec("INSERT INTO record_info (title) VALUES ('By hand')");
    });
    const { status, error, bytes } = await marc();
    expect([status, bytes]).toEqual([1, Buffer.concat(BOOKS)]);
    expect(error).toContain("1 row is left out");
    expect(error).toContain("record_id 4");
  });

  it("are refused where their file is gone, and named", async () => {
    await load("books.mrc", Buffer.concat(BOOKS));
    rmSync(path("books.mrc"));
    await refused(path("books.mrc"), "no such file", "record_id 1");
  });

  it.each([
    ["another record there", [book("b9", 'Eins, "zwei"'), ...BOOKS.slice(1)]],
    [
      "a corrected one of the same length",
      [BOOKS[0], book("b2", "Vier", ["852", "  ", "hQL 737"])],
    ],
    ["nothing there any more", BOOKS.slice(0, 2)],
  ])("are refused where their file has %s", async (_name, records) => {
    await load("books.mrc", Buffer.concat(BOOKS));
    write("books.mrc", Buffer.concat([...records]));
    await refused("is no longer what was imported");
  });

  it("are refused where a file of that name was imported since that holds another one there", async () => {
    await load("night.mrc", Buffer.concat(BOOKS));
    await load("night.mrc", Buffer.concat([book("c1", 'Eins, "zwei"'), ...BOOKS.slice(1)]));
    await refused("is no longer what was imported");
  });

  it("are found after the file has grown, was touched, or the rules were changed", async () => {
    await load("books.mrc", Buffer.concat(BOOKS));
    utimesSync(path("books.mrc"), 1, 1);
    appendFileSync(path("books.mrc"), book("b4", "Vier"));
    expect((await marc()).bytes).toEqual(Buffer.concat(BOOKS));
    write("books.mrc", Buffer.concat(BOOKS));
    appendFileSync(path("shelf.conf"), '[publisher]\nfield1 = "260 * * b"\n');
    expect((await marc()).bytes).toEqual(Buffer.concat(BOOKS));
  });
});

describe("an export that is stopped", () => {
  it("leaves no part of its file, and says by what", async () => {
    const to = { cwd: folder.path, errorIsTerminal: false, ...silent() };
    function* endless() {
      for (let count = 0; ; count++) {
        if (count === 10) process.emit("SIGTERM", "SIGTERM");
        yield "line\n";
      }
    }
    const writing = writePieces(endless(), { output: "out.txt", kept: [] }, to);
    await expect(writing).rejects.toMatchObject({ exitStatus: 143 });
    expect(readdirSync(folder.path)).toEqual(["shelf.conf"]);
  });

  it("ends in silence when nobody reads it any more", async () => {
    const to = { cwd: folder.path, errorIsTerminal: false, ...silent(), outIsClosed: () => true };
    function* endless() {
      for (;;) yield "line\n";
    }
    expect(await writePieces(endless(), { output: undefined, kept: [] }, to)).toBe(false);
  });

  const silent = () => ({ out: () => {}, write: () => {}, error: () => {} });
});
