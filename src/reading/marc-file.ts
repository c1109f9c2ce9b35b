/** A file of MARC as a source of records, zipped or not; or a pipe, which comes once only. */

import { statSync } from "node:fs";
import type { MarcConfig } from "../config/marc/marc-mapping.js";
import { inputFailure } from "../input/input-failure.js";
import { asInputFailure, type Input } from "../input/open.js";
import type { KnownRecords } from "../store/model/known-records.js";
import type { Position, RunInput } from "../store/model/run-record.js";
import { bytesBefore, fingerprint } from "./fingerprint.js";
import {
  type InputItem,
  type InputRecord,
  type KnownItem,
  type Portion,
  placeOf,
  type RecordPlace,
} from "./portion.js";
import type { FilePosition, RecordFeed, Rereader } from "./record-feed.js";
import type { PortionRequest, RecordInput, Standing } from "./record-input.js";

/** What the files of a run are read with. */
interface Reading {
  readonly config: MarcConfig;
  readonly feed: RecordFeed;
  readonly rereader: Rereader;
  /** Whether a file without records is no error. */
  readonly allowEmpty: boolean;
}

export class MarcFile implements RecordInput {
  /** "" for a pipe. */
  readonly fingerprint: string;
  private readonly stamp: string;
  bytesRead = 0;
  /** Whether the portions that are read begin with the first record. */
  private isWhole = false;

  constructor(
    private readonly input: Input,
    private readonly reading: Reading,
  ) {
    this.stamp = this.lastWritten();
    this.fingerprint = input.isPipe ? "" : fingerprint(input.path);
  }

  get name(): string {
    return this.input.path;
  }

  get bytes(): number | null {
    return this.input.bytes;
  }

  async *portions(
    request: PortionRequest,
    known: KnownRecords | null,
    stopped?: () => boolean,
  ): AsyncGenerator<Portion> {
    const { input } = this;
    const { config, feed } = this.reading;
    const from = inFile(request.from);
    this.isWhole = from.offset === 0 && request.skip === 0;
    const usable = input.seekable && input.format === "iso2709" ? known : null;
    const portions = { ...request, from };
    for await (const portion of feed({ config, input, portions, known: usable, stopped })) {
      this.bytesRead = portion.bytesRead;
      yield portion;
    }
  }

  before(item: InputItem): FilePosition {
    const { offset, number } = placeOf(item);
    return { offset: offset ?? 0, recordNumber: number - 1 };
  }

  kept(position: Position): Position {
    const { offset, recordNumber } = inFile(position);
    if (!this.input.seekable) return { offset, recordNumber, bytesBefore: "" };
    try {
      return { offset, recordNumber, bytesBefore: bytesBefore(this.name, offset) };
    } catch (error) {
      throw asInputFailure(error, this.name);
    }
  }

  placeText(position: Position): string {
    return `at byte ${inFile(position).offset}`;
  }

  /** A file that was read to its end must not have grown: what was added would not be read. */
  standing(before: RunInput, position: Position | null): Standing {
    const offset = position === null ? null : inFile(position).offset;
    if (offset === 0) return "same";
    if (this.input.isPipe) return "once-only";
    const same =
      offset === null || !this.input.seekable
        ? this.fingerprint === before.fingerprint
        : bytesBefore(this.name, offset) === position?.bytesBefore;
    return same ? "same" : "changed";
  }

  sourceRecord({ file, offset, length }: RecordPlace): string {
    return `${file}:${offset}:${length}`;
  }

  reread(known: KnownItem): InputRecord {
    return this.reading.rereader.read(this.input, known);
  }

  end(records: number): void {
    this.mustBeUnchanged();
    const { allowEmpty } = this.reading;
    if (this.isWhole && records === 0 && !allowEmpty) throw inputFailure("empty", this.name);
  }

  private mustBeUnchanged(): void {
    try {
      if (this.lastWritten() === this.stamp || fingerprint(this.name) === this.fingerprint) return;
    } catch (error) {
      throw asInputFailure(error, this.name);
    }
    const now = statSync(this.name).size;
    const sizes = now === this.bytes ? "" : `it had ${this.bytes} bytes and has ${now}`;
    throw inputFailure("changed", this.name, sizes);
  }

  /** Changes with every write to the file. */
  private lastWritten(): string {
    if (this.input.isPipe) return "";
    const { size, mtimeNs, ino } = statSync(this.name, { bigint: true });
    return `${size} ${mtimeNs} ${ino}`;
  }
}

/** A position of a file; the beginning of any input is byte 0. */
function inFile({ offset, recordNumber }: Position): FilePosition {
  return { offset: typeof offset === "number" ? offset : 0, recordNumber };
}
