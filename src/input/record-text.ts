/** From the bytes of a record in XML or JSON to its characters. */

import { isAscii, isUtf8 } from "node:buffer";
import { TextDecoder } from "node:util";
import type { ConfiguredEncoding } from "../config/marc/marc-mapping.js";
import { type Diagnostic, diagnostic } from "../diagnostics/diagnostic.js";
import type { TextReading } from "../marc/build-record.js";
import { type OthersAs, withBadBytesKept, withBytesKept } from "../marc/charset/kept-bytes.js";
import { type SingleByteTable, singleByteTable, tableText } from "../marc/charset/single-byte.js";
import { FormatError } from "./parsed-record.js";

const UTF_8 = /^(?:utf-?8|us-ascii|ascii)$/i;
/** A declaration that can be read byte by byte is not in these; writers name them by mistake. */
const WIDE = /^(?:utf-?16|utf-?32|ucs-?[24]|iso-10646-ucs-[24])/i;
/** Encodings in which a byte below 80 may be part of another character than ASCII's. */
const STATEFUL = /^(?:iso-2022|hz-gb|utf-7)/i;

/** Whether a declared encoding is UTF-8 or part of it; "", no declaration, is. */
export function isUtf8Label(encoding: string): boolean {
  return encoding === "" || UTF_8.test(encoding);
}

/** Whether a declared encoding is one that is read, or passed over. */
export function isReadLabel(encoding: string): boolean {
  if (isUtf8Label(encoding) || WIDE.test(encoding)) return true;
  return !STATEFUL.test(encoding) && decoderOf(encoding) !== null;
}

/** The text of a record and how its bytes are had back from it (see `TextReading`). */
export interface ReadText {
  readonly text: string;
  readonly reading: TextReading;
}

interface Decoder {
  decode(bytes: Buffer): string;
}

/** Finds the decoder of a declared encoding once, and takes UTF-8 for what it is. */
export class RecordText {
  private label = "";
  /** Null for UTF-8. */
  private decoder: Decoder | null = null;
  private readonly plain: TextReading;

  /** @param configured overrules what is declared, unless it is `auto` */
  constructor(private readonly configured: ConfiguredEncoding) {
    this.plain = { configured: configured === "auto" ? "auto" : "utf-8", kept: null };
    if (configured === "latin-1") this.decoder = decoderOf("windows-1252");
  }

  /** Whether equal bytes are read alike, whatever is declared outside them. */
  isCertain(declared: string): boolean {
    return this.configured !== "auto" || isUtf8Label(declared);
  }

  /**
   * Bytes that are no UTF-8, or not to be UTF-8, are kept for the record that is built of the text.
   *
   * @param declared encoding, "" for none
   * @param offset of the bytes in the stream, for `diagnostics`: M708 the declaration is wrong
   * @throws FormatError M709 if the declared encoding is not one that is read
   */
  read(bytes: Buffer, declared: string, offset: number, diagnostics: Diagnostic[]): ReadText {
    const { configured } = this;
    if (configured === "marc-8" || configured === "iso5426") {
      return this.keeping(withBytesKept(bytes), "references");
    }
    if (configured === "auto" && declared !== this.label) this.choose(declared);
    if (this.decoder === null) {
      if (!isUtf8(bytes)) return this.keeping(withBadBytesKept(bytes), "utf-8");
      return { text: bytes.toString("utf8"), reading: this.plain };
    }
    if (isAscii(bytes)) {
      return { text: bytes.latin1Slice(0, bytes.length), reading: this.plain };
    }
    if (configured === "auto" && isUtf8(bytes)) {
      diagnostics.push(diagnostic("M708", { offset, found: declared, expected: "UTF-8" }));
      return { text: bytes.toString("utf8"), reading: this.plain };
    }
    return { text: this.decoder.decode(bytes), reading: this.plain };
  }

  private keeping(text: string, kept: OthersAs): ReadText {
    return { text, reading: { configured: this.configured, kept } };
  }

  private choose(declared: string): void {
    this.label = declared;
    this.decoder = null;
    if (isUtf8Label(declared) || WIDE.test(declared)) return;
    if (!STATEFUL.test(declared)) this.decoder = decoderOf(declared);
    if (this.decoder === null) {
      throw new FormatError("M709", `the XML declares the encoding ${declared}, which is not read`);
    }
  }
}

/** The decoder of a label of the WHATWG Encoding Standard; null if there is none. */
function decoderOf(label: string): Decoder | null {
  const platform = platformDecoder(label);
  const table = singleByteTable(platform?.encoding ?? label);
  return table === null ? platform : new TableDecoder(table);
}

function platformDecoder(label: string): TextDecoder | null {
  try {
    return new TextDecoder(label, { ignoreBOM: true });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

class TableDecoder implements Decoder {
  constructor(private readonly table: SingleByteTable) {}

  decode(bytes: Buffer): string {
    return tableText(bytes, this.table);
  }
}
