/** What the program tells where the places around it are not as they should be. */

import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { Project } from "../support/project.js";
import { textOf } from "../support/well-formed.js";

const project = new Project();
afterAll(() => project.remove());

describe("standard output on a full disk", () => {
  it("is told, and is the exit status", () => {
    for (const command of ["check etc/sample.conf", "policies", "--help"]) {
      const { status, stderr } = project.shell(`bin/MARC_import ${command} > /dev/full`);
      expect(status).toBe(6);
      expect(stderr).toContain("MARC_import: standard output cannot be written: ENOSPC");
      expect(stderr).not.toMatch(/^ {4}at /m);
    }
  });
});

describe("a folder for temporary files that is not there", () => {
  it("is named with what to do", () => {
    const line = "TMPDIR=/nowhere bin/MARC_import --dry-run etc/sample.conf samples/catalog.mrc";
    const { status, stderr } = project.shell(line);
    expect(status).toBe(6);
    expect(stderr).toMatch(/no copy of it can be made in \/nowhere .*\n.*TMPDIR/);
  });
});

describe("a run that cannot begin", () => {
  it("leaves a line in the log", () => {
    const { status } = project.shell("bin/MARC_import etc/sample.conf nowhere.mrc");
    expect(status).toBe(3);
    const log = readFileSync(project.path("log/MARC_import/MARC_importer.log"), "utf8");
    expect(log).toMatch(/ error {3}not begun: M006 nowhere\.mrc: there is no such file\. Check/);
  });

  it("does not leave the summary and the report of the run before", () => {
    const options = "--summary s.json --report r.html";
    project.shell(`bin/MARC_import ${options} etc/sample.conf samples/catalog.mrc`);
    project.shell(`bin/MARC_import ${options} etc/sample.conf nowhere.mrc`);
    const summary = JSON.parse(readFileSync(project.path("s.json"), "utf8"));
    expect(summary).toMatchObject({
      status: "failed",
      exit_status: 3,
      failure: "M006 nowhere.mrc: there is no such file",
      records_read: 0,
    });
    const page = textOf(readFileSync(project.path("r.html"), "utf8"));
    expect(page).toContain("M006 nowhere.mrc: there is no such file. Check the path.");
  });
});
