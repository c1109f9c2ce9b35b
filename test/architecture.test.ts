/** Data flows one way: a room imports from the rooms to its left only. */

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const SRC = resolve(import.meta.dirname, "../src");

/** The rooms from left to right. */
const ROOMS = [
  "diagnostics",
  "perl",
  "fields",
  "matching",
  "config",
  "marc",
  "input",
  "mapping",
  "policy",
  "store",
  "report",
  "reading",
  "web",
  "deciding",
  "running",
  "looking",
  "cli",
];

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name));
}

function imports(file: string): string[] {
  const text = readFileSync(file, "utf8");
  const found = text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)\.js"/g);
  return [...found].map(([, path]) => relative(SRC, resolve(dirname(file), `${path}.ts`)));
}

describe("the rooms", () => {
  const files = sources(SRC);

  it("are all known", () => {
    const rooms = new Set(files.map((file) => relative(SRC, file).split("/")[0]));
    expect([...rooms].filter((room) => !ROOMS.includes(room))).toEqual([]);
  });

  it("import only from the left", () => {
    const wrong = files.flatMap((file) => {
      const here = ROOMS.indexOf(relative(SRC, file).split("/")[0]);
      return imports(file)
        .filter((path) => ROOMS.indexOf(path.split("/")[0]) > here)
        .map((path) => `${relative(SRC, file)} imports ${path}`);
    });
    expect(wrong).toEqual([]);
  });

  it("speak SQL in the store alone", () => {
    const speaks = /\b(SELECT .+ FROM|INSERT INTO|DELETE FROM|UPDATE \w+ SET)\b/;
    const wrong = files
      .map((file) => relative(SRC, file))
      .filter((file) => !file.startsWith("store/sqlite/"))
      .filter((file) => speaks.test(readFileSync(join(SRC, file), "utf8")));
    expect(wrong).toEqual([]);
  });
});
