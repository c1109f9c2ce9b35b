/** The manual pages in docs/ are made from the programs that run, and have all of them. */

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { buildHarvestProgram } from "../../src/cli/harvest-program.js";
import { manPage } from "../../src/cli/man-page.js";
import { HARVEST_WORDS, IMPORT_WORDS } from "../../src/cli/man-words.js";
import { buildProgram } from "../../src/cli/program.js";

const TO = { cwd: "/", errorIsTerminal: false, out: () => {}, write: () => {}, error: () => {} };
const PROGRAMS = [
  { program: buildProgram(TO, () => {}), words: IMPORT_WORDS, least: 30 },
  { program: buildHarvestProgram(TO, () => {}), words: HARVEST_WORDS, least: 20 },
].map((one) => ({ name: one.program.name(), ...one }));

describe.each(PROGRAMS)("docs/$name.1", ({ name, program, words, least }) => {
  const page = readFileSync(new URL(`../../docs/${name}.1`, import.meta.url), "utf8");

  it("is what the program makes; if not, run node scripts/build-pages.mjs", () => {
    expect(page).toBe(manPage(program, words));
  });

  it("has every command and every option", () => {
    const text = page.replaceAll("\\-", "-");
    for (const command of program.commands) {
      expect(text).toContain(`.SS ${name} ${command.name()} `);
    }
    const options = [program, ...program.commands].flatMap(({ options: stated }) => stated);
    expect(options.length).toBeGreaterThan(least);
    for (const { long } of options) expect(text).toMatch(new RegExp(`^\\.B .*${long}\\b`, "m"));
  });

  it("takes no line of text for a request", () => {
    const requests = page.split("\n").filter((line) => /^[.']/.test(line));
    for (const request of requests)
      expect(request).toMatch(/^\.(\\"|TH|SH|SS|TP|PP|BR|B|br|nf|fi|RS|RE)(?= |$|\\)/);
  });

  it("is what man finds", () => {
    const { man } = JSON.parse(
      readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
    ) as { readonly man: readonly string[] };
    expect(man).toContain(`docs/${name}.1`);
  });
});
