/** Every command of the README does what it says, in a fresh clone. */

import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Project } from "../support/project.js";

const README = readFileSync(new URL("../../README.md", import.meta.url), "utf8");

/** The indented lines of the README, without the remarks that stand behind several blanks. */
const LINES = README.split("\n")
  .filter((line) => line.startsWith("    "))
  .map((line) => line.trim().split(/ {3,}/)[0]);

/** Exit statuses that are not 0 on purpose. */
const EXPECTED: Readonly<Record<string, number>> = {
  "bin/MARC_import etc/sample.conf samples/catalog.mrc": 1,
  "bin/MARC_import --dry-run etc/sample.conf samples/catalog.mrc": 1,
  "bin/MARC_import validate --fields samples/catalog.mrc": 1,
};

/** A line as a test can run it: already installed, and at once instead of at night. */
function runnable(line: string): string {
  return line
    .replace(/^npm ci && /, "")
    .replace(/^0 3 \* \* \*\s+/, "")
    .replace("cd /srv/catalogue && ", "mkdir incoming && cp samples/vendor.mrc incoming/ && ");
}

function hasShell(project: Project): boolean {
  return project.shell("command -v sqlite3").status === 0;
}

describe("the README", () => {
  const project = new Project();
  const commands = LINES.filter((line) => !/npm (test|ci && npm test)$/.test(line)).map(runnable);

  beforeAll(() => expect(commands.length).toBeGreaterThan(8));
  afterAll(() => project.remove());

  it("names commands that work, in its order", () => {
    for (const command of commands) {
      if (command.startsWith("sqlite3") && !hasShell(project)) continue;
      const { status, stderr } = project.shell(command);
      expect(`${command}: ${status}\n${status === 0 ? "" : stderr}`).toContain(
        `${command}: ${EXPECTED[command] ?? 0}\n`,
      );
      expect(stderr).not.toMatch(/^\s+at /m);
    }
  });

  it("imports nothing on standard output", () => {
    const { stdout } = project.shell("bin/MARC_import etc/sample.conf samples/catalog.mrc");
    expect(stdout).toBe("");
  });

  it("is silent under cron unless something is wrong", () => {
    const { status, stdout, stderr } = project.shell(
      "bin/MARC_import --again etc/vendor.conf samples/vendor.mrc",
    );
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "", stderr: "" });
  });
});
