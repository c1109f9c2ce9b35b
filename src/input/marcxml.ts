/** Reads MARCXML and TurboMARC: record elements alone, in a collection, or in OAI-PMH and SRU responses. */

import { type Diagnostic, diagnostic, type Refusal } from "../diagnostics/diagnostic.js";
import { buildRecord, type PlainField, type TextReading } from "../marc/build-record.js";
import { withStatus } from "../marc/leader.js";
import type { MarcRecord } from "../marc/marc-record.js";
import { foreignXml, XML_HEAD } from "./foreign-xml.js";
import { FormatError, type ParsedRecord, type ReaderOptions } from "./parsed-record.js";
import { PieceReader } from "./piece-reader.js";
import type { OpenPiece } from "./pieces.js";
import { RecordText } from "./record-text.js";
import { refusal } from "./refusal.js";
import { XmlCutter } from "./xml-cutter.js";
import { MARCXML, TURBOMARC, type XmlDialect } from "./xml-dialect.js";
import { xmlProblem } from "./xml-problem.js";
import { type XmlRecord, XmlRecordParser } from "./xml-record.js";
import { repairedXml } from "./xml-repair.js";

/** 001 in a record element that cannot be parsed. */
const CONTROL_NUMBER =
  /(?:[<:]controlfield\s[^<>]{0,200}?tag\s*=\s*["']0{0,2}1["'][^<>]{0,200}|[<:]c001)>([^<>]{1,100})</;
/** MARC 21 leader of a record that is only known to be deleted (leader/05 `d`). */
const DELETED = "     d    22        4500";
/** SRU recordPacking `string`: the record's own markup as text. */
const PACKED = /^\s*<[\w?]/;
/** Leader/06 by the type that MARCXML and MarcXchange state, for a record without leader. */
const TYPES = new Map([
  ["authority", "z"],
  ["holdings", "u"],
  ["classification", "w"],
  ["community", "q"],
]);
const SHOWN = 32;

/** The last part of an OAI identifier, `oai:repository:number`: what the repository calls its record. */
function deletion(identifier: string): PlainField[] {
  const text = identifier.slice(identifier.lastIndexOf(":") + 1).trim();
  return text === "" ? [] : [{ tag: "001", text }];
}

/**
 * Each record element is parsed alone; one that is damaged is one reject. Elements count by their
 * local names.
 */
export class MarcXmlReader extends PieceReader {
  private readonly parser: XmlRecordParser;
  private readonly text: RecordText;
  /** The beginning of the stream as long as nothing but padding has come; null then. */
  private head: Buffer | null;

  constructor(options: ReaderOptions, dialect: XmlDialect = MARCXML) {
    super(new XmlCutter(options, dialect), options);
    this.parser = new XmlRecordParser(dialect);
    this.text = new RecordText(options.encoding);
    this.head = (options.offset ?? 0) === 0 ? Buffer.alloc(0) : null;
  }

  override push(chunk: Buffer): ParsedRecord[] {
    if (this.head !== null && this.head.length < XML_HEAD) {
      this.head = Buffer.concat([this.head, chunk.subarray(0, XML_HEAD)]);
    }
    return this.noteRecords(super.push(chunk));
  }

  /** @throws FormatError M003 if the stream is XML of another kind, or an error answer */
  override end(): ParsedRecord[] {
    const rest = this.noteRecords(super.end());
    const foreign = this.head === null ? null : foreignXml(this.head.toString("utf8"));
    if (foreign !== null) throw new FormatError("M003", `looks like ${foreign}`);
    return rest;
  }

  private noteRecords(parsed: ParsedRecord[]): ParsedRecord[] {
    if (this.head !== null && parsed.some(({ kind }) => kind !== "padding")) this.head = null;
    return parsed;
  }

  /** What is declared outside the element may make the same bytes mean something else. */
  protected override recognise(piece: OpenPiece): number {
    if (piece.deleted) return 0;
    return this.text.isCertain(piece.encoding) ? super.recognise(piece) : 0;
  }

  protected override controlNumberIn(text: string): string {
    return CONTROL_NUMBER.exec(text)?.[1].trim() ?? "";
  }

  /** The record of an element, or why there is none. */
  protected override parse(piece: OpenPiece): MarcRecord | Refusal {
    const { bytes, encoding, offset } = piece;
    const diagnostics = [...piece.diagnostics];
    const { text, reading } = this.text.read(bytes, encoding, offset, diagnostics);
    const parsed = this.unpacked(this.parseText(text, offset, diagnostics), diagnostics);
    if (parsed instanceof Error) {
      return {
        reason: diagnostic("M701", { offset, found: xmlProblem(text, parsed.message) }),
        further: diagnostics,
      };
    }
    const built = build(parsed, reading, piece, diagnostics);
    if (built === null) return { reason: diagnostic("M702", { offset }), further: diagnostics };
    return refusal(built, offset, this.options.strict) ?? built;
  }

  /** The record that an SRU response has packed as a string; everything else as it is. */
  private unpacked(parsed: XmlRecord | Error, diagnostics: Diagnostic[]): XmlRecord | Error {
    if (parsed instanceof Error || parsed.marc || !PACKED.test(parsed.packed)) return parsed;
    // The record in a CDATA section is not hidden, but read.
    const hidden = diagnostics.findIndex(({ code }) => code === "M715");
    if (hidden >= 0) diagnostics.splice(hidden, 1);
    return this.parser.parse(parsed.packed.trim());
  }

  /** Parses, if need be a second time without the characters that XML forbids (M710). */
  private parseText(text: string, offset: number, diagnostics: Diagnostic[]): XmlRecord | Error {
    const parsed = this.parser.parse(text);
    if (!(parsed instanceof Error)) return parsed;
    const cleaned = repairedXml(text);
    if (cleaned === text) return parsed;
    diagnostics.push(diagnostic("M710", { offset }));
    return this.parser.parse(cleaned);
  }
}

/** TurboMARC: the same record under shorter names, with tags and codes in them. */
export class TurboMarcReader extends MarcXmlReader {
  constructor(options: ReaderOptions) {
    super(options, TURBOMARC);
  }
}

/** The leader; of a record without one, what its type says (M731). */
function leaderOf({ leader, type }: XmlRecord, offset: number, diagnostics: Diagnostic[]): string {
  const letter = leader.trim() === "" ? TYPES.get(type.trim().toLowerCase()) : undefined;
  if (letter === undefined) return leader;
  diagnostics.push(diagnostic("M731", { offset, field: "LDR", found: `type="${type.trim()}"` }));
  return `      ${letter}   22        4500`;
}

/** The view of a parsed element, null if it is neither MARC nor a deletion. */
function build(
  parsed: XmlRecord,
  reading: TextReading,
  { offset, deleted }: OpenPiece,
  diagnostics: Diagnostic[],
): MarcRecord | null {
  if (parsed.marc) {
    if (parsed.leftOut !== "") {
      diagnostics.push(diagnostic("M711", { offset, found: parsed.leftOut.slice(0, SHOWN) }));
    }
    const leader = leaderOf(parsed, offset, diagnostics);
    if (!deleted) return buildRecord(leader, parsed.fields, offset, diagnostics, reading);
    diagnostics.push(diagnostic("M716", { offset }));
    return buildRecord(withStatus(leader, "d"), parsed.fields, offset, diagnostics, reading);
  }
  if (parsed.deleted === null) return null;
  diagnostics.push(diagnostic("M712", { offset, found: parsed.deleted.slice(0, SHOWN) }));
  return buildRecord(DELETED, deletion(parsed.deleted), offset, diagnostics);
}
