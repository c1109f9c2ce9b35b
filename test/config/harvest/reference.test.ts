import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { HARVEST_SECTIONS, MANNERS, REPOSITORY } from "../../../src/config/harvest/harvest-keys.js";
import { DUPLICATES, SETTINGS } from "../../../src/config/job/keys.js";
import { STANDARD_FIELDS } from "../../../src/fields/record-fields.js";
import { part, row, rowsOf } from "../reference-rows.js";
import { loadHarvest } from "./files.js";

const url = new URL("../../../docs/harvesting-configuration.md", import.meta.url);
const page = readFileSync(url, "utf8");

describe("docs/harvesting-configuration.md", () => {
  it.each([
    ["[Repositories]", "Repositories"],
    ["pre_process", "NAME_pre_process"],
  ])("has every key of %s and no other", (heading, name) => {
    expect(rowsOf(part(page, heading))).toEqual(Object.values(HARVEST_SECTIONS[name]).map(row));
  });

  it("has every key of a post_process section", () => {
    const rows = Object.values(HARVEST_SECTIONS.NAME_post_process).map(row);
    expect(rowsOf(part(page, "post_process"))).toEqual(rows);
  });

  it("has every key of a repository that no other table has, and names the others", () => {
    const elsewhere = { ...SETTINGS, ...DUPLICATES, ...MANNERS };
    const own = Object.values(REPOSITORY).filter(
      ({ name }) => name === "foreign_source" || !Object.hasOwn(elsewhere, name),
    );
    const text = part(page, "A repository");
    expect(rowsOf(text)).toEqual(own.map(row));
    const names = Object.keys({ ...SETTINGS, ...DUPLICATES });
    expect(names.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });

  it("shows a configuration that can be read", () => {
    const [, example] = /```ini\n([\s\S]*?)```/.exec(page) ?? [];
    const [theses] = loadHarvest(example ?? "").repositories;
    expect(theses.mapping.kind).toBe("dc");
  });
});

it("defaults may be written, and mean what they say", () => {
  const context = { base: "/", fields: STANDARD_FIELDS, sections: [] };
  for (const { name, type, initial } of Object.values(HARVEST_SECTIONS).flatMap(Object.values)) {
    if (initial !== null) expect(() => type.parse(initial, context), name).not.toThrow();
  }
});
