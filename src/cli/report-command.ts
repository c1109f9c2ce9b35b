/** `MARC_import report CONFIG RUN [--html FILE]`. */

import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { reportPage } from "../report/html/page.js";
import { EXIT } from "../run/exit-status.js";
import { storedReport } from "../run/run-report.js";
import { Store } from "../store/store.js";
import type { Console } from "./console.js";
import { type ConfigFlags, loadConfiguration } from "./load.js";

export interface ReportFlags extends ConfigFlags {
  readonly html?: string;
}

/**
 * Writes the page of a run of the register to a file, or prints it.
 *
 * @param run its name, or `last`; undefined is refused with the names that there are
 * @throws RunFailure (2) if there is no such run
 */
export function writeReport(
  configPath: string,
  run: string | undefined,
  flags: ReportFlags,
  to: Console,
): number {
  const config = loadConfiguration(configPath, flags, to);
  const store = Store.open(config, { readOnly: true });
  try {
    const page = reportPage(storedReport(store, config, run));
    if (flags.html === undefined) to.out(page.trimEnd());
    else writeFileSync(resolve(to.cwd, flags.html), page);
  } finally {
    store.close();
  }
  return EXIT.done;
}
