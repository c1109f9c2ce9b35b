/** A record as it should be, and ways to change its bytes. */

import { iso } from "./marc-builder.js";
import type { FieldOf } from "./record-view.js";

export const SOUND: readonly FieldOf[] = [
  ["001", "ocm00000017"],
  ["008", "920219s1993    caua   j      000 0 eng  "],
  ["100", "1 ", "aBöll, Heinrich,", "d1917-1985."],
  ["245", "10", "aAnsichten eines Clowns :", "bRoman /"],
  ["650", " 0", "aClowns", "vFiction."],
  ["650", " 0", "aCologne (Germany)"],
];

/** A record as it should be. */
export function soundRecord(): Buffer {
  return iso({ fields: SOUND });
}

/** The bytes with `text` written over them at `at`. */
export function overwritten(bytes: Buffer, at: number, text: string): Buffer {
  const copy = Buffer.from(bytes);
  copy.write(text, at, "latin1");
  return copy;
}

/** The bytes with `removed` bytes at `at` replaced by `inserted`, and the length put right. */
export function spliced(bytes: Buffer, at: number, removed: number, inserted: string): Buffer {
  const parts = [
    bytes.subarray(0, at),
    Buffer.from(inserted, "latin1"),
    bytes.subarray(at + removed),
  ];
  const whole = Buffer.concat(parts);
  return overwritten(whole, 0, String(whole.length).padStart(5, "0"));
}

export function withStatedLength(bytes: Buffer, length: number): Buffer {
  return overwritten(bytes, 0, String(length).padStart(5, "0"));
}

export interface StructureDefect {
  readonly code: string;
  readonly what: string;
  make(): Buffer;
  /** The fields of the view, null if the record is refused. */
  readonly fields: readonly FieldOf[] | null;
}

/** Offset of the directory entry of the n-th field (from 0). */
export const entryAt = (n: number) => 24 + 12 * n;
