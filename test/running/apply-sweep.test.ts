/** `sweep --apply`: the policy carried out on rows that are the same, with brake, changes and undo as an import has them. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { DuplicatePolicy } from "../../src/config/job/job-config.js";
import { Sweep } from "../../src/deciding/sweep.js";
import { Failure } from "../../src/diagnostics/failure.js";
import { applySweep } from "../../src/running/apply-sweep.js";
import { rememberDecisions } from "../../src/running/review.js";
import { undoRun } from "../../src/running/undo.js";
import { otherProgram } from "../support/other-program.js";
import type { FieldOf } from "../support/record-view.js";
import { RunFolder } from "../support/run-harness.js";
import { snapshot } from "../support/snapshot.js";
import { volumeOfWhales, whaleConf, whales } from "../support/whales.js";

const subject = (name: string): FieldOf => ["650", " 0", `a${name}`];
const isbn = (number: string): FieldOf => ["020", "  ", `a${number}`];
let folder: RunFolder;
beforeEach(() => {
  folder = new RunFolder(whaleConf());
});
afterEach(() => folder.remove());

const path = () => join(folder.path, "db.sqlite");

async function load(source: string, ...records: readonly Buffer[]) {
  folder.write("job.conf", whaleConf({ source }));
  folder.write("in.mrc", Buffer.concat(records));
  return folder.import(["in.mrc"]);
}

type Stated = Parameters<typeof whaleConf>[0];

function apply(policy: DuplicatePolicy, stated: Stated = {}, dryRun = false) {
  folder.write("job.conf", whaleConf({ policy, ...stated }));
  return applySweep({ config: folder.config(), dryRun, wait: 0 });
}

const say = (decision: "same" | "different", recordId: number, otherRecordId: number) =>
  rememberDecisions({
    config: folder.config(),
    said: [{ decision, recordId, otherRecordId, at: "" }],
    wait: 0,
  });

const rows = () =>
  otherProgram(path(), (db) =>
    db.prepare("SELECT record_id FROM record_info ORDER BY record_id").pluck().all(),
  );
const column = (recordId: number, name: string) =>
  otherProgram(path(), (db) =>
    db.prepare(`SELECT ${name} FROM record_info WHERE record_id = ?`).pluck().get(recordId),
  );
const edit = (sql: string) => otherProgram(path(), (db) => db.exec(sql));
const waiting = () =>
  folder.with((store) =>
    [...store.pairs.waiting()].map(({ recordId, otherRecordId }) => [recordId, otherRecordId]),
  );
const undo = (run: string) => undoRun({ config: folder.config(), run, force: false, wait: 0 });
/** What a sweep that changes nothing would still do. */
const due = () =>
  folder.with((store) => {
    const sweep = new Sweep(folder.config(), store);
    for (const _ of sweep.possible()) {
      // Pairs that may be the same are nothing to be done.
    }
    return [...sweep.groups()].flatMap(({ others }) => others.filter(({ into }) => into !== null));
  });

