import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import type { KeyEntry } from "../../src/store/model/key-source.js";
import { KeyTable } from "../../src/store/sqlite/keys/key-table.js";
import { TestDatabase, temporaryFolder } from "../support/import-harness.js";

const folder = temporaryFolder();
const store = new TestDatabase(`${folder.path}/test.sqlite`).open();

afterAll(() => {
  store.close();
  folder.remove();
});

/** Keys of two slots; those 2^18 and 2^32 apart share one, whatever is held. */
const KEYS = [1, 2, 1 + 2 ** 18, 1 + 2 ** 32, 2 ** 53 - 1];
/** Rows up to this number have their keys when a run begins. */
const KEYED = 5;

const entry: fc.Arbitrary<KeyEntry> = fc.record({
  key: fc.constantFrom(...KEYS),
  source: fc.integer({ min: 1, max: 3 }),
  recordId: fc.integer({ min: -1, max: 15 }),
});
type Step = readonly ["add" | "remove", KeyEntry];
const step: fc.Arbitrary<Step> = fc.tuple(
  fc.constantFrom<"add" | "remove">("add", "add", "remove"),
  entry,
);
const steps = fc.array(step, { maxLength: 40 });
const many = fc.array(step, { maxLength: 150, size: "max" });

const text = ({ key, source, recordId }: KeyEntry) => `${key} ${source} ${recordId}`;

/** What should be there, by text. */
type Model = Map<string, KeyEntry>;

/**
 * An empty table in which keys wait, and then what the steps make of it.
 *
 * @param capacity how many wait at a time
 */
function carryOut(all: readonly Step[], capacity = 3): { table: KeyTable; model: Model } {
  store.db.exec("DELETE FROM match_keys; DELETE FROM missing_keys");
  const table = new KeyTable(store.db);
  table.letWait(1, KEYED, capacity);
  const model: Model = new Map();
  play(table, model, all);
  return { table, model };
}

function play(table: KeyTable, model: Model, all: readonly Step[]): void {
  for (const [what, of] of all) {
    table[what](of);
    if (what === "add") model.set(text(of), of);
    else model.delete(text(of));
  }
}

function stored(): string[] {
  const sql = "SELECT match_key, source_id, record_id FROM match_keys";
  return store.db
    .prepare<[], [number, number, number]>(sql)
    .raw()
    .all()
    .map(([key, source, recordId]) => text({ key, source, recordId }));
}

const ascending = (numbers: Iterable<number>) => [...new Set(numbers)].sort((a, b) => a - b);

describe("keys that wait to be entered", () => {
  it("do not hide those that another program has entered, once it is taken notice of", () => {
    const { table } = carryOut([]);
    expect(table.group(KEYS[0], 5)?.size).toBe(0);
    store.db.prepare("INSERT INTO match_keys VALUES (?, 1, 9)").run(KEYS[0]);
    table.refresh();
    expect([...(table.group(KEYS[0], 5)?.keys() ?? [])]).toEqual([9]);
  });

  it("are found as if they had been entered, in the same order", () => {
    fc.assert(
      fc.property(steps, (all) => {
        const { table, model } = carryOut(all);
        for (const key of KEYS) {
          const of = [...model.values()].filter((entry) => entry.key === key);
          const sources = ascending(of.map(({ source }) => source));
          expect([...table.sourcesWith(key)]).toEqual(sources);
          for (const source of sources) {
            const records = of.filter((entry) => entry.source === source);
            const expected = ascending(records.map(({ recordId }) => recordId));
            expect([...table.recordsWith(key, source)]).toEqual(expected);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it("make groups with those that stand, and none of too many, whatever was asked before", () => {
    fc.assert(
      fc.property(steps, steps, fc.integer({ min: 0, max: 4 }), (before, after, most) => {
        const { table, model } = carryOut(before);
        const mustAgree = () => {
          for (const key of KEYS) {
            const rows = [...model.values()].filter((entry) => entry.key === key);
            const byRow = new Map(rows.map(({ recordId, source }) => [recordId, source]));
            // A row has one source: of others the index would be wrong.
            if (byRow.size < rows.length) continue;
            expect(table.group(key, most)).toEqual(rows.length > most ? null : byRow);
          }
        };
        mustAgree();
        play(table, model, after);
        mustAgree();
      }),
      { numRuns: 500 },
    );
  });

  it("are all there at the end, and nothing is said to be missing", () => {
    fc.assert(
      fc.property(many, fc.constantFrom(3, 17, 40, 200), (all, capacity) => {
        const { table, model } = carryOut(all, capacity);
        table.enterAll();
        expect(stored().sort()).toEqual([...model.keys()].sort());
        expect(table.missingAfter).toBeNull();
      }),
      { numRuns: 300 },
    );
  });

  it("can be missing only behind the row that the database names", () => {
    fc.assert(
      fc.property(steps, (all) => {
        const { table, model } = carryOut(all);
        const after = table.missingAfter ?? Number.POSITIVE_INFINITY;
        const there = stored();
        const due = [...model.values()].filter(({ recordId }) => recordId <= after).map(text);
        expect(there.filter((one) => !model.has(one))).toEqual([]);
        expect(due.filter((one) => !there.includes(one))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
