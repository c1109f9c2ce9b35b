import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CODES } from "../../src/diagnostics/catalogue.js";

const PAGE = readFileSync(new URL("../../docs/diagnostics.md", import.meta.url), "utf8");

describe("docs/diagnostics.md", () => {
  it("has every code once, with something to do", () => {
    for (const { code, advice } of CODES) {
      expect(PAGE.split(`| <a id="${code.toLowerCase()}"></a>`)).toHaveLength(2);
      expect(advice).toMatch(/^[A-Z].*\.$/);
    }
  });
});

describe("the catalogue", () => {
  it("has no code or name twice", () => {
    expect(new Set(CODES.map(({ code }) => code)).size).toBe(CODES.length);
    expect(new Set(CODES.map(({ name }) => name)).size).toBe(CODES.length);
  });
});
