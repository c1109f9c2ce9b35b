/** UTF-16 code units of a text in the making: one growing buffer that all decoders use in turn. */

import { endianness } from "node:os";

const LITTLE_ENDIAN = endianness() === "LE";

export class UnitBuffer {
  /** Written by the decoders; never longer than what `reserve` was asked for. */
  units = new Uint16Array(4096);
  private bytes = Buffer.from(this.units.buffer);
  private narrow = Buffer.alloc(this.units.length);

  /** Makes room for so many units; what was written before is lost. */
  reserve(count: number): Uint16Array {
    if (count > this.units.length) {
      this.units = new Uint16Array(count * 2);
      this.bytes = Buffer.from(this.units.buffer);
      this.narrow = Buffer.alloc(this.units.length);
    }
    return this.units;
  }

  /** The first `count` units as a string, which takes the engine a byte a unit where it can. */
  text(count: number): string {
    const { units, narrow } = this;
    let all = 0;
    for (let i = 0; i < count; i++) all |= units[i];
    if (all <= 0xff) {
      for (let i = 0; i < count; i++) narrow[i] = units[i];
      return narrow.latin1Slice(0, count);
    }
    if (LITTLE_ENDIAN) return this.bytes.toString("utf16le", 0, count * 2);
    return Buffer.from(this.bytes.subarray(0, count * 2))
      .swap16()
      .toString("utf16le");
  }
}
