/** Loading a configuration as the command line asks for it. */

import { loadConfig } from "../config/load-config.js";
import type { MarcConfig } from "../config/marc/marc-mapping.js";
import type { Console } from "./console.js";
import { refuseMisplaced } from "./misplaced.js";
import type { SharedFlags } from "./options.js";

/** Options of the commands that read a configuration of a job. */
export interface ConfigFlags extends SharedFlags {
  readonly encoding?: string;
  readonly strict?: boolean;
}

/** What a misspelt command can have meant; those of `buildProgram`. */
export const COMMANDS = [
  "check",
  "explain",
  "validate",
  "init",
  "mend",
  "completion",
  "runs",
  "diff",
  "report",
  "undo",
  "review",
  "sweep",
  "policies",
  "want",
  "export",
  "serve",
];

/**
 * @throws ConfigErrors with everything that is wrong, Failure (2) where the path is evidently not
 *   meant for a configuration
 */
export function loadConfiguration(path: string, flags: ConfigFlags, to: Console): MarcConfig {
  refuseMisplaced(path, to.cwd, COMMANDS);
  const { set, database, logDir, verbosity, encoding, strict } = flags;
  return loadConfig(path, {
    cwd: to.cwd,
    sets: set ?? [],
    overrides: { database, logDir, verbosity, encoding, strict },
  }).config;
}
