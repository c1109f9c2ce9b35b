/** Tells UTF-16 and UTF-32 by the first two bytes of a stream. */

import { FormatError } from "./parsed-record.js";

const BIG_ENDIAN_MARK = 0xfeff;
const LITTLE_ENDIAN_MARK = 0xfffe;

export class WideCheck {
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
