import {
  appendFileSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { undoRun } from "../../src/running/undo.js";
import { RunFolder } from "../support/run-harness.js";
import { confOf, FILES, incoming, marc, prepare } from "./jobs.js";

let folder: RunFolder;
beforeEach(async () => {
  folder = new RunFolder(confOf({ source: "test", policy: "MERGE" }));
  await prepare(folder);
});
afterEach(() => folder.remove());

const file = (name: string) => join(folder.path, name);

/** Imports; does something after the second commit. */
function importWith(mischief: () => void, files: readonly string[] = FILES, options = {}) {
  let commits = 0;
  const step = (name: string) => {
    if (name === "committed" && ++commits === 2) mischief();
  };
  return folder.import(files, options, { step });
}

describe("a file that is changed while it is read", () => {
  const added = marc({ id: "added", title: "Added" });

  it.each([
    ["grown", () => appendFileSync(file("first.mrc"), added.subarray(0, 40))],
    ["cut short", () => truncateSync(file("first.mrc"), 300)],
    [
      "replaced by a new one",
      () => {
        writeFileSync(file("other"), incoming().second);
        renameSync(file("other"), file("first.mrc"));
      },
    ],
    [
      "overwritten with as many bytes",
      () => {
        const bytes = readFileSync(file("first.mrc"));
        bytes.write("Other", bytes.indexOf("New 3"));
        writeFileSync(file("first.mrc"), bytes);
      },
    ],
  ])("ends the run with 3 and is not taken for one that was imported: %s", async (_, mischief) => {
    const { summary, failure } = await importWith(mischief);
    expect(failure).toMatchObject({
      exitStatus: 3,
      message: expect.stringMatching(
        /^M012 .*first\.mrc: the file was changed while it was read.*; \d+ records are done and safe$/,
      ),
    });
    expect(summary.status).toBe("failed");
    expect(summary.totals.recordsRead).toBeGreaterThanOrEqual(19);
    writeFileSync(file("first.mrc"), Buffer.concat([incoming().first, added]));
    const again = await folder.import(FILES);
    expect(again.summary).toMatchObject({ status: "done", totals: { recordsRead: 34 } });
    expect(folder.with((store) => store.rows.find("test", "added"))).not.toBeNull();
  });

  it("is not gone on with behind what was read of it", async () => {
    const half = added.subarray(0, 40);
    const { summary } = await importWith(() => appendFileSync(file("first.mrc"), half));
    writeFileSync(file("first.mrc"), Buffer.concat([incoming().first, added]));
    await expect(folder.import(FILES, { resume: true })).rejects.toMatchObject({
      exitStatus: 3,
      message: `${file("first.mrc")} was changed while run ${summary.run} read it, so that run cannot go on`,
      advice: expect.stringContaining("Leave --resume out"),
    });
    const again = await folder.import(FILES);
    expect(again.summary.totals.recordsRead).toBe(34);
    expect((await folder.import(FILES, { resume: true })).summary.status, "a new run").toBe("done");
  });

  it("may be resumed where --atomic has kept nothing of it", async () => {
    await importWith(() => appendFileSync(file("second.mrc"), "x"), FILES, { atomic: true });
    folder.write("first.mrc", incoming(false).first);
    folder.write("second.mrc", incoming(false).second);
    const { summary } = await folder.import(FILES, { resume: true });
    expect(summary.status).toBe("done");
  });

  it("is watched while it is zipped, too", async () => {
    folder.write("in.gz", gzipSync(incoming().first));
    const { failure } = await importWith(() => appendFileSync(file("in.gz"), "x"), ["in.gz"]);
    expect(failure).toMatchObject({ exitStatus: 3, message: expect.stringContaining("M012") });
  });

  it("deletes nothing in a full load", async () => {
    folder.write("whole.mrc", incoming(false).first);
    const cut = () => truncateSync(file("whole.mrc"), 300);
    const { summary, failure } = await importWith(cut, ["whole.mrc"], { fullLoad: true });
    expect(failure).toMatchObject({ exitStatus: 3 });
    expect(summary.totals.absentRemoved).toBe(0);
  });

  it("may be touched as long as it stays the same", async () => {
    const touch = () => utimesSync(file("first.mrc"), 1, 1);
    const { failure } = await importWith(touch);
    expect(failure).toBeNull();
  });

  it("ends the run with 3 if it is removed", async () => {
    const { failure } = await importWith(() => rmSync(file("first.mrc")));
    expect(failure).toMatchObject({
      exitStatus: 3,
      message: expect.stringMatching(/^M006 .*first\.mrc: .*; 6 records are done and safe$/),
    });
  });

  it("is not to be imported again where its records are local ones, but the run taken back", async () => {
    folder.write("job.conf", confOf({ source: "", policy: "KEEP_ALL" }));
    const grow = () => appendFileSync(file("first.mrc"), added);
    const { summary, failure } = await importWith(grow, ["first.mrc"]);
    expect(failure?.advice).toContain("MARC_import undo");
    const advice = expect.stringContaining(`MARC_import undo CONFIG ${summary.run}`);
    const resumed = folder.import(["first.mrc"], { resume: true });
    await expect(resumed).rejects.toMatchObject({ exitStatus: 3, advice });
    await expect(folder.import(["first.mrc"])).rejects.toMatchObject({ exitStatus: 2, advice });
    await undoRun({ config: folder.config(), run: summary.run, force: false, wait: 0 });
    expect((await folder.import(["first.mrc"])).summary.status).toBe("done");
  });
});
