/** docs/log.md quotes what the program writes. */

import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Project } from "../support/project.js";

const PAGE = readFileSync(new URL("../../docs/log.md", import.meta.url), "utf8");

/** Lines without what differs from run to run and from place to place. */
function masked(text: string, folder: string): string[] {
  return text
    .trim()
    .split("\n")
    .map((line) =>
      line
        .replace(/^\d{4}-\S+Z \d{8}T\d{6}Z-[0-9a-f]{6} /, "")
        .replace(/\d{8}T\d{6}Z-[0-9a-f]{6}/g, "RUN")
        .replaceAll(folder, "/srv/catalogue")
        .replace(/\d+\.\d s, [\d,]+ records\/s/, "TIME"),
    );
}

describe("docs/log.md", () => {
  const project = new Project();
  const written: string[] = [];

  beforeAll(() => {
    for (const verbosity of [3, 4]) {
      const { status } = project.shell(
        `rm -rf ivia.sqlite* log; bin/MARC_import --verbosity ${verbosity} etc/sample.conf samples/catalog.mrc`,
      );
      expect(status).toBe(1);
      const log = readFileSync(project.path("log/MARC_import/MARC_importer.log"), "utf8");
      written.push(...masked(log, project.folder));
    }
  });
  afterAll(() => project.remove());

  it("quotes lines of today's program", () => {
    const quoted = [...PAGE.matchAll(/```\n([\s\S]*?)```/g)].flatMap(([, block]) =>
      masked(block, "/nowhere"),
    );
    expect(quoted.length).toBeGreaterThan(20);
    expect(quoted.filter((line) => !written.includes(line))).toEqual([]);
  });

  it("searches as it says", () => {
    const searches = [...PAGE.matchAll(/^ {4}(grep .+?) {3,}/gm)].map(([, command]) => command);
    expect(searches).toHaveLength(4);
    for (const search of searches) {
      const { status, stdout } = project.shell(`cd log/MARC_import && ${search}`);
      expect(`${search}: ${status}`).toBe(`${search}: 0`);
      expect(stdout).not.toBe("");
    }
  });
});
