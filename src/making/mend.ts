/** `mend`: what can be read of files as sound records; what cannot goes to a pair of reject files. */

import type { InputFormat } from "../config/job/run-options.js";
import type { ConfiguredEncoding } from "../config/marc/marc-mapping.js";
import { type Diagnostic, diagnostic } from "../diagnostics/diagnostic.js";
import { inputFailure } from "../input/input-failure.js";
import { asInputFailure, openInput } from "../input/open.js";
import type { ParsedRecord } from "../input/parsed-record.js";
import { readInput } from "../input/read-input.js";
import { Inspection } from "../looking/inspection.js";
import { type MarcRecord, tagCode } from "../marc/marc-record.js";
import type { OutputStream } from "../output/output-stream.js";
import type { RecordWriter } from "../output/record-writer.js";
import type { RejectFiles } from "../running/reject-files.js";

export interface MendOptions {
  readonly format: InputFormat;
  readonly encoding: ConfiguredEncoding;
  readonly allowEmpty: boolean;
  /** Bytes. */
  readonly maxRecordSize: number;
  /** Records to write at most, null for all. */
  readonly limit: number | null;
  /** Which records are wanted. */
  readonly wants: (record: MarcRecord) => boolean;
  /** Waited for between blocks of the input; what it throws ends the work. */
  readonly between?: () => Promise<void>;
}

/** Where what is read goes to. */
export interface MendTargets {
  readonly writer: RecordWriter;
  readonly output: OutputStream;
  readonly rejects: RejectFiles;
}

const CONTROL_NUMBER = tagCode("001");

/** Writes the records of one input after another. */
export class Mender {
  /** Records written so far. */
  written = 0;
  /** Records that the format had no room for. */
  tooLong = 0;

  constructor(
    private readonly targets: MendTargets,
    private readonly options: MendOptions,
  ) {}

  get isFull(): boolean {
    const { limit } = this.options;
    return limit !== null && this.written >= limit;
  }

  /**
   * Reads one input up to its end, or to the last record that is wanted.
   *
   * @returns what was found in it, as `validate` tells it
   * @throws Failure when it cannot be read or is not MARC, or the output cannot be written
   */
  async mend(path: string): Promise<Inspection> {
    const { format, allowEmpty, encoding, maxRecordSize } = this.options;
    let inspection: Inspection | null = null;
    try {
      const input = await openInput(path, { format, allowEmpty });
      inspection = new Inspection(input.path, input.format, { start: input.range?.start });
      const isText = input.format !== "iso2709";
      for await (const read of readInput(input, { encoding, strict: false, maxRecordSize })) {
        this.takeAll(read, inspection, isText);
        this.targets.rejects.sync();
        if (this.isFull) return inspection;
        await this.options.between?.();
      }
      const isEmpty = inspection.records + inspection.rejected === 0;
      if (isEmpty && !allowEmpty) throw inputFailure("empty", path);
      return inspection;
    } catch (thrown) {
      throw asInputFailure(thrown, path);
    } finally {
      inspection?.finish();
    }
  }

  private takeAll(read: Iterable<ParsedRecord>, inspection: Inspection, isText: boolean): void {
    for (const parsed of read) {
      if (this.isFull) return;
      inspection.take(parsed);
      if (parsed.kind === "record") this.write(parsed, inspection, isText);
      else if (parsed.kind === "reject") {
        this.reject(parsed, parsed.reason, parsed.controlNumber, inspection, isText);
      }
    }
  }

  private write(
    parsed: Extract<ParsedRecord, { kind: "record" }>,
    inspection: Inspection,
    isText: boolean,
  ): void {
    const { record, offset } = parsed;
    if (!this.options.wants(record)) return;
    const bytes = this.targets.writer.record(record);
    if (bytes === null) {
      this.tooLong++;
      const reason = diagnostic("M901", { offset });
      const number = record.controlField(CONTROL_NUMBER).trim();
      this.reject(parsed, reason, number, inspection, isText);
      return;
    }
    this.targets.output.write(bytes);
    this.written++;
  }

  private reject(
    parsed: Extract<ParsedRecord, { kind: "record" | "reject" }>,
    reason: Diagnostic,
    controlNumber: string,
    { path, number }: Inspection,
    isText: boolean,
  ): void {
    const { offset, length, bytes } = parsed;
    const place = { file: path, number, offset, length };
    this.targets.rejects.add({ ...place, bytes, isText, reason, controlNumber });
  }
}
