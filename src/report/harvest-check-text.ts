/** What `OAI-PMH-importer check` says behind the effective settings. */

import type { HarvestConfig } from "../config/harvest/harvest-config.js";
import { printable } from "../diagnostics/format.js";
import { HINTS, type RuleFinding } from "./rule-finding.js";

/**
 * What was found, in a sentence, and what to do next.
 *
 * @param config as named on the command line
 */
export function harvestClosingLines(
  { repositories }: Pick<HarvestConfig, "repositories">,
  findings: readonly RuleFinding[],
  config: string,
): string[] {
  const mistakes = findings.filter(({ kind }) => !HINTS.has(kind)).length;
  const found = mistakes === 0 ? "No finding" : plural(mistakes, "likely mistake");
  const names = repositories.map(({ name }) => name).join(", ");
  const next =
    mistakes > 0
      ? "correct what is named above, and check again."
      : `ask the repositories: OAI-PMH-importer check --online ${config}`;
  return [
    `${found}; the configuration is valid.`,
    `${plural(repositories.length, "repository", "repositories")} will be harvested: ${printable(names)}.`,
    `Next: ${printable(next)}`,
  ];
}

function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
