/** The pages in docs/ that are made from the programs that run: they are up to date, and have all of them. */

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { buildHarvestProgram } from "../../src/cli/harvest-program.js";
import { buildProgram } from "../../src/cli/program.js";

const TO = { cwd: "/", errorIsTerminal: false, out: () => {}, write: () => {}, error: () => {} };
const PROGRAMS = [
  { program: buildProgram(TO, () => {}), least: 30 },
  { program: buildHarvestProgram(TO, () => {}), least: 20 },
].map((one) => ({ name: one.program.name(), ...one }));

it("the pages that are made from the program are what it makes", () => {
  const script = fileURLToPath(new URL("../../scripts/build-pages.mjs", import.meta.url));
  const { status, stderr } = spawnSync(process.execPath, [script, "--check"], { encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});

describe.each(PROGRAMS)("docs/$name.1", ({ name, program, least }) => {
  const page = readFileSync(new URL(`../../docs/${name}.1`, import.meta.url), "utf8");

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
