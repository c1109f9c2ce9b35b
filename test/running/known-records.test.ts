/** Records that come again as they were, and are known without a look. */

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { SqliteStore } from "../../src/store/sqlite/file/store.js";
import { confOf, marc } from "../faults/jobs.js";
import { iso } from "../support/marc-builder.js";
import { otherProgram } from "../support/other-program.js";
import { RunFolder } from "../support/run-harness.js";

let folder: RunFolder;
beforeEach(() => {
  folder = new RunFolder(confOf({ source: "test", policy: "MERGE" }));
});
afterEach(() => folder.remove());

const own = marc({ id: "own", title: "Botany", subject: "Own" });
const merged = marc({ id: "merged", title: "Botany", subject: "Merged" });
const other = marc({ id: "other", title: "Zoology" });
const third = marc({ id: "third", title: "Ecology" });

async function totals(records: readonly Buffer[], options = {}) {
  folder.write("in.mrc", Buffer.concat(records));
  const { summary } = await folder.import(["in.mrc"], { again: true, ...options });
  return summary.totals;
}

function sql(text: string): unknown[] {
  return otherProgram(`${folder.path}/ivia.sqlite`, (db) => {
    const statement = db.prepare(text);
    return statement.reader ? statement.pluck().all() : [statement.run()];
  });
}

const ids = () => sql("SELECT foreign_id FROM record_info ORDER BY foreign_id");

describe("the records that are known", () => {
  it("are read once a run, however many files it has", async () => {
    await totals([own, other]);
    const files = ["one.mrc", "two.mrc", "three.mrc"];
    for (const name of files) folder.write(name, Buffer.concat([own, other]));
    const read = vi.spyOn(SqliteStore.prototype, "knownRecords");
    const { summary } = await folder.import(files, { again: true });
    expect(summary.totals.outcomes).toMatchObject({ unchanged: 6 });
    expect(read).toHaveBeenCalledTimes(1);
    read.mockRestore();
  });
});

describe("records that come again", () => {
  it("are unchanged in any order, and no id is taken for one that comes twice", async () => {
    await totals([own, merged, other]);
    for (const order of [
      [own, merged, other],
      [merged, other, own],
      [merged, own, other],
    ]) {
      const { outcomes, warnings } = await totals(order);
      expect(outcomes).toMatchObject({ unchanged: 3, created: 0, updated: 0, merged: 0 });
      expect(warnings).toEqual({});
    }
  });

  it("are warned of each time, where there is something to warn of", async () => {
    const nameless = iso({ fields: [["245", "10", "aMosses"]] });
    const created = await totals([own, nameless]);
    expect(created.warnings).toEqual({ M501: 1 });
    for (let run = 0; run < 2; run++) {
      const { outcomes, warnings } = await totals([own, nameless]);
      expect(outcomes).toMatchObject({ unchanged: 2 });
      expect(warnings).toEqual(created.warnings);
    }
  });

  it("are told of where an id does come twice", async () => {
    await totals([own, merged, other]);
    const { outcomes, warnings } = await totals([own, other, own]);
    expect(outcomes).toMatchObject({ unchanged: 3 });
    expect(warnings).toEqual({ M601: 1 });
  });

  it("are applied again behind another record with the same id", async () => {
    await totals([own, merged]);
    const changed = marc({ id: "merged", title: "Botany", subject: "Changed" });
    expect((await totals([own, changed, merged])).outcomes).toMatchObject({ updated: 2 });
    expect(sql("SELECT subjects FROM record_info")).toEqual([";Own;Merged;"]);
  });

  it.each([3_000_000_000, 5_000_000_000, -7])(
    "are held by a full load also where rows stand far from the others (%i)",
    async (recordId) => {
      await totals([own]);
      sql(`INSERT INTO record_info (record_id, title) VALUES (${recordId}, 'A local one')`);
      sql(`UPDATE record_info SET record_id = ${recordId + 1} WHERE foreign_id = 'own'`);
      await totals([own, other, third]);
      const whole = await totals([own, other, third], { fullLoad: true });
      expect(whole).toMatchObject({ outcomes: { unchanged: 3 }, absentRemoved: 0 });
      expect(ids()).toEqual(["", "other", "own", "third"]);
      expect(await totals([third], { fullLoad: true })).toMatchObject({ absentRemoved: 2 });
      expect(ids()).toEqual(["", "third"]);
    },
  );

  it("are merged anew into a row that somebody has edited, whatever is logged", async () => {
    await totals([own, merged]);
    for (const verbosity of [0, 4]) {
      folder.write("job.conf", confOf({ source: "test", policy: "MERGE", verbosity }));
      sql("UPDATE record_info SET subjects = ';Own;'");
      expect((await totals([merged])).outcomes).toMatchObject({ updated: 1 });
      expect(sql("SELECT subjects FROM record_info")).toEqual([";Own;Merged;"]);
    }
  });

  it("are merged anew when other fields are to be merged", async () => {
    const conf = (settings: string) => confOf({ source: "test", policy: "MERGE", settings });
    folder.write("job.conf", conf("fields_to_merge = publisher"));
    await totals([own, merged]);
    expect(sql("SELECT subjects FROM record_info")).toEqual([";Own;"]);
    folder.write("job.conf", conf(""));
    expect((await totals([own, merged])).outcomes).toMatchObject({ unchanged: 1, updated: 1 });
    expect(sql("SELECT subjects FROM record_info")).toEqual([";Own;Merged;"]);
  });

  it("are not imported among rows whose numbers cannot be told apart", async () => {
    await totals([own]);
    sql("INSERT INTO record_info (record_id, title) VALUES (9007199254740993, 'A local one')");
    await expect(totals([own])).rejects.toMatchObject({
      exitStatus: 4,
      message: expect.stringContaining("record_id beyond 9000000000000000"),
    });
    sql("DELETE FROM record_info WHERE record_id > 9e15");
    await expect(totals([own]), "the next row would get such a number").rejects.toThrow();
    sql("UPDATE sqlite_sequence SET seq = 1 WHERE name = 'record_info'");
    expect((await totals([own, other])).outcomes).toMatchObject({ unchanged: 1, created: 1 });
  });

  it("belong to a row of their own that somebody has made since they were merged", async () => {
    await totals([own, merged]);
    sql(
      "INSERT INTO record_info (foreign_source, foreign_id, title) VALUES ('test', 'merged', 'By hand')",
    );
    expect((await totals([own, merged])).outcomes).toMatchObject({ unchanged: 1, updated: 1 });
    expect(sql("SELECT title FROM record_info ORDER BY record_id")).toEqual(["Botany", "Botany"]);
  });
});
