/** What a user is shown of errors that are nobody's mistake in a configuration or a file. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { reportFailure } from "../../src/cli/failures.js";

const ROOT = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "marc-import-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What `work` throws, reported: the exit status and the lines on standard error. */
function reported(work: () => unknown, program?: string): { status: number; lines: string[] } {
  const lines: string[] = [];
  try {
    work();
  } catch (error) {
    const status = reportFailure(
      error,
      {
        cwd: folder,
        errorIsTerminal: false,
        out: () => undefined,
        write: () => undefined,
        error: (text) => lines.push(...text.split("\n")),
      },
      program,
    );
    return { status, lines };
  }
  throw new Error("nothing was thrown");
}

describe("an installation that is not whole", () => {
  it("is named where a package's compiled part was made for something else", () => {
    const unfit = join(folder, "unfit.node");
    writeFileSync(unfit, "not a library");
    const { status, lines } = reported(() => process.dlopen({ exports: {} }, unfit));
    expect(status).toBe(70);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^MARC_import: this installation .* was not made for the Node/);
    expect(lines[0]).toContain(unfit);
    expect(lines[0]).toMatch(`Run \`npm ci\` in ${ROOT}/ with this Node, or install it again.`);
  });

  it.each(["MARC_import", "OAI-PMH-importer"])("is told under the name of %s", (program) => {
    const missing = () => createRequire(join(folder, "x.js"))("better-sqlite4");
    expect(reported(missing, program).lines[0]).toMatch(`${program}: this installation`);
    const broken = () => {
      throw new Error("oops");
    };
    expect(reported(broken, program).lines[0]).toMatch(`${program}: an error of the program`);
  });

  it("is named where a package is missing", () => {
    const { status, lines } = reported(() => createRequire(join(folder, "x.js"))("better-sqlite4"));
    expect(status).toBe(70);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain("is not whole");
    expect(lines[0]).toContain("npm ci");
  });
});

describe("an error of the program", () => {
  it("is shown with its lines, to be reported", () => {
    const { status, lines } = reported(() => {
      throw new Error("no such thing");
    });
    expect(status).toBe(70);
    expect(lines[0]).toContain("Please report it");
    expect(lines[1]).toBe("Error: no such thing");
  });
});
