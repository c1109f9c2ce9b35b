/** docs/nightly.md: shows the files of etc/nightly/ as they are, and its commands do what it says. */

import {
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { EXIT_MEANINGS } from "../../src/diagnostics/failure.js";
import { Project } from "../support/project.js";

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), "utf8");
const PAGE = read("docs/nightly.md");
/** Those of imports; what harvests at night is in docs/harvesting.md. */
const FILES = readdirSync(new URL("../../etc/nightly/", import.meta.url)).filter(
  (name) => !name.startsWith("oai-pmh-importer"),
);
const SHOWN = new Map(
  [...PAGE.matchAll(/^`etc\/nightly\/(\S+)`:\n\n```\n([\s\S]*?)^```$/gm)].map(([, name, text]) => [
    name,
    text,
  ]),
);

/** What a unit says under a key, once for each time it is said. */
function stated(unit: string, key: string): string[] {
  return [...unit.matchAll(new RegExp(`^${key}=(.*)$`, "gm"))].map(([, value]) => value);
}

describe("docs/nightly.md", () => {
  const project = new Project();
  afterAll(() => project.remove());

  it("shows every file that is not a script, as it is", () => {
    const scripts = FILES.filter((name) => name.endsWith(".sh"));
    expect([...SHOWN.keys(), ...scripts].sort()).toEqual([...FILES].sort());
    for (const [name, text] of SHOWN) expect(text, name).toBe(read(`etc/nightly/${name}`));
    for (const name of scripts) expect(PAGE).toContain(`(../etc/nightly/${name})`);
  });

  it("has scripts that may be run and are sh", () => {
    for (const name of FILES.filter((file) => file.endsWith(".sh"))) {
      const path = new URL(`../../etc/nightly/${name}`, import.meta.url);
      expect(statSync(path).mode & 0o111, name).toBe(0o111);
      expect(project.shell(`sh -n etc/nightly/${name}`)).toMatchObject({ status: 0, stderr: "" });
    }
  });

  it("has commands that import a folder", () => {
    const commands = /## A folder of files[\s\S]*?((?:^ {4}.*\n)+)/m.exec(PAGE)?.[1] ?? "exit 99";
    expect(project.shell(`set -e\n${commands}`)).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(readdirSync(project.path("incoming"))).toEqual([]);
    expect(readdirSync(project.path("done"))).toEqual(["vendor.mrc"]);
  });

  it("has a line for cron that runs", () => {
    const line = /^[\d* ]+ {2}(.*)$/m.exec(read("etc/nightly/crontab"))?.[1] ?? "exit 99";
    const here = line
      .replace("/srv/catalogue", project.folder)
      .replace("jobs/vendor.conf", "etc/vendor.conf");
    project.shell("cp samples/vendor.mrc incoming/monday.mrc");
    const hourAgo = Date.now() / 1000 - 3600;
    utimesSync(project.path("incoming/monday.mrc"), hourAgo, hourAgo);
    expect(project.shell(here)).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(readdirSync(project.path("done"))).toEqual(["monday.mrc", "vendor.mrc"]);
  });

  it("runs from a copy of etc/, with the program that PATH has", () => {
    project.shell("mkdir -p away/in away/out on-path; cp -rL etc away/");
    symlinkSync(
      fileURLToPath(new URL("../../bin/MARC_import", import.meta.url)),
      project.path("on-path/MARC_import"),
    );
    project.shell("cp samples/vendor.mrc away/in/");
    const script = "SETTLE_MINUTES=0 etc/nightly/import-folder.sh etc/vendor.conf in out";
    expect(project.shell(`cd away; ${script}`).status).toBe(70);
    const done = project.shell(`PATH=$PWD/on-path:$PATH; cd away; ${script}`);
    expect(done).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(readdirSync(project.path("away/out"))).toEqual(["vendor.mrc"]);
  });

  it("has a service that gives systemd the same command as cron", () => {
    const unit = read("etc/nightly/marc-import.service");
    const [command] = stated(unit, "ExecStart");
    expect(stated(unit, "WorkingDirectory")).toEqual(["/srv/catalogue"]);
    expect(read("etc/nightly/crontab")).toContain(command.replace("/srv/catalogue/", ""));
    // SQLite writes beside the database, the log and the folders of files.
    expect(stated(unit, "ReadWritePaths")).toEqual(["/srv/catalogue"]);
    expect(stated(unit, "Type")).toEqual(["oneshot"]);
    expect(stated(unit, "MemoryDenyWriteExecute")).toEqual([]);
  });

  it("says of each exit status what it is to systemd", () => {
    const [, table] = /## systemd[\s\S]*?(^\| status [\s\S]*?)\n\n/m.exec(PAGE) ?? [];
    const rows = [...table.matchAll(/^\| ([\d, ]+) \| (succeeds|fails)/gm)];
    const split = (numbers: string) => numbers.split(", ");
    const all = EXIT_MEANINGS.flatMap(([status]) => split(status));
    expect(rows.flatMap(([, numbers]) => split(numbers))).toEqual(all);
    const successes = rows.filter(([, , how]) => how === "succeeds");
    const unit = read("etc/nightly/marc-import.service");
    expect(["0", ...stated(unit, "SuccessExitStatus")[0].split(" ")]).toEqual(
      successes.flatMap(([, numbers]) => split(numbers)),
    );
  });

  it("names the log where it is, and removes old reject files alone", () => {
    const path = project.path("log/MARC_import/MARC_importer.log");
    expect(read("etc/nightly/logrotate.conf")).toContain(
      path.replace(project.folder, "/srv/catalogue"),
    );
    const old = Date.now() / 1000 - 400 * 24 * 3600;
    for (const name of ["old.rejects.mrc", "old.rejects.jsonl", "new.rejects.mrc"]) {
      const file = project.path("log/MARC_import", name);
      writeFileSync(file, "");
      if (name.startsWith("old")) utimesSync(file, old, old);
    }
    const command = /^ {4}(find .*)$/m.exec(PAGE)?.[1] ?? "exit 99";
    expect(project.shell(command).status).toBe(0);
    expect(readdirSync(project.path("log/MARC_import")).sort()).toEqual([
      "MARC_importer.log",
      "new.rejects.mrc",
    ]);
  });
});
