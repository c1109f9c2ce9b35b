/** Configurations of OAI-PMH-importer for tests. */

import type {
  HarvestConfig,
  RepositoryConfig,
} from "../../../src/config/harvest/harvest-config.js";
import { loadHarvestConfig } from "../../../src/config/harvest/load-harvest.js";
import { ConfigErrors, type ConfigProblem } from "../../../src/config/language/problems.js";
import type { LoadOptions } from "../../../src/config/language/stated.js";
import { type Files, makeFiles } from "../files.js";

/** Loads `main.conf` of some files. */
export function loadHarvest(files: Files, options: Partial<LoadOptions> = {}): HarvestConfig {
  const directory = makeFiles(files);
  return loadHarvestConfig("main.conf", { cwd: directory, ...options }).config;
}

/** A repository [R] with what it must state; `lines` go into its section, `rest` behind it. */
export function repository(lines = "", rest = ""): string {
  return `[Repositories]
harvest_list = "R"
[R]
base_url = "https://r.example.org/oai"
metadata_prefix = oai_dc
foreign_source = "r"
field_map_section = "r_field_map"
${lines}
[r_field_map]
dc:title = title
${rest}
`;
}

/** The one repository of such a configuration. */
export function loadRepository(
  lines = "",
  rest = "",
  options: Partial<LoadOptions> = {},
): RepositoryConfig {
  return loadHarvest(repository(lines, rest), options).repositories[0];
}

/** A problem, its place as `file:line` relative to the directory of the files. */
export type PlacedProblem = ConfigProblem & { readonly place: string };

/** What is wrong with `main.conf`. */
export function harvestProblems(files: Files, options: Partial<LoadOptions> = {}): PlacedProblem[] {
  const directory = makeFiles(files);
  try {
    loadHarvestConfig("main.conf", { cwd: directory, ...options });
  } catch (error) {
    if (!(error instanceof ConfigErrors)) throw error;
    return error.problems.map((problem) => {
      const { at } = problem;
      const place =
        at === null ? "command line" : `${at.file.slice(directory.length + 1)}:${at.line}`;
      return { ...problem, place };
    });
  }
  return [];
}
