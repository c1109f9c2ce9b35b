/** What the readers of records as text share: a stream is cut into pieces, and each piece is read. */

import type { Refusal } from "../diagnostics/diagnostic.js";
import type { MarcRecord } from "../marc/marc-record.js";
import {
  FormatError,
  type ParsedRecord,
  type ReaderOptions,
  type RecordReader,
} from "./parsed-record.js";
import type { OpenPiece, Piece } from "./pieces.js";

/** Bytes of a piece that cannot be parsed in which 001 is looked for. */
const SEARCHED = 65_536;

/** Cuts a stream into pieces, whatever the chunks in which it comes. */
interface Cutter {
  push(chunk: Buffer): Piece[];
  end(): Piece[];
}

/**
 * An incremental reader: the results depend on the bytes alone, never on how they are cut into
 * chunks. A piece that is damaged is one reject, and reading goes on at the next. Chunks must not be
 * written to afterwards.
 */
export abstract class PieceReader implements RecordReader {
  private readonly wide = new WideCheck();

  constructor(
    private readonly cutter: Cutter,
    protected readonly options: ReaderOptions,
  ) {}

  /**
   * Takes the next bytes of the stream; returns what they complete, in order.
   *
   * @throws FormatError M709 if the stream is in an encoding that is not read
   */
  push(chunk: Buffer): ParsedRecord[] {
    this.wide.check(chunk);
    return this.cutter.push(chunk).map((piece) => this.read(piece));
  }

  /** Returns what remains at the end of the stream. */
  end(): ParsedRecord[] {
    return this.cutter.end().map((piece) => this.read(piece));
  }

  private read(piece: Piece): ParsedRecord {
    const { offset, length, bytes } = piece;
    if (piece.kind === "padding") {
      return { kind: "padding", offset, length, diagnostics: piece.diagnostics };
    }
    const read = piece.kind === "reject" ? piece : this.readOpen(piece);
    if (!("reason" in read)) return read;
    const { reason, further } = read;
    const controlNumber = this.controlNumberIn(bytes.toString("utf8", 0, SEARCHED));
    return { kind: "reject", offset, length, bytes, reason, further, controlNumber };
  }

  private readOpen(piece: OpenPiece): ParsedRecord | Refusal {
    const { offset, length, bytes } = piece;
    const knownAs = this.recognise(piece);
    if (knownAs !== 0) return { kind: "known", offset, length, bytes, knownAs };
    const record = this.parse(piece);
    return "table" in record ? { kind: "record", offset, length, bytes, record } : record;
  }

  /** The number under which the bytes are known, 0 if they are not. */
  protected recognise({ bytes }: OpenPiece): number {
    return this.options.recognise?.(bytes) ?? 0;
  }

  /** The record of a piece, or why there is none. */
  protected abstract parse(piece: OpenPiece): MarcRecord | Refusal;

  /** 001 in the beginning of a piece that cannot be parsed, "" if it is not to be found. */
  protected abstract controlNumberIn(text: string): string;
}

const BIG_ENDIAN_MARK = 0xfeff;
const LITTLE_ENDIAN_MARK = 0xfffe;

/** Tells UTF-16 and UTF-32 by the first two bytes of a stream. */
class WideCheck {
  /** The first bytes while they are fewer than two, then null. */
  private head: Buffer | null = Buffer.alloc(0);

  /**
   * Looks at the next chunk of the stream until two bytes are known.
   *
   * @throws FormatError M709 for a byte order mark of UTF-16, or a NUL: no text in an encoding of
   *   single bytes begins like that
   */
  check(chunk: Buffer): void {
    if (this.head === null) return;
    this.head = Buffer.concat([this.head, chunk.subarray(0, 2)]);
    if (this.head.length < 2) return;
    const first = this.head.readUInt16BE(0);
    this.head = null;
    const mark = first === BIG_ENDIAN_MARK || first === LITTLE_ENDIAN_MARK;
    if (mark || first < 0x100 || (first & 0xff) === 0) {
      throw new FormatError("M709", "the file is UTF-16, which is not read: convert it to UTF-8");
    }
  }
}
