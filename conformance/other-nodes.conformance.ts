/** The README's first command, and the heart of the tests, under the Nodes that the tests do not run on. */

import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const ROOT = resolve(import.meta.dirname, "..");
/** The latest of each line; npm's package `node` brings a runtime, and the headers beside it. */
const LINES = ["22", "24"];
/** What SQLite, threads, files and processes have to do with; the rest is the same JavaScript. */
const CORE = [
  "test/architecture.test.ts",
  "test/cli/bundle.test.ts",
  "test/cli/samples.test.ts",
  "test/faults/resume.test.ts",
  "test/running/side-files.test.ts",
  "test/running/undo.test.ts",
  "test/store",
];

/** Nothing here is compiled before, and the machine may be busy. */
const PATIENT = ["--testTimeout=300000", "--hookTimeout=300000"];

/** What a Node without a compiler or python finds: the tools of a bare machine. */
const TOOLS = [
  "sh",
  "bash",
  "env",
  "git",
  "sqlite3",
  "install",
  "cat",
  "mkdir",
  "cp",
  "uname",
  "ps",
];

describe.each(LINES)("Node %s", (line) => {
  const folder = mkdtempSync(join(tmpdir(), "marc-import-node-"));
  const clone = join(folder, "clone");
  const runtime = join(folder, "node_modules/node/bin");

  function run(command: string, args: readonly string[], path: string): SpawnSyncReturns<string> {
    const env = { ...process.env, PATH: path, NO_COLOR: "1" };
    return spawnSync(command, args, { cwd: clone, encoding: "utf8", env });
  }

  /** The clone's files, as git knows them. */
  beforeAll(() => {
    // Some tests become an account that may only read, and need the runtime too.
    chmodSync(folder, 0o755);
    mkdirSync(clone);
    const listed = spawnSync("git", ["ls-files", "-co", "--exclude-standard", "-z"], {
      cwd: ROOT,
      encoding: "utf8",
    });
    for (const name of listed.stdout.split("\0")) {
      if (name !== "" && existsSync(join(ROOT, name))) {
        cpSync(join(ROOT, name), join(clone, name), { recursive: true });
      }
    }
    const npm = spawnSync("npm", ["install", "--prefix", folder, "--no-save", `node@${line}`], {
      encoding: "utf8",
    });
    expect(npm.status, npm.stderr).toBe(0);
    mkdirSync(join(folder, "tools"));
    for (const tool of [...TOOLS, "npm"]) {
      spawnSync("bash", ["-c", `ln -s "$(command -v ${tool})" ${join(folder, "tools", tool)}`]);
    }
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const bare = () => `${runtime}:${join(folder, "tools")}`;

  it("runs the README's first command, and compiles nothing", () => {
    expect(run("node", ["--version"], bare()).stdout).toMatch(`v${line}.`);
    const npm = run("npm", ["ci"], bare());
    expect(npm.status, npm.stdout + npm.stderr).toBe(0);
    expect(npm.stderr).not.toContain("better-sqlite3");
    expect(existsSync(join(clone, "node_modules/better-sqlite3/build"))).toBe(false);
    expect(existsSync(join(clone, "node20/node_modules"))).toBe(false);
    const args = ["etc/sample.conf", "samples/catalog.mrc"];
    const { status, stdout, stderr } = run("bin/MARC_import", args, bare());
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(/^MARC_import: 1 of \d+ records rejected;[^\n]*\n$/);
  });

  it("runs the heart of the tests", () => {
    const args = ["node_modules/vitest/vitest.mjs", "run", "--maxWorkers=2", ...PATIENT, ...CORE];
    const { status, stdout, stderr } = run("node", args, `${runtime}:${process.env.PATH}`);
    expect(status, stdout + stderr).toBe(0);
    expect(stdout).toMatch(/Tests {2}\d{2,} passed/);
  });
});
