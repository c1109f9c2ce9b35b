/** docs/export.md, from top to bottom in a fresh clone. */

import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { Project } from "../support/project.js";
import { readCsv } from "../support/read-tables.js";
import { followPage } from "../support/tutorial.js";

describe("the page of exports", () => {
  const project = new Project();
  afterAll(() => project.remove());

  followPage("export.md", project, { "bin/MARC_import etc/sample.conf samples/catalog.mrc": 1 });

  it("leaves files that hold what they were asked for", () => {
    const text = (name: string) => readFileSync(project.path(name), "utf8");
    const [names, ...rows] = readCsv(text("catalog.csv"));
    expect(rows.every((row) => row.length === names.length)).toBe(true);
    expect(text("changed.jsonl").trimEnd().split("\n").length).toBe(rows.length);
    const english = rows.filter((row) => row[names.indexOf("language")] === "English");
    expect(text("english.tsv").trimEnd().split("\n").length).toBe(1 + english.length);
    expect(text("programming.mrc")).toContain("Introduction to algorithms");
  });
});
