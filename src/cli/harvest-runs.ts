/** Looking at past harvests and taking them back, as MARC_import does with its runs: whose run is it? */

import { existsSync } from "node:fs";
import type { HarvestConfig, RepositoryConfig } from "../config/harvest/harvest-config.js";
import { LAST } from "../running/find-run.js";
import { openToRead } from "../store/open.js";
import type { Console } from "./console.js";
import { loadHarvests, repositoryNamed } from "./harvest-configuration.js";
import type { SharedFlags } from "./options.js";

export interface HarvestRunFlags extends SharedFlags {
  readonly repository?: string;
}

/**
 * The repository as whose job a run is looked at: the one that is named, else the one that has made it.
 *
 * @param run its name, or `last` for the last harvest of any repository that stands; undefined for all runs
 */
export async function repositoryOf(
  { config, run }: { readonly config: string | undefined; readonly run: string | undefined },
  flags: HarvestRunFlags,
  to: Console,
): Promise<RepositoryConfig> {
  const harvests = loadHarvests(config, flags, to);
  const { repositories } = harvests;
  if (flags.repository !== undefined) return repositoryNamed(harvests, flags.repository);
  if (run === undefined || !existsSync(harvests.database.path)) return repositories[0];
  return (await maker(harvests, run)) ?? repositories[0];
}

async function maker(
  { repositories }: HarvestConfig,
  name: string,
): Promise<RepositoryConfig | undefined> {
  const view = await openToRead(repositories[0]);
  try {
    const { runs } = view.store;
    const by = (source: string) =>
      repositories.find(({ settings }) => settings.foreignSource === source);
    const run =
      name === LAST
        ? runs
            .list()
            .filter(({ kind }) => kind === "records")
            .findLast((one) => by(one.foreignSource) && !runs.isTakenBack(one.run))
        : runs.find(name);
    return by(run?.foreignSource ?? "");
  } finally {
    view.close();
  }
}
