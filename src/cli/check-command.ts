/** `MARC_import check CONFIG [FILE]`. */

import { formatEffective } from "../config/job/effective.js";
import type { InputFormat } from "../config/job/run-options.js";
import type { Location } from "../config/language/problems.js";
import { formatLocation } from "../config/language/problems.js";
import type { MarcConfig } from "../config/marc/marc-mapping.js";
import { EXIT } from "../diagnostics/failure.js";
import { checkOverFile } from "../looking/check-over-file.js";
import { checkRules } from "../looking/check-rules.js";
import { watchedFeed } from "../reading/watched-feed.js";
import { checkObject } from "../report/check-json.js";
import { closingLines, coverageLines, findingLines } from "../report/check-text.js";
import type { FileFindings, RuleFinding } from "../report/rule-finding.js";
import type { Console } from "./console.js";
import { type ConfigFlags, loadConfiguration } from "./load.js";

export interface CheckFlags extends ConfigFlags {
  readonly format: InputFormat;
  readonly verbose?: boolean;
  readonly json?: boolean;
  readonly limit?: number;
}

/**
 * Prints the effective settings, then what looks like a mistake although it is allowed; with a file
 * also what its records show. A configuration that is wrong throws ConfigErrors.
 */
export async function checkConfiguration(
  path: string,
  file: string | undefined,
  flags: CheckFlags,
  to: Console,
): Promise<number> {
  const { strict = false, ...others } = flags;
  // Without a file, `--strict` is about the findings alone.
  const config = loadConfiguration(path, file === undefined ? others : flags, to);
  const over =
    file === undefined
      ? null
      : await checkOverFile(
          { config, file, format: flags.format, feed: watchedFeed },
          flags.limit ?? null,
        );
  const findings = [...checkRules(config), ...(over?.findings ?? [])];
  if (flags.json) to.out(JSON.stringify(checkObject(config, findings, over), null, 2));
  else printChecked(config, { path, findings, over, verbose: flags.verbose ?? false }, to);
  return findings.length > 0 && strict ? EXIT.usage : EXIT.done;
}

interface Checked {
  /** The configuration as named on the command line. */
  readonly path: string;
  readonly findings: readonly RuleFinding[];
  readonly over: FileFindings | null;
  readonly verbose: boolean;
}

function printChecked(config: MarcConfig, checked: Checked, to: Console): void {
  const { path, findings, over, verbose } = checked;
  to.out(formatEffective(config, to.cwd, { brief: !verbose }));
  const place = (at: Location | null) => formatLocation(at, to.cwd);
  const lines = findingLines(findings, { verbose, place });
  if (over) lines.push(...coverageLines(over));
  // Nothing to tell is told to a person only: scripts take silence for a good sign.
  if (lines.length > 0 || to.errorIsTerminal) {
    lines.push(...closingLines(findings, { config: path, file: over?.file }));
  }
  for (const line of lines) to.error(line);
}
