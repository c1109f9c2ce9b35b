/** Lists of ids whose rows are deleted. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { commandIn } from "../support/command-line.js";
import { iso } from "../support/marc-builder.js";
import { RunFolder } from "../support/run-harness.js";

const confOf = (more = "", policy = "KEEP_ALL", source = "test") => `[Logging]
verbosity = 3
directory = "log"
[Priorities]
priority_list = "test,low"
[Duplicates]
match_method = EXACT_TITLE
duplicate_policy = ${policy}
[Settings]
foreign_source = "${source}"
${more}
[title]
main = "245 * * a"
[subjects]
all = "650 * * a"
`;
const record = (id: string, title = `Title ${id}`, subject = "Old") =>
  iso({
    leader: "00000nam a2200000 a 4500",
    fields: [
      ["001", id],
      ["245", "10", `a${title}`],
      ["650", " 0", `a${subject}`],
    ],
  });
const records = (...ids: string[]) => Buffer.concat(ids.map((id) => record(id)));

let folder: RunFolder;
beforeEach(() => {
  folder = new RunFolder(confOf());
});
afterEach(() => folder.remove());
const rows = (what = "foreign_id") =>
  folder.with(({ db }) => db.prepare(`SELECT ${what} FROM record_info ORDER BY 1`).pluck().all());
const ids = (...names: string[]) => folder.import([], {}, {}, "job.conf", names);
const command = (...args: string[]) =>
  commandIn(
    folder.path,
    ...args.map((arg) => (/^[a-z]\.json$|^ids\.txt$/.test(arg) ? join(folder.path, arg) : arg)),
  );

describe("a list of ids to delete", () => {
  it.each([
    ["lines", "b\nd\n"],
    ["a byte order mark, CRLF, no end of the last line", "\uFEFFb\r\nd"],
    ["comments, blank lines, blanks around", "# gone\n\n  b \n\t# too\n\nd\t\n"],
    ["lists that were joined, each with its mark", "\uFEFFb\n\uFEFFd\n"],
    ["an id twice", "b\nd\nb\n"],
  ])("deletes their rows: %s", async (_, text) => {
    folder.write("all.mrc", records("a", "b", "c", "d"));
    await folder.import(["all.mrc"]);
    for (const [name, bytes] of [
      ["ids.txt", Buffer.from(text)],
      ["ids.gz", gzipSync(text)],
    ] as const) {
      folder.write(name, bytes);
      const { summary } = await ids(name);
      expect(summary.totals.outcomes.deleted).toBe(2);
      expect(rows()).toEqual(["a", "c"]);
      const { status } = await command("undo", "job.conf", "last");
      expect(status).toBe(0);
      expect(rows()).toEqual(["a", "b", "c", "d"]);
    }
  });

  it("tells of each id that is not there, and at once where none is", async () => {
    folder.write("all.mrc", records("a"));
    await folder.import(["all.mrc"]);
    folder.write("ids.txt", "a\n# x\nnowhere\n");
    const some = await command("job.conf", "--delete-ids", "ids.txt", "--summary", "s.json");
    expect(some).toMatchObject({ status: 0, error: "" });
    const { summary, notices } = await ids("ids.txt");
    expect(summary.totals).toMatchObject({
      recordsRead: 2,
      outcomes: { ignored: 2, deleted: 0 },
      ignoredBecause: { "no-such-row": 2 },
      warnings: { M604: 2 },
    });
    expect(notices).toEqual([expect.stringContaining("each of the 2 ids names no row")]);
  });

  it("knows an id by the substitutions of [foreign_id], or as it stands", async () => {
    folder.write("job.conf", `${confOf()}[foreign_id]\nid = "001 * * * /^0+//"\n`);
    folder.write("all.mrc", records("0007", "0008", "9"));
    await folder.import(["all.mrc"]);
    folder.write("ids.txt", "0007\n9\n0000\n");
    const { summary } = await ids("ids.txt");
    expect(summary.totals.outcomes).toMatchObject({ deleted: 2, ignored: 1 });
    expect(rows()).toEqual(["8"]);
  });

  it("withdraws what was merged into rows of others", async () => {
    folder.write("low.conf", confOf("", "KEEP_ALL", "low"));
    folder.write("low.mrc", record("low1", "Botany", "Low"));
    await folder.import(["low.mrc"], {}, {}, "low.conf");
    folder.write("job.conf", confOf("", "MERGE"));
    folder.write("own.mrc", record("own1", "Botany", "Own"));
    await folder.import(["own.mrc"]);
    expect(rows("subjects")).toEqual([";Low;Own;"]);
    folder.write("ids.txt", "own1\nlow1\n");
    const { summary } = await ids("ids.txt");
    expect(summary.totals.outcomes).toMatchObject({ deleted: 1, ignored: 1 });
    expect(rows("subjects")).toEqual([";Low;"]);
  });

  it("comes before the files beside it: what they bring stays", async () => {
    folder.write("all.mrc", records("a", "b", "c"));
    await folder.import(["all.mrc"]);
    folder.write("ids.txt", "a\nb\n");
    folder.write("next.mrc", records("b", "d"));
    const { summary } = await folder.import(["next.mrc"], {}, {}, "job.conf", ["ids.txt"]);
    expect(summary.totals.outcomes).toMatchObject({ deleted: 2, created: 2 });
    expect(rows()).toEqual(["b", "c", "d"]);
  });

  it("holds no full load back, even an empty one, and is not taken for what the source holds", async () => {
    folder.write("all.mrc", records("a", "b", "c", "d"));
    await folder.import(["all.mrc"]);
    folder.write("ids.txt", "# none tonight\n");
    folder.write("next.mrc", records("a", "b", "c"));
    const options = { fullLoad: true, allowEmpty: true };
    const { summary } = await folder.import(["next.mrc"], options, {}, "job.conf", ["ids.txt"]);
    expect(summary.totals).toMatchObject({ absentRemoved: 1, warnings: {} });
    expect(rows()).toEqual(["a", "b", "c"]);
  });

  it("stops before it deletes more than max_deletes, and goes on with more", async () => {
    folder.write("job.conf", confOf("max_deletes = 2"));
    folder.write("all.mrc", records("a", "b", "c", "d"));
    await folder.import(["all.mrc"]);
    folder.write("ids.txt", "a\nnowhere\nb\nc\n");
    const stopped = await command("job.conf", "--delete-ids", "ids.txt");
    expect(stopped.status).toBe(5);
    expect(stopped.error).toMatch(/max_deletes allows 2 deletions.*ids\.txt record 4 at byte 12/);
    const set = ["--set", "Settings.max_deletes=3"];
    const args = ["job.conf", "--delete-ids", "ids.txt", "--resume", ...set];
    expect(await command(...args)).toMatchObject({ status: 0 });
    expect(rows()).toEqual(["d"]);
  });

  it("changes nothing in a dry run", async () => {
    folder.write("all.mrc", records("a", "b"));
    await folder.import(["all.mrc"]);
    folder.write("ids.txt", "a\n");
    const { summary } = await folder.import([], { dryRun: true }, {}, "job.conf", ["ids.txt"]);
    expect(summary.totals.outcomes.deleted).toBe(1);
    expect(rows()).toEqual(["a", "b"]);
  });

  it.each([
    ["a file of MARC", records("a"), /M605 .*line 1 holds control characters/],
    ["MARCXML", Buffer.from("<record><leader/></record>\n"), /M605 .*looks like MARCXML/],
    ["a page", Buffer.from("<!doctype html><p>Not found"), /M605 .*looks like HTML/],
    ["another encoding", Buffer.from("a\nM\xfcller\n", "latin1"), /M605 .*line 2 is not UTF-8/],
    ["UTF-16", Buffer.from("\uFEFFa\nb\n", "utf16le"), /M605 .*UTF-16/],
    ["a line without end", Buffer.alloc(200_000, "a"), /M605 .*line 1 has more than 1000 bytes/],
    ["comments alone", Buffer.from("# nothing\n"), /M001/],
    ["nothing", Buffer.alloc(0), /M001/],
  ])("is refused before anything is touched: %s", async (_, bytes, message) => {
    folder.write("all.mrc", records("a", "b"));
    await folder.import(["all.mrc"]);
    folder.write("ids.txt", bytes);
    const { status, error } = await command("job.conf", "--delete-ids", "ids.txt");
    expect(status).toBe(3);
    expect(error).toMatch(message);
    expect(rows()).toEqual(["a", "b"]);
  });

  it.each([
    [["--skip", "1"], "--skip"],
    [["--limit", "1"], "--skip"],
    [["--full-load"], "--full-load"],
    [["--set", "Settings.foreign_source="], "local records"],
    [["--set", "Settings.deletes=ignore"], "deletes = ignore"],
  ])("is refused with %j", async ([...args], word) => {
    writeFileSync(join(folder.path, "ids.txt"), "a\n");
    const { status, error } = await command("job.conf", "--delete-ids", "ids.txt", ...args);
    expect(status).toBe(2);
    expect(error).toContain(word);
  });

  it("is needed where no file is named", async () => {
    const { status, error } = await command("job.conf");
    expect(status).toBe(2);
    expect(error).toContain("--delete-ids");
  });
});
