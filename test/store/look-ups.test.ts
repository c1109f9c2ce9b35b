import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { DuplicatePolicy } from "../../src/config/job/job-config.js";
import { Considerer, type View } from "../../src/deciding/consider.js";
import type { KeySource } from "../../src/matching/methods.js";
import { SqliteDatabase } from "../../src/store/sqlite/file/engine.js";
import type { KeyIndex } from "../../src/store/sqlite/keys/key-index.js";
import { TestDatabase, temporaryFolder } from "../support/import-harness.js";
import { otherProgram } from "../support/other-program.js";

const ROWS = 10_000;
const folder = temporaryFolder();
const database = new TestDatabase(`${folder.path}/test.sqlite`, { matchMethods: ["EXACT_TITLE"] });

/** Every source has thousands of rows that share one title, and of them the import has the oldest. */
beforeAll(() => {
  database.import([]);
  otherProgram(database.path, (db) => {
    const insert = db.prepare(
      "INSERT INTO record_info (title, foreign_source, foreign_id, record_type) VALUES ('Index', ?, ?, 'monograph')",
    );
    const sources = ["vlcrawler", "SCP", "afcrawler", "stranger", "another"];
    db.transaction(() => {
      for (let i = 0; i < ROWS; i++) insert.run(sources[i % sources.length], String(i));
      for (let i = 0; i < 3; i++) insert.run("", "");
    })();
  });
  database.with((store) => store.prepareKeys());
});
afterAll(() => folder.remove());

/** An index that counts each step that it is asked for. */
function counting(index: KeyIndex): View["keys"] & { steps: number } {
  const counted = {
    steps: 0,
    *sourcesWith(key: number) {
      for (const source of index.sourcesWith(key)) {
        counted.steps++;
        yield source;
      }
    },
    *recordsWith(key: number, source: number) {
      for (const record of index.recordsWith(key, source)) {
        counted.steps++;
        yield record;
      }
    },
    group: (key: number, most: number) => index.group(key, most),
    mayHold: (key: number) => index.mayHold(key),
    newKeys: (source: KeySource) => index.newKeys(source),
    sourceName: (source: number) => index.sourceName(source),
    row(recordId: number) {
      counted.steps++;
      return index.row(recordId);
    },
    described: (recordId: number) => index.described(recordId),
  };
  return counted;
}

/** The steps that it takes to decide on a record of that title; nothing is written. */
function steps(policy: DuplicatePolicy, id: string) {
  const config = database.config({ duplicatePolicy: policy });
  return database.with((store) => {
    const { writer } = database.begin(store, config);
    const keys = counting(store.keys);
    const considerer = new Considerer(config, {
      imports: writer.imports,
      keys,
      pairs: store.pairs,
      touched: writer.touched,
    });
    const values = config.fields.map(({ name }) => (name === "title" ? "Index" : ""));
    const common = { marcDate: "", urlIsFallback: false, evidence: "", foreignId: id, values };
    const mapped = { ...common, controlNumber: id, deleted: false, ignore: null, diagnostics: [] };
    const place = { foreignSource: "vlcrawler", sourceRecord: "", now: "", inputDigest: 1 };
    const { decision, duplicates } = considerer.consider(mapped, { ...common, ...place });
    return { steps: keys.steps, found: duplicates.found, cell: decision?.cell };
  });
}

describe("a title that 10,000 rows share", () => {
  it.each([
    "KEEP_ANY",
    "KEEP_HIGHER",
    "KEEP_HIGHER_OR_SAME",
    "REMOVE_LOWER_KEEP_HIGHER",
    "MERGE",
    "MERGE_INTO_HIGHER",
  ] as const)("costs %s a few steps for each of six sources", (policy) => {
    const result = steps(policy, "new");
    expect(result.found.map((d) => d.foreignSource).sort()).toEqual([
      "",
      "SCP",
      "afcrawler",
      "another",
      "stranger",
      "vlcrawler",
    ]);
    expect(result.steps).toBeLessThanOrEqual(3 * 6);
  });

  it("costs an existing row, which is no duplicate of itself, one step more", () => {
    const result = steps("REMOVE_LOWER_KEEP_HIGHER", "0");
    expect(result.found.map((d) => d.recordId)).not.toContain(1);
    expect(result.found).toHaveLength(6);
    expect(result.steps).toBeLessThanOrEqual(3 * 6 + 1);
  });

  it("costs no steps where the policy does not ask", () => {
    expect(steps("KEEP_ALL", "new").steps).toBe(0);
    expect(steps("KEEP_ANY", "0").steps).toBe(0);
    expect(steps("UPDATE_ONLY", "new").steps).toBe(0);
  });
});

describe("the questions that are asked for each record", () => {
  /** The queries with values to bind that a store and a run have ready before the first record. */
  function questions(): string[] {
    const prepare = vi.spyOn(SqliteDatabase.prototype, "prepare");
    try {
      database.with((store) => {
        database.begin(store, database.config());
      });
      const asked = new Set(prepare.mock.calls.map(([sql]) => sql));
      return [...asked].filter((sql) => /^SELECT .* WHERE .*\?/s.test(sql));
    } finally {
      prepare.mockRestore();
    }
  }

  it("use an index and sort nothing", () => {
    const plans = questions().map((sql) => {
      const values = Array.from(sql.matchAll(/\?/g), () => 1);
      const explained = otherProgram(
        database.path,
        (db) => db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as { detail: string }[],
      );
      return { sql, plan: explained.map((step) => step.detail).join("; ") };
    });
    expect(plans.length).toBeGreaterThan(8);
    const slow = plans.filter(({ plan }) => /SCAN|B-TREE/.test(plan)).map(({ sql }) => sql);
    expect(slow).toEqual([]);
  });
});
