/** The launcher, the bundles that it loads, and the compiled form of them that it keeps. */

import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { NOBODY } from "../support/account.js";

const ROOT = resolve(import.meta.dirname, "../..");
/** Whether this account may write whatever the rights say. */
const IS_SUPERUSER = process.geteuid?.() === 0;

let copy: string;

/** A copy of the program without any compiled form. */
beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), "marc-import-test-"));
  chmodSync(copy, 0o755);
  for (const folder of ["bin", "dist/bundle", "node20", "etc"]) {
    cpSync(join(ROOT, folder), join(copy, folder), {
      recursive: true,
      // Nor what another process is about to rename to one.
      filter: (path) => !/\.cache(?:\.[0-9]+)?$/.test(path),
    });
  }
  cpSync(join(ROOT, "package.json"), join(copy, "package.json"));
  symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
});
afterEach(() => rmSync(copy, { recursive: true }));

interface Start {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly account?: { readonly uid: number; readonly gid: number };
  readonly input?: Buffer;
}

function start({ args = ["policies"], env, account, input }: Start = {}) {
  const { status, stdout, stderr } = spawnSync(join(copy, "bin/MARC_import"), args, {
    encoding: "utf8",
    cwd: copy,
    env: { PATH: process.env.PATH, ...env },
    ...account,
    ...(input ? { input } : {}),
  });
  return { status, stdout, stderr };
}

const RECORD = Buffer.from(
  "00065nam a2200049 a 4500001000300000245001000003\x1ex1\x1e00\x1faTitle\x1e\x1d",
);

/** An import into a new database in a folder, of a pipe, which the reading thread reads. */
function importInto(folder: string, options: Start = {}) {
  const database = join(folder, `${Math.random()}.sqlite`);
  const args = ["etc/sample.conf", "-", "--database", database, "--log-dir", folder];
  return start({ ...options, args, input: RECORD });
}

const kept = (folder: string) =>
  existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".cache")) : [];
const bundles = () => join(copy, "dist/bundle");

it.each(readdirSync(join(ROOT, "bin")).filter((name) => !name.includes(".")))(
  "bin/%s starts what the bundle holds",
  (name) => {
    const { status, stdout, stderr } = spawnSync(join(copy, "bin", name), ["--help"], {
      encoding: "utf8",
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain(`Usage: ${name} `);
  },
);

describe("the compiled form of the program", () => {
  it("is kept beside it by the first import, and taken by the next", () => {
    expect(start().status).toBe(0);
    expect(kept(bundles())).toEqual([]);
    expect(importInto(copy)).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(kept(bundles())).toHaveLength(2);
    const long = new Date(0);
    for (const name of kept(bundles())) utimesSync(join(bundles(), name), long, long);
    importInto(copy);
    for (const name of kept(bundles())) {
      expect(statSync(join(bundles(), name)).mtimeMs, name).toBe(0);
    }
  });

  it("is made anew where it is damaged, or another bundle's", () => {
    importInto(copy);
    const whole = start();
    const [program, thread] = kept(bundles()).map((name) => join(bundles(), name));
    const damages = [
      (bytes: Buffer) => bytes.fill(0x55, bytes.length / 2),
      (bytes: Buffer) => bytes.subarray(0, 20),
      () => readFileSync(thread),
    ];
    for (const damage of damages) {
      const damaged = damage(readFileSync(program));
      writeFileSync(program, damaged);
      expect(start()).toEqual(whole);
      expect(importInto(copy).status).toBe(0);
      expect(readFileSync(program).equals(damaged)).toBe(false);
    }
  });

  it.runIf(IS_SUPERUSER)("is kept in the account's own cache where the program is not its", () => {
    const home = join(copy, "home");
    spawnSync("install", ["-d", "-o", "65534", "-g", "65534", home]);
    const account = { account: NOBODY };
    const own = join(home, ".cache/MARC_import");
    expect(importInto(home, { ...account, env: { HOME: home } }).status).toBe(0);
    expect(kept(bundles())).toEqual([]);
    expect(kept(own)).toHaveLength(2);
    const elsewhere = { ...account, env: { XDG_CACHE_HOME: join(home, "x") } };
    importInto(home, elsewhere);
    expect(kept(join(home, "x/MARC_import"))).toHaveLength(2);
  });

  it.runIf(IS_SUPERUSER)("is not taken from another account's cache", () => {
    const home = join(copy, "home");
    spawnSync("install", ["-d", "-o", "65534", "-g", "65534", home]);
    importInto(home, { account: NOBODY, env: { HOME: home } });
    importInto(copy, { env: { HOME: home } });
    // What was there was not relied on, so that another was made.
    expect(kept(bundles())).toHaveLength(2);
  });

  it.runIf(IS_SUPERUSER)("is done without, and silently, where nothing may be written", () => {
    const open = join(copy, "open");
    spawnSync("install", ["-d", "-o", "65534", "-g", "65534", open]);
    const homes: Record<string, string>[] = [{}, { HOME: "/nonexistent" }, { HOME: "" }];
    for (const env of homes) {
      const { status, stdout, stderr } = importInto(open, { account: NOBODY, env });
      expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "", stderr: "" });
    }
    expect(kept(bundles())).toEqual([]);
  });
});

describe("a copy of the program", () => {
  it.each([
    ["dist/bundle/program.cjs", (bytes: Buffer) => bytes.subarray(0, 500_000)],
    ["bin/load-bundle.cjs", () => Buffer.from('require("./missing.cjs");')],
  ])("is not mistaken for an import with rejects where it is damaged: %s", (name, damage) => {
    writeFileSync(join(copy, name), damage(readFileSync(join(ROOT, name))));
    const { status, stderr } = start({ args: ["--version"] });
    expect(status).toBe(70);
    expect(stderr).toMatch(
      /^MARC_import: this copy of the program is not whole[^\n]*\n {2}Run[^\n]*\n$/,
    );
  });

  it("says what to do where it is not built", () => {
    rmSync(join(copy, "dist"), { recursive: true });
    const { status, stderr } = start();
    expect(status).toBe(70);
    expect(stderr).toBe(
      `MARC_import: this copy of the program is not built: ${join(copy, "dist/bundle/program.cjs")} is missing.\n` +
        `  Run \`npm ci\` in ${copy}/, or install it again.\n`,
    );
  });

  it.each([
    ["18.20.8", "9", false],
    ["20.11.1", "9", false],
    ["20.15.0", "9", true],
    ["21.7.3", "9", false],
    ["22.13.1", "9", false],
    ["22.14.0", "10", true],
    ["23.0.0", "9", false],
    ["24.21.0", "10", true],
    ["30.0.0", "12", true],
    ["8.17.0", undefined, false],
  ])("tells a Node that cannot run it in one line: %s", (node, napi, fits) => {
    const pretend = join(copy, "pretend.cjs");
    const versions = JSON.stringify({ node, napi });
    writeFileSync(
      pretend,
      `Object.defineProperty(process, "versions", { value: { ...process.versions, ...${versions} } });
       Object.defineProperty(process, "version", { value: "v${node}" });`,
    );
    const { status, stderr } = start({
      args: ["--version"],
      env: { NODE_OPTIONS: `--require ${pretend}` },
    });
    if (fits) expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    else {
      expect(status).toBe(70);
      expect(stderr).toMatch(new RegExp(`^MARC_import: Node v${node} cannot run it;[^\\n]*\\n$`));
    }
  });
});
