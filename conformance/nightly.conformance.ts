/** The files of etc/nightly/ before the programs they are written for, where those are installed. */

import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Project } from "../test/support/project.js";

const NIGHTLY = resolve(import.meta.dirname, "../etc/nightly");
const INSTALLED = "/srv/catalogue";

const path = (program: string) =>
  (process.env.PATH ?? "")
    .split(":")
    .concat("/usr/sbin")
    .map((folder) => join(folder, program))
    .find(existsSync);
const SYSTEMD = path("systemd-analyze");
const LOGROTATE = path("logrotate");

let project: Project;
beforeEach(() => {
  project = new Project();
});
afterEach(() => project.remove());

/** Writes a file as it would stand in this installation. */
function install(name: string, change = (text: string) => text): string {
  const text = readFileSync(join(NIGHTLY, name), "utf8").replaceAll(INSTALLED, project.folder);
  writeFileSync(project.path(name), change(text));
  return project.path(name);
}

describe.runIf(SYSTEMD)("systemd", () => {
  it("has nothing to say of the units", () => {
    const units = ["marc-import.service", "marc-import.timer"].map((name) => install(name));
    const { status, stdout, stderr } = spawnSync(SYSTEMD ?? "", ["verify", "--man=no", ...units], {
      encoding: "utf8",
    });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "", stderr: "" });
  });
});

describe.runIf(LOGROTATE)("logrotate", () => {
  const log = () => project.path("log/MARC_import");
  const rotate = (config: string) =>
    project.shell(`${LOGROTATE} --force --state ${project.path("state")} ${config}`);
  const importOnce = () =>
    project.shell("bin/MARC_import --again etc/vendor.conf samples/vendor.mrc");

  it("puts the log aside, and the next import begins a new one", () => {
    const account = project.shell('echo "$(id -un) $(id -gn)"').stdout.trim();
    const config = install("logrotate.conf", (text) =>
      text.replace("su catalogue catalogue", `su ${account}`),
    );
    expect(importOnce().status).toBe(0);
    const first = readFileSync(join(log(), "MARC_importer.log"), "utf8");
    expect(rotate(config)).toMatchObject({ status: 0, stderr: "" });
    expect(readdirSync(log())).toEqual(["MARC_importer.log.1"]);
    expect(importOnce().status).toBe(0);
    expect(rotate(config)).toMatchObject({ status: 0, stderr: "" });
    expect(readdirSync(log()).sort()).toEqual(["MARC_importer.log.1", "MARC_importer.log.2.gz"]);
    const packed = project.shell("zcat log/MARC_import/MARC_importer.log.2.gz");
    expect(packed.stdout).toBe(first);
  });
});