describe("a sweep that is applied", () => {
  it("merges what is the same into the row that stays, where it is known again", async () => {
    await load("worst", whales("w", 1998, subject("Sea")));
    await load("ours", whales("a", 1998, subject("Whales")), whales("b", 1920));
    const { summary } = await apply("MERGE");
    expect(rows()).toEqual([2, 3]);
    expect(column(2, "subjects")).toBe(";Whales;Sea;");
    expect(summary).toMatchObject({ status: "done", exitStatus: 0, ofRows: true });
    expect(summary.totals).toMatchObject({
      recordsRead: 3,
      outcomes: { merged: 1, unchanged: 2, deleted: 0 },
      duplicatesBy: { "DESCRIPTION, MERGE × higher: merged into it": 1 },
    });
    // The record comes again with more to give.
    const again = await load("worst", whales("w", 1998, subject("Ships")));
    expect(again.summary.totals.outcomes).toMatchObject({ created: 0, updated: 1 });
    expect(column(2, "subjects")).toBe(";Whales;Ships;");
  });

  it("takes along what had been merged into a row that goes", async () => {
    await load("ours", whales("a", 1998, subject("Whales")));
    folder.write("job.conf", whaleConf({ policy: "MERGE", source: "worst" }));
    folder.write("in.mrc", whales("w", 1998, subject("Sea")));
    await folder.import(["in.mrc"]);
    await load("best", whales("b", 1998, subject("Books")));
    const before = snapshot(path());
    const { summary } = await apply("MERGE");
    expect(rows()).toEqual([2]);
    expect(column(2, "subjects")).toBe(";Books;Whales;Sea;");
    const sources = folder.with((store) => store.merged.ofRecord(2));
    expect(sources.map(({ foreignSource, position }) => [foreignSource, position])).toEqual([
      ["ours", 1],
      ["worst", 2],
    ]);
    await undo(summary.run);
    expect(snapshot(path())).toEqual(before);
  });

  it.each<DuplicatePolicy>(["KEEP_ANY", "KEEP_HIGHER_OR_SAME", "REPLACE"])(
    "by %s removes all but one, and says so in the log",
    async (policy) => {
      await load("ours", whales("a", 1998), whales("b", 1998), whales("c", 1998));
      const { summary } = await apply(policy);
      expect(rows()).toEqual([1]);
      expect(summary.totals).toMatchObject({ duplicatesRemoved: 2, outcomes: { deleted: 2 } });
      const log = readFileSync(summary.log ?? "", "utf8");
      expect(log).toContain('deleted record_id=2 ours b "The history of whales /" for record_id=1');
      expect(due()).toEqual([]);
    },
  );

  it("lets stand what the policy lets stand", async () => {
    await load("ours", whales("a", 1998), whales("b", 1998));
    await load("worst", whales("w", 1998));
    await apply("REMOVE_LOWER");
    expect(rows()).toEqual([1, 2]);
  });

  it("never acts on pairs that may be the same: they wait for a person", async () => {
    await load("ours", whales("a", 1998), whales("b", 1992));
    otherProgram(path(), (db) => db.exec("DELETE FROM possible_duplicates"));
    const { summary } = await apply("MERGE");
    expect(rows()).toEqual([1, 2]);
    expect(summary.totals.possibleDuplicates).toBe(1);
    expect(waiting()).toEqual([[1, 2]]);
    await undo(summary.run);
    expect(waiting()).toEqual([]);
  });

  it("obeys persons: what is said to be the same goes, what is said to be different never", async () => {
    await load("ours", whales("a", 1998), whales("b", 1998), whales("c", 1920), whales("d", 1850));
    await say("different", 1, 2);
    await say("same", 3, 4);
    const { summary } = await apply("MERGE");
    expect(rows()).toEqual([1, 2, 3]);
    expect(summary.totals.duplicatesBy).toEqual({ "REVIEW, MERGE × same: merged into it": 1 });
    await undo(summary.run);
    expect(rows()).toEqual([1, 2, 3, 4]);
  });

  it("keeps what was said of a row that goes for the one that stays in its place", async () => {
    await load("ours", whales("a", 1998), whales("b", 1998), whales("c", 1850));
    await say("different", 2, 3);
    await apply("KEEP_ANY");
    expect(rows()).toEqual([1, 3]);
    const about = folder.with((store) =>
      store.pairs.about({ foreignSource: "ours", foreignId: "a", recordId: 1 }),
    );
    expect([...about].map(([recordId, { decision }]) => [recordId, decision])).toEqual([
      [3, "different"],
    ]);
  });

  it("leaves two rows alone that are the same as a third and differ from one another", async () => {
    await load(
      "ours",
      whales("set", 1998),
      volumeOfWhales("one", 1998, 1),
      volumeOfWhales("two", 1998, 2),
      whales("same", 1998),
    );
    const { summary } = await apply("MERGE");
    expect(rows(), "the fourth contradicts nothing").toEqual([1, 2, 3]);
    const told = "DESCRIPTION, not taken: differs from another one that is the same";
    expect(summary.totals.duplicatesBy[told]).toBe(2);
    expect(waiting()).toEqual([
      [1, 2],
      [1, 3],
    ]);
    await say("same", 1, 2);
    await say("different", 1, 3);
    await apply("MERGE");
    expect(rows()).toEqual([1, 3]);
  });

  it("looks again at a row that stayed since it differed from another one, when that has gone", async () => {
    await load(
      "ours",
      volumeOfWhales("two", 1998, 2),
      volumeOfWhales("one", 1998, 1),
      volumeOfWhales("two again", 1998, 2),
      whales("set", 1998),
    );
    await say("different", 3, 4);
    const { summary } = await apply("KEEP_ANY");
    expect(
      rows(),
      "the set goes for the second, which leaves the third alone with the first",
    ).toEqual([1, 2]);
    expect(summary.totals.outcomes.deleted).toBe(2);
    expect(summary.totals.duplicatesBy, "it counts as gone alone").toEqual({
      "DESCRIPTION, KEEP_ANY × same: removed": 2,
    });
    expect(due()).toEqual([]);
  });

  it("counts nothing as held back or waiting that an inherited decision has settled", async () => {
    await load(
      "ours",
      whales("a", 1998),
      volumeOfWhales("three", 1998, 3),
      whales("c", 1998),
      whales("d", 1998),
      volumeOfWhales("one", 1998, 1),
    );
    await say("different", 4, 1);
    const { summary } = await apply("MERGE");
    expect(due()).toEqual([]);
    expect(waiting()).toEqual([]);
    expect(summary.totals.possibleDuplicates).toBe(0);
    expect(Object.keys(summary.totals.duplicatesBy)).not.toContain(
      "DESCRIPTION, not taken: differs from another one that is the same",
    );
  });

  it("lets local work and edits of protected fields go only where a person has said so", async () => {
    await load("ours", whales("a", 1998), whales("b", 1998));
    edit(`INSERT INTO record_info (record_id, title, creators, publication_date, publisher, isbn)
      VALUES (10, 'The history of whales', ';Melville, Herman;', '1998', 'Harper', ';9780306406157;'),
        (11, 'The history of whales', ';Melville, Herman;', '1998', 'Harper', ';9780306406157;');
      UPDATE record_info SET title = 'The history of whales!' WHERE record_id = 2`);
    const settings = "protected_fields = title";
    await apply("KEEP_ANY", { settings });
    expect(rows(), "of 1 and 2 the edited one stays; neither local row goes").toEqual([2, 10, 11]);
    expect(waiting()).toContainEqual([10, 11]);
    await say("same", 10, 11);
    await apply("KEEP_ANY", { settings });
    expect(rows()).toEqual([2, 10]);
  });
});

