/** `OAI-PMH-importer check CONFIG`: what the configuration says, and what in it can hardly be meant. */

import type { HarvestConfig, RepositoryConfig } from "../config/harvest/harvest-config.js";
import { formatEffective } from "../config/job/effective.js";
import { formatLocation, type Location } from "../config/language/problems.js";
import { EXIT, Failure } from "../diagnostics/failure.js";
import { printable } from "../diagnostics/format.js";
import { checkHarvest } from "../looking/check-harvest.js";
import { findingLines, harvestClosingLines } from "../report/check-text.js";
import type { RuleFinding } from "../report/rule-finding.js";
import type { Console } from "./console.js";
import { loadHarvests } from "./harvest-configuration.js";
import type { SharedFlags } from "./options.js";

export interface HarvestCheckFlags extends SharedFlags {
  readonly verbose?: boolean;
  readonly strict?: boolean;
  readonly online?: boolean;
}

/** Prints effective settings, then findings; a configuration that is wrong throws ConfigErrors. */
export async function check(
  path: string | undefined,
  flags: HarvestCheckFlags,
  to: Console,
): Promise<number> {
  const config = loadHarvests(path, flags, to);
  const verbose = flags.verbose ?? false;
  to.out(formatEffective(config, to.cwd, { brief: !verbose }));
  const online = flags.online ? await askAll(config, to) : NOT_ASKED;
  const findings = [...checkHarvest(config), ...online.findings];
  const place = (at: Location | null) => formatLocation(at, to.cwd);
  for (const line of findingLines(findings, { verbose, place })) to.error(line);
  if (online.isHopeless) return EXIT.input;
  const named = { config: path ?? "", isAsked: flags.online ?? false };
  for (const line of harvestClosingLines(config.repositories, findings, named)) to.error(line);
  return findings.length > 0 && flags.strict ? EXIT.usage : EXIT.done;
}

interface Online {
  readonly findings: readonly RuleFinding[];
  readonly isHopeless: boolean;
}

const NOT_ASKED: Online = { findings: [], isHopeless: false };

/** One repository after another; one that cannot be asked does not stop the rest. */
async function askAll({ repositories }: HarvestConfig, to: Console): Promise<Online> {
  const all: Online[] = [];
  for (const repository of repositories) all.push(await askOne(repository, to));
  return {
    findings: all.flatMap(({ findings }) => findings),
    isHopeless: all.some(({ isHopeless }) => isHopeless),
  };
}

async function askOne(repository: RepositoryConfig, to: Console): Promise<Online> {
  const { checkOnline } = await import("../looking/check-online.js");
  try {
    const { told, findings, isHopeless } = await checkOnline(repository);
    to.out(printable(`${repository.name}: ${told}`));
    return { findings, isHopeless };
  } catch (error) {
    if (!(error instanceof Failure) || error.exitStatus !== EXIT.input) throw error;
    to.error(`OAI-PMH-importer: ${printable(error.message)}.\n  ${error.advice}`);
    return { findings: [], isHopeless: true };
  }
}
