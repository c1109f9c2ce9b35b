/** Pages that are followed from top to bottom: files written, commands run, output compared. */

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { expect, it } from "vitest";
import { otherProgram } from "./other-program.js";
import type { Project } from "./project.js";

const SQL = /^sqlite3 ivia\.sqlite "(.*)"$/;

/** Where the lines that a block shows, up to each `…` in one piece, are missing from an output. */
function missing(shown: string, output: string): string[] {
  let from = 0;
  return shown.split("…\n").filter((piece) => {
    const at = output.indexOf(piece, from);
    if (at >= 0) from = at + piece.length;
    return at < 0;
  });
}

/**
 * A test for each block of a page: `sh` is run, `text` must be in what the last command printed,
 * anything else is written into the file that its first line names.
 *
 * @param statuses exit statuses that are not 0 on purpose, by command
 */
export function followPage(
  name: string,
  project: Project,
  statuses: Readonly<Record<string, number>> = {},
): void {
  const page = readFileSync(new URL(`../../docs/${name}`, import.meta.url), "utf8");
  const blocks = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language, text]) => ({
    language,
    text,
    head: text.split("\n")[0],
  }));

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
      `${line}: ${statuses[line] ?? 0}\n`,
    );
    return stdout + stderr;
  }

  let output = "";
  it.each(blocks)(
    "$language: $head",
    ({ language, text, head }) => {
      if (language === "sh") output = run(text.trim());
      else if (language === "text") expect(missing(text, output)).toEqual([]);
      else {
        const path = project.path(head.replace("# ", ""));
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, text);
      }
    },
    30_000,
  );
}