describe("a sweep that must not be applied", () => {
  it.each<[DuplicatePolicy, string]>([
    ["KEEP_ALL", "lets duplicates stand"],
    ["UPDATE_ONLY", "lets duplicates stand"],
    ["KEEP_ANY", "strict is not stated"],
  ])("is refused by %s before anything is touched", async (policy, what) => {
    await load("ours", whales("a", 1998), whales("b", 1998));
    const before = readFileSync(path());
    const refused = apply(policy, { strict: "" });
    await expect(refused).rejects.toThrow(Failure);
    await expect(refused).rejects.toThrow(what);
    expect(readFileSync(path()).equals(before)).toBe(true);
  });

  it("is stopped by max_deletes before any row goes, merged or removed", async () => {
    await load("ours", ...["a", "b", "c", "d"].map((id) => whales(id, 1998)));
    const settings = "max_deletes = 2";
    for (const policy of ["MERGE", "KEEP_ANY"] as const) {
      const { summary, failure } = await apply(policy, { settings });
      expect(summary).toMatchObject({ status: "failed", exitStatus: 5 });
      expect(failure?.message).toContain("max_deletes allows 2 deletions; 0 were done");
      expect(failure?.message).toContain("3 rows would go");
      expect(rows()).toEqual([1, 2, 3, 4]);
    }
  });

  it("is tried on a copy with --dry-run", async () => {
    await load("ours", whales("a", 1998), whales("b", 1998));
    const before = readFileSync(path());
    const { summary } = await apply("MERGE", {}, true);
    expect(summary).toMatchObject({ dryRun: true, totals: { outcomes: { merged: 1 } } });
    expect(readFileSync(path()).equals(before)).toBe(true);
  });
});

