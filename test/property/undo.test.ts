import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DuplicatePolicy } from "../../src/config/job/job-config.js";
import { undoRun } from "../../src/running/undo.js";
import {
  inputDigest,
  TestDatabase,
  type TestRecord,
  temporaryFolder,
} from "../support/import-harness.js";
import { otherProgram } from "../support/other-program.js";
import { type Snapshot, snapshot } from "../support/snapshot.js";
import type { TestConfig } from "../support/test-config.js";

const POLICIES: readonly DuplicatePolicy[] = [
  "KEEP_ALL",
  "REMOVE_LOWER",
  "REPLACE",
  "MERGE",
  "MERGE_INTO_HIGHER",
];

/** Few ids and titles, so that records meet themselves and each other. */
const record: fc.Arbitrary<TestRecord> = fc.record({
  id: fc.constantFrom("a", "b", "c", "d"),
  deleted: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
  marcDate: fc.constantFrom("", "2025", "2026"),
  urlIsFallback: fc.boolean(),
  evidence: fc.constantFrom('{"type":"a"}', '{"type":"a","level":"m"}', '{"type":"e"}'),
  values: fc.record({
    title: fc.constantFrom("Botany", "Zoology", "Ecology"),
    publisher: fc.constantFrom("", "Gray", "Green"),
    keywords: fc.constantFrom("", ";x;", ";x;y;", ";z;"),
    url: fc.constantFrom("", "http://a.org/", "http://b.org/"),
  }),
});

interface ImportStep {
  readonly records: readonly TestRecord[];
  readonly policy: DuplicatePolicy;
  readonly source: string;
  readonly protects: boolean;
}

const importStep: fc.Arbitrary<ImportStep> = fc.record({
  records: fc.array(record, { minLength: 1, maxLength: 6 }),
  policy: fc.constantFrom(...POLICIES),
  source: fc.constantFrom("SCP", "vlcrawler", "afcrawler", ""),
  protects: fc.boolean(),
});

/** An edit by hand before an import. */
const edit = fc.option(
  fc.record({
    nth: fc.nat({ max: 5 }),
    column: fc.constantFrom("title", "keywords", "access"),
    value: fc.constantFrom("Botany", ";x;", "by hand"),
  }),
  { nil: null, freq: 3 },
);

function stated({ policy, source, protects }: ImportStep): TestConfig {
  return {
    matchMethods: ["EXACT_TITLE", "EXACT_URL"],
    duplicatePolicy: policy,
    settings: {
      foreignSource: source,
      maxDeletes: { kind: "number", value: 1000 },
      protectedFields: protects ? ["title", "keywords"] : [],
    },
  };
}

class History {
  readonly database: TestDatabase;
  /** What a record that was merged gives, by its digest. */
  private readonly given = new Map<unknown, string>();

  constructor(readonly path: string) {
    this.database = new TestDatabase(path);
  }

  import(step: ImportStep): string {
    const config = stated(step);
    const plain = this.database.config();
    for (const one of step.records) {
      const { evidence, ...rest } = one;
      this.given.set(inputDigest(plain, one), JSON.stringify(rest));
    }
    return this.database.during(config, (run) => {
      run.batch(step.records);
      return run.store.runs.list().at(-1)?.run ?? "";
    });
  }

  async undo(run: string): Promise<string> {
    const undone = await undoRun({ config: this.database.config(), run, force: false, wait: 0 });
    expect(undone.totals.left, `rows left by the undo of ${run}`).toBe(0);
    return undone.run;
  }

  edit(step: { nth: number; column: string; value: string }): void {
    otherProgram(this.path, (db) => {
      db.prepare(
        `UPDATE record_info SET ${step.column} = ? WHERE record_id IN
         (SELECT record_id FROM record_info ORDER BY record_id LIMIT 1 OFFSET ?)`,
      ).run(step.value, step.nth);
    });
  }

  /**
   * As the next run will find it: notes of edits are taken notice of when a transaction begins. Of two records that give
   * the same it is no part of a merged source which of them it was.
   */
  look(): Snapshot {
    this.database.with((store) => store.prepareKeys(), stated(ANY));
    const found = snapshot(this.path);
    const merged = found.merged_sources.map(({ input_digest: digest, ...source }) => ({
      ...source,
      given: this.given.get(digest) ?? digest,
    }));
    return { ...found, merged_sources: merged };
  }
}

const ANY: ImportStep = {
  records: [],
  policy: "KEEP_ALL",
  source: "SCP",
  protects: false,
};

async function inHistory(work: (history: History) => Promise<void>): Promise<void> {
  const folder = temporaryFolder();
  try {
    await work(new History(`${folder.path}/undo.sqlite`));
  } finally {
    folder.remove();
  }
}

describe("undoing runs", () => {
  it("in reverse order leads back through the exact earlier rows, and undoing that forwards again", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(importStep, { minLength: 1, maxLength: 5 }),
        fc.boolean(),
        (steps, redo) =>
          inHistory(async (history) => {
            const states = [history.look()];
            const runs: string[] = [];
            for (const step of steps) {
              runs.push(history.import(step));
              states.push(history.look());
            }
            const undos: string[] = [];
            for (let i = steps.length - 1; i >= 0; i--) {
              undos.push(await history.undo(runs[i]));
              expect(history.look()).toEqual(states[i]);
            }
            if (!redo) return;
            for (let i = 1; i <= steps.length; i++) {
              await history.undo(undos[steps.length - i]);
              expect(history.look()).toEqual(states[i]);
            }
          }),
      ),
      { numRuns: 30 },
    );
  });

  it("leads back over edits made before the run", async () => {
    await fc.assert(
      fc.asyncProperty(importStep, importStep, edit, (first, second, byHand) =>
        inHistory(async (history) => {
          history.import(first);
          if (byHand) history.edit(byHand);
          const before = history.look();
          const run = history.import(second);
          const undo = await history.undo(run);
          expect(history.look()).toEqual(before);
          const again = history.import(second);
          await history.undo(again);
          expect(history.look()).toEqual(before);
          await history.undo(undo);
        }),
      ),
      { numRuns: 20 },
    );
  });
});
