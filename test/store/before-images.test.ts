import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Change } from "../../src/store/model/change.js";
import { digestText } from "../../src/store/model/written.js";
import type { SqliteStore } from "../../src/store/sqlite/file/store.js";
import { changeOf, type RawChange } from "../../src/store/sqlite/history/changes.js";
import { Columns } from "../../src/store/sqlite/rows/columns.js";
import { TestDatabase, type TestRecord, temporaryFolder } from "../support/import-harness.js";
import { otherProgram } from "../support/other-program.js";
import type { TestConfig } from "../support/test-config.js";

let folder: ReturnType<typeof temporaryFolder>;
let database: TestDatabase;

beforeEach(() => {
  folder = temporaryFolder();
  database = new TestDatabase(`${folder.path}/test.sqlite`, {
    matchMethods: ["EXACT_TITLE", "ISBN"],
    settings: { protectedFields: ["publisher"] },
  });
});
afterEach(() => folder.remove());

/** Everything that belongs to rows: the rows, their keys, their books, their merged sources. */
function everything(): Record<string, unknown[]> {
  return otherProgram(database.path, (db) => {
    const all = (sql: string) => db.prepare(sql).raw().all();
    return {
      rows: all("SELECT * FROM record_info ORDER BY record_id"),
      keys: all("SELECT * FROM match_keys ORDER BY match_key, source_id, record_id"),
      books: all(
        "SELECT record_id, hex(written), fallback_url, evidence FROM record_state ORDER BY 1",
      ),
      merged: all("SELECT * FROM merged_sources ORDER BY record_id, position"),
    };
  });
}

/** The changes of a run, first to last or last to first. */
function readChanges(
  db: SqliteStore["db"],
  runId: number,
  order: "forwards" | "backwards",
): Change[] {
  const changes = db
    .prepare<[number], RawChange>("SELECT * FROM changes WHERE run_id = ? ORDER BY change_number")
    .all(runId)
    .map(changeOf);
  return order === "forwards" ? changes : changes.reverse();
}

/** Takes the changes of the last run back, last to first, from nothing but what is kept of them. */
function takeBack(store: SqliteStore): void {
  const runId = store.db.prepare("SELECT max(run_id) FROM runs").pluck().get() as number;
  const { records } = store.startRun(
    {
      run: "taking back",
      command: "undo",
      config: "",
      foreignSource: "",
      rulesDigest: "",
      startedAt: "",
    },
    [],
    [],
  );
  store.transaction(() => {
    for (const { action, recordId, before } of readChanges(store.db, runId, "backwards")) {
      if (action === "created") records.remove(recordId);
      else if (!before) throw new Error(`no before-image for record_id ${recordId}`);
      else if (action === "deleted") records.revive(recordId, before);
      else {
        const image = store.rows.image(recordId) ?? {};
        const names = Columns.namesIn(store.db);
        const written = records
          .state(recordId)
          .written.inDigests((position) => String(image[names[position]]), names.length);
        const columns = new Map<string, string>();
        for (const [name, value] of Object.entries(before.row ?? {})) {
          columns.set(name, value as string);
        }
        names.forEach((name, position) => {
          const digest = before.written?.[name];
          if (digest !== undefined) written.setDigest(position, digest);
          else if (columns.has(name)) written.set(position, String(columns.get(name)));
        });
        const state = {
          inputDigest: before.inputDigest ?? null,
          written,
          fallbackUrl:
            before.fallbackUrl === undefined
              ? records.state(recordId).fallbackUrl
              : before.fallbackUrl,
          evidence: before.evidence ?? records.state(recordId).evidence,
        };
        const sources = before.sourcesAt ? { sources: before.sourcesAt } : {};
        records.change({ action: "updated", recordId, columns, state, ...sources });
      }
    }
  });
}

const record = (id: string, values: Record<string, string>, more: Partial<TestRecord> = {}) => ({
  id,
  values: { title: "Botany", ...values },
  ...more,
});

interface Case {
  readonly name: string;
  /** Runs before the one that is taken back. */
  readonly before?: readonly (readonly [records: readonly TestRecord[], stated: TestConfig])[];
  /** What another program does between. */
  readonly edit?: string;
  readonly records: readonly TestRecord[];
  readonly stated?: TestConfig;
  /** Actions of the changes that the run must leave. */
  readonly actions: readonly string[];
}

const SCP: TestConfig = { settings: { protectedFields: ["publisher"], foreignSource: "SCP" } };
const MERGE: TestConfig = { ...SCP, duplicatePolicy: "MERGE" };
const own = record("a", { keywords: ";k;", isbn: ";9780306406157;", publisher: "P" });

