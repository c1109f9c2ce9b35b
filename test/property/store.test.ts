import type { Database } from "better-sqlite3";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { DUPLICATE_POLICIES, type DuplicatePolicy } from "../../src/config/job/job-config.js";
import { keyHash, keyTexts } from "../../src/matching/keys.js";
import type { SqliteStore } from "../../src/store/sqlite/file/store.js";
import { ModelDatabase } from "../policy/model.js";
import { PRIORITY_LIST, type ScenarioRecord } from "../policy/scenarios.js";
import { TestDatabase, type TestRecord, temporaryFolder } from "../support/import-harness.js";

const METHODS = ["EXACT_TITLE", "FUZZY_TITLE", "ISBN"] as const;
const SOURCES = ["SCP", "vlcrawler", "afcrawler", "stranger"];

const folder = temporaryFolder();
const database = new TestDatabase(`${folder.path}/test.sqlite`, {
  priorityList: PRIORITY_LIST,
  matchMethods: METHODS,
  settings: { maxDeletes: { kind: "number", value: 1_000_000 } },
});
const stores = new Map<string, SqliteStore>();
const other = database.open();
// Keys are kept from the first run on, and the first case may be an edit without one.
other.prepareKeys();

afterAll(() => {
  for (const store of stores.values()) store.close();
  other.close();
  folder.remove();
});

/** Begins with no rows, as far as any program can tell. */
function empty(): void {
  other.db.exec("DELETE FROM record_info");
  other.transaction(() => undefined);
}

interface Run {
  readonly policy: DuplicatePolicy;
  readonly foreignSource: string;
  readonly records: readonly TestRecord[];
  /** What another program does before a second batch. */
  readonly edit?: string;
  readonly more?: readonly TestRecord[];
  /** Whether the program dies behind the last batch. */
  readonly dies?: boolean;
}

function importRun({ policy, foreignSource, records, edit, more, dies }: Run): string[] {
  const config = database.config({ duplicatePolicy: policy, settings: { foreignSource } });
  const key = `${policy} ${foreignSource}`;
  const store = stores.get(key) ?? database.open(config);
  stores.set(key, store);
  const run = database.begin(store, config);
  const treated = [...run.batch(records)];
  if (edit) other.db.exec(edit);
  if (more) treated.push(...run.batch(more));
  if (dies) {
    store.close();
    stores.delete(key);
  } else {
    run.finish();
  }
  return treated.map((treatment) => treatment.outcome);
}

const id = fc.constantFrom("a", "b", "c", "d");
const title = fc.constantFrom("Botany", "botany!", "Zoology", "");
const list = fc.constantFrom("", ";k;", ";l;k;", "k; m");
const isbn = fc.constantFrom("", ";9780306406157;", ";9780393040029;9780306406157;");
const policy = fc.constantFrom(...DUPLICATE_POLICIES);
const foreignSource = fc.constantFrom(...SOURCES);

const record: fc.Arbitrary<TestRecord> = fc.record({
  id,
  values: fc.record({ title, keywords: list, isbn, publisher: fc.constantFrom("", "P", "Q") }),
  deleted: fc.boolean(),
});

