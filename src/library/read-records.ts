/** Reading records, damaged ones too, without a database. */

import { INPUT_FORMATS } from "../config/job/run-options.js";
import { type ConfiguredEncoding, ENCODINGS } from "../config/marc/marc-mapping.js";
import { DEFAULT_MAX_RECORD_SIZE } from "../config/marc/rule-keys.js";
import { inputFailure } from "../input/input-failure.js";
import { asInputFailure, openInput, openStream } from "../input/open.js";
import type { ParsedRecord } from "../input/parsed-record.js";
import { readInput } from "../input/read-input.js";
import { type Configuration, configOf } from "./configuration.js";
import { checkOptions } from "./options.js";
import type { ReadPiece, ReadReject } from "./record.js";
import { findingsOf, RecordView } from "./record-view.js";

/** How records are read. */
export interface ReadOptions {
  /** What the input is; by its first bytes if absent. */
  readonly format?: "auto" | "marc" | "marcxml" | "turbomarc" | "mij" | "mrk" | undefined;
  /** How its text is encoded; by leader and bytes if absent. */
  readonly encoding?: "auto" | "utf-8" | "marc-8" | "latin-1" | "iso5426" | undefined;
  /** Reject what would otherwise be mended. */
  readonly strict?: boolean | undefined;
  /** Bytes; what is longer is rejected in pieces. 16 MiB if absent. */
  readonly maxRecordSize?: number | undefined;
  /** Whether an input without records is no error. */
  readonly allowEmpty?: boolean | undefined;
  /** Where `encoding`, `strict` and `maxRecordSize` are taken from that are not stated. */
  readonly configuration?: Configuration | undefined;
  /** The name of a stream, for messages. */
  readonly name?: string | undefined;
}

/** Bytes as they come: a stream of Node, of the web, or an iterable of one's own. */
export type ByteStream = AsyncIterable<Uint8Array>;

const CHECKS = {
  format: INPUT_FORMATS,
  encoding: ENCODINGS,
  strict: "boolean",
  maxRecordSize: "oneOrMore",
  allowEmpty: "boolean",
  configuration: "object",
  name: "string",
} as const;

const STREAM = "stream";

/**
 * Reads an input piece by piece: records, what could not be read as one, and what stands between. The
 * pieces cover it once, in order. Its format is told by its first bytes, zipped or not. Memory does not
 * grow with the input.
 *
 * @param source a path, FILE:OFFSET:LENGTH for a part of a file, `-` for standard input, or a stream, whose
 *   blocks must not be written to again
 * @throws Failure when it cannot be read, is empty, or holds no MARC: with the first piece, or on the way
 */
export async function* readRecords(
  source: string | ByteStream,
  options: ReadOptions = {},
): AsyncGenerator<ReadPiece, void, undefined> {
  checkOptions("readRecords", options, CHECKS);
  const { format = "auto", allowEmpty = false } = options;
  const file = typeof source === "string" ? source : (options.name ?? STREAM);
  try {
    const opening = { format, allowEmpty };
    const input =
      typeof source === "string"
        ? await openInput(source, opening)
        : await openStream(file, source, opening);
    const pieces = new Pieces(input.path);
    for await (const read of readInput(input, settingsOf(options))) yield* pieces.of(read);
    if (pieces.count === 0 && !allowEmpty) throw inputFailure("empty", file);
  } catch (error) {
    throw asInputFailure(error, file);
  }
}

interface ReaderSettings {
  readonly encoding: ConfiguredEncoding;
  readonly strict: boolean;
  readonly maxRecordSize: number;
}

function settingsOf({
  configuration,
  encoding,
  strict,
  maxRecordSize,
}: ReadOptions): ReaderSettings {
  const mapping = configuration === undefined ? null : configOf(configuration).mapping;
  return {
    encoding: encoding ?? mapping?.encoding ?? "auto",
    strict: strict ?? mapping?.strict ?? false,
    maxRecordSize: maxRecordSize ?? mapping?.maxRecordSize ?? DEFAULT_MAX_RECORD_SIZE,
  };
}

/** Numbers what a reader gives. */
class Pieces {
  /** Records and rejects so far. */
  count = 0;

  constructor(private readonly file: string) {}

  *of(parsed: Iterable<ParsedRecord>): Generator<ReadPiece> {
    for (const one of parsed) yield this.piece(one);
  }

  private piece(parsed: ParsedRecord): ReadPiece {
    const { file } = this;
    switch (parsed.kind) {
      case "record":
        return new RecordView(parsed, file, ++this.count);
      case "reject":
        return this.reject(parsed);
      case "padding": {
        const { offset, length, diagnostics } = parsed;
        const label = { file, number: this.count, offset, controlNumber: "" };
        return { kind: "padding", file, offset, length, findings: findingsOf(diagnostics, label) };
      }
      case "known":
        throw new Error("no record is known before it is read");
    }
  }

  private reject(parsed: Extract<ParsedRecord, { kind: "reject" }>): ReadReject {
    const { offset, length, bytes, controlNumber } = parsed;
    const { file } = this;
    const number = ++this.count;
    const label = { file, number, offset, controlNumber };
    const [reason] = findingsOf([parsed.reason], label);
    const further = findingsOf(parsed.further, label);
    return { kind: "reject", file, number, offset, length, bytes, controlNumber, reason, further };
  }
}