const CASES: readonly Case[] = [
  { name: "a row created", records: [own], actions: ["created"] },
  {
    name: "a row updated, its keys moved, a protected edit kept",
    before: [[[own], {}]],
    edit: "UPDATE record_info SET publisher = 'by hand', remote_user = x'ff00'",
    records: [record("a", { title: "Flora", publisher: "Q" }, { marcDate: "2020" })],
    actions: ["updated"],
  },
  {
    name: "a blob that holds the very text that was written",
    before: [[[own], {}]],
    edit: "UPDATE record_info SET title = CAST(title AS BLOB), keywords = x'ff00'",
    records: [record("a", { title: "Flora", keywords: ";l;" })],
    actions: ["updated"],
  },
  {
    name: "a column of numbers, with an edit that is none",
    before: [[[own, { ...own, id: "b" }], {}]],
    edit: "UPDATE record_info SET expert_created = 'perhaps' WHERE foreign_id = 'b'",
    records: [
      record("a", { title: "Flora", expert_created: "1" }),
      record("b", { title: "Flora", expert_created: "1" }),
    ],
    actions: ["updated", "updated"],
  },
  {
    name: "an edit that the update happens to agree with",
    before: [[[own], {}]],
    edit: "UPDATE record_info SET publisher = 'Q'",
    records: [record("a", { title: "Flora", publisher: "Q" })],
    stated: { settings: {} },
    actions: ["updated"],
  },
  {
    name: "a row deleted, with edits, blobs and what was merged into it",
    before: [
      [[own], {}],
      [[record("m", { keywords: ";m;" })], MERGE],
    ],
    edit: "UPDATE record_info SET publisher = 'by hand', language = x'ff00'",
    records: [{ id: "a", deleted: true }],
    actions: ["deleted"],
  },
  {
    name: "rows deleted by a policy",
    before: [[[own, record("b", {}), record("c", {})], {}]],
    records: [record("s", {})],
    stated: { ...SCP, duplicatePolicy: "REMOVE_LOWER" },
    actions: ["deleted", "deleted", "deleted", "created"],
  },
  {
    name: "a record merged",
    before: [[[own], {}]],
    records: [record("m", { keywords: ";m;", edition: "2nd", isbn: ";9780393040029;" })],
    stated: MERGE,
    actions: ["merged"],
  },
  {
    name: "a merged record refreshed, and one withdrawn",
    before: [
      [[own], {}],
      [[record("m", { keywords: ";m;" }), record("n", { keywords: ";n;", edition: "2nd" })], MERGE],
    ],
    records: [record("m", { keywords: ";o;" }), { id: "n", deleted: true }],
    stated: MERGE,
    actions: ["updated", "withdrawn"],
  },
  {
    name: "a merged record that offers something else that the row has already",
    before: [
      [[own], {}],
      [[record("m", { keywords: ";k;" })], MERGE],
    ],
    records: [record("m", { keywords: ";k;", isbn: ";9780306406157;" })],
    stated: MERGE,
    actions: ["updated"],
  },
  {
    name: "a url that the fallback pattern made, replaced by a real one",
    before: [[[record("a", { url: "http://made.up/a" }, { urlIsFallback: true })], {}]],
    records: [record("a", { url: "http://real.org/a" })],
    stated: { matchMethods: ["EXACT_TITLE", "ISBN"] },
    actions: ["updated"],
  },
  {
    name: "one row several times in one run",
    before: [[[own], {}]],
    records: [
      record("a", { title: "One", keywords: ";1;" }),
      record("a", { title: "Two" }),
      { id: "a", deleted: true },
      record("a", { title: "Three" }),
    ],
    actions: ["updated", "updated", "deleted", "created"],
  },
];

describe("the changes that are kept of a run hold enough to take it back", () => {
  it.each(CASES)("$name", ({ before, edit, records, stated, actions }) => {
    for (const [earlier, how] of before ?? [[[record("z", { title: "Z" })], {}]]) {
      database.import(earlier, how);
    }
    if (edit) otherProgram(database.path, (db) => db.exec(edit));
    database.with((store) => store.prepareKeys());
    const state = everything();
    database.import(records, stated);
    expect(everything()).not.toEqual(state);
    database.with((store) => {
      const runId = store.db.prepare("SELECT max(run_id) FROM runs").pluck().get() as number;
      const changes = readChanges(store.db, runId, "forwards");
      expect(changes.map((change) => change.action)).toEqual(actions);
      takeBack(store);
    });
    expect(everything()).toEqual(state);
  });

  it("say by digests what was written, so that edits made since are known", () => {
    database.import([own]);
    database.import([record("a", { title: "Flora" })]);
    const [change] = database.with((store) => readChanges(store.db, 2, "forwards"));
    expect(change.before?.row).toMatchObject({ title: "Botany", keywords: ";k;" });
    expect(change.before?.after).toMatchObject({
      title: digestText("Flora"),
      keywords: digestText(""),
    });
  });

  it("are kept once where a transaction adds to a column of an edited row again and again", () => {
    database.import([own]);
    otherProgram(database.path, (db) => db.exec("UPDATE record_info SET keywords = ';by hand;'"));
    const merged = [1, 2, 3].map((i) => record(`m${i}`, { keywords: `;word ${i};` }));
    database.import(merged, MERGE);
    const [first, ...others] = database.with((store) => [...readChanges(store.db, 2, "forwards")]);
    expect(first.before).toMatchObject({
      row: { keywords: ";by hand;" },
      written: { keywords: digestText(";k;") },
    });
    expect(others).toHaveLength(2);
    for (const { before } of others) {
      expect(before?.row).not.toHaveProperty("keywords");
      expect(before).not.toHaveProperty("written");
    }
  });

  it("are not kept of what changed nothing", () => {
    database.import([own]);
    database.import([{ ...own, marcDate: "" }, record("b", {})], { duplicatePolicy: "KEEP_ANY" });
    database.import([own], { mappingDigest: "another" });
    database.with((store) => {
      expect(readChanges(store.db, 2, "forwards")).toEqual([]);
      expect(readChanges(store.db, 3, "forwards")).toEqual([]);
    });
  });

  it("are read in pages without losing any", () => {
    const records = Array.from({ length: 2500 }, (_, i) => record(`r${i}`, { title: `T${i}` }));
    database.import(records);
    database.with((store) => {
      const forwards = readChanges(store.db, 1, "forwards").map((change) => change.number);
      const backwards = readChanges(store.db, 1, "backwards").map((change) => change.number);
      expect(forwards).toEqual(records.map((_, i) => i + 1));
      expect(backwards).toEqual(forwards.toReversed());
    });
  });
});
