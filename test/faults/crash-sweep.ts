/** An import that is killed at any step comes to the same end, resumed or run again. */

import { spawn } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RunFolder } from "../support/run-harness.js";
import { confOf, FILES, prepare } from "./jobs.js";
import { differences, type WholeState, wholeState, withoutRuns } from "./whole-state.js";

const CHILD = join(import.meta.dirname, "crash-child.mjs");
/** Processes at once. */
const AT_ONCE = 3;
/** A run from the start depends on what is committed only, so that not every step is worth one. */
const RERUN_EVERY = 2;

/** What is killed. */
export interface Job {
  readonly policy: string;
  readonly fullLoad: boolean;
  /** How many of its last steps are tried. */
  readonly steps: number;
  /** What the totals of a run that nothing stops must hold, to be worth the killing. */
  readonly happens: readonly string[];
}

/** Runs the import of a folder in a process that kills itself at a step; gives how it ended. */
function crash(folder: string, step: number, options: object): Promise<string> {
  const { execPath } = process;
  const args = [CHILD, folder, String(step), JSON.stringify(options), ...FILES];
  const child = spawn(execPath, args, { stdio: ["ignore", "ignore", "inherit"] });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => resolve(signal ?? `exit ${code}`));
  });
}

/** A run of the job is killed at every step, or at the last ones; a job is a file, so that files run side by side. */
export function sweepCrashes(job: Job): void {
  describe(`an import under ${job.policy}, full load ${job.fullLoad}`, () => sweep(job));
}

function sweep(job: Job): void {
  const { policy, fullLoad, happens } = job;
  const steps: string[] = [];
  let before: RunFolder;
  let straight: WholeState;

  const copyOf = (folder: RunFolder) => {
    const copy = new RunFolder("");
    cpSync(folder.path, copy.path, { recursive: true });
    return copy;
  };

  beforeAll(async () => {
    before = new RunFolder(confOf({ source: "test", policy }));
    await prepare(before, !fullLoad);
    const folder = copyOf(before);
    const step = (name: string) => steps.push(name);
    const { summary } = await folder.import(FILES, { fullLoad }, { step });
    const counts: Record<string, unknown> = { ...summary.totals, ...summary.totals.outcomes };
    for (const name of happens) expect(counts[name], name).toBeGreaterThan(0);
    straight = wholeState(folder.path, summary.rejectsFile);
    expect(straight.integrity_check).toBe("ok");
    folder.remove();
  });
  afterAll(() => before.remove());

  /** Imports, and tells what is different from what it should be. */
  async function endOf(folder: RunFolder, options: object, expected: WholeState) {
    const { summary } = await folder.import(FILES, { fullLoad, ...options });
    const state = wholeState(folder.path, summary.rejectsFile);
    return differences(expected, expected.runs === undefined ? withoutRuns(state) : state);
  }

  async function killedAt(step: number): Promise<void> {
    const name = steps[step - 1];
    const where = `killed at step ${step} (${name})`;
    const resumed = copyOf(before);
    expect(await crash(resumed.path, step, { fullLoad })).toBe("SIGKILL");
    const rerun = copyOf(resumed);
    const rows = withoutRuns(straight);
    // Behind the last commit there is nothing left to resume: another run begins.
    const resumedEnd = name === "finished" ? rows : straight;
    expect(await endOf(resumed, { resume: true }, resumedEnd), `${where} and resumed`).toEqual([]);
    resumed.remove();
    if (step % RERUN_EVERY === 0) {
      expect(await endOf(rerun, {}, rows), `${where} and run again`).toEqual([]);
    }
    rerun.remove();
  }

  it("comes to the same end, killed at any step, resumed or run again", async () => {
    expect(steps.length).toBeGreaterThan(110);
    let next = Math.max(1, steps.length - job.steps);
    const work = async () => {
      while (next <= steps.length) await killedAt(next++);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }, 600_000);
}
