import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nacoNormalize } from "../../src/matching/naco.js";

describe("nacoNormalize", () => {
  it.each([
    ["abc", "ABC"],
    [" abc ", "ABC"],
    ["", ""],
    ["?!... --", ""],
    ["Mouse-dog.", "MOUSE DOG"],
    ["Mouse  \t dog :", "MOUSE DOG"],
    ["Ku, Ch'ün", "KU CHUN"],
    ["Chung, Hui", "CHUNG HUI"],
    ["O'Brien [sic] a|b", "OBRIEN SIC AB"],
    ["O’Brien", "OBRIEN"],
    ["“Quoted” — «dashed»…", "QUOTED DASHED"],
    ["Johnson & Johnson", "JOHNSON & JOHNSON"],
    ["C++ and C#", "C++ AND C#"],
    ["F♯ minor", "F# MINOR"],
    ["£5 ±2° ©1999 ℗ ®", "5 2 1999"],
    ["¿Qué? ¡Sí!", "QUE SI"],
    ["x²+y₃", "X2+Y3"],
    ["a⁺⁽b₎", "A B"],
    [
      "Æsop œuvre Đorđe Ðð ı ℓ Łódź Øre Ơ ơ Ư ư Þór þ",
      "AESOP OEUVRE DORDE DD I L LODZ ORE O O U U THOR TH",
    ],
    ["Straße", "STRASSE"],
    ["STRAẞE", "STRASSE"],
    ["α-β γ", "A B G"],
    ["ʻAbd al-Raḥmān ʼIsá", "ABD AL RAHMAN ISA"],
    ["Rusʹ obʺekt", "RUS OBEKT"],
    ["paral·lel", "PARALLEL"],
    ["ﬁnal", "FINAL"],
    ["soft\u00adhyphen zero\u200bwidth", "SOFTHYPHEN ZEROWIDTH"],
    ["Ｆｕｌｌ　ｗｉｄｔｈ！", "FULL WIDTH"],
  ])("%j becomes %j", (text, normal) => {
    expect(nacoNormalize(text)).toBe(normal);
  });

  it.each([
    ["Cyrillic", "Война и мир", "ВОИНА И МИР"],
    ["Chinese", "紅樓夢 (上)", "紅樓夢 上"],
    ["Japanese with its voicing marks", "がくもん・ガラス", "がくもん ガラス"],
    ["Korean", "한국 문학", "한국 문학"],
    ["Arabic without its vowel points", "كِتَاب", "كتاب"],
    ["Hebrew without its points", "שָׁלוֹם", "שלום"],
    ["Devanagari with its vowel signs", "हिन्दी", "हिन्दी"],
    ["Greek", "Ὀδύσσειας", "ΟΔΥΣΣΕΙAΣ"],
    ["Egyptian", "𓂀 𓃀", "𓂀 𓃀"],
  ])("keeps %s", (_script, text, normal) => {
    expect(nacoNormalize(text)).toBe(normal);
  });

  it("counts as equal what differs in form only", () => {
    for (const [one, other] of [
      ["Large-Scale networks", "Large scale networks."],
      ["Ku, Chun", "Ku, Ch'ün"],
      ["Ŝalom Ĉio", "salom cio"],
      ["Ё", "Е"],
    ]) {
      expect(nacoNormalize(one)).toBe(nacoNormalize(other));
    }
  });

  it("keeps apart what the rules keep apart", () => {
    expect(nacoNormalize("Johnson & Johnson")).not.toBe(nacoNormalize("Johnson and Johnson"));
    expect(nacoNormalize("C")).not.toBe(nacoNormalize("C++"));
    expect(nacoNormalize("かく")).not.toBe(nacoNormalize("がく"));
    expect(nacoNormalize("कि")).not.toBe(nacoNormalize("का"));
  });

  it("treats composed and decomposed text alike", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(nacoNormalize(text.normalize("NFD"))).toBe(nacoNormalize(text.normalize("NFC")));
      }),
    );
  });

  it("changes nothing the second time, whatever the character", () => {
    for (let start = 0; start < 0x20000; start += 16) {
      let text = "";
      for (let code = start; code < start + 16; code++) text += `${String.fromCodePoint(code)}a`;
      const once = nacoNormalize(text);
      expect(nacoNormalize(once)).toBe(once);
    }
  });

  it("changes nothing the second time, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
        const once = nacoNormalize(text);
        expect(nacoNormalize(once)).toBe(once);
        expect(once).toBe(once.trim());
        expect(once).not.toContain("  ");
      }),
    );
  });

  it("makes the same of a long ASCII text as of its parts", () => {
    const long = "Proceedings of the annual meeting; ".repeat(60);
    expect(nacoNormalize(long)).toBe("PROCEEDINGS OF THE ANNUAL MEETING ".repeat(60).trim());
  });
});
