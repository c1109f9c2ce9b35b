/** docs/exit-codes.md: the program's own list, and commands that end as it says. */

import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { EXIT_MEANINGS } from "../../src/diagnostics/failure.js";
import { Project } from "../support/project.js";

const PAGE = readFileSync(new URL("../../docs/exit-codes.md", import.meta.url), "utf8");

describe("docs/exit-codes.md", () => {
  const project = new Project();
  afterAll(() => project.remove());

  it("has the list of --help, and says what to do about each", () => {
    const rows = [...PAGE.matchAll(/^\| ([\d, ]+) \| (.+) \|$/gm)].map(([, ...row]) => row);
    expect(rows).toEqual(EXIT_MEANINGS);
    const advised = [...PAGE.matchAll(/^- \*\*([\d, ]+)\*\*/gm)].map(([, status]) => status);
    expect(advised).toEqual(EXIT_MEANINGS.map(([status]) => status));
  });

  it("names commands that end with the statuses that it says", () => {
    const examples = [...PAGE.matchAll(/^ {4}(.+?) +# (\d+)$/gm)];
    expect(new Set(examples.map(([, , status]) => status)).size).toBe(6);
    for (const [, command, expected] of examples) {
      const { status, stdout, stderr } = project.shell(command);
      expect(`${command}: ${status}`).toBe(`${command}: ${expected}`);
      expect(stdout).toBe("");
      // Silent when all is well; a reason in the user's terms otherwise.
      if (expected === "0") expect(stderr).toBe("");
      else expect(stderr).toMatch(/\S/);
      expect(stderr).not.toMatch(/^\s+at /m);
    }
  });

  it("has a script that runs", () => {
    const script = /```sh\n([\s\S]*?)```/.exec(PAGE)?.[1] ?? "exit 99";
    expect(project.shell(script)).toEqual({ status: 0, stdout: "", stderr: "" });
  });
});
