/** The records that rows came from, read again from their files. */

import { statSync } from "node:fs";
import type { ConfiguredEncoding, MarcConfig } from "../config/marc/marc-mapping.js";
import { Failure } from "../diagnostics/failure.js";
import { fileOf } from "../input/archive.js";
import { JoiningReader } from "../input/joining-reader.js";
import { asInputFailure, type Input, openInput } from "../input/open.js";
import type { ParsedRecord, RecordReader } from "../input/parsed-record.js";
import { openedBefore } from "../input/range.js";
import { type Opened, type RecordFormat, recordReader } from "../input/record-reader.js";
import { Window } from "../input/window.js";
import { createMapper, type Mapper } from "../mapping/marc/mapper.js";
import type { MarcRecord } from "../marc/marc-record.js";
import { inputPrint } from "../reading/fingerprint.js";
import { InputDigester } from "../reading/input-digest.js";
import type { KeptRecord } from "../store/model/kept-record.js";

/** A row whose record is wanted. */
export interface SourcedRow {
  readonly recordId: number;
  readonly foreignSource: string;
  readonly foreignId: string;
  /** `file:offset:length`. */
  readonly sourceRecord: string;
}

/** A record as it stands in its file. */
export interface SourceRecord {
  readonly bytes: Buffer;
  readonly record: MarcRecord;
  readonly isIso2709: boolean;
}

/** What the database knows of rows and their files. */
export interface KnownOfRows {
  /** The digest of the record that a row was last made from, null if none is kept. */
  inputDigest(recordId: number): number | null;
  /** Whether a run has read a file of that name and fingerprint. */
  wasRead(path: string, fingerprint: string): boolean;
}

const PLACE = /^(.+?):(\d{1,15}):(\d{1,15})$/s;
/** Bytes between two records that are read rather than jumped over. */
const NEAR = 1024 * 1024;

interface Place {
  readonly path: string;
  /** Zero-based, in the (unzipped) stream. */
  readonly offset: number;
  readonly length: number;
}

/** How the bytes of a record are read. */
interface ReadAs {
  readonly format: RecordFormat;
  readonly opened: Opened;
  readonly encoding: ConfiguredEncoding;
}

/** One file that is open: its bytes are read forwards. */
interface OpenFile {
  readonly path: string;
  readonly input: Input;
  readonly opened: Opened;
  /** Whether it is, as a whole, what some run has read under this name. */
  readonly isAsRead: boolean;
  /** Changes with every write to it. */
  readonly stamp: string;
}

/** Gives records by their places; quick where these come file by file and in order. */
export class SourceRecords {
  private file: OpenFile | null = null;
  private blocks: AsyncGenerator<Buffer> | null = null;
  private window = new Window(0);
  private readonly digest: InputDigester;
  private mapper: Mapper | null = null;

  constructor(
    private readonly config: MarcConfig,
    private readonly known: KnownOfRows,
  ) {
    this.digest = new InputDigester(config);
  }

  /**
   * The record of a row; null where it has none, as one that was made by hand.
   *
   * @throws Failure (3) if its file is gone or is no longer what was read, naming it
   */
  async of(row: SourcedRow): Promise<SourceRecord | null> {
    const [, path, offset, length] = PLACE.exec(row.sourceRecord) ?? [];
    if (path === undefined) return null;
    const place = { path, offset: Number(offset), length: Number(length) };
    try {
      const file = await this.open(place.path, row);
      const bytes = await this.bytesAt(file, place);
      const encoding = this.encodingOf(row);
      const read = { format: file.input.format, opened: file.opened, encoding };
      const record = this.parse(read, place, bytes);
      if (record === null || !this.isOfRow(row, bytes, record)) throw changed(path, row);
      return { bytes, record, isIso2709: file.input.format === "iso2709" };
    } catch (error) {
      throw withRow(asInputFailure(error, path), row);
    }
  }

  /** The record of a row that is kept beside it. */
  ofKept(row: SourcedRow, { format, bytes }: KeptRecord): SourceRecord {
    const isIso2709 = format === "marc";
    // As it stood, in the encoding of its file; or as it was written of text.
    const read = isIso2709
      ? ({ format: "iso2709", opened: {}, encoding: this.encodingOf(row) } as const)
      : ({ format: "marcxml", opened: {}, encoding: "utf-8" } as const);
    const place = { path: "", offset: 0, length: bytes.length };
    const record = this.parse(read, place, bytes);
    if (record === null) throw new Error(`the record kept of record_id ${row.recordId} is none`);
    return { bytes, record, isIso2709 };
  }

  /**
   * To be called when the last record has been given, so that the last file is looked at, too.
   *
   * @throws Failure (3) if it was written to meanwhile
   */
  async end(): Promise<void> {
    const file = this.file;
    await this.release();
    if (file === null || stampOf(file.path) === file.stamp) return;
    throw new Failure("changed", `${file.path} was written to while it was read`, "Run it again.", {
      input: file.path,
    });
  }

