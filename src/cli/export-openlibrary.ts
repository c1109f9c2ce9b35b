/** `MARC_import export CONFIG --format openlibrary FILE…`. */

import { EXIT, Failure } from "../diagnostics/failure.js";
import { exportRecords } from "../openlibrary/export-records.js";
import type { Profile } from "../openlibrary/gate.js";
import { OutputStream } from "../output/output-stream.js";
import type { Console } from "./console.js";
import { type ConfigFlags, loadConfiguration } from "./load.js";
import { filesInUse, outputPath } from "./output-file.js";

export interface OpenLibraryFlags extends ConfigFlags {
  readonly output?: string;
  readonly refusals?: string;
  readonly profile?: Profile;
}

/** Writes a line for each record that Open Library would take, and refusals apart. */
export async function exportOpenLibrary(
  configPath: string,
  files: readonly string[],
  flags: OpenLibraryFlags,
  to: Console,
): Promise<number> {
  const config = loadConfiguration(configPath, flags, to);
  if (files.length === 0) {
    throw new Failure("usage", "no file is named", "Name the files of MARC to export.");
  }
  const used = [...filesInUse(config), ...files.filter((file) => file !== "-")];
  const output = fileOrNone(flags.output, to, used);
  const refusals = fileOrNone(flags.refusals, to, flags.output ? [...used, flags.output] : used);
  const request = {
    config,
    profile: flags.profile ?? config.openLibrary.profile,
    year: new Date().getUTCFullYear(),
  };
  const counts = { lines: 0, refused: 0 };
  try {
    for (const file of files) {
      for await (const one of exportRecords(file, request)) {
        if (one.kind === "line") {
          counts.lines++;
          if (output) output.write(`${one.text}\n`);
          else to.out(one.text);
        } else {
          counts.refused++;
          refusals?.write(`${JSON.stringify(one.refused)}\n`);
        }
        await to.drained?.();
        if (!output && to.outIsClosed?.()) return EXIT.done;
      }
    }
    output?.finish();
    refusals?.finish();
  } finally {
    output?.discard();
    refusals?.discard();
  }
  if (counts.refused === 0) return EXIT.done;
  const where = flags.refusals ?? "--refusals FILE tells which, and why";
  to.error(
    `MARC_import: ${counts.refused} of ${counts.lines + counts.refused} records are not exported: ${where}`,
  );
  return EXIT.rejects;
}

function fileOrNone(file: string | undefined, to: Console, used: readonly string[]) {
  return file === undefined ? null : new OutputStream(outputPath(file, to.cwd, used));
}
