/** docs/open-library.md, from top to bottom in a fresh clone. */

import { afterAll, describe } from "vitest";
import { Project } from "../support/project.js";
import { followPage } from "../support/tutorial.js";

describe("the page of exports for Open Library", () => {
  const project = new Project();
  afterAll(() => project.remove());

  followPage("open-library.md", project, {
    "bin/MARC_import export jobs/open-library.conf --format openlibrary samples/catalog.mrc -o out.jsonl --refusals refused.jsonl": 1,
  });
});
