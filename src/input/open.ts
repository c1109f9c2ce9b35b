/** Opens inputs: looks at their first bytes, and gives their bytes in blocks. */

import { closeSync, openSync, readSync, type Stats, statSync } from "node:fs";
import type { InputFormat } from "../config/job/run-options.js";
import type { Failure } from "../diagnostics/failure.js";
import {
  type ArchiveContents,
  archiveContents,
  archiveSource,
  fileOf,
  isZip,
  listed,
  lookAt,
} from "./archive.js";
import {
  asInputFailure,
  inputFailure,
  isRecordFormat,
  notMarc,
  otherFormat,
} from "./input-failure.js";
import { blocksWithin, mustBeginRecord, type Range, rangeOf } from "./range.js";
import type { RecordFormat } from "./record-reader.js";
import { type Sniffed, ZIP } from "./sniff.js";
import { FileSource, PipeSource, type Source } from "./sources.js";

export { asInputFailure } from "./input-failure.js";

export interface OpenOptions {
  readonly format: InputFormat;
  /** Whether an input without any content is an input without records rather than an error. */
  readonly allowEmpty: boolean;
}

/** The bytes of an input, whatever they are. */
export interface ByteInput {
  /** As named, without the range; `-` is standard input. */
  readonly path: string;
  /** The file on the disk that it is, or is a part of; as `path` for a pipe. */
  readonly file: string;
  /** The part of the file that is meant, null for all of it. */
  readonly range: Range | null;
  /** Whether the bytes come once only: standard input, a FIFO. */
  readonly isPipe: boolean;
  /** Whether the bytes are unzipped; offsets are then those of the unzipped stream. */
  readonly zipped: boolean;
  /** Bytes on the disk, null for a pipe. */
  readonly bytes: number | null;
  /** Bytes of the whole (unzipped) stream, null where that is not known. */
  readonly size: number | null;
  /** Whether reading can begin anywhere without reading what stands before. */
  readonly seekable: boolean;
  /** Bytes of the disk or the pipe that were read for `blocks` so far. */
  readonly bytesRead: number;
  /**
   * The (unzipped) bytes from `offset` on, up to the end of the range; a pipe gives them once.
   *
   * @throws Failure while reading
   */
  blocks(offset: number): AsyncGenerator<Buffer>;
}

/** An input that has been looked at. */
export interface Input extends ByteInput {
  readonly format: RecordFormat;
}

/**
 * Bytes of a seekable input.
 *
 * @throws Failure while reading
 */
