/** The commands that pages show by the way: each does what it is shown for. */

import { copyFileSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Project } from "../support/project.js";

/** Commands of a page, without the remarks behind them; those on runs that are made up are left out. */
function commandsOf(page: string): string[] {
  const text = readFileSync(new URL(`../../docs/${page}`, import.meta.url), "utf8");
  return [...text.matchAll(/^ {4}((?:bin\/)?MARC_import .*)$/gm)]
    .map(([, line]) => line.split(/ {2,}/)[0])
    .filter((line) => !/\d{8}T\d{6}Z/.test(line));
}

/** 1 where the sample's damaged record is told. */
const STATUSES: readonly [command: RegExp, status: number][] = [
  [/ validate /, 1],
  [/^MARC_import etc\/sample\.conf/, 1],
];

describe.each(["explain.md", "reports.md"])("the commands of docs/%s", (page) => {
  const project = new Project();
  beforeAll(() => {
    project.shell("bin/MARC_import etc/sample.conf samples/catalog.mrc");
    copyFileSync(project.path("samples/catalog.mrc"), project.path("catalog.mrc"));
  });
  afterAll(() => project.remove());

  it.each(commandsOf(page))("%s", (command) => {
    const { status, stdout, stderr } = project.shell(
      command.replace(/^MARC_import/, "bin/MARC_import"),
    );
    const expected = STATUSES.find(([pattern]) => pattern.test(command))?.[1] ?? 0;
    expect({ status, stdout, stderr }).toMatchObject({ status: expected });
  });
});
