import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { undoRun } from "../../src/running/undo.js";
import { storeFailure } from "../../src/store/sqlite/file/store-failure.js";
import { otherProgram } from "../support/other-program.js";
import { RunFolder } from "../support/run-harness.js";
import { confOf, FILES, marc, prepare } from "./jobs.js";
import { differences, wholeState } from "./whole-state.js";

let folder: RunFolder;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-01-02T03:00:00Z") });
  folder = new RunFolder(confOf({ source: "test", policy: "MERGE" }));
  await prepare(folder, false);
  hourLater();
});
afterEach(() => {
  vi.useRealTimers();
  folder.remove();
});

/** Runs on the same files do not follow one another within a second. */
function hourLater(): void {
  vi.setSystemTime(Date.now() + 60 * 60_000);
}

function stopAfter(portions: number, files: readonly string[] = FILES, fullLoad = false) {
  let asked = 0;
  const stopSignal = () => (++asked >= portions ? "SIGTERM" : null);
  return folder.import(files, { fullLoad }, { stopSignal });
}

async function resumed(files: readonly string[] = FILES) {
  hourLater();
  return (await folder.import(files, { fullLoad: files === FILES, resume: true })).summary;
}

describe("a full load that was stopped", () => {
  it("goes on where only another source was imported since", async () => {
    await stopAfter(3, FILES, true);
    hourLater();
    await folder.import(["low.mrc"], { again: true }, {}, "low.conf");
    expect(await resumed()).toMatchObject({ status: "done", totals: { absentRemoved: 4 } });
  });

  it("goes on where an undo since could take nothing back", async () => {
    const own = folder.with((store) => store.runs.list().at(-1)?.run ?? "");
    await stopAfter(3, FILES, true);
    otherProgram(join(folder.path, "ivia.sqlite"), (db) =>
      db.exec("UPDATE record_info SET access = 'reading room'"),
    );
    hourLater();
    const told = { onLeft: () => undefined, onLoss: () => undefined };
    const config = folder.config();
    const undo = await undoRun({ config, run: own, force: false, wait: 0, ...told });
    expect(undo.totals).toMatchObject({ removed: 0, restored: 0, revived: 0 });
    expect(await resumed()).toMatchObject({ status: "done", totals: { absentRemoved: 4 } });
  });

  it("does not go on where a run begun before it was resumed since", async () => {
    const others = [1, 2, 3, 4, 5, 6].map((i) => marc({ id: `other${i}`, title: `Other ${i}` }));
    folder.write("other.mrc", Buffer.concat(others));
    const other = await stopAfter(1, ["other.mrc"]);
    hourLater();
    await stopAfter(3, FILES, true);
    await resumed(["other.mrc"]);
    const before = wholeState(folder.path, null);
    await expect(resumed()).rejects.toMatchObject({
      exitStatus: 2,
      message: expect.stringContaining(`run ${other.summary.run} (import) has come since`),
    });
    expect(differences(before, wholeState(folder.path, null))).toEqual([]);
  });

  it("goes on where a run begun before it had ended before it", async () => {
    folder.write("other.mrc", marc({ id: "own0", title: "Own 0", subject: "Old" }));
    await folder.import(["other.mrc"]);
    hourLater();
    await stopAfter(3, FILES, true);
    expect(await resumed()).toMatchObject({ status: "done", totals: { absentRemoved: 4 } });
  });
});

describe("a full load that removes what the input did not hold", () => {
  it("stops between two transactions when a signal asks for it, and is resumed there", async () => {
    let asked = false;
    const step = (name: string) => {
      if (name === "absent-counted") asked = true;
    };
    const stopSignal = () => (asked ? "SIGTERM" : null);
    const stopped = await folder.import(FILES, { fullLoad: true }, { step, stopSignal });
    expect(stopped.summary).toMatchObject({ exitStatus: 143, totals: { absentRemoved: 3 } });
    const { run } = stopped.summary;
    expect(await resumed()).toMatchObject({ run, status: "done", totals: { absentRemoved: 4 } });
  });

  it("counts nothing of what the database did not take", async () => {
    let counted = 0;
    const step = (name: string) => {
      if (name === "absent-counted" && ++counted === 2) {
        throw storeFailure("full", "the disk is full", "Free some space.");
      }
    };
    const { summary } = await folder.import(FILES, { fullLoad: true }, { step });
    expect(summary).toMatchObject({ status: "failed", totals: { absentRemoved: 3 } });
    const entered = folder.with((store) => store.runs.list().at(-1));
    expect(entered?.totals.absentRemoved).toBe(3);
    expect((await resumed()).totals.absentRemoved).toBe(4);
  });
});

describe("a long file that was changed near its beginning since the run stopped", () => {
  it("is refused, however far from there the run would go on", async () => {
    const records = Array.from({ length: 30 }, (_, i) =>
      marc({ id: `id${i}`, title: `Title ${i}`, publisher: "x".repeat(9000) }),
    );
    const path = folder.write("long.mrc", Buffer.concat(records));
    const { summary } = await stopAfter(8, ["long.mrc"]);
    expect(summary.totals.recordsRead).toBe(24);
    const bytes = readFileSync(path);
    bytes.write("Other", bytes.indexOf("Title 2"));
    writeFileSync(path, bytes);
    await expect(resumed(["long.mrc"])).rejects.toMatchObject({
      exitStatus: 3,
      message: expect.stringContaining("long.mrc has changed since run"),
    });
  });
});
