/** The input files of a run: looked at before anything is touched, opened when their turn comes. */

import { statSync } from "node:fs";
import type { RunOptions } from "../config/job/run-options.js";
import type { MarcConfig } from "../config/marc/marc-mapping.js";
import { EXIT, RunFailure } from "../diagnostics/exit-status.js";
import { asInputError, type Input, InputError, openInput } from "../input/open.js";
import type { KnownRecords } from "../store/sqlite/rows/known-records.js";
import { bytesBefore, fingerprint } from "./fingerprint.js";
import type { InputFile, PortionRequest } from "./input-file.js";
import type { InputRecord, KnownItem, Portion } from "./portion.js";
import { type RecordFeed, Rereader } from "./record-feed.js";

/**
 * Looks at every input file.
 *
 * @param feed how their records will be read
 * @throws RunFailure (3) when one of them is missing, empty or not MARC; (2) for options that do not fit
 */
export async function openInputs(
  config: MarcConfig,
  paths: readonly string[],
  options: RunOptions,
  feed: RecordFeed,
): Promise<InputFile[]> {
  if (paths.filter((path) => path === "-").length > 1) {
    throw new RunFailure(EXIT.usage, "standard input (-) is named twice", "Name it once.");
  }
  checkFullLoad(config, options);
  const reading = { config, feed, rereader: new Rereader(config) };
  const files: InputFile[] = [];
  for (const [i, path] of paths.entries()) {
    files.push(new MarcFile(i + 1, await lookAt(path, options), reading));
  }
  return files;
}

/** A full load deletes what the input does not hold: it must hold all of one source. */
function checkFullLoad(config: MarcConfig, { fullLoad, skip, limit }: RunOptions): void {
  if (!fullLoad) return;
  if (config.settings.foreignSource === "") {
    throw new RunFailure(
      EXIT.usage,
      '--full-load with local records (foreign_source = "") would delete every local row',
      "State the foreign_source whose whole catalogue the files hold, or leave --full-load out.",
    );
  }
  if (skip > 0 || limit !== null) {
    throw new RunFailure(
      EXIT.usage,
      "--full-load with --skip or --limit would delete the rows of the records left out",
      "Leave --skip and --limit out, or --full-load.",
    );
  }
}

async function lookAt(path: string, options: RunOptions): Promise<Input> {
  try {
    return await openInput(path, { format: options.format, allowEmpty: options.allowEmpty });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new RunFailure(error.exitStatus, error.message, error.advice, { cause: error });
  }
}

/** What the files of a run are read with. */
interface Reading {
  readonly config: MarcConfig;
  readonly feed: RecordFeed;
  readonly rereader: Rereader;
}

class MarcFile implements InputFile {
  readonly fingerprint: string;
  private readonly stamp: string;
  bytesRead = 0;

  constructor(
    readonly fileNumber: number,
    private readonly input: Input,
    private readonly reading: Reading,
  ) {
    this.stamp = this.lastWritten();
    this.fingerprint = input.isPipe ? "" : fingerprint(input.path);
  }

  /** Changes with every write to the file. */
  private lastWritten(): string {
    if (this.input.isPipe) return "";
    const { size, mtimeNs, ino } = statSync(this.path, { bigint: true });
    return `${size} ${mtimeNs} ${ino}`;
  }

  mustBeUnchanged(): void {
    try {
      if (this.lastWritten() === this.stamp || fingerprint(this.path) === this.fingerprint) return;
    } catch (error) {
      throw asInputError(error, this.path);
    }
    const now = statSync(this.path).size;
    const sizes = now === this.bytes ? "" : `it had ${this.bytes} bytes and has ${now}`;
    throw new InputError("changed", this.path, sizes);
  }

  bytesBefore(offset: number): string {
    if (!this.seekable) return "";
    try {
      return bytesBefore(this.path, offset);
    } catch (error) {
      throw asInputError(error, this.path);
    }
  }

  get path(): string {
    return this.input.path;
  }

  get bytes(): number | null {
    return this.input.bytes;
  }

  get seekable(): boolean {
    return this.input.seekable;
  }

  async *portions(
    request: PortionRequest,
    known: KnownRecords | null,
    stopped?: () => boolean,
  ): AsyncGenerator<Portion> {
    const { input } = this;
    const { config, feed } = this.reading;
    const usable = this.seekable && input.format === "iso2709" ? known : null;
    const asked = { config, input, portions: request, known: usable, stopped };
    for await (const portion of feed(asked)) {
      this.bytesRead = portion.bytesRead;
      yield portion;
    }
  }

  reread(known: KnownItem): InputRecord {
    return this.reading.rereader.read(this.input, known);
  }
}
