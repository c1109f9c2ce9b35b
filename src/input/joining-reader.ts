/**
 * Records in pieces (`join_split_records`): a record that is longer than a format allows is given as
 * several, one behind the other, each with its 001. Here they become one again.
 */

import { diagnostic } from "../diagnostics/diagnostic.js";
import { FIELD_STRIDE, MarcRecord, tagCode } from "../marc/marc-record.js";
import type { ParsedRecord, RecordReader } from "./parsed-record.js";

type Parsed<K extends ParsedRecord["kind"]> = Extract<ParsedRecord, { kind: K }>;
type Piece = Parsed<"record">;

const CONTROL_NUMBER = tagCode("001");
const CONTROL_NUMBER_SOURCE = tagCode("003");
const TITLE = tagCode("245");

/** What all pieces of a record have in common; "" where a record can be no piece. */
function keyOf({ record }: Piece): string {
  const number = bytesOf(record, CONTROL_NUMBER).trim();
  if (number === "") return "";
  // A deletion and what comes after it are no pieces, nor are a book and its holdings.
  const kind = record.leader.slice(5, 8);
  return `${kind} ${bytesOf(record, CONTROL_NUMBER_SOURCE).trim()} ${number}`;
}

/** The first field of a tag as it stands, "" if there is none; nothing is decoded for it. */
function bytesOf(record: MarcRecord, tag: number): string {
  for (let field = 0; field < record.fieldCount; field++) {
    if (record.tag(field) === tag) return contentOf(record, field);
  }
  return "";
}

function contentOf(record: MarcRecord, field: number): string {
  return record.bytes.toString("latin1", record.start(field), record.end(field));
}

/** Gives what another reader gives, with the pieces of a record as one. */
export class JoiningReader implements RecordReader {
  private pieces: Piece[] = [];
  private key = "";
  private title = "";
  /** That all pieces so far can be read in. */
  private encoding: Encoding = "ascii";
  private length = 0;
  private between: Parsed<"padding">[] = [];

  /** @param maxRecordSize bytes; more pieces than make up so much are not joined */
  constructor(
    private readonly reader: RecordReader,
    private readonly maxRecordSize: number,
  ) {}

  *push(chunk: Buffer): Generator<ParsedRecord> {
    for (const parsed of this.reader.push(chunk)) yield* this.take(parsed);
  }

  *end(): Generator<ParsedRecord> {
    for (const parsed of this.reader.end()) yield* this.take(parsed);
    yield* this.give();
  }

  private *take(parsed: ParsedRecord): Generator<ParsedRecord> {
    if (parsed.kind === "padding") {
      if (this.pieces.length > 0) this.between.push(parsed);
      else yield parsed;
      return;
    }
    if (parsed.kind !== "record") {
      yield* this.give();
      yield parsed;
      return;
    }
    if (!this.continues(parsed)) {
      yield* this.give();
      this.key = keyOf(parsed);
      this.title = bytesOf(parsed.record, TITLE);
      this.encoding = "ascii";
    }
    this.encoding = bothIn(this.encoding, parsed.record.encoding) ?? this.encoding;
    this.pieces.push(parsed);
    this.length += parsed.length;
    yield* this.between.splice(0);
  }

  /** Whether a record goes on with those before it: one that brings another title is another record. */
  private continues(piece: Piece): boolean {
    if (this.pieces.length === 0 || this.key === "" || keyOf(piece) !== this.key) return false;
    if (this.length + piece.length > this.maxRecordSize) return false;
    const title = bytesOf(piece.record, TITLE);
    if (title !== "" && title !== this.title) return false;
    return bothIn(this.encoding, piece.record.encoding) !== null;
  }

  private *give(): Generator<ParsedRecord> {
    const { pieces, encoding } = this;
    this.pieces = [];
    this.length = 0;
    if (pieces.length > 0) yield pieces.length === 1 ? pieces[0] : joined(pieces, encoding);
    yield* this.between.splice(0);
  }
}

type Encoding = MarcRecord["encoding"];

/** The encoding that texts of both can be read in, null if there is none. */
function bothIn(one: Encoding, other: Encoding): Encoding | null {
  if (one === other || other === "ascii") return one;
  return one === "ascii" ? other : null;
}

/**
 * One record of all pieces: leader and control fields of the first, then its other fields and theirs, in
 * order. What a piece repeats of the first, to the byte, is taken once.
 */
function joined(pieces: readonly Piece[], encoding: Encoding): Piece {
  const [first] = pieces;
  const last = pieces[pieces.length - 1];
  const table: number[] = [];
  const repeated = new Set<string>();
  let base = 0;
  for (const piece of pieces) {
    const { record } = piece;
    for (let field = 0; field < record.fieldCount; field++) {
      const tag = record.tag(field);
      const content = `${tag} ${contentOf(record, field)}`;
      if (piece === first) repeated.add(content);
      else if (record.isControl(field) || repeated.has(content)) continue;
      const kind = record.isControl(field) ? 1 : 0;
      table.push(tag, base + record.start(field), base + record.end(field), kind);
    }
    base += record.bytes.length;
  }
  const { offset } = first;
  const told = diagnostic("M606", { offset, found: `${pieces.length} pieces` });
  const record = new MarcRecord(
    Buffer.concat(pieces.map((piece) => piece.record.bytes)),
    first.record.leader,
    Int32Array.from(table),
    table.length / FIELD_STRIDE,
    encoding,
    [told, ...pieces.flatMap((piece) => piece.record.diagnostics)],
  );
  const length = last.offset + last.length - offset;
  return {
    kind: "record",
    offset,
    length,
    bytes: Buffer.concat(pieces.map(({ bytes }) => bytes)),
    record,
  };
}
