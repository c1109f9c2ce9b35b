/** A dry run over a real file, by the program itself: it changes no byte, and says what the import then does. */

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { start } from "../test/faults/program.js";
import { otherProgram } from "../test/support/other-program.js";
import { RunFolder } from "../test/support/run-harness.js";
import { LARGE_PATH, prepareNight } from "./support/nightly-job.js";

let folder: RunFolder;
afterEach(() => folder.remove());

/** Keys of a summary that tell two runs of the same work apart. */
const OF_ONE_RUN = [
  "run",
  "dry_run",
  "failure",
  "seconds",
  "records_per_second",
  "log",
  "rejects_file",
];

async function summaryOf(args: readonly string[]): Promise<Record<string, unknown>> {
  const all = ["job.conf", ...args, "--summary", "summary.json"];
  const { stdout } = await start(folder.path, all).end;
  expect(stdout).toBe("");
  const text = readFileSync(join(folder.path, "summary.json"), "utf8");
  const summary = JSON.parse(text) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(summary).filter(([key]) => !OF_ONE_RUN.includes(key)));
}

function databaseFiles(): string[] {
  const names = readdirSync(folder.path).filter((name) => name.startsWith("ivia.sqlite"));
  return names.map((name) => {
    const bytes = readFileSync(join(folder.path, name));
    return `${name} ${createHash("sha256").update(bytes).digest("hex")}`;
  });
}

describe.runIf(existsSync(LARGE_PATH)).each([
  ["REMOVE_LOWER_KEEP_HIGHER", "wal", []],
  ["MERGE_INTO_HIGHER", "delete", []],
  ["REPLACE", "wal", ["--full-load"]],
  ["MERGE", "no database", []],
  ["REMOVE_LOWER", "wal", ["--atomic"]],
  ["REMOVE_LOWER", "delete", ["--max-rejects", "20"]],
])("a dry run under %s with %s %j", (policy, journal, options) => {
  it("changes nothing and tells what the import then does", async () => {
    folder = new RunFolder("");
    const files = await prepareNight(folder, policy);
    const database = join(folder.path, "ivia.sqlite");
    if (journal === "no database") rmSync(database);
    else otherProgram(database, (db) => db.pragma(`journal_mode = ${journal}`));
    const before = databaseFiles();
    const dry = await summaryOf([...files, ...options, "--dry-run"]);
    expect(databaseFiles()).toEqual(before);
    const real = await summaryOf([...files, ...options]);
    expect(dry).toEqual(real);
    expect(real.records_read).toBeGreaterThan(500);
  });
});
