/** What the core asks about bytes of ANSEL: the very table that texts are decoded with elsewhere. */

import { ANSEL, characterSet, MARK } from "../../marc/charset/marc8-sets.js";

/** The kinds of `core/marc8.ts`, above the code point. */
const KIND = { character: 0x10000, mark: 0x20000, forCaller: 0x30000 } as const;

/** What a byte from 80 on means in G1. */
export function anselMeaning(byte: number): number {
  const entry = characterSet(ANSEL, 1)[byte & 0x7f];
  const code = entry & 0xffff;
  if (entry === code && code !== 0) return KIND.character | code;
  return entry === (MARK | code) ? KIND.mark | code : KIND.forCaller;
}
