/** Rows found by kept keys, by scans and by an index of all rows: each finds what a naive look at all rows finds. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { elementsOf } from "../../src/fields/list-form.js";
import { openLookup } from "../../src/store/open.js";
import { Answerer } from "../../src/wanting/answer.js";
import { askedColumns } from "../../src/wanting/asked-columns.js";
import { askedBy } from "../../src/wanting/editions.js";
import { readQuestion } from "../../src/wanting/question.js";
import { TestDatabase, temporaryFolder } from "../support/import-harness.js";
import { otherProgram } from "../support/other-program.js";

const ISBNS = ["9780131101630", "9780306406157", "9780262033848", "9780201633610"];
const LCCNS = ["95012345", "96017756", "99023209"];
const OCLCS = ["1", "22", "333"];

interface Numbers {
  readonly isbn: readonly string[];
  readonly lccn: readonly string[];
  readonly oclc_number: readonly string[];
}

const some = (values: readonly string[]) => fc.subarray([...values], { maxLength: 2 });
const NUMBERS = fc.record({ isbn: some(ISBNS), lccn: some(LCCNS), oclc_number: some(OCLCS) });

const stored = (list: readonly string[]) => (list.length === 0 ? "" : `;${list.join(";")};`);
const record = (numbers: Numbers, i: number) => ({
  id: `r${i}`,
  values: {
    title: `T${i}`,
    isbn: stored(numbers.isbn),
    lccn: stored(numbers.lccn),
    oclc_number: stored(numbers.oclc_number),
  },
});

/** What a look at all rows gives: record_ids of the book, and of its other editions. */
function naive(rows: ReadonlyMap<number, Numbers>, isbn: string) {
  const exact = [...rows].filter(([, row]) => row.isbn.includes(isbn));
  const shares = (one: Numbers, other: Numbers) =>
    (["isbn", "lccn", "oclc_number"] as const).some((name) =>
      one[name].some((number) => other[name].includes(number)),
    );
  const related = [...rows].filter(
    ([id, row]) =>
      !exact.some(([other]) => other === id) && exact.some(([, other]) => shares(row, other)),
  );
  return { exact: exact.map(([id]) => id), related: related.map(([id]) => id) };
}

type Mode = "kept" | "kept, under way" | "scanned" | "indexed";

async function found(database: TestDatabase, mode: Mode) {
  const config = database.config();
  const view = await openLookup(config, askedColumns(config.want));
  try {
    if (mode === "indexed") view.lookup.indexAll(askedBy(config.want));
    const answerer = new Answerer(config, view.lookup);
    const questions = ISBNS.map((isbn) => readQuestion(isbn, false));
    const answers = answerer.answer(questions, { ignoreDonations: false, weeding: false });
    return answers.map(({ exact, related }) => ({
      exact: exact.map(({ row }) => row.recordId),
      related: related.map(({ row }) => row.recordId),
    }));
  } finally {
    view.close();
  }
}

/** The rows as they are stored, with every edit of another program. */
function storedRows(path: string): Map<number, Numbers> {
  return otherProgram(path, (db) => {
    const rows = db.prepare("SELECT record_id, isbn, lccn, oclc_number FROM record_info").all();
    return new Map(
      (rows as { record_id: number; isbn: string; lccn: string; oclc_number: string }[]).map(
        (row) => [
          row.record_id,
          {
            isbn: elementsOf(row.isbn),
            lccn: elementsOf(row.lccn),
            oclc_number: elementsOf(row.oclc_number),
          },
        ],
      ),
    );
  });
}

describe.each<Mode>(["kept", "kept, under way", "scanned", "indexed"])("rows, %s,", (mode) => {
  it("are those that a look at all rows finds", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(NUMBERS, { maxLength: 8 }),
        fc.array(NUMBERS, { maxLength: 4 }),
        NUMBERS,
        async (first, second, edited) => {
          const folder = temporaryFolder();
          try {
            const path = `${folder.path}/want.sqlite`;
            const keepKeys = mode.startsWith("kept")
              ? (["ISBN", "LCCN", "OCLC_NUMBER"] as const)
              : [];
            const database = new TestDatabase(path, { database: { keepKeys } });
            database.import(first.map(record));
            // Rows of a run whose keys wait yet.
            const store = database.open();
            const run = database.begin(store, database.config());
            run.batch(second.map((numbers, i) => record(numbers, 100 + i)));
            if (mode !== "kept, under way") run.finish();
            otherProgram(path, (db) =>
              db
                .prepare("UPDATE record_info SET isbn = ?, lccn = ? WHERE record_id % 3 = 0")
                .run(stored(edited.isbn), stored(edited.lccn)),
            );
            const rows = storedRows(path);
            try {
              const expected = ISBNS.map((isbn) => naive(rows, isbn));
              expect(await found(database, mode)).toEqual(expected);
            } finally {
              store.close();
            }
          } finally {
            folder.remove();
          }
        },
      ),
      { numRuns: 8 },
    );
  }, 60_000);
});
