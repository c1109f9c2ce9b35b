/** What the readers of the different formats hand on. */

import type { ConfiguredEncoding } from "../config/marc/marc-mapping.js";
import type { Code } from "../diagnostics/catalogue.js";
import type { Diagnostic, Refusal } from "../diagnostics/diagnostic.js";
import type { MarcRecord } from "../marc/marc-record.js";
import type { ListCount } from "./list-count.js";

/** Where a piece of the (unzipped) stream stands: zero-based byte offset, length in bytes. */
interface Stretch {
  readonly offset: number;
  readonly length: number;
}

/**
 * A piece of the stream. The pieces cover it exactly once, in order: `offset + length` of one is the
 * `offset` of the next. Only padding at the end of the stream may be empty, to carry a diagnostic.
 */
export type ParsedRecord =
  | (Stretch & {
      readonly kind: "record";
      /** The record as it stands in the stream. */
      readonly bytes: Buffer;
      /** Its diagnostics are those of the view. */
      readonly record: MarcRecord;
    })
  | (Stretch &
      Refusal & {
        readonly kind: "reject";
        readonly bytes: Buffer;
        /** 001 as far as it can be read, else "". */
        readonly controlNumber: string;
      })
  | (Stretch & {
      readonly kind: "known";
      readonly bytes: Buffer;
      /** The number that the caller knows these bytes by. */
      readonly knownAs: number;
    })
  | (Stretch & {
      readonly kind: "padding";
      readonly diagnostics: readonly Diagnostic[];
    });

/** What the head of a stream leaves open, for reading that goes on behind it. */
export interface Opened {
  /** XML: what the declaration at the head of the stream says. */
  readonly declaredEncoding?: string;
  /** XML: the name of the outermost element, "" where there is none around the records. */
  readonly openElement?: string;
  /** What has been counted of a list whose server states how many records it holds. */
  readonly list?: Readonly<ListCount>;
  /** The stream is a part of one, so that its end is no sign of a loss. */
  readonly isPart?: boolean;
  /** JSON: arrays around the records. */
  readonly openArrays?: number;
  /** JSON: an object around the list of records. */
  readonly openList?: boolean;
}

/** What is told to whoever cuts a stream of records as text. */
export interface CutterOptions extends Opened {
  /** Bytes; a longer record is rejected, in pieces of that size. */
  readonly maxRecordSize: number;
  /** Reject a record that would be repaired. */
  readonly strict: boolean;
  /** Absolute offset of the first byte that is pushed; 0 unless reading goes on in mid-stream. */
  readonly offset?: number;
  /** The number under which the bytes of a record are known, 0 if they are not. */
  readonly recognise?: ((bytes: Buffer) => number) | null;
}

/** What a reader of records as text is told. */
export interface ReaderOptions extends CutterOptions {
  /** What the configuration demands, or `auto`. */
  readonly encoding: ConfiguredEncoding;
}

/** A stream that no record can be read from, whatever comes. `code` is one of the catalogue. */
export class FormatError extends Error {
  override readonly name = "FormatError";

  constructor(
    readonly code: Code,
    message: string,
  ) {
    super(message);
  }
}

/** A reader of one format: pure and incremental, fed by whoever holds the file. */
export interface RecordReader {
  /**
   * Takes the next bytes, which must not be written to afterwards; gives what is certain by now. To
   * be gone through before the next call.
   */
  push(chunk: Buffer): Iterable<ParsedRecord>;
  /** Tells that the input is at its end; gives what remains. */
  end(): Iterable<ParsedRecord>;
}