interface Made {
  readonly source: string;
  readonly year: number;
  readonly isbn: string | null;
  readonly part: number | null;
  readonly subject: string;
}

const made: fc.Arbitrary<Made> = fc.record({
  source: fc.constantFrom("best", "ours", "worst", "other"),
  year: fc.constantFrom(1998, 1998, 1999, 1950),
  isbn: fc.constantFrom(null, null, "0306406152", "0140013660"),
  part: fc.constantFrom(null, null, null, 1, 2),
  subject: fc.constantFrom("Whales", "Sea", "Ships"),
});

const POLICIES: readonly DuplicatePolicy[] = [
  "KEEP_ANY",
  "KEEP_HIGHER",
  "REMOVE_LOWER",
  "REPLACE",
  "MERGE",
  "MERGE_INTO_HIGHER",
];

describe("any table", () => {
  it("is as it was behind an undo, and has nothing left to do behind a sweep", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(made, { minLength: 2, maxLength: 8 }),
        fc.array(
          fc.record({
            decision: fc.constantFrom("same" as const, "different" as const),
            one: fc.integer({ min: 1, max: 8 }),
            other: fc.integer({ min: 1, max: 8 }),
          }),
          { maxLength: 3 },
        ),
        fc.option(fc.integer({ min: 1, max: 8 })),
        fc.constantFrom(...POLICIES),
        fc.boolean(),
        async (records, said, edited, policy, mergesFirst) => {
          folder.remove();
          folder = new RunFolder(whaleConf());
          for (const [at, one] of records.entries()) {
            const first = mergesFirst && at % 3 === 2 ? "MERGE" : "KEEP_ALL";
            folder.write("job.conf", whaleConf({ source: one.source, policy: first }));
            folder.write("in.mrc", recordOf(`id${at}`, one));
            await folder.import(["in.mrc"]);
          }
          for (const { decision, one, other } of said) {
            if (one === other || !rows().includes(one) || !rows().includes(other)) continue;
            await say(decision, one, other);
          }
          if (edited !== null) {
            edit(`UPDATE record_info SET publisher = 'By hand' WHERE record_id = ${edited}`);
          }
          const settings = "protected_fields = publisher\nmax_deletes = 100";
          const look = () => snapshot(path());
          // Notes of edits are taken notice of when a transaction begins.
          await apply("MERGE", { settings: "max_deletes = 0" });
          const before = look();
          const { summary } = await apply(policy, { settings });
          expect(summary.exitStatus).toBe(0);
          expect(waiting().length, "pairs found earlier may wait as well").toBeGreaterThanOrEqual(
            summary.totals.possibleDuplicates,
          );
          const after = look();
          expect(due()).toEqual([]);
          const second = await apply(policy, { settings });
          expect(second.summary.totals.outcomes).toMatchObject({ merged: 0, deleted: 0 });
          expect(look()).toEqual(after);
          const back = await undo(summary.run);
          expect(back.totals.left).toBe(0);
          expect(look()).toEqual(before);
          await undo(back.run);
          expect(look()).toEqual(after);
        },
      ),
      { numRuns: 15 },
    );
  }, 120_000);
});

function recordOf(id: string, { year, isbn: number, part, subject: name }: Made): Buffer {
  const numbered = number === null ? [] : [isbn(number)];
  const fields = [...numbered, subject(name)];
  return part === null ? whales(id, year, ...fields) : volumeOfWhales(id, year, part, ...fields);
}
