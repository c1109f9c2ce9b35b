/** Which characters the byte core may cut and join as bytes: held against normalisation itself. */

import { describe, expect, it } from "vitest";
import { CHARACTER, traitsOf } from "../../../src/mapping/bytes/characters.js";

const SURROGATES = [0xd800, 0xdfff] as const;

function* basicPlane(): Generator<number> {
  for (let code = 0x80; code <= 0xffff; code++) {
    if (code < SURROGATES[0] || code > SURROGATES[1]) yield code;
  }
}

const isFree = (code: number) => (traitsOf(code) & (CHARACTER.mark | CHARACTER.odd)) === 0;

describe("traits of characters", () => {
  it("call no character free of normalisation that NFC changes", () => {
    const changed = [...basicPlane()].filter(isFree).filter((code) => {
      const one = String.fromCharCode(code);
      return one.normalize("NFC") !== one;
    });
    expect(changed).toEqual([]);
  });

  it("call no character free that is put together with the one before it", () => {
    const second = new Set<number>();
    for (const code of basicPlane()) {
      const parts = [...String.fromCharCode(code).normalize("NFD")];
      for (const part of parts.slice(1)) second.add(part.codePointAt(0) ?? 0);
    }
    expect(second.size).toBeGreaterThan(50);
    expect([...second].filter(isFree)).toEqual([]);
  });

  it("call odd what trimming takes off, and what stands for nothing", () => {
    const trimmed = [...basicPlane()].filter((code) => String.fromCharCode(code).trim() === "");
    expect(trimmed.filter((code) => (traitsOf(code) & CHARACTER.odd) === 0)).toEqual([]);
    for (const code of [0x85, 0x9c, 0xad, 0x200b, 0x200e, 0x2066, 0xfeff, 0xfffd]) {
      expect(traitsOf(code) & CHARACTER.odd).toBe(CHARACTER.odd);
    }
  });

  it("know letters, words and what closes them", () => {
    const { letter, inWord, closing } = CHARACTER;
    expect(traitsOf("é".charCodeAt(0))).toBe(letter | inWord);
    expect(traitsOf("Ж".charCodeAt(0))).toBe(letter | inWord);
    expect(traitsOf("ʻ".charCodeAt(0))).toBe(letter);
    expect(traitsOf("½".charCodeAt(0))).toBe(inWord | closing);
    expect(traitsOf("»".charCodeAt(0))).toBe(closing);
    expect(traitsOf("–".charCodeAt(0))).toBe(0);
  });
});
