import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { CODES, codeEntry } from "../../src/diagnostics/catalogue.js";
import { FILE_CODES } from "../../src/diagnostics/file-codes.js";
import { FRAMING_CODES } from "../../src/diagnostics/framing-codes.js";
import { FIELD_CODES, LEADER_CODES } from "../../src/diagnostics/structure-codes.js";
import { FIELD_DEFECTS } from "../support/field-defects.js";
import { FILE_DEFECTS } from "../support/file-defects.js";
import { FRAMING_DEFECTS } from "../support/framing-defects.js";
import { LEADER_DEFECTS } from "../support/leader-defects.js";

const SOURCES = fileURLToPath(new URL("../../src/", import.meta.url));

/** All source text but the catalogue's own. */
function emitters(): string {
  return readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith("-codes.ts"))
    .map((name) => readFileSync(join(SOURCES, name), "utf8"))
    .join("\n");
}

describe("the catalogue of codes", () => {
  it("has no code and no name twice", () => {
    expect(new Set(CODES.map(({ code }) => code)).size).toBe(CODES.length);
    expect(new Set(CODES.map(({ name }) => name)).size).toBe(CODES.length);
  });

  it("says of each what happened and what to do", () => {
    for (const { code, name, message, advice } of CODES) {
      expect(code).toMatch(/^M\d{3}$/);
      expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(message, code).toMatch(/[^.]$/);
      expect(advice, code).toMatch(/\.$/);
    }
  });

  it("refuses a code that it does not have", () => {
    expect(() => codeEntry("M000")).toThrow(RangeError);
  });

  const cases = [...FILE_DEFECTS, ...FRAMING_DEFECTS, ...LEADER_DEFECTS, ...FIELD_DEFECTS];
  const covered = new Set(cases.map(({ code }) => code));
  const source = emitters();

  it.each([...FILE_CODES, ...FRAMING_CODES, ...LEADER_CODES, ...FIELD_CODES])(
    "$code ($name) has an emitter and a defect that shows it",
    ({ code }) => {
      expect(covered).toContain(code);
      expect(source).toContain(`"${code}"`);
    },
  );
});
