/** docs/want.md, from top to bottom in a fresh clone. */

import { afterAll, describe } from "vitest";
import { Project } from "../support/project.js";
import { followPage } from "../support/tutorial.js";

describe("the page of want and serve", () => {
  const project = new Project();
  afterAll(() => project.remove());

  followPage("want.md", project, {
    "bin/MARC_import jobs/desk.conf samples/catalog.mrc": 1,
    "bin/MARC_import want jobs/desk.conf --file donor.txt --format tsv": 1,
  });
});
