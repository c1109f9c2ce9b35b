/** UTF-16 code units of a text in the making: one growing buffer that all decoders use in turn. */

import { endianness } from "node:os";

const LITTLE_ENDIAN = endianness() === "LE";

export class UnitBuffer {
  /** Written by the decoders; never longer than what `reserve` was asked for. */
  units = new Uint16Array(4096);
  private bytes = Buffer.from(this.units.buffer);

  /** Makes room for so many units; what was written before is lost. */
  reserve(count: number): Uint16Array {
    if (count > this.units.length) {
      this.units = new Uint16Array(count * 2);
      this.bytes = Buffer.from(this.units.buffer);
    }
    return this.units;
  }

  /** The first `count` units as a string. */
  text(count: number): string {
    if (LITTLE_ENDIAN) return this.bytes.toString("utf16le", 0, count * 2);
    return Buffer.from(this.bytes.subarray(0, count * 2))
      .swap16()
      .toString("utf16le");
  }
}
