/** Words of a command line in the wrong place: MARC where the configuration belongs, a misspelt command. */

import { closeSync, existsSync, openSync, readSync } from "node:fs";
import { resolve } from "node:path";
import { nearestName } from "../config/language/suggest.js";
import { Failure } from "../diagnostics/failure.js";

/** Bytes of a file that are looked at. */
const HEAD = 512;

/**
 * Looks at what is given for a configuration.
 *
 * @param path as given
 * @param commands the names of all commands
 * @throws Failure (2) if it holds MARC, or does not exist and resembles a command
 */
export function refuseMisplaced(path: string, cwd: string, commands: readonly string[]): void {
  if (/^[a-z][a-z\d+.-]+:\/\//i.test(path)) {
    throw new Failure(
      "usage",
      `${path} is the address of something on the network, no configuration`,
      "Name a file of this machine. The configuration comes first: MARC_import CONFIG FILE...",
    );
  }
  const absolute = resolve(cwd, path);
  if (!existsSync(absolute)) {
    if (nearestName(path, commands) === null) return;
    throw noCommand(path, commands);
  }
  if (!holdsMarc(fileHead(absolute))) return;
  throw new Failure(
    "usage",
    `${path} holds MARC records, it is no configuration`,
    "The configuration comes first: MARC_import CONFIG FILE...",
  );
}

/** What people call things here and elsewhere, and what does them in this program. */
const MEANT: Readonly<Record<string, readonly string[]>> = {
  "Perhaps MARC_import init FILE -o CONFIG, which writes a configuration": [
    "new",
    "create",
    "setup",
    "install",
  ],
  "An import has no word of its own: MARC_import CONFIG FILE": ["import", "load", "run", "start"],
  "Perhaps MARC_import --dry-run --progress CONFIG FILE": [
    "dry-run",
    "dryrun",
    "test",
    "try",
    "preview",
  ],
  "Perhaps MARC_import --resume CONFIG FILE": ["resume", "continue"],
  "Perhaps MARC_import runs CONFIG": ["list", "history", "status", "log", "logs", "ls", "show"],
  "Perhaps MARC_import undo CONFIG last": ["revert", "rollback", "restore", "back"],
  "Perhaps MARC_import check CONFIG": ["lint", "config", "settings", "doctor"],
  "Perhaps MARC_import explain CONFIG FILE --record 1": ["debug", "why", "trace", "map"],
  "Perhaps MARC_import mend FILE -o OUT": ["repair", "fix", "convert", "sample", "cut", "split"],
  "Perhaps MARC_import validate FILE": ["verify", "inspect", "stats", "count", "info"],
  "Perhaps MARC_import --version": ["version"],
};

/**
 * Looks at the first word of a command line, which commander would take for a configuration.
 *
 * @throws Failure (2) if it can only be meant for a command, and there is none of that name
 */
export function refuseUnknownCommand(
  word: string | undefined,
  cwd: string,
  commands: readonly string[],
): void {
  if (word === undefined || !/^[a-z][\w-]*$/i.test(word)) return;
  if (word === "help" || commands.includes(word) || existsSync(resolve(cwd, word))) return;
  throw noCommand(word, commands);
}

function noCommand(word: string, commands: readonly string[]): Failure {
  const near = nearestName(word, commands);
  const meant = Object.entries(MEANT).find(([, words]) => words.includes(word.toLowerCase()))?.[0];
  const nearest = near === null ? "" : `Did you mean MARC_import ${near}? `;
  const hint = meant === undefined ? nearest : `${meant}. `;
  return new Failure(
    "usage",
    `${word} is neither a command nor a file`,
    `${hint}\`MARC_import --help\` lists all commands.`,
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

/** The first bytes of a file, HEAD at most; none if it cannot be read. */
function fileHead(path: string): Buffer {
  const bytes = Buffer.alloc(HEAD);
  try {
    const handle = openSync(path, "r");
    try {
      return bytes.subarray(0, readSync(handle, bytes, 0, HEAD, 0));
    } finally {
      closeSync(handle);
    }
  } catch {
    // Whoever reads the file in earnest says why it cannot be read.
    return bytes.subarray(0, 0);
  }
}
