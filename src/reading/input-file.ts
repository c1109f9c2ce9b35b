/** What every input that is a file or a pipe knows of itself: whether it is still the same. */

import { statSync } from "node:fs";
import { inputFailure } from "../input/input-failure.js";
import { asInputFailure, type ByteInput } from "../input/open.js";
import type { Position, RunInput } from "../store/model/run-record.js";
import { bytesBefore, inputPrint } from "./fingerprint.js";
import { type InputItem, placeOf, type RecordPlace } from "./portion.js";
import type { FilePosition, Standing } from "./record-input.js";

export abstract class InputFile {
  /** "" for a pipe. */
  readonly fingerprint: string;
  private readonly stamp: string;
  bytesRead = 0;

  constructor(private readonly file: ByteInput) {
    this.stamp = this.lastWritten();
    this.fingerprint = file.isPipe ? "" : this.print();
  }

  get name(): string {
    return this.file.path;
  }

  get bytes(): number | null {
    return this.file.bytes;
  }

  before(item: InputItem): FilePosition {
    const { offset, number } = placeOf(item);
    return { offset: offset ?? 0, recordNumber: number - 1 };
  }

  kept(position: Position): Position {
    const { offset, recordNumber } = inFile(position);
    if (!this.file.seekable) return { offset, recordNumber, bytesBefore: "" };
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
    if (this.file.isPipe) return "once-only";
    const same =
      offset === null || !this.file.seekable
        ? this.fingerprint === before.fingerprint
        : bytesBefore(this.name, offset) === position?.bytesBefore;
    return same ? "same" : "changed";
  }

  sourceRecord({ file, offset, length }: RecordPlace): string {
    return `${file}:${offset}:${length}`;
  }

  /** @throws Failure if somebody has written to the file since it was opened */
  protected mustBeUnchanged(): void {
    try {
      if (this.lastWritten() === this.stamp || this.print() === this.fingerprint) return;
    } catch (error) {
      throw asInputFailure(error, this.name);
    }
    const now = statSync(this.file.file).size;
    const isKnown = this.file.file === this.name && now !== this.bytes;
    const sizes = isKnown ? `it had ${this.bytes} bytes and has ${now}` : "";
    throw inputFailure("changed", this.name, sizes);
  }

  /** A part of a file is not the file, nor another part. */
  private print(): string {
    const { path, range } = this.file;
    const of = range === null ? "" : `:${range.start}:${range.end ?? ""}`;
    return `${inputPrint(path)}${of}`;
  }

  /** Changes with every write to the file. */
  private lastWritten(): string {
    if (this.file.isPipe) return "";
    const { size, mtimeNs, ino } = statSync(this.file.file, { bigint: true });
    return `${size} ${mtimeNs} ${ino}`;
  }
}

/** A position of a file; the beginning of any input is byte 0. */
export function inFile({ offset, recordNumber }: Position): FilePosition {
  return { offset: typeof offset === "number" ? offset : 0, recordNumber };
}
