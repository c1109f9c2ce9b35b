/** `MARC_import export CONFIG --format openlibrary [FILE…|--run RUN]`. */

import { setImmediate as nextTurn } from "node:timers/promises";
import type { MarcConfig } from "../config/marc/marc-mapping.js";
import { EXIT, Failure } from "../diagnostics/failure.js";
import { printable } from "../diagnostics/format.js";
import { inputNames } from "../input/open.js";
import { type FilePlaces, placesOfRun } from "../looking/run-places.js";
import { type Exported, type ExportRequest, exportRecords } from "../openlibrary/export-records.js";
import type { Profile } from "../openlibrary/schema.js";
import { OutputStream } from "../output/output-stream.js";
import { LAST } from "../running/find-run.js";
import { openToRead } from "../store/open.js";
import { ChunkedFiles } from "./chunked-files.js";
import type { Console } from "./console.js";
import { type ConfigFlags, loadConfiguration } from "./load.js";
import { filesInUse, outputPath, STANDARD } from "./output-file.js";
import { stoppedBy, watchSignals } from "./signals.js";

export interface OpenLibraryFlags extends ConfigFlags {
  readonly output?: string;
  readonly refusals?: string;
  readonly profile?: Profile;
  /** The name of a run, or `last`. */
  readonly run?: string;
  /** Lines in each file of the output. */
  readonly chunk?: number;
}

/** Records between two looks at who waits: a signal, a slow reader. */
const AT_A_TIME = 100;
/** Values that are left out of lines are told one by one up to this number. */
const MOST_TOLD = 10;

/** What is exported: files, or the places in them. */
interface Source {
  readonly path: string;
  readonly offsets: FilePlaces["offsets"] | null;
}

/** Writes a line for each record that Open Library would take, and refusals apart. */
export async function exportOpenLibrary(
  configPath: string,
  files: readonly string[],
  flags: OpenLibraryFlags,
  to: Console,
): Promise<number> {
  const config = loadConfiguration(configPath, flags, to);
  const sources = await sourcesOf(config, { files, run: flags.run }, to);
  const used = [
    ...filesInUse(config),
    ...sources.map(({ path }) => path).filter((path) => path !== "-"),
  ];
  const output = outputOf(flags, used, to);
  const kept = flags.output ? [...used, flags.output] : used;
  const refusals =
    flags.refusals === undefined
      ? null
      : new OutputStream(outputPath(flags.refusals, to.cwd, kept));
  const tally = new Tally(to);
  const request = {
    config,
    profile: flags.profile ?? config.openLibrary.profile,
    year: new Date().getUTCFullYear(),
  };
  const signals = watchSignals();
  try {
    for await (const one of exportAll(sources, request)) {
      tally.count(one);
      if (one.kind === "refused") refusals?.write(`${JSON.stringify(one.refused)}\n`);
      else if (output) output.write(`${one.text}\n`);
      else to.out(one.text);
      if (tally.records % AT_A_TIME !== 0) continue;
      await nextTurn();
      const signal = signals.received();
      if (signal !== null) throw stoppedBy(signal, "the export");
      await to.drained?.();
      if (!output && to.outIsClosed?.()) return EXIT.done;
    }
    output?.finish();
    refusals?.finish();
  } finally {
    signals.stop();
    output?.discard();
    refusals?.discard();
  }
  return tally.end(flags.refusals);
}

async function* exportAll(
  sources: readonly Source[],
  request: ExportRequest,
): AsyncGenerator<Exported> {
  for (const { path, offsets } of sources) yield* exportRecords(path, request, offsets);
}

async function sourcesOf(
  config: MarcConfig,
  { files, run }: { readonly files: readonly string[]; readonly run: string | undefined },
  to: Console,
): Promise<readonly Source[]> {
  if (files.length > 0 && run === undefined) {
    const sources: Source[] = [];
    for (const file of files) {
      const { paths } = await inputNames(file, { format: "auto", allowEmpty: false });
      sources.push(...paths.map((path) => ({ path, offsets: null })));
    }
    return sources;
  }
  if (files.length === 0 && run !== undefined) return await sourcesOfRun(config, run, to);
  throw new Failure(
    "usage",
    run === undefined ? "no file is named" : "files are named, and --run, too",
    `Name the files to export; or a run with --run, \`${LAST}\` for the last one of this foreign source.`,
  );
}

async function sourcesOfRun(
  config: MarcConfig,
  name: string,
  to: Console,
): Promise<readonly Source[]> {
  const view = await openToRead(config);
  try {
    const found = placesOfRun(view.store, name, config.settings.foreignSource);
    const { run, files, elsewhere } = found;
    if (elsewhere > 0) {
      to.error(
        `MARC_import: ${elsewhere} rows of run ${run.run} come from other files by now, and are not exported`,
      );
    }
    if (files.length === 0) to.error(`MARC_import: run ${run.run} made or changed no row`);
    return files;
  } finally {
    view.close();
  }
}

function outputOf(
  flags: OpenLibraryFlags,
  kept: readonly string[],
  to: Console,
): OutputStream | ChunkedFiles | null {
  const { chunk } = flags;
  const output = flags.output === STANDARD ? undefined : flags.output;
  if (chunk === undefined) {
    return output === undefined ? null : new OutputStream(outputPath(output, to.cwd, kept));
  }
  if (output !== undefined) return new ChunkedFiles(chunk, { file: output, cwd: to.cwd, kept });
  throw new Failure(
    "usage",
    "--chunk makes several files, and --output does not name them",
    "Add -o FILE.jsonl, which stands for FILE-0001.jsonl and those that follow.",
  );
}

/** What became of the records. */
class Tally {
  private lines = 0;
  private refused = 0;
  private leftOut = 0;

  constructor(private readonly to: Console) {}

  get records(): number {
    return this.lines + this.refused;
  }

  count(one: Exported): void {
    if (one.kind === "refused") {
      this.refused++;
      return;
    }
    this.lines++;
    for (const { key, value } of one.leftOut) {
      this.leftOut++;
      if (this.leftOut > MOST_TOLD) continue;
      const { file, number, offset } = one.place;
      this.to.error(
        `MARC_import: ${file}, record ${number} at byte ${offset}: ${key} "${printable(value)}" is not sent, since they would refuse it`,
      );
    }
  }

  /** Says what is to be said, and gives the exit status. */
  end(refusals: string | undefined): number {
    const more = this.leftOut - MOST_TOLD;
    if (more > 0) this.to.error(`MARC_import: and ${more} more values are not sent`);
    if (this.refused === 0) return EXIT.done;
    const where = refusals ?? "--refusals FILE tells which, and why";
    this.to.error(
      `MARC_import: ${this.refused} of ${this.records} records are not exported: ${where}`,
    );
    return EXIT.rejects;
  }
}
