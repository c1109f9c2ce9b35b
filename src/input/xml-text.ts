/** From the bytes of a record element to its characters. */

import { isAscii, isUtf8 } from "node:buffer";
import { TextDecoder } from "node:util";
import { type Diagnostic, diagnostic } from "../diagnostics/diagnostic.js";
import { sequenceLength } from "../marc/charset/utf8.js";
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

/** Where the first byte stands that is not UTF-8. The bytes must hold one. */
function firstInvalid(bytes: Buffer): number {
  let at = 0;
  while (at < bytes.length) {
    const length = bytes[at] < 0x80 ? 1 : sequenceLength(bytes, at, bytes.length);
    if (length < 0) return at;
    at += length;
  }
  return at;
}

/** UTF-8 as it stands; what is not UTF-8 becomes U+FFFD, with M401. */
export function utf8Text(bytes: Buffer, offset: number, diagnostics: Diagnostic[]): string {
  if (!isUtf8(bytes)) {
    const at = firstInvalid(bytes);
    const found = bytes
      .subarray(at, at + 4)
      .toString("hex")
      .toUpperCase();
    diagnostics.push(diagnostic("M401", { offset: offset + at, found }));
  }
  return bytes.toString("utf8");
}

/** Finds the decoder of a declared encoding once, and takes UTF-8 for what it is. */
export class XmlText {
  private label = "";
  /** Null for UTF-8. */
  private decoder: TextDecoder | null = null;

  /**
   * The text of a record element.
   *
   * @param encoding as declared, "" for none
   * @param offset of the bytes in the stream, for `diagnostics`: M401 what is not UTF-8 became
   *   U+FFFD, M708 the declaration is wrong
   * @throws FormatError M709 if the encoding is not one that is read
   */
  read(bytes: Buffer, encoding: string, offset: number, diagnostics: Diagnostic[]): string {
    if (encoding !== this.label) this.choose(encoding);
    if (this.decoder === null) return utf8Text(bytes, offset, diagnostics);
    if (isAscii(bytes)) return bytes.latin1Slice(0, bytes.length);
    if (isUtf8(bytes)) {
      diagnostics.push(diagnostic("M708", { offset, found: encoding, expected: "UTF-8" }));
      return bytes.toString("utf8");
    }
    return this.decoder.decode(bytes);
  }

  private choose(encoding: string): void {
    this.label = encoding;
    this.decoder = null;
    if (isUtf8Label(encoding) || WIDE.test(encoding)) return;
    if (!STATEFUL.test(encoding)) this.decoder = decoderOf(encoding);
    if (this.decoder === null) {
      throw new FormatError("M709", `the XML declares the encoding ${encoding}, which is not read`);
    }
  }
}

function decoderOf(encoding: string): TextDecoder | null {
  try {
    return new TextDecoder(encoding, { ignoreBOM: true });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
