import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { commandIn } from "../support/command-line.js";
import { TestDatabase } from "../support/import-harness.js";
import { otherProgram } from "../support/other-program.js";

let folder: string;
let database: TestDatabase;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "marc-import-test-"));
  writeFileSync(join(folder, "job.conf"), '[Settings]\nforeign_source = "vlcrawler"\n');
  database = new TestDatabase(join(folder, "ivia.sqlite"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const command = (...args: string[]) => commandIn(folder, ...args);

const title = (id: string, text: string) => ({ id, values: { title: text } });
const json = (text: string) => text.split("\n").map((line) => JSON.parse(line));

describe("MARC_import runs", () => {
  it("says that there are none yet, and that there is no database", async () => {
    expect(await command("runs", "job.conf")).toMatchObject({ status: 4, out: "" });
    database.with(() => undefined);
    expect(await command("runs", "job.conf")).toEqual({ status: 0, out: "no runs yet", error: "" });
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
    expect(over.error).toContain("no import left to undo");
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
