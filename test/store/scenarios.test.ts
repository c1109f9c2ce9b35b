import { afterAll, describe, expect, it } from "vitest";
import type { SqliteStore } from "../../src/store/sqlite/file/store.js";
import {
  PRIORITY_LIST,
  SCENARIOS,
  type Scenario,
  type ScenarioRecord,
  type ScenarioRow,
} from "../policy/scenarios.js";
import { TestDatabase, type TestRecord, temporaryFolder } from "../support/import-harness.js";

const folder = temporaryFolder();
const database = new TestDatabase(`${folder.path}/scenarios.sqlite`, {
  matchMethods: ["EXACT_TITLE"],
  priorityList: PRIORITY_LIST,
});
const first = database.open();
const opened = new Map<string, SqliteStore>();

afterAll(() => {
  first.close();
  for (const store of opened.values()) store.close();
  folder.remove();
});

/** Stores are opened once for each source and policy: opening costs more than a scenario. */
function run(scenario: Scenario, policy = scenario.policy, records = scenario.records): string[] {
  const { foreignSource } = scenario;
  const config = database.config({ duplicatePolicy: policy, settings: { foreignSource } });
  const key = `${policy} ${foreignSource}`;
  const store = opened.get(key) ?? database.open(config);
  opened.set(key, store);
  const begun = database.begin(store, config);
  const treated = begun.batch(records.map(inputOf));
  begun.finish();
  return treated.map((treatment) => treatment.outcome);
}

function inputOf({ foreignId, title, keyword }: ScenarioRecord): TestRecord {
  return { id: foreignId, values: { title, keywords: `;${keyword};` } };
}

/** Empties the catalogue and fills it as another program would. */
function fill(rows: readonly ScenarioRow[]): void {
  const { db } = first;
  db.exec("DELETE FROM record_info");
  // A row that comes back under its number at once would count as the same, edited.
  first.transaction(() => undefined);
  const insert = db.prepare(`INSERT INTO record_info
    (record_id, foreign_source, foreign_id, title, keywords, record_type)
    VALUES (?, ?, ?, ?, ?, 'monograph')`);
  for (const row of rows) {
    insert.run(row.recordId, row.foreignSource, row.foreignId, row.title, row.keywords);
  }
}

/** The rows in the order of the scenarios: those that were there by number, then new ones by id. */
function rows(start: readonly ScenarioRow[]): ScenarioRow[] {
  const { db } = first;
  const known = new Set(start.map((row) => row.recordId));
  const all = db
    .prepare(
      `SELECT record_id AS recordId, foreign_source AS foreignSource, foreign_id AS foreignId,
       title, keywords FROM record_info ORDER BY record_id`,
    )
    .all() as ScenarioRow[];
  const created = all
    .filter((row) => !known.has(row.recordId))
    .map((row) => ({ ...row, recordId: null }))
    .sort((one, other) => one.foreignId.localeCompare(other.foreignId));
  return [...all.filter((row) => known.has(row.recordId)), ...created];
}

describe("the policies on rows of SQLite", () => {
  it.each(SCENARIOS)("$name", (scenario) => {
    const { start, earlier } = scenario;
    fill(start);
    if (earlier) run(scenario, earlier.policy, earlier.records);
    expect(run(scenario)).toEqual(scenario.firstRun);
    expect(rows(start)).toEqual(scenario.after);
    expect(run(scenario)).toEqual(scenario.secondRun);
    expect(rows(start)).toEqual(scenario.after);
  });
});
