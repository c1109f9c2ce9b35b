import { describe, expect, it } from "vitest";
import { eaccCharacter } from "../../../src/marc/charset/marc8-sets.js";
import { ONE_BYTE_SETS } from "../../../src/marc/charset/tables.js";

describe("the generated tables", () => {
  it("hold every code of the Library of Congress's tables", () => {
    const sizes = Object.entries(ONE_BYTE_SETS).map(([final, words]) => [
      final,
      words.split(",").filter((word) => word !== "").length,
    ]);
    // The control characters of ASCII (4, and the blank stays) and of ANSEL (4) are the decoder's.
    expect(Object.fromEntries(sizes)).toEqual({
      B: 95,
      E: 65,
      g: 3,
      b: 14,
      p: 14,
      "2": 78,
      N: 94,
      Q: 42,
      "3": 83,
      "4": 90,
      S: 73,
    });
  });

  it("hold 15,739 East Asian codes, none of them a combining mark or a Hangul part", () => {
    let codes = 0;
    for (let plane = 0x21; plane < 0x7f; plane++) {
      for (let row = 0x21; row < 0x7f; row++) {
        for (let column = 0x20; column < 0x7f; column++) {
          const code = eaccCharacter(plane, row, column);
          if (code === 0) continue;
          codes++;
          const character = String.fromCodePoint(code);
          if (character.normalize("NFC") !== character || /[\p{M}\u1100-\u11ff]/u.test(character)) {
            expect.fail(`U+${code.toString(16)} takes part in normalisation`);
          }
        }
      }
    }
    expect(codes).toBe(15_739);
  });
});
