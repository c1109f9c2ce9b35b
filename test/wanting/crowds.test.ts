/** Numbers that many rows share: what is kept of them between questions is never older than the database. */

import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openLookup } from "../../src/store/open.js";
import type { AskedRow } from "../../src/store/reading-port.js";
import { Crowds } from "../../src/store/sqlite/keys/crowds.js";
import { Answerer } from "../../src/wanting/answer.js";
import { askedColumns } from "../../src/wanting/asked-columns.js";
import { readQuestion } from "../../src/wanting/question.js";
import { TestDatabase, temporaryFolder } from "../support/import-harness.js";
import { otherProgram } from "../support/other-program.js";

const ROWS = 150;
/** Other editions that are told at most. */
const TOLD = 100;
const PLAIN = { ignoreDonations: false, weeding: false };

/** A valid ISBN-13 for each row. */
function isbnOf(row: number): string {
  const digits = `9785${String(row).padStart(8, "0")}`;
  const sum = [...digits].reduce((total, digit, i) => total + Number(digit) * (i % 2 ? 3 : 1), 0);
  return digits + ((10 - (sum % 10)) % 10);
}

const numbersFrom1 = Array.from({ length: ROWS }, (_, i) => i + 1);
const crowd = numbersFrom1.map((row) => ({
  id: `r${row}`,
  values: { title: `T${row}`, isbn: `;${isbnOf(row)};`, oclc_number: ";4711;" },
}));

describe("a number that many rows share", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let database: TestDatabase;
  beforeEach(() => {
    folder = temporaryFolder();
    const keepKeys = ["ISBN", "OCLC_NUMBER"] as const;
    database = new TestDatabase(`${folder.path}/want.sqlite`, { database: { keepKeys } });
    database.import(crowd);
  });
  afterEach(() => folder.remove());

  /** Asks for the books of some rows, with work of others between; gives the other editions of each. */
  async function related(steps: readonly (number | (() => void))[]) {
    const config = database.config();
    const view = await openLookup(config, askedColumns(config.want));
    try {
      const answerer = new Answerer(config, view.lookup);
      return steps.flatMap((step) => {
        if (typeof step === "function") {
          step();
          return [];
        }
        const [answer] = answerer.answer([readQuestion(isbnOf(step), false)], PLAIN);
        return [answer.related.map(({ row }) => row.values[titleAt(config)])];
      });
    } finally {
      view.close();
    }
  }

  const titleAt = ({ fields }: { readonly fields: readonly { readonly name: string }[] }) =>
    fields.findIndex(({ name }) => name === "title");
  const edit = (sql: string) => () => otherProgram(database.path, (db) => db.exec(sql));
  const others = (but: readonly number[]) =>
    numbersFrom1
      .filter((row) => !but.includes(row))
      .slice(0, TOLD)
      .map((row) => `T${row}`);

  it("gives each of them the first of the others", async () => {
    expect(await related([1, 60, 150, 1])).toEqual([
      others([1]),
      others([60]),
      others([150]),
      others([1]),
    ]);
  });

  it("is read anew when another program has edited, deleted and renamed rows", async () => {
    const asked = await related([
      60,
      edit("UPDATE record_info SET oclc_number = '' WHERE record_id = 5"),
      60,
      edit("DELETE FROM record_info WHERE record_id = 6"),
      60,
      edit("UPDATE record_info SET title = 'new' WHERE record_id = 7"),
      60,
    ]);
    const last = others([60, 5, 6]).map((title) => (title === "T7" ? "new" : title));
    expect(asked).toEqual([others([60]), others([60, 5]), others([60, 5, 6]), last]);
  });

  it("is read anew when an import has changed rows", async () => {
    const change = () => {
      database.import([{ ...crowd[2], values: { ...crowd[2].values, oclc_number: "" } }]);
    };
    expect(await related([60, change, 60])).toEqual([others([60]), others([60, 3])]);
  });
});

describe("what is kept of crowds", () => {
  const key = (text: string) => ({ method: "OCLC_NUMBER" as const, text });
  const row = (recordId: number, title: string): AskedRow => ({
    recordId,
    foreignSource: "s",
    foreignId: "",
    merged: [],
    values: [title],
  });

  it("is bounded by what its rows hold, the last asked for staying the longest", () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 400_000 }), { minLength: 1, maxLength: 60 }), (sizes) => {
        const crowds = new Crowds();
        sizes.forEach((size, i) => {
          const rows = numbersFrom1.slice(0, 10).map((id) => row(id, "x".repeat(size)));
          crowds.keep(i, key(String(i)), { recordIds: rows.map(({ recordId }) => recordId), rows });
          // Asked for again and again, so that it stays.
          crowds.get(0, key("0"));
        });
        const kept = sizes.filter((_, i) => crowds.get(i, key(String(i))) !== null);
        const held = kept.reduce((sum, size) => sum + 10 * size, 0);
        expect(held).toBeLessThanOrEqual(12 << 20);
        expect(crowds.get(0, key("0"))).not.toBeNull();
      }),
      { numRuns: 20 },
    );
  });

  it("is never given for another key of the same hash", () => {
    const crowds = new Crowds();
    const rows = numbersFrom1.slice(0, 10).map((id) => row(id, ""));
    crowds.keep(1, key("1"), { recordIds: rows.map(({ recordId }) => recordId), rows });
    expect(crowds.get(1, key("2"))).toBeNull();
    expect(crowds.get(1, { method: "LCCN", text: "1" })).toBeNull();
  });
});
