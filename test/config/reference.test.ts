import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { PATH } from "../../src/config/language/value-types.js";
import { SECTIONS } from "../../src/config/marc/rule-keys.js";
import { STANDARD_FIELDS } from "../../src/fields/record-fields.js";
import { load, withSource } from "./files.js";
import { part, row, rowsOf } from "./reference-rows.js";

const page = readFileSync(new URL("../../docs/configuration.md", import.meta.url), "utf8");

const sections = Object.entries(SECTIONS).filter(([name]) => name !== "description.NAME");

describe("docs/configuration.md", () => {
  it.each(sections)("has every key of [%s] and no other", (name, keys) => {
    const text = part(page, name === "FIELD" ? "Sections of record fields" : `[${name}]`);
    expect(rowsOf(text)).toEqual(Object.values(keys).map(row));
  });

  it("names every record field that a section may fill", () => {
    const text = part(page, "Sections of record fields");
    const missing = STANDARD_FIELDS.filter(({ name, mappable }) => {
      return mappable && !text.includes(`\`${name}\``);
    });
    expect(missing).toEqual([]);
  });

  it("shows a configuration that can be read", () => {
    const [, example] = /```ini\n(# A whole configuration[\s\S]*?)```/.exec(page) ?? [];
    expect(load(example ?? "").mapping.extractors.length).toBeGreaterThan(0);
  });
});

describe("the table of keys", () => {
  const context = { base: "/", fields: STANDARD_FIELDS, sections: [] };
  const specs = Object.values(SECTIONS).flatMap((keys) => Object.values(keys));

  it("has defaults that may be written", () => {
    for (const { name, type, initial } of specs) {
      if (initial !== null) {
        expect(() => type.parse(initial, context), name).not.toThrow();
      }
    }
  });

  it("means by a default what an unstated key means", () => {
    const plain = load(withSource(""));
    const stated = Object.entries(SECTIONS)
      .filter(([name]) => !["description.NAME", "FIELD"].includes(name))
      .map(([name, keys]) => {
        const lines = Object.values(keys)
          .filter(({ initial, type }) => initial !== null && type !== PATH)
          .map((spec) => `${spec.name} = "${spec.initial}"`);
        return `[${name}]\n${lines.join("\n")}`;
      });
    const written = load(withSource(stated.join("\n")));
    expect(written.mappingDigest).toBe(plain.mappingDigest);
    expect(written.settings).toEqual(plain.settings);
    expect(written.mapping.maxRecordSize).toBe(plain.mapping.maxRecordSize);
    expect({ ...written.logging, directory: "" }).toEqual({ ...plain.logging, directory: "" });
    expect({ ...written.database, path: "" }).toEqual({ ...plain.database, path: "" });
  });
});
