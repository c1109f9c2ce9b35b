/**
 * One folder for all the temporary folders of a test run. Each test removes its own; this one takes
 * with it what a run leaves that is stopped half way.
 */

import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Signals that would end the process without a word to anybody, and their exit statuses. */
const ENDS = { SIGHUP: 129, SIGTERM: 143 } as const;

let home: string | null = null;

/** Called before the first test. */
export function setup(): void {
  home = mkdtempSync(join(tmpdir(), "marc_import_tests_"));
  // Some tests run the program as another account, which puts its copies here.
  chmodSync(home, 0o1777);
  process.env.TMPDIR = home;
  process.once("exit", teardown);
  for (const [signal, status] of Object.entries(ENDS)) {
    process.once(signal, () => process.exit(status));
  }
}

/** Called after the last test, or when the run is stopped. */
export function teardown(): void {
  if (home === null) return;
  // Who is stopped may still be writing.
  rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  home = null;
}
