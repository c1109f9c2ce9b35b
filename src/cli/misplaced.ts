/** Words of a command line in the wrong place: MARC where the configuration belongs, a misspelt command. */

import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { nearestName } from "../config/language/suggest.js";
import { Failure } from "../diagnostics/failure.js";
import { fileHead } from "../input/file-head.js";

/**
 * Looks at what is given for a configuration.
 *
 * @param path as given
 * @param commands the names of all commands
 * @throws Failure (2) if it holds MARC, or does not exist and resembles a command
 */
export function refuseMisplaced(path: string, cwd: string, commands: readonly string[]): void {
  const absolute = resolve(cwd, path);
  if (!existsSync(absolute)) {
    const command = nearestName(path, commands);
    if (command === null) return;
    throw new Failure(
      "usage",
      `${path} is neither a command nor a file`,
      `Did you mean MARC_import ${command}? \`MARC_import --help\` lists all commands.`,
    );
  }
  if (!holdsMarc(fileHead(absolute))) return;
  throw new Failure(
    "usage",
    `${path} holds MARC records, it is no configuration`,
    "The configuration comes first: MARC_import CONFIG FILE...",
  );
}

/** Whether bytes begin like ISO 2709, MARCXML or zipped data: none of them begins a configuration. */
function holdsMarc(head: Buffer): boolean {
  const text = head.toString("latin1");
  return (
    /^\d{5}[a-z ]{3}/i.test(text) ||
    /^(?:\xef\xbb\xbf)?\s*<[?\w]/.test(text) ||
    /^\x1f\x8b/.test(text)
  );
}