/** Statements of another program; the numbers and ids are such that they often meet rows. */
const number = fc.integer({ min: -1, max: 12 });
const column = fc.constantFrom("title", "isbn", "keywords", "publisher", "foreign_source");
const edit: fc.Arbitrary<string> = fc.oneof(
  fc
    .tuple(column, fc.constantFrom("Botany", "", ";k;", "9780306406157", "SCP"), number)
    .map(
      ([name, value, at]) =>
        `UPDATE OR IGNORE record_info SET ${name} = '${value}' WHERE ${at} % 3 = record_id % 3`,
    ),
  number.map((at) => `DELETE FROM record_info WHERE record_id % 12 = ${at}`),
  fc.tuple(fc.constantFrom("OR REPLACE", "OR IGNORE", ""), number, title, foreignSource, id).map(
    ([how, at, text, source, foreignId]) => `INSERT ${how} INTO record_info
        (record_id, title, foreign_source, foreign_id) SELECT max(record_id) - ${at}, '${text}',
        '${source}', '${foreignId}' FROM record_info WHERE 1 ${how === "" ? "ON CONFLICT (record_id) DO UPDATE SET title = excluded.title ON CONFLICT DO NOTHING" : ""}`,
  ),
  fc
    .tuple(number, foreignSource, id)
    .map(
      ([at, source, foreignId]) =>
        `UPDATE OR REPLACE record_info SET foreign_source = '${source}', foreign_id = '${foreignId}' WHERE record_id % 12 = ${at}`,
    ),
  number.map(
    (at) =>
      `UPDATE OR REPLACE record_info SET record_id = record_id + 1 WHERE record_id % 12 = ${at}`,
  ),
  title.map((text) => `INSERT INTO record_info (title) VALUES ('${text}')`),
);

const run: fc.Arbitrary<Run> = fc.record(
  {
    policy,
    foreignSource: fc.constantFrom(...SOURCES, ""),
    records: fc.array(record, { maxLength: 5 }),
    edit,
    more: fc.array(record, { maxLength: 5 }),
    dies: fc.boolean(),
  },
  { requiredKeys: ["policy", "foreignSource", "records"] },
);

/** The keys that the rows should have, made from scratch. */
function expectedKeys({ db, keys }: SqliteStore): string[] {
  const numbers = db.prepare("SELECT record_id FROM record_info").pluck().all() as number[];
  return numbers.flatMap((recordId) => {
    const row = keys.row(recordId);
    if (!row) throw new Error("a row is gone");
    return METHODS.flatMap((method) =>
      keyTexts(method, row).map(
        (text) => `${keyHash(method, text)} ${row.foreign_source} ${recordId}`,
      ),
    );
  });
}

function storedKeys(db: Database): string[] {
  const sql = `SELECT match_key || ' ' || foreign_source || ' ' || record_id
    FROM match_keys JOIN foreign_sources USING (source_id)`;
  return db.prepare(sql).pluck().all() as string[];
}

function orphans(db: Database): unknown[] {
  return ["record_state", "merged_sources"].flatMap((table) =>
    db
      .prepare(`SELECT * FROM ${table} WHERE record_id NOT IN (SELECT record_id FROM record_info)`)
      .all(),
  );
}

describe("the store", () => {
  it("keeps keys and books in step with the rows, whatever imports and other programs do", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(run, edit), { maxLength: 8 }), (steps) => {
        empty();
        for (const step of steps) {
          if (typeof step === "string") other.db.exec(step);
          else importRun(step);
        }
        other.prepareKeys();
        expect(storedKeys(other.db).sort()).toEqual([...new Set(expectedKeys(other))].sort());
        expect(orphans(other.db)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it("does with any runs what a plain model of the policies does", () => {
    const titled = fc.record({
      foreignId: id,
      title: fc.constantFrom("Botany", "Botanics", "Zoology"),
      keyword: fc.constantFrom("k", "l"),
    });
    // The model takes an id for the same whatever its source.
    const ofSource = (file: { foreignSource: string; records: readonly ScenarioRecord[] }) =>
      file.records.map((one) => ({ ...one, foreignId: file.foreignSource + one.foreignId }));
    const runs = fc.array(
      fc
        .record({ policy, foreignSource, records: fc.array(titled, { maxLength: 4 }) })
        .map((file) => ({ ...file, records: ofSource(file) })),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(runs, (files) => {
        empty();
        const model = new ModelDatabase([]);
        for (const file of files) {
          const records = file.records.map(({ foreignId, title, keyword }) => ({
            id: foreignId,
            values: { title, keywords: `;${keyword};` },
          }));
          expect(importRun({ ...file, records })).toEqual(model.run(file));
        }
      }),
      { numRuns: 100 },
    );
  });
});
