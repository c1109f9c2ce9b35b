/**
 * The program killed at random moments of a nightly job over a real file, then resumed or run again,
 * several times in a row now and then: the end is that of a run that nothing stopped. How many
 * rounds is said by KILL_ROUNDS (20 if it is not set), which other moments by KILL_SEED.
 */

import { cpSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { start } from "../test/faults/program.js";
import {
  differences,
  type WholeState,
  wholeState,
  withoutRuns,
} from "../test/faults/whole-state.js";
import { RunFolder } from "../test/support/run-harness.js";
import { LARGE_PATH, prepareFile, prepareNight } from "./support/nightly-job.js";
import { seeded } from "./support/random.js";

const ROUNDS = Number(process.env.KILL_ROUNDS ?? 20);
const SEED = Number(process.env.KILL_SEED ?? 1);
const HAPPENING = ["created", "updated", "unchanged", "deleted", "rejected"];

/** What is killed, how it ends when it is left alone, and what becomes of more than fifty records. */
const JOBS = [
  {
    name: "an import of the file as it stands",
    prepare: prepareFile,
    status: 0,
    does: ["created"],
  },
  ...["MERGE", "REMOVE_LOWER"].map((policy) => ({
    name: `a nightly job under ${policy}`,
    prepare: (folder: RunFolder) => prepareNight(folder, policy),
    status: 1,
    does: [...HAPPENING, "merged or removed"],
  })),
];
/** Rounds that go on with other kills before the job may end. */
const SEVERAL = 4;

interface Summary {
  readonly rejects_file: string | null;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly duplicates_removed: number;
}

/** What became of all rounds, for the closing line. */
const count = { rounds: 0, kills: 0, resumed: 0, again: 0, tooLate: 0, behindEnd: 0 };

function copyOf(folder: RunFolder): RunFolder {
  const copy = new RunFolder("");
  cpSync(folder.path, copy.path, { recursive: true });
  return copy;
}

function registered(folder: RunFolder): string[] {
  return folder.with((store) => store.runs.list().map(({ status }) => status));
}

describe.runIf(existsSync(LARGE_PATH)).each(JOBS)("$name", (job) => {
  const random = seeded(SEED + JOBS.indexOf(job));
  const args = ["job.conf", "--summary", "summary.json"];
  let before: RunFolder;
  let straight: WholeState;
  /** Milliseconds that the job takes. */
  let duration = 0;

  beforeAll(async () => {
    before = new RunFolder("");
    args.push(...(await job.prepare(before)));
    const folder = copyOf(before);
    const begun = performance.now();
    expect(await start(folder.path, args).end).toMatchObject({ status: job.status });
    duration = performance.now() - begun;
    const summary = summaryOf(folder);
    const { outcomes } = summary;
    const became: Readonly<Record<string, number>> = {
      ...outcomes,
      "merged or removed": outcomes.merged + summary.duplicates_removed,
    };
    for (const name of job.does) expect(became[name], name).toBeGreaterThan(50);
    straight = wholeState(folder.path, summary.rejects_file);
    expect(straight.integrity_check).toBe("ok");
    folder.remove();
  });
  afterAll(() => {
    before.remove();
    process.stderr.write(`${job.name}, until here: ${JSON.stringify(count)}\n`);
  });

  function summaryOf(folder: RunFolder): Summary {
    return JSON.parse(readFileSync(join(folder.path, "summary.json"), "utf8")) as Summary;
  }

  /** Starts the job and kills it after a while; gives whether it was still alive. */
  async function killed(folder: RunFolder, more: readonly string[]): Promise<boolean> {
    const begun = performance.now();
    const { process: program, end } = start(folder.path, [...args, ...more]);
    const timer = setTimeout(() => program.kill("SIGKILL"), random(Math.ceil(duration)));
    const { signal } = await end;
    clearTimeout(timer);
    // The machine may have less to do than when the straight run was timed.
    if (signal === null) duration = Math.min(duration, performance.now() - begun);
    return signal === "SIGKILL";
  }

  async function round(): Promise<void> {
    const folder = copyOf(before);
    const earlier = registered(folder).length;
    const kills = random(SEVERAL) === 0 ? 2 + random(3) : 1;
    let isAlwaysResumed = true;
    const how = () => {
      const resumes = random(2) === 0;
      count[resumes ? "resumed" : "again"]++;
      isAlwaysResumed &&= resumes;
      return resumes ? ["--resume"] : [];
    };
    const told: string[][] = [];
    for (let kill = 0; kill < kills; kill++) {
      const more = kill === 0 ? [] : how();
      told.push(more);
      count[(await killed(folder, more)) ? "kills" : "tooLate"]++;
    }
    const last = how();
    told.push(last);
    const end = await start(folder.path, [...args, ...last]).end;
    const where = `round ${count.rounds}: ${JSON.stringify(told)}, ${end.stderr}`;
    expect(end.status, where).toBe(job.status);
    const runs = registered(folder).slice(earlier);
    expect(runs.at(-1), where).toBe("done");
    // A run that ended before it could be killed leaves nothing to resume: another one begins.
    const isOneRun = isAlwaysResumed && runs.length === 1;
    if (isAlwaysResumed && !isOneRun) {
      count.behindEnd++;
      expect(runs.slice(0, -1), where).toEqual(runs.slice(1).map(() => "done"));
    }
    const state = wholeState(folder.path, summaryOf(folder).rejects_file);
    const found = isOneRun
      ? differences(straight, state)
      : differences(withoutRuns(straight), withoutRuns(state));
    expect(found.slice(0, 20), where).toEqual([]);
    folder.remove();
    count.rounds++;
  }

  it("comes to the same end however often it is killed, resumed or run again", {
    timeout: 7_200_000,
  }, async () => {
    for (let i = JOBS.indexOf(job); i < ROUNDS; i += JOBS.length) await round();
    expect(count.kills).toBeGreaterThan(0);
  });
});