  /** Lets go of the file that is open. */
  async release(): Promise<void> {
    const { blocks } = this;
    this.file = null;
    this.blocks = null;
    await blocks?.return(undefined);
  }

  private async open(path: string, row: SourcedRow): Promise<OpenFile> {
    if (this.file?.path === path) return this.file;
    await this.end();
    if (path === "-") throw fromPipe(row);
    const input = await openInput(path, { format: "auto", allowEmpty: false });
    if (input.isPipe || input.range !== null) throw fromPipe(row);
    const isAsRead = this.known.wasRead(path, inputPrint(path));
    // Wherever a record stands, the head of the file is before it.
    const somewhere = Number.MAX_SAFE_INTEGER;
    const part = { offset: somewhere, range: { named: path, start: somewhere, end: somewhere } };
    const opened = await openedBefore(input, input.format, part);
    this.file = { path, input, opened, isAsRead, stamp: stampOf(path) };
    return this.file;
  }

  private async bytesAt({ input }: OpenFile, { offset, length }: Place): Promise<Buffer> {
    const isBehind = offset < this.window.base;
    const isFar = input.seekable && offset > this.window.end + NEAR;
    if (this.blocks === null || isBehind || isFar) {
      await this.blocks?.return(undefined);
      this.blocks = input.blocks(offset);
      this.window = new Window(offset);
    }
    while (this.window.end < offset + length) {
      const { done, value } = await this.blocks.next();
      if (done) break;
      this.window.append(value, offset);
    }
    const from = offset - this.window.base;
    return this.window.bytes.subarray(Math.max(0, from), Math.max(0, from + length));
  }

  /** The one record that some bytes are; null if they are anything else. */
  private parse(
    { format, opened, encoding }: ReadAs,
    place: Place,
    bytes: Buffer,
  ): MarcRecord | null {
    if (bytes.length !== place.length) return null;
    const { maxRecordSize } = this.config.mapping;
    const options = { encoding, strict: false, maxRecordSize, ...opened, offset: place.offset };
    // What is one record by its place may be several pieces.
    const reader = new JoiningReader(recordReader(format, options), maxRecordSize);
    const parts = piecesOf(reader, bytes);
    const [record] = parts;
    return parts.length === 1 && record.kind === "record" && record.length === place.length
      ? record.record
      : null;
  }

  /** Of the configurations of other sources nothing is known. */
  private encodingOf(row: SourcedRow): ConfiguredEncoding {
    return this.isOwn(row) ? this.config.mapping.encoding : "auto";
  }

  private isOwn({ foreignSource }: SourcedRow): boolean {
    return foreignSource === this.config.settings.foreignSource;
  }

  /**
   * What is, byte for byte, what the row was made from is certain. After the rules were changed, or where
   * the record had findings, there is no such digest: then the file must be the one that was read, and
   * the record must have the row's id.
   */
  private isOfRow(row: SourcedRow, bytes: Buffer, record: MarcRecord): boolean {
    if (this.known.inputDigest(row.recordId) === this.digest.of(bytes)) return true;
    if (!this.file?.isAsRead) return false;
    if (row.foreignId === "") return true;
    if (!this.isOwn(row)) return bytes.includes(row.foreignId);
    this.mapper ??= createMapper(this.config);
    return this.mapper.map(record).foreignId === row.foreignId;
  }
}

function piecesOf(reader: RecordReader, bytes: Buffer): ParsedRecord[] {
  const all = [...reader.push(bytes), ...reader.end()];
  return all.filter(({ kind, length }) => kind !== "padding" || length > 0);
}

function stampOf(path: string): string {
  const stats = statSync(fileOf(path), { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? "" : `${stats.size} ${stats.mtimeNs} ${stats.ino}`;
}

const INSTEAD =
  "Put the file back as it was imported, under the name that the row has in source_record and relative to the same directory; export the rows of another source by its own configuration; or leave such rows out by --where. With keep_records = true in [Database] an import keeps each record beside its row, and no file is needed. Nothing was written.";

function changed(path: string, { recordId, sourceRecord }: SourcedRow): Failure {
  const what = `${path} is no longer what was imported: record_id ${recordId} came from ${sourceRecord}, where another record stands now, or none`;
  return new Failure("changed", what, INSTEAD, { input: path });
}

function fromPipe({ recordId, sourceRecord }: SourcedRow): Failure {
  const what = `record_id ${recordId} came from ${sourceRecord}, a pipe or a part of one: it cannot be read again`;
  return new Failure("missing", what, INSTEAD, { input: "-" });
}

/** Says which row asked for a file that cannot be read. */
function withRow(error: unknown, { recordId, sourceRecord }: SourcedRow): unknown {
  if (!(error instanceof Failure) || error.safe === "") return error;
  const what = `${error.what} (record_id ${recordId} came from ${sourceRecord})`;
  const { input, code, cause } = error;
  return new Failure(error.kind, what, INSTEAD, { input, code, cause });
}
