/** A sweep over the whole table: what is the same, what may be, what the policy would do; nothing is changed. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { DuplicatePolicy } from "../../src/config/job/job-config.js";
import { Clusters } from "../../src/deciding/clusters.js";
import { Sweep } from "../../src/deciding/sweep.js";
import { rememberDecisions } from "../../src/running/review.js";
import { otherProgram } from "../support/other-program.js";
import { RunFolder } from "../support/run-harness.js";
import { whales } from "../support/whales.js";

const conf = (policy: DuplicatePolicy = "KEEP_ALL", source = "ours") => `[Database]
path = db.sqlite
[Priorities]
priority_list = "best,ours,worst"
[Duplicates]
match_method = DESCRIPTION
duplicate_policy = ${policy}
strict = false
[Settings]
foreign_source = ${source}
foreign_id_fields = 1
[title]
f = 245 * * a+b
`;

let folder: RunFolder;
beforeEach(() => {
  folder = new RunFolder(conf());
});
afterEach(() => folder.remove());

async function load(source: string, ...records: readonly Buffer[]) {
  folder.write("job.conf", conf("KEEP_ALL", source));
  folder.write("in.mrc", Buffer.concat(records));
  await folder.import(["in.mrc"]);
}

function sweep(policy: DuplicatePolicy = "KEEP_ALL") {
  folder.write("job.conf", conf(policy));
  return folder.with((store) => {
    const swept = new Sweep(folder.config(), store);
    const possible = [...swept.possible()]
      .flat()
      .map((pair) => [pair.recordId, pair.otherRecordId]);
    const clusters = [...swept.groups()];
    return { possible, clusters, totals: swept.totals };
  });
}

describe("a sweep", () => {
  it("tells what is the same and what may be, each pair once, and leaves the file as it is", async () => {
    await load("ours", whales("a", 1998), whales("b", 1992), whales("c", 1998));
    const path = join(folder.path, "db.sqlite");
    const before = readFileSync(path);
    const { possible, clusters, totals } = sweep();
    expect(possible).toEqual([
      [1, 2],
      [2, 3],
    ]);
    expect(clusters).toMatchObject([
      { keep: 1, others: [{ recordId: 3, proposal: "stay" }], pairs: [{ verdict: "same" }] },
    ]);
    expect(totals).toEqual({ rows: 3, possible: 2, clusters: 1, same: 2, leftOut: 0 });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it.each<[DuplicatePolicy, string]>([
    ["KEEP_ANY", "remove"],
    ["KEEP_HIGHER", "remove"],
    ["REMOVE_LOWER", "remove"],
    ["REPLACE", "remove"],
    ["MERGE", "merge"],
    ["MERGE_INTO_HIGHER", "merge"],
    ["KEEP_ALL", "stay"],
    ["UPDATE_ONLY", "stay"],
  ])("by %s, of rows of two sources the one of lower priority: %s", async (policy, proposal) => {
    await load("worst", whales("w", 1998));
    await load("best", whales("b", 1998));
    const [cluster] = sweep(policy).clusters;
    expect(cluster).toMatchObject({ keep: 2, others: [{ recordId: 1, proposal }] });
  });

  it("obeys what a person has said", async () => {
    await load(
      "ours",
      whales("a", 1998),
      whales("b", 1998),
      whales("c", 1950, ["250", "  ", "a9th ed."]),
    );
    const say = (decision: "same" | "different", recordId: number, otherRecordId: number) =>
      rememberDecisions({
        config: folder.config(),
        said: [{ decision, recordId, otherRecordId, at: "" }],
        wait: 0,
      });
    await say("different", 1, 2);
    await say("same", 3, 1);
    const { clusters, possible } = sweep();
    expect(clusters).toMatchObject([
      { keep: 1, others: [{ recordId: 3 }], pairs: [{ grounds: "a person has said so" }] },
    ]);
    expect(possible).not.toContainEqual([1, 2]);
  });

  it("compares rows of other programs, whatever their numbers", async () => {
    await load("ours", whales("a", 1998));
    otherProgram(join(folder.path, "db.sqlite"), (db) => {
      db.exec(`INSERT INTO record_info (record_id, title, creators, publication_date)
        VALUES (-7, 'The history of whales', ';Melville, H.;', '1998')`);
    });
    await load("ours", whales("a", 1998));
    expect(sweep().possible).toEqual([[-7, 1]]);
  });
});

describe("clusters", () => {
  it("hold what is joined by way of others, whatever the order", () => {
    const clusters = new Clusters();
    for (const [one, other] of [
      [5, 9],
      [2, 3],
      [9, 2],
    ]) {
      clusters.join(one, other);
    }
    expect([5, 9, 2, 3].map((member) => clusters.headOf(member))).toEqual([2, 2, 2, 2]);
    expect(clusters.headOf(4)).toBe(4);
  });

  it("of a hundred thousand in a row are found without end of stack", () => {
    const clusters = new Clusters();
    for (let at = 100_000; at > 0; at--) clusters.join(at, at - 1);
    expect(clusters.headOf(100_000)).toBe(0);
  });
});
