/** `MARC_import check CONFIG`. */

import { formatEffective } from "../config/effective.js";
import { EXIT } from "../run/exit-status.js";
import type { Console } from "./console.js";
import { type ConfigFlags, loadConfiguration } from "./load.js";

/** Prints the effective settings; a configuration that is wrong throws ConfigErrors. */
export function checkConfiguration(path: string, flags: ConfigFlags, to: Console): number {
  const config = loadConfiguration(path, flags, to);
  to.out(formatEffective(config, to.cwd));
  return EXIT.done;
}
