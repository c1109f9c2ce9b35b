/** docs/tutorial.md, from top to bottom in a fresh clone: files written, commands run, output compared. */

import { readdirSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { Project } from "../support/project.js";
import { followPage } from "../support/tutorial.js";

describe("the tutorial", () => {
  const project = new Project();
  afterAll(() => project.remove());

  followPage("tutorial.md", project, {
    "bin/MARC_import etc/sample.conf samples/catalog.mrc": 1,
  });

  it("leaves an empty box for the next night, silently", () => {
    expect(readdirSync(project.path("incoming"))).toEqual([]);
    expect(project.shell("bash jobs/nightly.sh")).toEqual({ status: 0, stdout: "", stderr: "" });
  });
});
