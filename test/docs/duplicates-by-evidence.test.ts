/** docs/duplicates-by-evidence.md, from top to bottom in a fresh clone. */

import { afterAll, describe } from "vitest";
import { Project } from "../support/project.js";
import { followPage } from "../support/tutorial.js";

describe("the page of duplicates by evidence", () => {
  const project = new Project();
  afterAll(() => project.remove());

  followPage("duplicates-by-evidence.md", project);
});
