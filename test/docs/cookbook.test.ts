/** docs/cookbook.md: every recipe gives what it says, before and after. */

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { configOf, mapOne } from "../mapping/support.js";
import type { FieldOf, RecordOf } from "../support/record-view.js";

const PAGE = readFileSync(new URL("../../docs/cookbook.md", import.meta.url), "utf8");

interface Recipe {
  readonly title: string;
  readonly record: RecordOf;
  /** Translation maps by name. */
  readonly maps: Readonly<Record<string, string>>;
  /** The first try and the rule. */
  readonly rules: readonly string[];
  readonly expected: readonly { stage: string; field: string; value: string }[];
}

function blocks(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g"))].map(
    ([, block]) => block,
  );
}

/** `245 10 $a Title $b Rest`, with `#` for a blank indicator; leader and control fields without `$`. */
function fieldOf(line: string): FieldOf {
  const data = /^(\w{3}) ([0-9#]{2}) +\$(.*)$/.exec(line);
  if (!data) return [line.slice(0, 3), line.slice(8)];
  const [, tag, indicators, subfields] = data;
  const parts = subfields.split(/ \$(?=[a-z0-9] )/).map((part) => part[0] + part.slice(2));
  return [tag, indicators.replaceAll("#", " "), ...parts];
}

function recordOf(block: string): RecordOf {
  const all = block.trim().split("\n").map(fieldOf);
  const leader = all.find(([tag]) => tag === "LDR")?.[1];
  const fields = all.filter(([tag]) => tag !== "LDR");
  return leader ? { leader, fields } : { fields };
}

function expectation(line: string): Recipe["expected"][number] {
  const [, stage, field, value] = /^(before|after) +(\w+) = (.*)$/.exec(line) ?? [];
  return { stage, field, value: value === "(empty)" ? "" : value };
}

function recipeOf(text: string): Recipe {
  const ini = blocks(text, "ini").map((block) => ({
    block,
    map: /^# (\S+\.map)\n/.exec(block)?.[1],
  }));
  return {
    title: text.split("\n")[0],
    record: recordOf(blocks(text, "marc")[0] ?? ""),
    maps: Object.fromEntries(ini.flatMap(({ block, map }) => (map ? [[map, block]] : []))),
    rules: ini.flatMap(({ block, map }) => (map ? [] : [block])),
    expected: (blocks(text, "text")[0] ?? "").trim().split("\n").map(expectation),
  };
}

const RECIPES = PAGE.split(/^## /m).slice(1).map(recipeOf);

describe("docs/cookbook.md", () => {
  it("has twenty recipes, numbered, each with a first try and a rule", () => {
    expect(RECIPES.map(({ title }) => Number.parseInt(title, 10))).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
    for (const { title, rules } of RECIPES) expect(`${title}: ${rules.length}`).toMatch(/: 2$/);
  });

  it.each(RECIPES)("$title", ({ record, maps, rules, expected }) => {
    const stages = new Set(expected.map(({ stage }) => stage));
    expect(stages).toEqual(new Set(["before", "after"]));
    const results = new Map(
      rules.map((rule, index) => [
        index === 0 ? "before" : "after",
        mapOne(configOf(rule, maps), record),
      ]),
    );
    const found = expected.map(({ stage, field }) => ({
      stage,
      field,
      value: results.get(stage)?.value(field),
    }));
    expect(found).toEqual(expected);
  });
});
