import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { commandIn } from "../support/command-line.js";
import { TestDatabase } from "../support/import-harness.js";
import { otherProgram } from "../support/other-program.js";
import { textOf } from "../support/well-formed.js";

let folder: string;
let database: TestDatabase;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "marc-import-test-"));
  writeFileSync(join(folder, "job.conf"), '[Settings]\nforeign_source = "vlcrawler"\n');
  database = new TestDatabase(join(folder, "ivia.sqlite"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const command = (...args: string[]) => commandIn(folder, ...args);

/** Columns of a terminal, for the characters of these tests. */
const columns = (line: string) =>
  [...line.replaceAll("\u0301", "")].reduce(
    (sum, one) => sum + (/[^\0-\u2fff]/.test(one) ? 2 : 1),
    0,
  );

const title = (id: string, text: string) => ({ id, values: { title: text } });
const json = (text: string) => text.split("\n").map((line) => JSON.parse(line));

describe("MARC_import runs", () => {
  it("says that there are none yet, and that there is no database", async () => {
    expect(await command("runs", "job.conf")).toMatchObject({ status: 4, out: "" });
    database.with(() => undefined);
    expect(await command("runs", "job.conf")).toEqual({ status: 0, out: "no runs yet", error: "" });
  });

  it("takes a run and a configuration in either order, as the other commands do", async () => {
    database.import([title("a", "Botany")]);
    const listed = await command("runs", "job.conf", "last");
    expect(listed.status).toBe(0);
    expect(await command("runs", "last", "job.conf")).toEqual(listed);
    const changed = await command("diff", "job.conf", "last");
    expect(await command("diff", "last", "job.conf")).toEqual(changed);
    expect(await command("undo", "last", "job.conf")).toMatchObject({ status: 0, error: "" });
  });

  it("lists runs for machines, with what was undone by what", async () => {
    database.import([title("a", "Botany")]);
    const undone = await command("undo", "job.conf", "run-1");
    expect(undone).toMatchObject({ status: 0, error: "" });
    const [first, second] = json((await command("runs", "job.conf", "--json")).out);
    expect(first).toMatchObject({
      schema_version: 1,
      run: "run-1",
      command: "import",
      status: "done",
      undone_by: second.run,
      changes_kept: true,
    });
    expect(second).toMatchObject({
      command: "undo",
      undoes: "run-1",
      undone: { removed: 1, restored: 0, revived: 0, left: 0 },
    });
    expect(undone.out).toContain(second.run);
    const one = await command("runs", "job.conf", second.run);
    expect(one.out).toMatch(/^undoes +run-1$/m);
    expect(JSON.parse((await command("runs", "job.conf", "run-1", "--json")).out)).toEqual(first);
  });

  it("makes a page of all sources, of several configurations", async () => {
    writeFileSync(join(folder, "other.conf"), '[Settings]\nforeign_source = "SCP"\n');
    database.import([title("a", "Botany")]);
    const files = ["job.conf", "other.conf"];
    const made = await command("runs", ...files, "--html", "jobs.html");
    expect(made).toEqual({ status: 0, out: "", error: "" });
    const page = textOf(readFileSync(join(folder, "jobs.html"), "utf8"));
    expect(page).toMatch(/vlcrawler well /);
    expect(page).toMatch(/SCP has not come yet/);
    for (const kept of [...files, "ivia.sqlite"]) {
      const { status, error } = await command("runs", ...files, "--html", kept);
      expect([status, error.includes("would overwrite")]).toEqual([2, true]);
    }
    expect((await command("runs", ...files, "more")).error).toContain("one word too many");
    const both = await command("runs", "job.conf", "--json", "--html", "x.html");
    expect(both).toMatchObject({ status: 2 });
  });

  it("tells a run that was killed from one that is at work", async () => {
    database.with((store) => {
      database.begin(store, database.config());
      store.takeLease("run-1");
    });
    expect((await command("runs", "job.conf")).out).toMatch(/^run-1 +import +running /m);
    otherProgram(database.path, (db) => db.exec("DELETE FROM import_lease"));
    expect((await command("runs", "job.conf")).out).toMatch(/^run-1 +import +killed /m);
  });

  it("takes the last import for `last`, and for undo the last that stands", async () => {
    database.with(() => undefined);
    const none = await command("diff", "job.conf", "last");
    expect(none).toMatchObject({ status: 2, out: "" });
    expect(none.error).toContain("this database has no run yet");
    database.import([title("a", "Botany")]);
    database.import([title("b", "Zoology")]);
    const [first, second] = json((await command("runs", "job.conf", "--json")).out);
    const diff = (await command("diff", "job.conf", "last")).out.split("\n");
    expect(diff[0]).toBe(`run ${second.run} (import, ${second.started})`);
    expect(diff[1]).toContain("Zoology");
    const objects = json((await command("diff", "job.conf", "last", "--json")).out);
    expect(objects).toMatchObject([{ run: second.run, title: "Zoology" }]);
    expect((await command("undo", "job.conf", "last")).out).toContain(
      ` took back run ${second.run}: `,
    );
    // The undo is a run, too, but no import.
    expect((await command("runs", "job.conf", "last")).out).toMatch(
      new RegExp(`^run +${second.run}$`, "m"),
    );
    expect((await command("undo", "job.conf", "last")).out).toContain(
      ` took back run ${first.run}: `,
    );
    const over = await command("undo", "job.conf", "last");
    expect(over).toMatchObject({ status: 2, out: "" });
    expect(over.error).toContain("no import of foreign_source vlcrawler left to undo");
  });

  it("takes `last` for the last run of the configuration's own source", async () => {
    const ofOther = { settings: { foreignSource: "SCP" } };
    database.import([title("x", "Geology")], ofOther);
    const none = await command("diff", "job.conf", "last");
    expect(none).toMatchObject({ status: 2, out: "" });
    expect(none.error).toContain("no run of foreign_source vlcrawler");
    expect(none.error).toContain("run-1, of foreign_source SCP");
    database.import([title("a", "Botany")]);
    expect((await command("runs", "job.conf", "last")).out).toMatch(/^run +run-2$/m);
    for (const id of ["y", "z"]) database.import([title(id, `Optics ${id}`)], ofOther);
    const others =
      /^last is run run-2, the last of foreign_source vlcrawler; .*: run-3 \(foreign_source SCP\), run-4 /;
    expect((await command("runs", "job.conf", "last")).out).toMatch(others);
    const diff = await command("diff", "job.conf", "last");
    expect(diff.out).toMatch(others);
    expect(diff.out).toContain("Botany");
    const report = await command("report", "job.conf", "last");
    expect(report.error).toMatch(others);
    expect(report.out).toContain("run-2");
    const tried = await command("undo", "job.conf", "last", "--dry-run");
    expect(tried).toMatchObject({ status: 0, error: "" });
    const undone = await command("undo", "job.conf", "last");
    for (const { out } of [tried, undone]) expect(out).toMatch(others);
    expect(undone.out).toMatch(/ took back run run-2: 1 rows removed/);
    expect(
      otherProgram(database.path, (db) =>
        db.prepare("SELECT title FROM record_info").pluck().all(),
      ),
    ).toEqual(["Geology", "Optics y", "Optics z"]);
    const over = await command("undo", "job.conf", "last");
    expect(over.error).toContain("no import of foreign_source vlcrawler left to undo");
  });

  it("lists source, configuration and files within 60 columns, whatever their names", async () => {
    const names = [
      "delivery-".repeat(12),
      "図書館の目録".repeat(12),
      "e\u0301".repeat(90),
      "a\u001b[2Jb",
    ];
    for (const name of names) {
      database.with((store) => {
        const run = {
          run: `20260131T030000Z-${names.indexOf(name)}b2c3d`,
          command: "import" as const,
          config: `/srv/${name}/${name}.conf`,
        };
        const more = { foreignSource: name, rulesDigest: "", startedAt: "2026-01-31T03:00:00Z" };
        const files = [1, 2, 3, 4, 5].map((fileNumber) => ({
          fileNumber,
          path: `/in/${name}-${fileNumber}.mrc`,
          bytes: 1,
          fingerprint: "",
        }));
        store.startRun({ ...run, ...more }, files, []);
      });
    }
    database.import([title("a", "Botany")]);
    const { out } = await command("runs", "job.conf");
    for (const line of out.split("\n")) expect(columns(line), line).toBeLessThanOrEqual(60);
    expect(out).toMatch(/^ +source deliv.*…/m);
    expect(out).toContain("delivery--1.mrc");
    expect(out).toMatch(/2 more files/);
    expect(out).not.toContain("\u001b");
    expect(out).toMatch(/source vlcrawler, configuration \/test\.conf\n {2}read 0$/);
  });

  it("proposes the nearest name for one that is unknown", async () => {
    database.import([]);
    const { status, error } = await command("runs", "job.conf", "run-7");
    expect(status).toBe(2);
    expect(error).toContain("Did you mean run-1?");
  });
});

describe("MARC_import diff", () => {
  it("prints rows as text and as JSON lines", async () => {
    database.import([title("a", "Botany")]);
    database.import([title("a", "Flora"), title("b", "Zoology")]);
    const { status, out } = await command("diff", "job.conf", "run-2");
    expect(status).toBe(0);
    expect(out).toContain(
      'updated record_id=1 vlcrawler a "Flora"\n  title\n    - Botany\n    + Flora',
    );
    const rows = json((await command("diff", "job.conf", "run-2", "--json")).out);
    expect(rows.map(({ record_id, actions }) => [record_id, actions])).toEqual([
      [1, ["updated"]],
      [2, ["created"]],
    ]);
  });

  it("says of a run that it has been undone, and that the undo has been undone", async () => {
    database.import([title("a", "Botany"), title("b", "Zoology")]);
    database.import([title("b", "Fauna")]);
    await command("undo", "job.conf", "run-1");
    const [, , undo] = json((await command("runs", "job.conf", "--json")).out);
    const undone = await command("diff", "job.conf", "run-1");
    expect(undone.out.split("\n")[0]).toMatch(
      new RegExp(`^run run-1 has been undone by run ${undo.run} .* but for 1 rows that were left`),
    );
    const [row] = json((await command("diff", "job.conf", "run-1", "--json")).out);
    expect(row).toMatchObject({ run: "run-1", undone_by: undo.run, title: "Botany" });
    await command("undo", "job.conf", undo.run);
    expect((await command("diff", "job.conf", "run-1")).out).toMatch(/^created record_id=1 /);
  });

  it("says when nothing was changed, and when it is no longer kept", async () => {
    database.import([title("a", "Botany")]);
    database.import([title("a", "Botany")]);
    const nothing = await command("diff", "job.conf", "run-2");
    expect(nothing.out).toBe("run run-2 changed no rows");
    database.with((store) => store.pruneChanges("2999-01-01T00:00:00Z"));
    const pruned = await command("diff", "job.conf", "run-1");
    expect(pruned.status).toBe(2);
    expect(pruned.error).toContain("no longer kept");
  });
});

describe("MARC_import undo", () => {
  it("tries on a copy with --dry-run what it would do", async () => {
    database.import([title("a", "Botany"), title("b", "Zoology")]);
    database.import([title("a", "Flora")]);
    const state = () =>
      otherProgram(database.path, (db) =>
        ["runs", "record_info", "changes"].map((table) =>
          db.prepare(`SELECT * FROM ${table}`).all(),
        ),
      );
    const before = state();
    const tried = await command("undo", "job.conf", "run-1", "--dry-run");
    expect(tried.status).toBe(1);
    expect(tried.out.split("\n")).toEqual([
      'would be removed: record_id=2 vlcrawler b "Zoology"',
      'left record_id=1 vlcrawler a "Flora": run run-2 has updated it since',
      expect.stringMatching(
        /^dry run, nothing was changed: undo of run run-1 comes to 1 rows removed.* 1 left/,
      ),
    ]);
    const forced = await command("undo", "job.conf", "run-2", "--force", "--dry-run");
    expect(forced.out).toContain('would be restored: record_id=1 vlcrawler a "Flora"');
    expect(state()).toEqual(before);
    expect(await command("undo", "job.conf", "run-9", "--dry-run")).toMatchObject({ status: 2 });
  });

  it("says which run made the rows that an unchanged import found", async () => {
    database.import([title("a", "Botany")]);
    database.import([title("x", "Geology")], { settings: { foreignSource: "SCP" } });
    database.import([title("a", "Botany")]);
    database.import([title("a", "Botany")]);
    const remark =
      /^run run-4 had left every row as it was; .* as run run-1 \(.*MARC_import undo CONFIG run-1 takes/m;
    expect((await command("undo", "job.conf", "last", "--dry-run")).out).toMatch(remark);
    expect((await command("undo", "job.conf", "last")).out).toMatch(remark);
    expect((await command("undo", "job.conf", "last")).out).toContain("run run-1 ");
    const made = await command("undo", "job.conf", "last");
    expect(made.out).toMatch(/took back run run-1: 1 rows removed/);
    expect(made.out).not.toContain("left every row");
  });

  it("names what it leaves and exits with 1; --force leaves nothing", async () => {
    database.import([title("a", "Botany")]);
    database.import([title("a", "Flora")]);
    const { status, out } = await command("undo", "job.conf", "run-1");
    expect(status).toBe(1);
    expect(out).toMatch(/^left record_id=1 vlcrawler a "Flora": run run-2 has updated it since$/m);
    expect(await command("undo", "job.conf", "run-1", "--force")).toMatchObject({ status: 0 });
    const again = await command("undo", "job.conf", "run-1");
    expect(again.status).toBe(2);
    expect(again.error).toContain("undone already");
  });
});
