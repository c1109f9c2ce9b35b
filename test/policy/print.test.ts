import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { PriorityList } from "../../src/matching/priorities.js";
import { printPolicies } from "../../src/policy/print.js";
import { POLICIES } from "./expected.js";

/** The table as a librarian reads it in the documentation, written by hand. */
const PRINTED = `
policy                    higher             same               lower              none
------------------------  -----------------  -----------------  -----------------  ------
KEEP_ALL                  create             create             create             create
KEEP_ANY                  ignore             ignore             ignore             create
KEEP_HIGHER               ignore             create             create             create
KEEP_HIGHER_OR_SAME       ignore             ignore             create             create
REMOVE_LOWER              create             create             create, delete it  create
REMOVE_LOWER_KEEP_HIGHER  ignore             create             create, delete it  create
REPLACE                   create, delete it  create, delete it  create, delete it  create
MERGE                     merge into it      merge into it      merge into it      create
MERGE_INTO_HIGHER         merge into it      create             create             create
UPDATE_ONLY               ignore             ignore             ignore             ignore
`;

const documentation = readFileSync(new URL("../../docs/policies.md", import.meta.url), "utf8");

/** The rows of the table in one section of the documentation, its heading first. */
function documentedTable(heading: string): string[][] {
  const section =
    documentation.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? "";
  return section
    .split("\n")
    .filter((line) => line.startsWith("|") && !line.startsWith("| ---"))
    .map((line) => line.split("|").slice(1, -1))
    .map((cells) => cells.map((cell) => cell.replaceAll("`", "").trim()));
}

const text = printPolicies();
/** What the program prints of each policy below the table. */
const uses = text
  .split("When to use which:\n\n")[1]
  .trim()
  .split("\n\n")
  .map((part) => part.replace(/\s+/g, " ").split(/ (.*)/s, 2));

describe("printPolicies", () => {
  it("prints the whole table", () => {
    expect(text).toContain(PRINTED);
  });

  it("says of every policy when to use it, once", () => {
    expect(uses.map(([policy]) => policy)).toEqual(POLICIES);
    expect(new Set(uses.map(([, use]) => use)).size).toBe(10);
    for (const [policy, use] of uses) expect(use, policy).toMatch(/^(For|Dangerous:) .+\.$/);
  });

  it("fits a terminal, leaves no blanks at line ends, and ends with one line feed", () => {
    const lines = text.split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(lines.filter((line) => /\s$/.test(line))).toEqual([]);
    expect(text).toMatch(/[^\n]\n$/);
  });
});

describe("docs/policies.md", () => {
  it("holds the same table", () => {
    const [, ...rows] = documentedTable("The table");
    const [, , ...printed] = PRINTED.trim().split("\n");
    expect(rows).toEqual(printed.map((line) => line.split(/ {2,}/)));
  });

  it("sorts sources as the program does", () => {
    const list = new PriorityList(["SCP", "vlcrawler", "afcrawler"]);
    const [heading, ...rows] = documentedTable("Priorities");
    const source = (words: string) =>
      words.includes("unlisted") ? `unlisted: ${words}` : words.replace(/local.*| row/, "");
    expect(rows).toHaveLength(5);
    for (const [importing, ...groups] of rows) {
      const compared = heading.slice(1).map((row) => list.compare(source(row), source(importing)));
      expect(groups, importing).toEqual(compared);
    }
  });

  it("explains every policy under a heading of its own, and says when to use it", () => {
    const flat = documentation.replace(/\s+/g, " ");
    for (const [policy, use] of uses) {
      expect(documentation).toContain(`\n### ${policy}\n`);
      expect(flat).toContain(`### ${policy} ${use} `);
    }
  });
});
