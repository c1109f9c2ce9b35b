/** `OAI-PMH-importer check CONFIG`: what the configuration says, and what in it can hardly be meant. */

import { formatEffective } from "../config/job/effective.js";
import { formatLocation, type Location } from "../config/language/problems.js";
import { EXIT } from "../diagnostics/failure.js";
import { checkHarvest } from "../looking/check-harvest.js";
import { findingLines } from "../report/check-text.js";
import type { Console } from "./console.js";
import type { AskFlags } from "./harvest-ask.js";
import { loadHarvests } from "./harvest-load.js";

/** Prints effective settings, then findings; a configuration that is wrong throws ConfigErrors. */
export function check(
  path: string | undefined,
  flags: AskFlags & { readonly verbose?: boolean; readonly strict?: boolean },
  to: Console,
): number {
  const config = loadHarvests(path, flags, to);
  const verbose = flags.verbose ?? false;
  to.out(formatEffective(config, to.cwd, { brief: !verbose }));
  const findings = checkHarvest(config);
  const place = (at: Location | null) => formatLocation(at, to.cwd);
  for (const line of findingLines(findings, { verbose, place })) to.error(line);
  return findings.length > 0 && flags.strict ? EXIT.usage : EXIT.done;
}
