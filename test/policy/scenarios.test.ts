import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { POLICIES } from "./expected.js";
import { ModelDatabase } from "./model.js";
import {
  SCENARIOS,
  type ScenarioOutcome,
  type ScenarioRecord,
  type ScenarioRow,
} from "./scenarios.js";

describe("the scenarios", () => {
  it("have names of their own, and hold the whole matrix", () => {
    expect(new Set(SCENARIOS.map(({ name }) => name)).size).toBe(SCENARIOS.length);
    for (const policy of POLICIES) {
      const ofPolicy = SCENARIOS.filter((scenario) => scenario.policy === policy);
      expect(ofPolicy.length, policy).toBeGreaterThanOrEqual(8 * 3 + 1);
    }
  });

  it.each(SCENARIOS)("$name", ({ start, earlier, policy, foreignSource, records, ...expected }) => {
    const database = new ModelDatabase(start);
    if (earlier) database.run({ ...earlier, foreignSource });
    expect(database.run({ policy, foreignSource, records })).toEqual(expected.firstRun);
    expect(database.rows()).toEqual(expected.after);
    expect(database.run({ policy, foreignSource, records })).toEqual(expected.secondRun);
    expect(database.rows()).toEqual(expected.after);
  });
});

const title = fc.constantFrom("Botany", "Botanics", "Zoology");
const foreignId = fc.constantFrom("a", "b", "c", "d", "e");

const file: fc.Arbitrary<ScenarioRecord[]> = fc.uniqueArray(
  fc.record({ foreignId, title, keyword: fc.constantFrom("k", "l") }),
  { selector: (record) => record.foreignId, maxLength: 5 },
);

const start: fc.Arbitrary<ScenarioRow[]> = fc
  .uniqueArray(
    fc.record({
      foreignSource: fc.constantFrom("", "SCP", "vlcrawler", "afcrawler", "stranger"),
      foreignId,
      title,
      keywords: fc.constantFrom(";k;", ";old;"),
    }),
    { selector: (row) => row.foreignSource + row.foreignId, maxLength: 8 },
  )
  .map((rows) => rows.map((row, index) => ({ ...row, recordId: index + 1 })));

const policy = fc.constantFrom("REMOVE_LOWER", "REMOVE_LOWER_KEEP_HIGHER", "REPLACE");
const foreignSource = fc.constantFrom("SCP", "vlcrawler", "stranger");
const run = fc.record({ policy, foreignSource, records: file });

/** What a run must report if it is to find nothing to do after `outcomes`. */
function nothingToDo(outcomes: readonly ScenarioOutcome[]): ScenarioOutcome[] {
  return outcomes.map((outcome) => (outcome === "ignored" ? "ignored" : "unchanged"));
}

describe("a policy that deletes", () => {
  it("finds nothing to do in a second run over the same file", () => {
    fc.assert(
      fc.property(start, run, (rows, again) => {
        const database = new ModelDatabase(rows);
        const first = database.run(again);
        const after = database.rows();
        expect(database.run(again)).toEqual(nothingToDo(first));
        expect(database.rows()).toEqual(after);
      }),
      { numRuns: 1000 },
    );
  });

  // Two records of the file may then be of one row, which loses a title in the middle of the run: the next run may take
  // what this one ignored because of it, and so on by each such row; of five records there are two at most.
  it("finds nothing to do behind the fourth run if records of the file were merged before", () => {
    fc.assert(
      fc.property(start, file, run, (rows, merged, again) => {
        const database = new ModelDatabase(rows);
        database.run({ ...again, policy: "MERGE", records: merged });
        for (let early = 1; early <= 3; early++) database.run(again);
        const fourth = database.run(again);
        const after = database.rows();
        expect(database.run(again)).toEqual(nothingToDo(fourth));
        expect(database.rows()).toEqual(after);
      }),
      { numRuns: 1000 },
    );
  });
});