export function bytesAt(input: Input, offset: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  try {
    const handle = openSync(input.path, "r");
    try {
      return bytes.subarray(0, readSync(handle, bytes, 0, length, offset));
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    throw asInputFailure(error, input.path);
  }
}

/**
 * What is to be read where a file is named: of an archive the files in it that hold records, each to be opened
 * by itself; anything else as it is.
 *
 * @throws Failure if an archive is damaged, or holds what may be records and cannot be read
 */
export async function inputNames(named: string, options: OpenOptions): Promise<ArchiveContents> {
  const { path, range } = named === "-" ? whole(named) : (rangeOf(named) ?? whole(named));
  if (!isZip(path)) return { paths: [named], passedOver: [] };
  const { allowEmpty } = options;
  const found = await archiveContents(path, { isForced: options.format !== "auto", allowEmpty });
  if (range === null) return found;
  const part = named.slice(path.length);
  return { ...found, paths: [`${only(path, found.paths)}${part}`] };
}

function whole(path: string) {
  return { path, range: null };
}

async function theOnly(named: string, options: OpenOptions): Promise<string> {
  const { paths } = await inputNames(named, options);
  return only(named, paths);
}

function only(archive: string, paths: readonly string[]): string {
  if (paths.length === 1) return paths[0];
  throw severalFiles(archive, paths);
}

/** The failure of an archive that is to be one input, and holds several or none. */
export function severalFiles(archive: string, paths: readonly string[]): Failure {
  return inputFailure("not-marc", archive, `it holds ${listed(paths)}`, { code: "M018" });
}

/**
 * Looks at an input; of an archive at the only file in it that holds records.
 *
 * @throws Failure if it is missing, unreadable, empty, of another kind than MARC, or of another
 *   format than was asked for
 */
export async function openInput(named: string, options: OpenOptions): Promise<Input> {
  const path = await theOnly(named, options);
  const { sniffed, ...opened } = await openBytes(path);
  const format = formatOf(opened, sniffed, options);
  const { source, range } = opened;
  if (range !== null) await mustBeginRecord(source, opened.path, { format, range });
  return new OpenedInput(opened, format);
}

/**
 * Looks at a stream, which gives its bytes once and must not write to them afterwards.
 *
 * @param name stands for it in messages
 * @throws Failure as `openInput`
 */
export async function openStream(
  name: string,
  stream: AsyncIterable<Uint8Array>,
  options: OpenOptions,
): Promise<Input> {
  const source = new PipeSource(name, stream);
  try {
    const { zipped, sniffed } = await lookAt(source);
    const opened = { path: name, range: null, zipped, source };
    return new OpenedInput(opened, formatOf(opened, sniffed, options));
  } catch (error) {
    await source.close();
    throw error;
  }
}

/**
 * Looks at an input that is to be something else than MARC.
 *
 * @returns its bytes, and what they look like
 * @throws Failure if it is missing or unreadable
 */
export async function openOther(path: string): Promise<{ input: ByteInput; sniffed: Sniffed }> {
  const { sniffed, ...opened } = await openBytes(path);
  return { input: new OpenedBytes(opened), sniffed };
}

interface Opening {
  readonly path: string;
  readonly range: Range | null;
  readonly zipped: boolean;
  readonly source: Source;
}

async function openBytes(named: string): Promise<Opening & { readonly sniffed: Sniffed }> {
  const { path, range } = rangeOf(named) ?? { path: named, range: null };
  const ofArchive = path === "-" ? null : await archiveSource(path);
  const source = ofArchive ?? openSource(path);
  const { zipped, sniffed } = await lookAt(source);
  return { path, range, source, zipped: zipped || ofArchive !== null, sniffed };
}

class OpenedBytes implements ByteInput {
  readonly path: string;
  readonly range: Range | null;
  readonly zipped: boolean;
  private readonly source: Source;

  constructor({ path, range, zipped, source }: Opening) {
    this.path = path;
    this.range = range;
    this.zipped = zipped;
    this.source = source;
  }

  get file(): string {
    return this.isPipe ? this.path : fileOf(this.path);
  }

  get isPipe(): boolean {
    return this.source.isPipe;
  }

  get bytes(): number | null {
    return this.source.bytes;
  }

  get size(): number | null {
    return this.source.size;
  }

  get bytesRead(): number {
    return this.source.bytesRead;
  }

  get seekable(): boolean {
    return !this.isPipe && !this.zipped;
  }

  blocks(offset: number): AsyncGenerator<Buffer> {
    return blocksWithin(this.source, offset, this.range);
  }
}

class OpenedInput extends OpenedBytes implements Input {
  constructor(
    opened: Opening,
    readonly format: RecordFormat,
  ) {
    super(opened);
  }
}

/** How the user names a format. */
export function formatOption(format: RecordFormat): InputFormat {
  return format === "iso2709" ? "marc" : format;
}

function formatOf(
  { path, source }: Pick<Opening, "path" | "source">,
  sniffed: Sniffed,
  options: OpenOptions,
): RecordFormat {
  const forced = forcedFormat(options.format);
  if (sniffed.kind === "empty") {
    if (!options.allowEmpty) throw inputFailure("empty", path);
    return forced ?? "iso2709";
  }
  const found = isRecordFormat(sniffed.kind) ? sniffed.kind : null;
  if (forced !== null && found !== null && found !== forced) {
    throw otherFormat(path, { found, forced: options.format });
  }
  const format = forced ?? found;
  const isArchive = sniffed.kind === "foreign" && sniffed.name === ZIP;
  if (isArchive && source.isPipe) throw inputFailure("not-marc", path, "", { code: "M017" });
  if (format === null) throw notMarc(path, sniffed);
  return format;
}

function forcedFormat(option: InputFormat): RecordFormat | null {
  if (option === "auto") return null;
  return option === "marc" ? "iso2709" : option;
}

/**
 * The bytes of an input, whatever they are.
 *
 * @param path `-` is standard input
 * @throws Failure if it is missing, a directory, or may not be read
 */
export function openSource(path: string): Source {
  return path === "-" ? new PipeSource(path) : openPath(path);
}

function openPath(path: string): Source {
  const stats = status(path);
  if (stats.isDirectory()) throw inputFailure("directory", path);
  return stats.isFile() ? new FileSource(path, stats.size) : new PipeSource(path);
}

function status(path: string): Stats {
  try {
    return statSync(path);
  } catch (error) {
    throw asInputFailure(error, path);
  }
}
