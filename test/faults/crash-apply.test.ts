/** A sweep that is applied and killed at any step: the next one comes to the same end, and undo takes both back. */

import { spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { applySweep } from "../../src/running/apply-sweep.js";
import { undoRun } from "../../src/running/undo.js";
import { RunFolder } from "../support/run-harness.js";
import { snapshot } from "../support/snapshot.js";
import { whaleConf, whales } from "../support/whales.js";

const CHILD = join(import.meta.dirname, "crash-apply-child.mjs");

const SOURCES = ["best", "ours", "worst"];
const YEARS = [1901, 1950];

/** Two books, each in three sources, each with a subject of its own. */
async function prepared(): Promise<RunFolder> {
  const folder = new RunFolder(whaleConf());
  for (const source of SOURCES) {
    folder.write("job.conf", whaleConf({ source }));
    const records = YEARS.map((year) =>
      whales(`${source}${year}`, year, ["650", " 0", `aOf ${source}`]),
    );
    folder.write("in.mrc", Buffer.concat(records));
    await folder.import(["in.mrc"]);
  }
  folder.write("job.conf", whaleConf({ policy: "MERGE" }));
  return folder;
}

function copyOf(folder: RunFolder): RunFolder {
  const copy = new RunFolder("");
  cpSync(folder.path, copy.path, { recursive: true });
  return copy;
}

const rowsIn = (folder: RunFolder) => {
  const { match_keys: keys, ...rest } = snapshot(join(folder.path, "db.sqlite"));
  const text = JSON.stringify(rest).replaceAll(/\d{4}-\d\d-\d\dT[\d:]+Z/g, "TIME");
  return { text: text.replaceAll(/marc-import-test-\w+/g, "FOLDER"), keys };
};

describe("a sweep that is killed", () => {
  it("is done by the next one, at whatever step", async () => {
    const before = await prepared();
    const straight = copyOf(before);
    const steps: string[] = [];
    const hooks = { step: (name: string) => steps.push(name) };
    await applySweep({ config: straight.config(), dryRun: false, wait: 0, hooks });
    expect(steps.filter((name) => name === "row-gone")).toHaveLength(4);
    for (let at = 1; at <= steps.length; at++) {
      const folder = copyOf(before);
      const { signal } = spawnSync(process.execPath, [CHILD, folder.path, String(at)]);
      const where = `killed at step ${at}, ${steps[at - 1]}`;
      expect(signal, where).toBe("SIGKILL");
      const config = folder.config();
      await applySweep({ config, dryRun: false, wait: 0 });
      expect(rowsIn(folder), where).toEqual(rowsIn(straight));
      const runs = folder.with((store) =>
        store.runs.list().filter((run) => run.kind === "sweep" && store.runs.hasChanged(run.runId)),
      );
      for (const { run } of runs.reverse()) await undoRun({ config, run, force: false, wait: 0 });
      expect(rowsIn(folder), `${where}, taken back`).toEqual(rowsIn(before));
      folder.remove();
    }
    before.remove();
    straight.remove();
  }, 300_000);
});
