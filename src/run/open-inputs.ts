/** The input files of a run: looked at before anything is touched, opened when their turn comes. */

import type { ImportConfig } from "../config/import-config.js";
import { type Input, InputError, openInput } from "../input/open.js";
import { recordReader } from "../input/record-reader.js";
import type { Batch } from "./batch.js";
import { EXIT, RunFailure } from "./exit-status.js";
import { fingerprint } from "./fingerprint.js";
import type { BatchRequest, InputFile } from "./input-file.js";
import { RecordSource } from "./record-source.js";
import type { RunOptions } from "./run-options.js";

/**
 * Looks at every input file.
 *
 * @throws RunFailure (3) when one of them is missing, empty or not MARC; (2) for a second `-`
 */
export async function openInputs(
  config: ImportConfig,
  paths: readonly string[],
  options: RunOptions,
): Promise<InputFile[]> {
  if (paths.filter((path) => path === "-").length > 1) {
    throw new RunFailure(EXIT.usage, "standard input (-) is named twice", "Name it once.");
  }
  const files: InputFile[] = [];
  for (const [i, path] of paths.entries()) {
    files.push(new MarcFile(i + 1, await lookAt(path, options), config));
  }
  return files;
}

async function lookAt(path: string, options: RunOptions): Promise<Input> {
  try {
    return await openInput(path, { format: options.format, allowEmpty: options.allowEmpty });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new RunFailure(error.exitStatus, error.message, error.advice, { cause: error });
  }
}

class MarcFile implements InputFile {
  readonly fingerprint: string;

  constructor(
    readonly fileNumber: number,
    private readonly input: Input,
    private readonly config: ImportConfig,
  ) {
    this.fingerprint = input.isPipe ? "" : fingerprint(input.path);
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

  get bytesRead(): number {
    return this.input.bytesRead;
  }

  async *batches(request: BatchRequest): AsyncGenerator<Batch> {
    const { config, input } = this;
    const { offset } = request.from;
    const reader = recordReader(input.format, { ...config.settings, offset });
    const blocks = input.blocks(offset);
    yield* new RecordSource({ config, path: input.path, reader, blocks }, request).batches();
  }
}
