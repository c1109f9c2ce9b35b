/** docs/undo.md does what it says, command by command. */

import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { otherProgram } from "../support/other-program.js";
import { type Finished, Project } from "../support/project.js";

const PAGE = readFileSync(new URL("../../docs/undo.md", import.meta.url), "utf8");
const COMMANDS = PAGE.split("\n")
  .filter((line) => line.startsWith("    "))
  .map((line) => line.trim());

const SQL = /^sqlite3 ivia\.sqlite "(.*)"$/;

describe("the page about undo", () => {
  const project = new Project();
  const database = project.path("ivia.sqlite");
  const variables: string[] = [];
  let next = 0;
  afterAll(() => project.remove());

  const query = (sql: string) => otherProgram(database, (db) => db.prepare(sql).raw().all());

  /** Runs the next command of the page, which must hold `part`. */
  function step(part: string): Finished {
    const command = COMMANDS[next++];
    expect(command).toContain(part);
    const sql = SQL.exec(command);
    if (sql) {
      // The shell of SQLite may not be there.
      otherProgram(database, (db) => db.exec(sql[1]));
      return { status: 0, stdout: "", stderr: "" };
    }
    const assigns = /^(\w+)=\$\(.*\)$/.exec(command);
    const echoed = assigns ? `${command}; echo $${assigns[1]}` : command;
    const finished = project.shell([...variables, echoed].join("; "));
    if (assigns) variables.push(`${assigns[1]}=${finished.stdout.trim()}`);
    return finished;
  }

  it("does what it says", () => {
    expect(step("catalog.mrc").status).toBe(1);
    const before = query("SELECT * FROM record_info");
    expect(step("vendor.mrc")).toMatchObject({ status: 0, stdout: "" });
    const after = query("SELECT * FROM record_info");

    expect(step("runs").stdout).toMatch(
      /import +done .*\n {2}source ebook-vendor, configuration etc\/vendor\.conf,\n {2}file vendor\.mrc\n {2}read 15, created 7, .*\n$/,
    );
    expect(step("runs").stdout).toMatch(/^outcomes +created 7, updated 1, ignored 7$/m);
    expect(step("diff").stdout).toMatch(/^created.* record_id=62 ebook-vendor eb-01 "Code/m);

    const tried = step("--dry-run");
    expect(tried.stdout).toMatch(/^would be removed: record_id=62 ebook-vendor eb-01 "Code/);
    expect(query("SELECT * FROM record_info")).toEqual(after);
    const undone = step("undo");
    expect(undone).toMatchObject({ status: 0, stderr: "" });
    expect(undone.stdout).toMatch(/: 7 rows removed, .* 0 left as they are\n$/);
    expect(query("SELECT * FROM record_info")).toEqual(before);
    step("UNDO=");
    expect(step("undo").status).toBe(0);
    expect(query("SELECT * FROM record_info")).toEqual(after);

    step("Shelved");
    const partly = step("undo");
    expect(partly.status).toBe(1);
    expect(partly.stdout).toMatch(/^left record_id=62 .*: somebody else has edited it since$/m);
    expect(query("SELECT foreign_id FROM record_info WHERE record_id > 61")).toEqual([["eb-01"]]);
    expect(step("--force").status).toBe(0);
    expect(query("SELECT * FROM record_info")).toEqual(before);

    step("vendor.mrc");
    step("Shelved");
    step("protected_fields");
    expect(
      query("SELECT description, publisher FROM record_info WHERE foreign_id = 'eb-01'"),
    ).toEqual([["Shelved in room 3.", "Basic Books"]]);
    expect(next).toBe(COMMANDS.length);
  });
});
