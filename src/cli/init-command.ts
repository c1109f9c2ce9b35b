/** `MARC_import init FILE… [-o CONFIG]`. */

import { existsSync, statSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { InputFormat } from "../config/job/run-options.js";
import { DEFAULT_MAX_RECORD_SIZE } from "../config/marc/rule-keys.js";
import { EXIT, Failure } from "../diagnostics/failure.js";
import { initialConfig } from "../making/init.js";
import type { Console } from "./console.js";
import { outputPath, STANDARD } from "./output-file.js";

export interface InitFlags {
  readonly output?: string;
  readonly format: InputFormat;
}

/** Writes the configuration, or prints it where no file is named. */
export async function initConfig(
  files: readonly string[],
  flags: InitFlags,
  to: Console,
): Promise<number> {
  const pipe = files.find(
    (file) => file === "-" || !(statSync(file, { throwIfNoEntry: false })?.isFile() ?? true),
  );
  if (pipe !== undefined && !isFolder(pipe)) throw comesOnce(pipe);
  const named = flags.output === STANDARD ? undefined : flags.output;
  const stem = basename(files[0]).replace(/\..*$/, "") || "job";
  const path = named === undefined ? join(to.cwd, `${stem}.conf`) : resolve(to.cwd, named);
  if (named !== undefined) {
    if (existsSync(path)) throw stands(path);
    outputPath(named, to.cwd, files);
  }
  const { format } = flags;
  const text = await initialConfig({
    files,
    format,
    path,
    maxRecordSize: DEFAULT_MAX_RECORD_SIZE,
  });
  if (named === undefined) to.out(text.trimEnd());
  // Made in the meantime by somebody else: left alone.
  else writeFileSync(path, text, { flag: "wx" });
  return EXIT.done;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function comesOnce(path: string): Failure {
  return new Failure(
    "usage",
    `${path} can be read only once, but the rules are tried on the records after a look at them`,
    "Save it as a file first. Nothing was touched.",
  );
}

function stands(path: string): Failure {
  return new Failure(
    "usage",
    `${path} is there already`,
    "Name another file, or leave -o out to see what would be written. Nothing was touched.",
  );
}
