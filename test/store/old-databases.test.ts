/** Databases as each released version wrote them: opened, brought up to date, imported into, undone. */

import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { undoRun } from "../../src/running/undo.js";
import { openToLook, openToRead } from "../../src/store/sqlite/file/reading-view.js";
import { SCHEMA_VERSION } from "../../src/store/sqlite/file/schema.js";
import { SqliteStore } from "../../src/store/sqlite/file/store.js";
import { iso } from "../support/marc-builder.js";
import { otherProgram } from "../support/other-program.js";
import { RunFolder } from "../support/run-harness.js";

const FIXTURES = resolve(import.meta.dirname, "../fixtures/databases");
const MAKE = "`npm run build && node test/fixtures/databases/make.mjs`";
const VERSIONS = Array.from({ length: SCHEMA_VERSION }, (_, index) => index + 1);

type Row = Readonly<Record<string, unknown>>;

let folder: RunFolder;
const database = () => join(folder.path, "ivia.sqlite");

beforeEach(() => {
  folder = new RunFolder("");
  copyFileSync(join(FIXTURES, "job.conf"), join(folder.path, "job.conf"));
});
afterEach(() => folder.remove());

/** The rows after each of the runs, as they were when the database was made. */
function expected(version: number): readonly (readonly Row[])[] {
  return JSON.parse(readFileSync(join(FIXTURES, `schema-${version}.json`), "utf8"));
}

/** The rows as they are, without empty columns. */
function rows(): Row[] {
  const all = otherProgram(database(), (db) =>
    db.prepare<[], Row>("SELECT * FROM record_info ORDER BY record_id").all(),
  );
  return all.map((row) =>
    Object.fromEntries(Object.entries(row).filter(([, value]) => value !== "")),
  );
}

/** Tables, indexes and triggers by name, when an import has opened the database. */
function schema(path: string): ReadonlyMap<string, string> {
  const store = SqliteStore.open(folder.config(), { path });
  store.prepareKeys();
  store.close();
  return otherProgram(path, (db) => {
    const made = db
      .prepare<[], [string, string]>("SELECT name, sql FROM sqlite_schema")
      .raw()
      .all();
    return new Map(made);
  });
}

/** Names of what differs between two databases. */
function differing(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): string[] {
  const all = [...new Set([...one.keys(), ...other.keys()])];
  return all.filter((name) => one.get(name) !== other.get(name));
}

/** Lays a database of a version into the folder, unless it is not what that version writes. */
function unpack(version: number): void {
  const file = join(FIXTURES, `schema-${version}.sqlite.gz`);
  if (!existsSync(file)) throw new Error(`Make it with the program of that version: ${MAKE}`);
  const content = gunzipSync(readFileSync(file));
  writeFileSync(database(), content);
  const changes = changesTo(version);
  if (changes.length > 0) throw new Error(`${remedy(version)} (${changes.join(", ")})`);
  writeFileSync(database(), content);
}

/** What differs between the database of a version, brought up to date, and a new one. */
function changesTo(version: number): string[] {
  try {
    return differing(schema(database()), schema(join(folder.path, "fresh.sqlite")));
  } catch (error) {
    throw new Error(remedy(version), { cause: error });
  }
}

function remedy(version: number): string {
  if (version < SCHEMA_VERSION) {
    return "The migrations lead to another schema than a new database has: mend them.";
  }
  return (
    `The schema has changed. If version ${version} is not released yet, make its database anew: ${MAKE}. ` +
    "If it is, leave it as it is, raise SCHEMA_VERSION, and add a migration."
  );
}

const record = (id: string, title: string) =>
  iso({
    fields: [
      ["001", id],
      ["245", "10", `a${title}`],
    ],
  });
const names = () => folder.with((store) => store.runs.list().map(({ run }) => run));
const undo = (run: string) => undoRun({ config: folder.config(), run, force: false, wait: 0 });

describe.each(VERSIONS)("a database of schema version %i", (version) => {
  it("is kept, and becomes what a new one is", () => {
    unpack(version);
    SqliteStore.open(folder.config()).close();
    otherProgram(database(), (db) => {
      expect(db.pragma("user_version", { simple: true })).toBe(SCHEMA_VERSION);
      expect(db.pragma("integrity_check", { simple: true })).toBe("ok");
    });
    expect(rows()).toEqual(expected(version).at(-1));
  });

  it("is read as it is by what only reads", async () => {
    unpack(version);
    const before = readFileSync(database());
    const view = await openToRead(folder.config());
    expect(view.store.runs.list()).toHaveLength(expected(version).length);
    expect(view.store.keys.sourceName(1)).toBe("trial");
    view.close();
    const look = await openToLook(folder.config(), false);
    expect(look.store.keys.areMissing).toBe(false);
    look.close();
    expect(readFileSync(database()).equals(before)).toBe(true);
  });

  it("takes an import: rows are known again by id, by what was merged, and by match key", async () => {
    unpack(version);
    folder.write(
      "next.mrc",
      Buffer.concat([
        record("c5", "Ferns"),
        record("c1", "Flora of Europe"),
        record("c6", "Maps"),
        record("c9", "Fauna"),
        record("c10", "Mosses"),
      ]),
    );
    const { summary } = await folder.import(["next.mrc"]);
    expect(summary.exitStatus).toBe(0);
    const { outcomes } = summary.totals;
    // c6 had brought a subject, which it does not bring any more.
    expect(outcomes).toMatchObject({ updated: 2, unchanged: 1, merged: 1, created: 1 });
  });

  it("gives back the rows of every run, the last run undone first", async () => {
    unpack(version);
    const states = expected(version);
    const runs = names();
    expect(runs).toHaveLength(states.length);
    for (const [index, run] of [...runs.entries()].reverse()) {
      const { exitStatus } = await undo(run);
      expect(exitStatus).toBe(0);
      expect(rows()).toEqual(states[index - 1] ?? []);
    }
  });

  it("gives them back behind an import of today, too", async () => {
    unpack(version);
    const states = expected(version);
    folder.write(
      "next.mrc",
      Buffer.concat([record("c1", "Flora of Europe"), record("c7", "Mosses")]),
    );
    await folder.import(["next.mrc"]);
    for (const run of names().slice(-2).reverse()) await undo(run);
    expect(rows()).toEqual(states.at(-2));
  });
});
