/** The same input once more, from the start: what is recognised, what is refused, what a full load does. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RunFolder } from "../support/run-harness.js";
import { confOf, damaged, FILES, incoming, marc, prepare } from "./jobs.js";

let folder: RunFolder;
afterEach(() => folder.remove());

const file = (name: string) => join(folder.path, name);

function stopAfter(portions: number, files: readonly string[] = FILES) {
  let asked = 0;
  const stopSignal = () => (++asked >= portions ? ("SIGTERM" as const) : null);
  return folder.import(files, {}, { stopSignal });
}

const titles = () =>
  folder.with((store) => store.db.prepare("SELECT title FROM record_info").pluck().all());

describe("the same file once more", () => {
  const log = () => readFileSync(file("log/MARC_import/MARC_importer.log"), "utf8");

  it("draws a warning that names the run before", async () => {
    folder = new RunFolder(confOf({ source: "test", policy: "KEEP_ALL", verbosity: 3 }));
    folder.write("in.mrc", incoming().first);
    const { summary } = await folder.import(["in.mrc"]);
    expect(log()).not.toContain("imported before");
    await folder.import(["in.mrc"], { again: true });
    expect(log()).not.toContain("imported before");
    await folder.import(["in.mrc"]);
    expect(log()).toMatch(/in\.mrc has been imported before, by run /);
    expect(summary.status).toBe("done");
  });

  it("is refused for local records, unless --again asks for it", async () => {
    folder = new RunFolder(confOf({ source: "", policy: "KEEP_ALL" }));
    folder.write("in.mrc", marc({ id: "a", title: "Once" }));
    await folder.import(["in.mrc"]);
    await expect(folder.import(["in.mrc"])).rejects.toMatchObject({ exitStatus: 2 });
    expect(titles()).toEqual(["Once"]);
    await folder.import(["in.mrc"], { again: true });
    expect(titles()).toEqual(["Once", "Once"]);
  });

  it("is not refused for local records of a run that was not finished", async () => {
    folder = new RunFolder(confOf({ source: "", policy: "KEEP_ALL" }));
    const records = [1, 2, 3, 4, 5, 6].map((i) => marc({ id: `${i}`, title: `Title ${i}` }));
    folder.write("in.mrc", Buffer.concat(records));
    await stopAfter(1, ["in.mrc"]);
    await folder.import(["in.mrc"], { resume: true });
    expect(titles()).toHaveLength(6);
  });

  it("is refused for local records of a run that was not finished, from the start", async () => {
    folder = new RunFolder(confOf({ source: "", policy: "KEEP_ALL" }));
    const records = [1, 2, 3, 4, 5, 6].map((i) => marc({ id: `${i}`, title: `Title ${i}` }));
    folder.write("in.mrc", Buffer.concat(records));
    const { summary, failure } = await stopAfter(1, ["in.mrc"]);
    expect(failure?.advice).not.toContain("same rows");
    await expect(folder.import(["in.mrc"])).rejects.toMatchObject({
      exitStatus: 2,
      message: expect.stringContaining(`in part by run ${summary.run}`),
      advice: expect.stringContaining("--resume"),
    });
    expect(titles()).toHaveLength(3);
  });

  it("is refused where another file took the place of one that was imported in part", async () => {
    folder = new RunFolder(confOf({ source: "", policy: "KEEP_ALL" }));
    const records = [1, 2, 3, 4, 5, 6].map((i) => marc({ id: `${i}`, title: `Title ${i}` }));
    folder.write("in.mrc", Buffer.concat(records));
    const { summary } = await stopAfter(1, ["in.mrc"]);
    folder.write("in.mrc", Buffer.concat([marc({ id: "0", title: "Title 0" }), ...records]));
    await expect(folder.import(["in.mrc"])).rejects.toMatchObject({
      exitStatus: 2,
      message: expect.stringContaining("when it was another file"),
      advice: expect.stringContaining(`undo CONFIG ${summary.run}`),
    });
    expect(titles()).toHaveLength(3);
    await folder.import(["in.mrc"], { again: true });
    expect(titles()).toHaveLength(10);
    folder.write("in.mrc", marc({ id: "7", title: "Title 7" }));
    await folder.import(["in.mrc"]);
    expect(titles(), "the last run of this path came to its end").toHaveLength(11);
  });
});

describe("--full-load", () => {
  beforeEach(async () => {
    folder = new RunFolder(confOf({ source: "test", policy: "MERGE" }));
    await prepare(folder, false);
  });

  it("deletes nothing where records were rejected, and says so", async () => {
    folder.write("bad.mrc", Buffer.concat([marc({ id: "own1", title: "Own 1" }), damaged(1)]));
    const { summary } = await folder.import([...FILES, "bad.mrc"], { fullLoad: true });
    expect(summary.totals.absentRemoved).toBe(0);
    expect(summary.totals.warnings).toMatchObject({ M603: 1 });
    expect(titles()).toContain("Own 11");
  });

  it("does not go on with a run that has not noted what the input held", async () => {
    await stopAfter(3);
    await expect(folder.import(FILES, { fullLoad: true, resume: true })).rejects.toMatchObject({
      exitStatus: 2,
    });
    expect(titles()).toContain("Own 11");
  });

  it("deletes nothing where more would go than max_deletes allows; resumed with more, it does", async () => {
    const conf = readFileSync(file("job.conf"), "utf8");
    folder.write("job.conf", conf.replace("max_deletes = 1000", "max_deletes = 3"));
    const { summary, failure } = await folder.import(FILES, { fullLoad: true });
    expect(failure).toMatchObject({ exitStatus: 5 });
    expect(failure?.message).toContain("the input does not hold 3 rows of this source");
    expect(titles()).toContain("Own 11");
    folder.write("job.conf", conf);
    const resumed = await folder.import(FILES, { fullLoad: true, resume: true });
    expect(resumed.summary).toMatchObject({ run: summary.run, exitStatus: 0 });
    // Own 11 to 13, and what own14 had added to Shared 6.
    expect(resumed.summary.totals.absentRemoved).toBe(4);
    expect(titles()).not.toContain("Own 11");
  });
});
