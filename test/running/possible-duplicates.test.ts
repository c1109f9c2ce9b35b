/** Possible duplicates: both rows stay, the pair waits for a person, and what is said of it holds. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RunLog } from "../../src/report/run-log.js";
import { rememberDecisions } from "../../src/running/review.js";
import { undoRun } from "../../src/running/undo.js";
import type { SqliteStore } from "../../src/store/sqlite/file/store.js";
import { otherProgram } from "../support/other-program.js";
import type { FieldOf } from "../support/record-view.js";
import { RunFolder } from "../support/run-harness.js";
import { whales } from "../support/whales.js";

const CONF = `[Logging]
verbosity = 4
[Database]
path = db.sqlite
[Duplicates]
match_method = DESCRIPTION
duplicate_policy = KEEP_ANY
[Settings]
foreign_source = ours
foreign_id_fields = 1
[title]
f = 245 * * a+b
[isbn]
f = 020 * * a
`;

interface Book {
  readonly year: number;
  readonly edition: string | null;
  readonly online: boolean;
  readonly isbn: string | null;
}

let folder: RunFolder;
beforeEach(() => {
  folder = new RunFolder(CONF);
});
afterEach(() => folder.remove());

async function night(...records: readonly Buffer[]) {
  folder.write("in.mrc", Buffer.concat(records));
  return (await folder.import(["in.mrc"])).summary;
}

const waiting = () =>
  folder.with((store) =>
    [...store.pairs.waiting()].map((pair) => [pair.recordId, pair.otherRecordId]),
  );
const ids = () =>
  otherProgram(join(folder.path, "db.sqlite"), (db) =>
    db.prepare("SELECT foreign_id FROM record_info ORDER BY record_id").pluck().all(),
  );
const say = (decision: "same" | "different", recordId: number, otherRecordId: number) =>
  rememberDecisions({
    config: folder.config(),
    said: [{ decision, recordId, otherRecordId, at: "test" }],
    wait: 0,
  });
const undo = (run: string) => undoRun({ config: folder.config(), run, force: false, wait: 0 });

describe("a record that may be a duplicate", () => {
  it("gets a row of its own; the pair waits with its grounds, is counted and told", async () => {
    await night(whales("a", 1998));
    const { totals } = await night(whales("b", 1992));
    expect(totals).toMatchObject({ outcomes: { created: 1 }, possibleDuplicates: 1 });
    expect(ids()).toEqual(["a", "b"]);
    const [pair] = folder.with((store) => [...store.pairs.waiting()]);
    expect(pair).toMatchObject({ recordId: 1, otherRecordId: 2, points: 100 });
    expect(pair.grounds).toMatch(/^100 points, possible at most \(year\): \+80 title same/);
    const log = readFileSync(RunLog.path(folder.config().logging), "utf8");
    expect(log).toContain("possible=1(100 points, possible at most (year): +80 title same");
  });

  it("is noted once, however often it comes, and forgotten with its row", async () => {
    folder.write("job.conf", CONF.replace("KEEP_ANY", "REMOVE_LOWER\nstrict = true"));
    await night(whales("a", 1998), whales("b", 1992));
    await night(whales("a", 1998), whales("b", 1992));
    expect(waiting()).toEqual([[1, 2]]);
    otherProgram(join(folder.path, "db.sqlite"), (db) => {
      db.exec("DELETE FROM record_info WHERE record_id = 1");
    });
    expect(waiting()).toEqual([]);
  });

  it("is taken back with its run, and brought back with the undo of that", async () => {
    await night(whales("a", 1998));
    const { run } = await night(whales("b", 1992));
    const undone = await undo(run);
    expect(waiting()).toEqual([]);
    await undo(undone.run);
    expect(waiting()).toEqual([[1, 2]]);
  });

  it("of a run that is stopped before it commits leaves nothing", async () => {
    await night(whales("a", 1998));
    folder.write("in.mrc", Buffer.concat([whales("b", 1992), Buffer.from("no record at all")]));
    await folder.import(["in.mrc"], { atomic: true });
    expect(waiting()).toEqual([]);
    expect(
      otherProgram(join(folder.path, "db.sqlite"), (db) =>
        db.prepare("SELECT count(*) FROM possible_duplicates").pluck().get(),
      ),
    ).toBe(0);
  });
});

describe("what a person says of a pair", () => {
  it("different: is obeyed by every method, and told", async () => {
    const isbn: FieldOf = ["020", "  ", "a0306406152"];
    folder.write("job.conf", CONF.replace("= DESCRIPTION", '= "ISBN, DESCRIPTION"'));
    await night(whales("a", 1998, isbn), whales("b", 1960));
    await say("different", 1, 2);
    expect(waiting()).toEqual([]);
    const { run } = await night(whales("b", 1998, isbn));
    expect(ids()).toEqual(["a", "b"]);
    await undo(run);
    otherProgram(join(folder.path, "db.sqlite"), (db) => {
      db.exec("DELETE FROM record_info WHERE foreign_id = 'b'");
    });
    // The row is gone; what was said of the record holds for the one that comes again.
    const { totals } = await night(whales("b", 1998, isbn));
    expect(totals).toMatchObject({
      outcomes: { created: 1 },
      duplicatesBy: { "ISBN, not taken: said to be different": 1 },
    });
    expect(waiting()).toEqual([]);
  });

  it("same: is obeyed whatever the records tell, also of a row that another program wrote", async () => {
    await night(whales("a", 1998));
    otherProgram(join(folder.path, "db.sqlite"), (db) => {
      db.exec("INSERT INTO record_info (title) VALUES ('Squids')");
    });
    await night(whales("c", 1960, ["250", "  ", "a9th ed."]));
    await say("same", 3, 2);
    otherProgram(join(folder.path, "db.sqlite"), (db) => {
      db.exec("DELETE FROM record_info WHERE record_id = 3");
    });
    const { totals } = await night(whales("c", 1960, ["250", "  ", "a9th ed."]));
    expect(totals).toMatchObject({
      outcomes: { ignored: 1 },
      duplicatesBy: { "REVIEW, KEEP_ANY × higher: ignore": 1 },
    });
  });

  it("the later of two decisions counts, and an undo brings the earlier back", async () => {
    await night(whales("a", 1998), whales("b", 1992));
    const decided = () =>
      folder.with(
        (store) =>
          store.pairs.about({ foreignSource: "ours", foreignId: "a", recordId: 1 }).get(2)
            ?.decision,
      );
    await say("different", 2, 1);
    const second = await say("same", 1, 2);
    expect(decided()).toBe("same");
    const { remark } = await undo(second);
    expect(remark).toMatch(/^1 decision on a pair of rows is forgotten/);
    expect(decided()).toBe("different");
  });

  it("nothing is decided where a row is not there, and all that is wrong is named", async () => {
    await night(whales("a", 1998), whales("b", 1992));
    const said = [
      { decision: "same", recordId: 1, otherRecordId: 2, at: "d:1" },
      { decision: "same", recordId: 1, otherRecordId: 77, at: "d:2" },
      { decision: "different", recordId: 2, otherRecordId: 2, at: "d:3" },
    ] as const;
    const failed = rememberDecisions({ config: folder.config(), said, wait: 0 });
    await expect(failed).rejects.toMatchObject({
      exitStatus: 2,
      message: expect.stringMatching(/d:2: there is no record_id 77; d:3: a row is no pair/),
    });
    expect(waiting()).toEqual([[1, 2]]);
  });
});

it("the order in which records come does not matter for the pairs", async () => {
  const book = fc.record({
    year: fc.constantFrom(1990, 1991, 1998),
    edition: fc.constantFrom(null, "1st ed.", "2nd ed."),
    online: fc.boolean(),
    isbn: fc.constantFrom(null, "0306406152", "0262033844"),
  });
  const recordOf = ({ year, edition, online, isbn }: Book, at: number) =>
    whales(`r${at}`, year, ...fieldsOf(edition, online, isbn));
  const fieldsOf = (edition: string | null, online: boolean, isbn: string | null): FieldOf[] => [
    ...(edition === null ? [] : [["250", "  ", `a${edition}`] as FieldOf]),
    ...(online ? [["338", "  ", "aonline resource"] as FieldOf] : []),
    ...(isbn === null ? [] : [["020", "  ", `a${isbn}`] as FieldOf]),
  ];
  /** Pairs by the ids of their records. */
  const pairsOf = async (records: readonly Buffer[]): Promise<string[]> => {
    const one = new RunFolder(CONF.replace("KEEP_ANY", "KEEP_HIGHER"));
    try {
      one.write("in.mrc", Buffer.concat(records));
      await one.import(["in.mrc"]);
      return one.with((store: SqliteStore) =>
        [...store.pairs.waiting()]
          .map(({ recordId, otherRecordId }) =>
            [recordId, otherRecordId]
              .map((id) => store.pairs.identity(id)?.foreignId)
              .sort()
              .join(),
          )
          .sort(),
      );
    } finally {
      one.remove();
    }
  };
  await fc.assert(
    fc.asyncProperty(
      fc.array(book, { minLength: 2, maxLength: 5 }).chain((books) => {
        const records = books.map(recordOf);
        return fc.tuple(
          fc.constant(records),
          fc.shuffledSubarray(records, { minLength: records.length }),
        );
      }),
      async ([records, shuffled]) => {
        expect(await pairsOf(shuffled)).toEqual(await pairsOf(records));
      },
    ),
    { numRuns: 8 },
  );
}, 120_000);
