/** Loading the configuration of OAI-PMH-importer as the command line asks for it. */

import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { HarvestConfig, RepositoryConfig } from "../config/harvest/harvest-config.js";
import { loadHarvestConfig } from "../config/harvest/load-harvest.js";
import { nearestName } from "../config/language/suggest.js";
import { Failure } from "../diagnostics/failure.js";
import type { Console } from "./console.js";
import type { SharedFlags } from "./options.js";

const DEFAULT = "etc/OAI-PMH-importer.conf";

/** @throws ConfigErrors with everything that is wrong; Failure (2) where none is named and none is there */
export function loadHarvests(
  path: string | undefined,
  { set = [], database, logDir, verbosity }: SharedFlags,
  to: Console,
): HarvestConfig {
  if (path === undefined && !existsSync(resolve(to.cwd, DEFAULT))) {
    throw new Failure(
      "usage",
      `no configuration is named, and there is no ${resolve(to.cwd, DEFAULT)}`,
      "Name one, OAI-PMH-importer CONFIG, or run it where that file is.",
    );
  }
  const overrides = { database, logDir, verbosity };
  return loadHarvestConfig(path ?? DEFAULT, { cwd: to.cwd, sets: set, overrides }).config;
}

/** @throws Failure (2) for a name that is not in harvest_list, naming those that are */
export function repositoryNamed({ repositories }: HarvestConfig, name: string): RepositoryConfig {
  const found = repositories.find((one) => one.name === name);
  if (found) return found;
  const names = repositories.map((one) => one.name);
  const nearest = nearestName(name, names);
  throw new Failure(
    "usage",
    `harvest_list names no repository "${name}"`,
    nearest === null ? `It names ${names.join(", ")}.` : `Did you mean ${nearest}?`,
  );
}
