/** docs/tutorial.md, from top to bottom in a fresh clone: files written, commands run, output compared. */

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { otherProgram } from "../support/other-program.js";
import { Project } from "../support/project.js";

const PAGE = readFileSync(new URL("../../docs/tutorial.md", import.meta.url), "utf8");
const BLOCKS = [...PAGE.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language, text]) => ({
  language,
  text,
}));

const SQL = /^sqlite3 ivia\.sqlite "(.*)"$/;

/** Exit statuses that are not 0 on purpose. */
const EXPECTED: Readonly<Record<string, number>> = {
  "bin/MARC_import etc/sample.conf samples/catalog.mrc": 1,
};

/** Where the lines that a block shows, up to each `…` in one piece, are missing from an output. */
function missing(shown: string, output: string): string[] {
  let from = 0;
  return shown.split("…\n").filter((piece) => {
    const at = output.indexOf(piece, from);
    if (at >= 0) from = at + piece.length;
    return at < 0;
  });
}

describe("the tutorial", () => {
  const project = new Project();
  mkdirSync(project.path("jobs"));
  afterAll(() => project.remove());

  function run(line: string): string {
    const sql = SQL.exec(line);
    if (sql) {
      // The shell of SQLite may not be there.
      const rows = otherProgram(project.path("ivia.sqlite"), (db) =>
        db.prepare<[], unknown[]>(sql[1]).raw().all(),
      );
      return rows.map((row) => `${row.join("|")}\n`).join("");
    }
    const { status, stdout, stderr } = project.shell(line);
    expect(`${line}: ${status}\n${status === 0 ? "" : stderr}`).toContain(
      `${line}: ${EXPECTED[line] ?? 0}\n`,
    );
    return stdout + stderr;
  }

  let output = "";
  it.each(BLOCKS.map(({ language, text }) => ({ language, text, head: text.split("\n")[0] })))(
    "$language: $head",
    ({ language, text, head }) => {
      if (language === "sh") output = run(text.trim());
      else if (language === "text") expect(missing(text, output)).toEqual([]);
      else writeFileSync(project.path(head.replace("# ", "")), text);
    },
    30_000,
  );

  it("leaves an empty box for the next night, silently", () => {
    expect(readdirSync(project.path("incoming"))).toEqual([]);
    expect(project.shell("bash jobs/nightly.sh")).toEqual({ status: 0, stdout: "", stderr: "" });
  });
});
