/** Data flows one way: a room imports from the rooms above it only, and each kind of thing has its room. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const SRC = resolve(import.meta.dirname, "../src");
const DOCUMENT = resolve(import.meta.dirname, "../docs/architecture.md");

/**
 * The rooms from the ground up. A file belongs to the one that names it longest; one room may be a
 * single file.
 */
const ROOMS = [
  "diagnostics",
  "perl",
  "fields",
  "matching",
  "config/language",
  "config/job",
  "config/marc",
  "config",
  "marc",
  "input",
  "output",
  "mapping/marc",
  "mapping/bytes",
  "openlibrary",
  "mapping/dc",
  "policy",
  "store/model",
  "store/reading-port.ts",
  "store/run-port.ts",
  "store/port.ts",
  "store/sqlite",
  "store",
  "wanting",
  "report",
  "reading",
  "web",
  "harvest",
  "deciding",
  "running",
  "looking",
  "serving",
  "making",
  "library",
  "index.ts",
  "cli",
];

/** The rooms that may open a connection, or wait for one. */
const CONNECTING = ["web", "serving"];

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .sort();

const textOf = (file: string) => readFileSync(join(SRC, file), "utf8");

/** Index of the room of a file, -1 for none. */
function roomOf(file: string): number {
  const fitting = ROOMS.filter((room) => file === room || file.startsWith(`${room}/`));
  const [room] = fitting.sort((a, b) => b.length - a.length);
  return room === undefined ? -1 : ROOMS.indexOf(room);
}

/** The files of ours that a file imports, types too. */
function imports(file: string): string[] {
  const found = textOf(file).matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)\.js"/g);
  return [...found].map(([, path]) => relative(SRC, resolve(SRC, dirname(file), `${path}.ts`)));
}

/** `a imports b`, for each import that is not allowed. */
function wrongImports(isWrong: (from: string, to: string) => boolean): string[] {
  return files.flatMap((file) =>
    imports(file)
      .filter((path) => isWrong(file, path))
      .map((path) => `${file} imports ${path}`),
  );
}

/** The files outside some rooms whose text fits. */
function outside(rooms: readonly string[], pattern: RegExp): string[] {
  return files
    .filter((file) => !rooms.some((room) => file.startsWith(`${room}/`)))
    .filter((file) => pattern.test(textOf(file)));
}

describe("the rooms", () => {
  it("are all known, and none is empty", () => {
    expect(files.filter((file) => roomOf(file) < 0)).toEqual([]);
    const used = new Set(files.map(roomOf));
    expect(ROOMS.filter((_, i) => !used.has(i))).toEqual([]);
  });

  it("import only from above", () => {
    expect(wrongImports((from, to) => roomOf(to) > roomOf(from))).toEqual([]);
  });

  it("hold no circles of imports, types included", () => {
    const open: string[] = [];
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (file: string): void => {
      if (open.includes(file)) circles.push([...open.slice(open.indexOf(file)), file].join(" > "));
      if (open.includes(file) || done.has(file)) return;
      open.push(file);
      for (const path of imports(file)) visit(path);
      open.pop();
      done.add(file);
    };
    files.forEach(visit);
    expect(circles).toEqual([]);
  });

  it("speak SQL in the engine alone", () => {
    const speaks = /\b(SELECT .+ FROM|INSERT INTO|DELETE FROM|UPDATE \w+ SET|PRAGMA \w+ ?[=(])/;
    expect(outside(["store/sqlite"], speaks)).toEqual([]);
  });

  it("name no class of an engine outside the store", () => {
    const isInside = (file: string) => file.startsWith("store/sqlite/") || file === "store/open.ts";
    const names = wrongImports((from, to) => to.startsWith("store/sqlite/") && !isInside(from));
    expect(names).toEqual([]);
    expect(outside(["store/sqlite"], /["#]better-sqlite3/)).toEqual([]);
  });

  it("open no connection", () => {
    const modules = "(node:)?(https?|http2|net|tls|dns|dgram)(/promises)?";
    const connects = new RegExp(
      `(from |import\\(|require\\(|getBuiltinModule\\()"${modules}"|\\bfetch\\(|\\b(WebSocket|EventSource)\\(`,
    );
    expect(outside(CONNECTING, connects)).toEqual([]);
  });
});

describe("the document", () => {
  const text = readFileSync(DOCUMENT, "utf8");

  it("quotes the rooms in their order", () => {
    const quoted = [...text.matchAll(/^\| `([^`]+)` +\|/gm)].map(([, room]) => room);
    expect(quoted).toEqual(ROOMS);
  });

  it.each(["The walk of a SearchField", "The walk of a damaged record"])(
    "names existing files in %s, none twice",
    (heading) => {
      const [, walk] = text.split(`## ${heading}\n`);
      const steps = [...walk.split("\n## ")[0].matchAll(/^\d+\. `([^`]+)`/gm)].map(([, f]) => f);
      expect(steps.length).toBeGreaterThan(5);
      expect(steps.filter((file) => !existsSync(join(SRC, file)))).toEqual([]);
      expect(new Set(steps).size).toBe(steps.length);
    },
  );

  it("names existing files elsewhere, too", () => {
    const named = [...text.matchAll(/`((?:[a-z]+\/)+[a-z0-9-]+\.ts)`/g)].map(([, file]) => file);
    const root = resolve(SRC, "..");
    const gone = named.filter((f) => !existsSync(join(SRC, f)) && !existsSync(join(root, f)));
    expect(gone).toEqual([]);
  });
});
