/** docs/library.md: each example is a program that compiles against the packed package, and prints what it says. */

import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const ROOT = resolve(import.meta.dirname, "../..");
const PAGE = readFileSync(join(ROOT, "docs/library.md"), "utf8");
const EXAMPLES = [...PAGE.matchAll(/```ts\n(.*?)```\n\n```text\n(.*?)```/gs)].map(
  ([, code, printed]) => ({ code, printed, name: code.split("\n").at(-2) ?? "" }),
);
const TSC = join(ROOT, "node_modules/typescript/bin/tsc");

/** A project that has installed the package: its dependencies are those of this one. */
const folder = mkdtempSync(join(tmpdir(), "marc-import-library-"));
const modules = join(folder, "node_modules");
const installed = join(modules, "marc-import");
/** npm and a compiler take their time where others work, too. */
const PATIENCE = 180_000;

function install(): void {
  mkdirSync(installed, { recursive: true });
  const pack = ["pack", "--ignore-scripts", "--json", "--pack-destination", folder];
  const [{ filename }] = JSON.parse(execFileSync("npm", pack, { cwd: ROOT, encoding: "utf8" }));
  execFileSync("tar", ["-xzf", join(folder, filename), "-C", installed, "--strip-components=1"]);
  for (const name of readdirSync(join(ROOT, "node_modules"))) {
    if (!name.startsWith(".")) symlinkSync(join(ROOT, "node_modules", name), join(modules, name));
  }
  // Where Node 20 finds its release of SQLite.
  const ofNode20 = ["node20/node_modules", "node_modules"]
    .map((place) => join(ROOT, place))
    .find((place) => existsSync(join(place, "better-sqlite3")));
  if (ofNode20) symlinkSync(ofNode20, join(installed, "node20/node_modules"));
  for (const name of ["etc", "samples"]) {
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  }
}

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return name;
}

function compile(files: readonly string[], options: object): string {
  const compilerOptions = { module: "nodenext", target: "es2023", strict: true, ...options };
  write("tsconfig.json", JSON.stringify({ compilerOptions, files }));
  return spawnSync(process.execPath, [TSC, "-p", folder], { encoding: "utf8" }).stdout;
}

function run(file: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [file], {
    cwd: folder,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

beforeAll(() => {
  install();
  const files = EXAMPLES.map(({ code }, i) => write(`example${i}.mts`, code));
  // Declarations are checked, too: those of the package must need nothing but the compiler.
  expect(compile(files, { types: ["node"] })).toBe("");
}, PATIENCE);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("docs/library.md", () => {
  it.each(EXAMPLES)("$name", ({ code, printed }) => {
    const file = `example${EXAMPLES.findIndex((example) => example.code === code)}.mjs`;
    expect(run(file)).toEqual({ status: 0, stdout: printed, stderr: "" });
  });

  it("names every value that the package exports", () => {
    const { version, ...exported } = createRequire(join(folder, "x.js"))("marc-import");
    expect(version()).toMatch(/^\d+\.\d+\.\d+$/);
    for (const name of Object.keys(exported)) expect(PAGE).toContain(`\`${name}`);
  });
});

describe("the package", () => {
  it("exports to import and require what its types say", () => {
    const types = readFileSync(join(installed, "dist/types/index.d.ts"), "utf8");
    const names = [
      ...types.matchAll(/export declare (?:async )?function\*? (\w+)/g),
      ...types.matchAll(/^export \{(.*?)\}/gms),
    ].flatMap(([, text]) => text.split(",").map((name) => name.trim()));
    const values = names.filter((name) => name !== "" && !name.startsWith("type ")).sort();
    const imported = write(
      "names.mjs",
      'import * as library from "marc-import";\nconsole.log(Object.keys(library).filter((name) => name !== "default" && name !== "module.exports").join(" "));',
    );
    const required = write(
      "names.cjs",
      'console.log(Object.keys(require("marc-import")).join(" "));',
    );
    for (const file of [imported, required]) {
      expect(run(file)).toEqual({ status: 0, stdout: `${values.join(" ")}\n`, stderr: "" });
    }
  });

  it(
    "has types for programs that are no modules, and that know nothing of Node",
    () => {
      const text =
        'import { readRecords } from "marc-import";\nexport const pieces = readRecords("x");\n';
      expect(compile([write("common.cts", text), write("module.mts", text)], { types: [] })).toBe(
        "",
      );
    },
    PATIENCE,
  );

  it("reads and maps where SQLite is not installed", () => {
    rmSync(join(modules, "better-sqlite3"), { force: true });
    rmSync(join(installed, "node20"), { recursive: true });
    const index = EXAMPLES.map(({ code }, i) => ({ code, i })).filter(
      ({ code }) => !code.includes("importFiles"),
    );
    for (const { i } of index) expect(run(`example${i}.mjs`).status).toBe(0);
    const { status, stderr } = run("example4.mjs");
    expect(status).toBe(1);
    expect(stderr).toMatch(/better-sqlite3|node20/);
  });
});
