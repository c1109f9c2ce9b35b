/** Rejects of formats that are text: the file of rejects is mended and imported, so its lines must stay lines. */

import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { confOf } from "../faults/jobs.js";
import { RunFolder } from "../support/run-harness.js";

let folder: RunFolder;
beforeEach(() => {
  folder = new RunFolder(confOf({ source: "test", policy: "KEEP_ALL" }));
});
afterEach(() => folder.remove());

const json = (id: string, more = "") =>
  `{"leader": "00000nam a2200000 a 4500", "fields": [{"001": "${id}"}]${more}}`;

describe("lines that are no records", () => {
  it("stand on lines of their own, and are the same rejects when they are read again", async () => {
    const bad = ["not json", json("x", ","), '{"leader": "", "fields": 1}'];
    folder.write("in.json", `${[json("a"), ...bad, json("b")].join("\n")}\n`);
    const { summary } = await folder.import(["in.json"]);
    expect(summary.totals.outcomes).toMatchObject({ created: 2, rejected: 3 });
    const rejects = readFileSync(summary.rejectsFile ?? "", "utf8");
    expect(rejects).toBe(`${bad.join("\n")}\n`);
    folder.write("again.json", rejects);
    const again = await folder.import(["again.json"], { format: "mij" });
    expect(readFileSync(again.summary.rejectsFile ?? "", "utf8")).toBe(rejects);
  });
});
