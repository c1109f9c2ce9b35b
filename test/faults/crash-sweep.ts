/** An import that is killed at any step comes to the same end, resumed or run again. */

import { spawn } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RunFolder } from "../support/run-harness.js";
import { confOf, FILES, prepare } from "./jobs.js";
import { differences, type WholeState, wholeState, withoutRuns } from "./whole-state.js";

const CHILD = join(import.meta.dirname, "crash-child.mjs");
/** Every so many steps a process is really killed; what a kill would leave is kept at all of them. */
const KILLED_EVERY = 16;
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

/** Runs the import of a folder in a process of its own; gives how it ended. */
function runChild(folder: string, what: "kill" | "keep", at: string, options: object) {
  const args = [CHILD, folder, what, at, JSON.stringify(options), ...FILES];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] });
  return new Promise<string>((resolve, reject) => {
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

  /** Where what a kill would leave was kept: a checkpoint knows its files by their paths. */
  let run: RunFolder;
  /** What a kill would leave, in a folder named by the number of the step. */
  let kept: RunFolder;

  const copyOf = (path: string) => {
    const copy = new RunFolder("");
    cpSync(path, copy.path, { recursive: true });
    return copy;
  };

  beforeAll(async () => {
    before = new RunFolder(confOf({ source: "test", policy }));
    await prepare(before, !fullLoad);
    const folder = copyOf(before.path);
    const step = (name: string) => steps.push(name);
    const { summary } = await folder.import(FILES, { fullLoad }, { step });
    const counts: Record<string, unknown> = { ...summary.totals, ...summary.totals.outcomes };
    for (const name of happens) expect(counts[name], name).toBeGreaterThan(0);
    straight = wholeState(folder.path, summary.rejectsFile);
    expect(straight.integrity_check).toBe("ok");
    folder.remove();
    kept = new RunFolder("");
    run = copyOf(before.path);
    expect(await runChild(run.path, "keep", kept.path, { fullLoad })).toBe("exit 0");
  });
  afterAll(() => {
    for (const folder of [before, run, kept]) folder.remove();
  });

  /** Imports, and tells what is different from what it should be. */
  async function endOf(folder: RunFolder, options: object, expected: WholeState) {
    const { summary } = await folder.import(FILES, { fullLoad, ...options });
    const state = wholeState(folder.path, summary.rejectsFile);
    return differences(expected, expected.runs === undefined ? withoutRuns(state) : state);
  }

  /** @param left what is left of an import that was killed at a step */
  async function mustEndRight(left: RunFolder, step: number): Promise<void> {
    const name = steps[step - 1];
    const where = `killed at step ${step} (${name})`;
    const rows = withoutRuns(straight);
    if (step % RERUN_EVERY === 0) {
      const rerun = copyOf(left.path);
      expect(await endOf(rerun, {}, rows), `${where} and run again`).toEqual([]);
      rerun.remove();
    }
    // Behind the last commit there is nothing left to resume: another run begins.
    const resumedEnd = name === "finished" ? rows : straight;
    expect(await endOf(left, { resume: true }, resumedEnd), `${where} and resumed`).toEqual([]);
  }

  const first = () => Math.max(1, steps.length - job.steps);

  it("comes to the same end from what is left at any step, resumed or run again", async () => {
    expect(steps.length).toBeGreaterThan(110);
    for (let step = first(); step <= steps.length; step++) {
      rmSync(run.path, { recursive: true });
      cpSync(join(kept.path, String(step)), run.path, { recursive: true });
      await mustEndRight(run, step);
    }
  }, 600_000);

  it("comes to the same end when its process is killed", async () => {
    for (let step = first(); step <= steps.length; step += KILLED_EVERY) {
      const folder = copyOf(before.path);
      expect(await runChild(folder.path, "kill", String(step), { fullLoad })).toBe("SIGKILL");
      await mustEndRight(folder, step);
      folder.remove();
    }
  }, 600_000);
}
