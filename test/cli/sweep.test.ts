/** `MARC_import sweep`, as it is typed: silent where it acts, proposals where it only looks. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { commandIn } from "../support/command-line.js";
import { RunFolder } from "../support/run-harness.js";
import { whaleConf, whales } from "../support/whales.js";

let folder: RunFolder;
beforeEach(async () => {
  folder = new RunFolder(whaleConf());
  folder.write("in.mrc", Buffer.concat([whales("a", 1998), whales("b", 1998), whales("c", 1950)]));
  await folder.import(["in.mrc"]);
  folder.write("job.conf", whaleConf({ policy: "MERGE" }));
});
afterEach(() => folder.remove());

const command = (...args: string[]) => commandIn(folder.path, ...args);

it("proposes the same with --dry-run, and does it silently without", async () => {
  const { out } = await command("sweep", "job.conf");
  expect(out).toContain("the policy would merge it into 1");
  const tried = await command("sweep", "job.conf", "--apply", "--dry-run", "--json");
  expect(tried).toMatchObject({ status: 0, error: "" });
  const found = tried.out.split("\n").map((line) => JSON.parse(line));
  expect(found.filter(({ kind }) => kind === "same")).toMatchObject([
    { kind: "same", others: [{ proposal: "merge", into: 1, record_id: 2 }] },
  ]);
  const applied = await command("sweep", "job.conf", "--apply", "--summary", "s.json");
  expect(applied).toEqual({ status: 0, out: "", error: "" });
  const summary = JSON.parse(readFileSync(join(folder.path, "s.json"), "utf8"));
  expect(summary).toMatchObject({ records_read: 3, outcomes: { merged: 1, unchanged: 2 } });
  expect((await command("sweep", "job.conf")).out).toContain("0 rows in 0 groups are the same");
  const { run } = summary;
  expect((await command("runs", "job.conf", run)).out).toMatch(/^command +sweep$/m);
  expect((await command("diff", "job.conf", run)).out).toContain("deleted record_id=2 ours b");
  expect((await command("report", "job.conf", run)).out).toContain("row that went");
  expect((await command("undo", "job.conf", run)).out).toContain("1 brought back");
});

it("leaves a summary that says why it could not begin", async () => {
  folder.write("job.conf", whaleConf({ policy: "KEEP_ANY", strict: "" }));
  const { status, error } = await command("sweep", "job.conf", "--apply", "--summary", "s.json");
  expect(status).toBe(2);
  expect(error).toContain("strict is not stated");
  expect(JSON.parse(readFileSync(join(folder.path, "s.json"), "utf8")).status).toBe("failed");
});

it("takes what belongs to --apply with it alone", async () => {
  const { status, error } = await command("sweep", "job.conf", "--summary", "s.json");
  expect(status).toBe(2);
  expect(error).toContain("--summary goes with --apply");
  expect(existsSync(join(folder.path, "s.json"))).toBe(false);
});
