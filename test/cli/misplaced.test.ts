import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { COMMANDS } from "../../src/cli/load.js";
import { buildProgram } from "../../src/cli/program.js";
import { commandIn } from "../support/command-line.js";

const ROOT = resolve(import.meta.dirname, "../..");

const command = (...args: string[]) => commandIn(ROOT, ...args);

describe("a command line with a word in the wrong place", () => {
  it("is told which command was meant", async () => {
    const { status, error } = await command("chekc", "etc/sample.conf");
    expect(status).toBe(2);
    expect(error).toContain("chekc is neither a command nor a file");
    expect(error).toContain("Did you mean MARC_import check?");
  });

  it.each([
    [["setup"], "MARC_import init FILE -o CONFIG"],
    [["import", "etc/sample.conf", "samples/catalog.mrc"], "MARC_import CONFIG FILE"],
    [["history", "etc/sample.conf"], "MARC_import runs CONFIG"],
    [["rollback"], "MARC_import undo CONFIG last"],
    [["repor", "etc/sample.conf"], "MARC_import report"],
    [["quux"], "--help"],
  ])("is told that %j is no command, and what is", async ([...args], meant) => {
    const { status, error } = await command(...args);
    expect(status).toBe(2);
    expect(error).toContain(`${args[0]} is neither a command nor a file`);
    expect(error).toContain(meant);
  });

  it("is told of the address of something on the network, wherever it stands", async () => {
    const input = await command(
      "etc/sample.conf",
      "https://example.org/new.mrc",
      "--database",
      "/nowhere/x",
    );
    expect(input).toMatchObject({ status: 3 });
    expect(input.error).toMatch(/M013 https:\/\/example\.org\/new\.mrc/);
    const config = await command("check", "ftp://example.org/job.conf");
    expect(config.status).toBe(2);
    expect(config.error).toContain("address of something on the network");
  });

  it("is told that the configuration comes before the records", async () => {
    for (const args of [
      ["samples/catalog.mrc", "etc/sample.conf"],
      ["check", "samples/catalog.mrc"],
    ]) {
      const { status, error } = await command(...args);
      expect(status).toBe(2);
      expect(error).toContain("samples/catalog.mrc holds MARC records, it is no configuration");
    }
  });

  it("is told of a configuration that is not there as before", async () => {
    const { status, error } = await command("check", join("etc", "nowhere.conf"));
    expect(status).toBe(2);
    expect(error).toContain("nowhere.conf cannot be read: there is no such file");
  });

  it.each([
    ["--dry-run", "undo", "etc/sample.conf", "last"],
    ["--database=other.sqlite", "runs", "etc/sample.conf"],
    ["--strict", "check", "etc/sample.conf"],
    ["--no-progress", "policies"],
  ])("is told that %s belongs behind the command %s", async (...args) => {
    const { status, error } = await command(...args);
    expect(status).toBe(2);
    const [option] = args[0].split("=");
    expect(error).toContain(`${option} before the command ${args[1]}`);
  });

  it("is told that no records at all are not to be read", async () => {
    const { status, error } = await command(
      "--limit",
      "0",
      "etc/sample.conf",
      "samples/catalog.mrc",
    );
    expect(status).toBe(2);
    expect(error).toContain("1 or more");
  });

  it("can mean every command there is", () => {
    const ignore = () => undefined;
    const console = {
      ...{ cwd: ROOT, errorIsTerminal: false },
      ...{ out: ignore, write: ignore, error: ignore },
    };
    const names = buildProgram(console, () => {}).commands.map((one) => one.name());
    expect([...COMMANDS].sort()).toEqual(names.sort());
  });
});

describe("help", () => {
  it("is given for a command by name", async () => {
    const { status, out } = await command("help", "undo");
    expect(status).toBe(0);
    expect(out).toMatch(/^Usage: MARC_import undo \[options\] <config> <run>/);
  });
});
