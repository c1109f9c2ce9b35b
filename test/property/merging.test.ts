/** Merges, refreshes and withdrawals in any order, against what they should come to. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TestDatabase, type TestRecord, temporaryFolder } from "../support/import-harness.js";
import { otherProgram } from "../support/other-program.js";
import type { TestConfig } from "../support/test-config.js";

const MERGE: TestConfig = { matchMethods: ["EXACT_TITLE"], duplicatePolicy: "MERGE" };

interface Offer {
  readonly keywords: string;
  readonly edition: string;
}

interface Step {
  readonly id: string;
  readonly deleted: boolean;
  readonly offer: Offer;
}

const step: fc.Arbitrary<Step> = fc.record({
  id: fc.constantFrom("a", "b", "c", "d"),
  deleted: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
  offer: fc.record({
    keywords: fc.constantFrom("", ";x;", ";x;y;", ";z;x;"),
    edition: fc.constantFrom("", "1st", "2nd"),
  }),
});
const runs = fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), {
  minLength: 1,
  maxLength: 4,
});

function record({ id, deleted, offer }: Step): TestRecord {
  return { id, deleted, values: { title: "Botany", ...offer } };
}

/** One row: whose it is, and what each record offers, the row's own first. */
class Model {
  private owner: string | null = null;
  readonly offers = new Map<string, Offer>();

  /** @param byHand whether somebody has made the row before any import */
  constructor(byHand: boolean) {
    if (!byHand) return;
    this.owner = "";
    this.offers.set("", { keywords: ";by hand;", edition: "" });
  }

  take({ id, deleted, offer }: Step): void {
    if (!deleted) {
      this.owner ??= id;
      this.offers.set(id, offer);
    } else if (id !== this.owner) this.offers.delete(id);
    else {
      this.owner = null;
      this.offers.clear();
    }
  }

  get row() {
    const all = [...this.offers.values()];
    const keywords = [...new Set(all.flatMap(({ keywords }) => keywords.split(";")))].filter(
      (keyword) => keyword !== "",
    );
    return {
      keywords: keywords.length === 0 ? "" : `;${keywords.join(";")};`,
      edition: all.map(({ edition }) => edition).find((edition) => edition !== "") ?? "",
    };
  }

  get merged(): string[] {
    return [...this.offers.keys()].filter((id) => id !== this.owner);
  }
}

function stored(path: string) {
  return otherProgram(path, (db) => ({
    row: db.prepare("SELECT keywords, edition FROM record_info").get(),
    merged: db.prepare("SELECT foreign_id FROM merged_sources ORDER BY position").pluck().all(),
  }));
}

describe("a row that others are merged into", () => {
  it("holds its own values and, in the order in which they came, what the others offer", () => {
    fc.assert(
      fc.property(runs, fc.boolean(), (all, byHand) => {
        const folder = temporaryFolder();
        const path = `${folder.path}/test.sqlite`;
        const database = new TestDatabase(path, MERGE);
        const model = new Model(byHand);
        database.with((store) => {
          if (!byHand) return;
          store.db.exec("INSERT INTO record_info (title, keywords) VALUES ('Botany', ';by hand;')");
        });
        for (const steps of all) {
          database.import(steps.map(record));
          for (const one of steps) model.take(one);
          const row = model.offers.size === 0 ? undefined : model.row;
          expect(stored(path)).toEqual({ row, merged: model.merged });
        }
        folder.remove();
      }),
      { numRuns: 60 },
    );
  });
});
