/** `MARC_import check CONFIG [FILE]`. */

import { formatEffective } from "../config/effective.js";
import type { Location } from "../config/import-config.js";
import { formatLocation } from "../config/problems.js";
import { findingText } from "../report/rule-finding.js";
import { checkOverFile } from "../run/check-over-file.js";
import { checkRules } from "../run/check-rules.js";
import { EXIT } from "../run/exit-status.js";
import type { InputFormat } from "../run/run-options.js";
import type { Console } from "./console.js";
import { type ConfigFlags, loadConfiguration } from "./load.js";

export interface CheckFlags extends ConfigFlags {
  readonly format: InputFormat;
}

/**
 * Prints the effective settings, then what looks like a mistake although it is allowed; with a file
 * also what its records show. A configuration that is wrong throws ConfigErrors.
 */
export async function checkConfiguration(
  path: string,
  file: string | undefined,
  { strict, ...flags }: CheckFlags,
  to: Console,
): Promise<number> {
  // `--strict` is about the findings here, not about records.
  const config = loadConfiguration(path, flags, to);
  to.out(formatEffective(config, to.cwd));
  const findings = [...checkRules(config)];
  if (file !== undefined) findings.push(...(await checkOverFile(config, file, flags.format)));
  const place = (at: Location | null) => formatLocation(at, to.cwd);
  for (const finding of findings) to.error(findingText(finding, place));
  if (findings.length > 0) {
    const count = findings.length === 1 ? "1 finding" : `${findings.length} findings`;
    to.error(`${count}; the configuration is valid`);
  }
  return findings.length > 0 && strict ? EXIT.usage : EXIT.done;
}
