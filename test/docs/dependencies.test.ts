/** What is imported is a dependency, and no more; docs/dependencies.md names them all. */

import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = resolve(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const PACKAGE = JSON.parse(read("package.json"));
const PAGE = read("docs/dependencies.md");
/** What npm installs with the program. */
const RUNTIME = Object.keys({ ...PACKAGE.dependencies, ...PACKAGE.optionalDependencies }).sort();
const DEVELOPMENT = Object.keys(PACKAGE.devDependencies).sort();

/** The packages that the files of a folder load; types alone do not count. */
function loadedBy(folder: string): string[] {
  const names = readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(?:ts|mjs|cjs)$/.test(name) && !/node_modules|\.d\.ts$/.test(name))
    .flatMap((name) => packagesIn(read(join(folder, name))));
  return [...new Set(names)].sort();
}

/** Names in `import … from "x"`, `import("x")`, `require("x")`, and in a call that chooses between two. */
function packagesIn(source: string): string[] {
  const loads = source
    .replace(/^import type .*?;$/gms, "")
    .matchAll(
      /(?:^(?:import|\}) .*from |^import |\bimport\(|\brequire\()\s*(?:\w+ \? "[^"]*" : )?["`]([^"`\n]+)["`]/gm,
    );
  return [...loads]
    .map(([, path]) => path)
    .filter((path) => /^@?[a-z]/.test(path) && !path.startsWith("node:"))
    .map((path) =>
      path
        .split("/")
        .slice(0, path.startsWith("@") ? 2 : 1)
        .join("/"),
    )
    .filter((name) => !builtinModules.includes(name));
}

/** The names in the first column of the page's table. */
const TABLE = [...PAGE.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name).sort();

describe("the dependencies", () => {
  it("are what the program loads, all of it and nothing else", () => {
    expect(loadedBy("src")).toEqual(RUNTIME);
  });

  it("stand in the page, each with its use", () => {
    expect(TABLE).toEqual(RUNTIME);
    const unnamed = DEVELOPMENT.filter(
      (name) => !PAGE.includes(`\`${name.replace(/^@types\/.*/, "@types/*")}\``),
    );
    expect(unnamed).toEqual([]);
  });

  it("need no compiler: the lock says what npm forgets of better-sqlite3", () => {
    const { packages } = JSON.parse(read("package-lock.json"));
    expect(packages["node_modules/better-sqlite3"]).toMatchObject({
      gypfile: false,
      optional: true,
      engines: { node: ">=22" },
    });
  });

  it("of Node 20 are locked, and in the release that runs there", () => {
    const { packages } = JSON.parse(read("node20/package-lock.json"));
    const wanted = JSON.parse(read("node20/package.json")).dependencies;
    expect(packages[""].dependencies).toEqual(wanted);
    expect(packages["node_modules/better-sqlite3"].version).toBe(wanted["better-sqlite3"]);
    expect(wanted["better-sqlite3"]).toMatch(/^12\./);
  });
});

describe("SQLite", () => {
  it("is loaded in one file; others know its types", () => {
    const loading = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .filter((name) => packagesIn(read(join("src", name))).includes("better-sqlite3"));
    expect(loading).toEqual(["store/sqlite/file/engine.ts"]);
  });
});
