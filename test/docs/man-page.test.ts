/** docs/MARC_import.1 is made from the program that runs, and has all of it. */

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { manPage } from "../../src/cli/man-page.js";
import { buildProgram } from "../../src/cli/program.js";

const PAGE = readFileSync(new URL("../../docs/MARC_import.1", import.meta.url), "utf8");
const program = buildProgram(
  { cwd: "/", errorIsTerminal: false, out: () => {}, write: () => {}, error: () => {} },
  () => {},
);

describe("docs/MARC_import.1", () => {
  it("is what the program makes; if not, run node scripts/build-pages.mjs", () => {
    expect(PAGE).toBe(manPage(program));
  });

  it("has every command and every option", () => {
    const text = PAGE.replaceAll("\\-", "-");
    for (const command of program.commands) {
      expect(text).toContain(`.SS MARC_import ${command.name()} `);
    }
    const options = [program, ...program.commands].flatMap(({ options: stated }) => stated);
    expect(options.length).toBeGreaterThan(30);
    for (const { long } of options) expect(text).toMatch(new RegExp(`^\\.B .*${long}\\b`, "m"));
  });

  it("takes no line of text for a request", () => {
    const requests = PAGE.split("\n").filter((line) => /^[.']/.test(line));
    for (const request of requests)
      expect(request).toMatch(/^\.(\\"|TH|SH|SS|TP|PP|BR|B|br|nf|fi|RS|RE)(?= |$|\\)/);
  });
});
