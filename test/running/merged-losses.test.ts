/** A row that is deleted takes with it what other records had merged into it, and that is told. */

import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { mergedLosses } from "../../src/deciding/merged-losses.js";
import { explainRecords } from "../../src/looking/explain-file.js";
import { RunLog } from "../../src/report/run-log.js";
import { confOf, marc } from "../faults/jobs.js";
import { TestDatabase, temporaryFolder } from "../support/import-harness.js";
import { RunFolder } from "../support/run-harness.js";
import type { TestConfig } from "../support/test-config.js";

describe("a deletion", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let database: TestDatabase;
  beforeEach(() => {
    folder = temporaryFolder();
    const merging: TestConfig = { matchMethods: ["EXACT_TITLE"], duplicatePolicy: "MERGE" };
    database = new TestDatabase(`${folder.path}/test.sqlite`, merging);
    for (const [source, id] of [
      ["afcrawler", "a"],
      ["vlcrawler", "b"],
      ["vlcrawler", "c"],
    ]) {
      database.import([{ id, values }], { settings: { foreignSource: source } });
    }
  });
  afterEach(() => folder.remove());

  const values = { title: "Botany" };
  const from = (foreignSource: string, more: TestConfig = {}): TestConfig => ({
    ...more,
    settings: { foreignSource },
  });
  const found = 'record_id 1 with vlcrawler "b", vlcrawler "c"';

  it("names what goes with the row when its own record is deleted", () => {
    const [deleted] = database.import([{ id: "a", deleted: true }], from("afcrawler"));
    expect(deleted).toMatchObject({ outcome: "deleted", losses: [{ code: "M602", found }] });
  });

  it("names it when a policy deletes the row", () => {
    const removing = from("SCP", { duplicatePolicy: "REMOVE_LOWER" });
    const [created] = database.import([{ id: "s", values }], removing);
    expect(created).toMatchObject({ outcome: "created", removed: [1], losses: [{ found }] });
  });

  it("is as it was for a row without merged records, and for a contribution withdrawn", () => {
    const deletions = ["b", "c"].map((id) => ({ id, deleted: true }));
    const withdrawn = database.import(deletions, from("vlcrawler"));
    expect(withdrawn.flatMap(({ losses }) => losses)).toEqual([]);
    const [deleted] = database.import([{ id: "a", deleted: true }], from("afcrawler"));
    expect(deleted).toMatchObject({ outcome: "deleted", losses: [] });
  });

  it("lets the merged records come again: as a row, and merged anew", () => {
    database.import([{ id: "a", deleted: true }], from("afcrawler"));
    const again = ["b", "c"].map((id) => ({ id, values }));
    expect(database.outcomes(again, from("vlcrawler"))).toEqual(["created", "merged"]);
  });

  it("names the first few of many, local records without an id", () => {
    database.import([{ id: "", values }], from(""));
    const [source] = database.with(({ merged }) => merged.ofRecord(1));
    const many = Array.from({ length: 8 }, (_, i) => ({ ...source, foreignId: `x${i}` }));
    const [loss] = mergedLosses(7, [{ ...source, foreignSource: "" }, ...many]);
    const first = 'a local record, vlcrawler "x0", vlcrawler "x1", vlcrawler "x2", vlcrawler "x3"';
    expect(loss.found).toBe(`record_id 7 with ${first} and 4 more`);
  });
});

describe("a run that deletes a row into which records were merged", () => {
  let folder: RunFolder;
  beforeEach(async () => {
    folder = new RunFolder(confOf({ source: "test", policy: "MERGE", verbosity: 3 }));
    folder.write("low.conf", confOf({ source: "low", policy: "MERGE" }));
    folder.write("low.mrc", marc({ id: "l1", title: "Botany", subject: "Low" }));
    folder.write("all.mrc", Buffer.concat([own, second]));
    folder.write("gone.mrc", gone);
    await folder.import(["all.mrc"]);
    await folder.import(["low.mrc"], {}, {}, "low.conf");
  });
  afterEach(() => folder.remove());

  const own = marc({ id: "t1", title: "Botany", subject: "Own" });
  const second = marc({ id: "t2", title: "Botany", subject: "Second" });
  const other = marc({ id: "t3", title: "Zoology" });
  const gone = marc({ id: "t1", title: "", deleted: true });
  const found = 'record_id 1 with test "t2", low "l1"';

  const outcomes = async (bytes: readonly Buffer[], conf?: string) => {
    folder.write("in.mrc", Buffer.concat(bytes));
    const { summary } = await folder.import(["in.mrc"], {}, {}, conf);
    const { outcomes: counts } = summary.totals;
    return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
  };
  const logText = () => readFileSync(RunLog.path(folder.config().logging), "utf8");
  const subjects = (source: string, id: string) =>
    folder.with((store) => {
      const recordId = store.rows.find(source, id);
      return recordId === null ? null : String(store.rows.image(recordId)?.subjects);
    });

  it("counts it among the warnings, and tells it in log and report", async () => {
    const { summary, statistics } = await folder.import(["gone.mrc"]);
    expect(summary.totals.warnings).toEqual({ M602: 1 });
    expect(logText()).toContain(
      `M602 ${folder.path}/gone.mrc record 1 at byte 0 001=t1: a row was`,
    );
    expect(logText()).toContain(`(found ${found})`);
    expect(statistics.examples.findings.M602).toMatchObject([{ number: 1, found }]);
  });

  it("tells it of a full load that does not hold the row's record", async () => {
    folder.write("whole.mrc", Buffer.concat([second, other]));
    const whole = await folder.import(["whole.mrc"], { fullLoad: true });
    expect(whole.summary.totals).toMatchObject({ absentRemoved: 1, warnings: { M602: 1 } });
    expect(logText()).toContain("M602 at the end of the full load: a row was deleted");
    expect(whole.statistics.examples.findings.M602).toMatchObject([{ number: 0, found }]);
    const registered = folder.with((store) => store.runs.find(whole.summary.run));
    expect(registered?.totals.warnings).toEqual({ M602: 1 });
  });

  it("lets a later import of the same file create what went", async () => {
    await folder.import(["gone.mrc"]);
    const again = await folder.import(["low.mrc"], {}, {}, "low.conf");
    expect(again.summary.totals.outcomes).toMatchObject({ created: 1, unchanged: 0 });
    expect(subjects("low", "l1")).toBe(";Low;");
  });

  it("takes no record for known whose row the same run has deleted", async () => {
    expect(await outcomes([gone, second])).toEqual({ deleted: 1, created: 1 });
    expect(subjects("test", "t2")).toBe(";Second;");
  });

  it("takes no record for known that the same run has deleted, or withdrawn", async () => {
    expect(await outcomes([gone, own])).toEqual({ deleted: 1, created: 1 });
    await outcomes([own, second]);
    const withdrawn = marc({ id: "t2", title: "", deleted: true });
    expect(await outcomes([withdrawn, second])).toEqual({ deleted: 1, merged: 1 });
    expect(subjects("test", "t1")).toBe(";Own;Second;");
  });

  it.each([false, true])("shows it among the findings of explain (replay: %s)", async (replay) => {
    folder.write("in.mrc", Buffer.concat([other, gone]));
    const told = [];
    const selection = { by: "number", number: 2 } as const;
    const file = `${folder.path}/in.mrc`;
    const request = { config: folder.config(), file, format: "auto", selection, replay } as const;
    for await (const one of explainRecords(request)) told.push(...one.diagnostics);
    expect(told).toMatchObject([{ code: "M602", found }]);
  });
});
