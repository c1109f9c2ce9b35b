import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ConfiguredEncoding } from "../../../src/config/marc/marc-mapping.js";
import { gatherEvidence } from "../../../src/marc/charset/evidence.js";
import { isSurelyAnsel } from "../../../src/marc/charset/likely-marks.js";
import { judgeEncoding } from "../../../src/marc/charset/verdict.js";
import { utf8 } from "./character-defects.js";

/** `encoding` and the codes found, in one text. */
function verdict(text: string, leader09: string, configured: ConfiguredEncoding = "auto"): string {
  const bytes = Buffer.from(`before\xe2${text}\xe2after`, "latin1");
  const end = 7 + Buffer.from(text, "latin1").length;
  const found = judgeEncoding(bytes, 7, end, leader09.charCodeAt(0), configured);
  for (const { offset } of found.diagnostics) expect(offset).toBeGreaterThanOrEqual(7);
  return [found.encoding, ...found.diagnostics.map(({ code }) => code)].join(" ");
}

const UNICODE = utf8("\x1faDvořák, Antonín,\x1ftSlovanské tance\x1enext\x1f");
/** One piece, mostly UTF-8. */
const BROKEN = utf8("\x1faDvořák, Antonín").replace(utf8("í"), "\xc3");
const MARC8 = "\x1faDvo\xe9r\xe2ak, Anton\xe2in,\x1ftSlovansk\xe2e tance";
const LATIN1 = "\x1faF\xf6rderung der K\xfcste\x1fbgr\xfcn und sch\xf6n";

describe("the encoding of a record", () => {
  it.each([
    ["plain ASCII", "Plain", " ", "ascii"],
    ["plain ASCII that calls itself Unicode", "Plain", "a", "ascii"],
    ["ASCII with a character reference", "A &#x4EBA;", " ", "marc-8"],
    ["the same in a Unicode record, where it is text", "A &#x4EBA;", "a", "ascii"],
    ["ASCII with an escape sequence", "H\x1bb2\x1bsO", " ", "marc-8"],
    ["the same under a lying leader", "H\x1bb2\x1bsO", "a", "marc-8 M410"],
    ["a stray escape character in a Unicode record", "H\x1bx", "a", "ascii"],
    ["UTF-8", UNICODE, "a", "utf-8"],
    ["UTF-8 under a lying leader", UNICODE, " ", "utf-8 M402"],
    ["MARC-8", MARC8, " ", "marc-8"],
    ["MARC-8 under a lying leader", MARC8, "a", "marc-8 M410"],
    ["UTF-8 with one broken character", `${UNICODE.repeat(4)}\x1faok\xc3`, "a", "utf-8"],
    ["the same under a lying leader", `${UNICODE.repeat(4)}\x1faok\xc3`, " ", "utf-8 M402"],
    ["both", `${UNICODE}${MARC8}`, " ", "mixed M403"],
    ["both under the other leader", `${UNICODE}${MARC8.repeat(3)}`, "a", "mixed M403"],
    ["broken UTF-8 and MARC-8", `${BROKEN}${MARC8.repeat(3)}`, "a", "mixed M403"],
    ["the same under a blank", `${BROKEN}${MARC8.repeat(3)}`, " ", "mixed M403"],
    ["UTF-8 with MARC-8 escape sequences", `${UNICODE}\x1fb\x1b(NA\x1b(B`, " ", "mixed M403"],
    ["Latin-1 that calls itself MARC-8", LATIN1, " ", "marc-8 M416"],
    ["Latin-1 that calls itself Unicode", LATIN1, "a", "utf-8 M416"],
    ["French in Latin-1 under a blank", "Les mis\xe9rables : \xe9dition", " ", "marc-8 M416"],
    ["the same under an a", "Les mis\xe9rables : \xe9dition int\xe9grale", "a", "utf-8 M416"],
    ["Spanish in Latin-1", "El ni\xf1o y la ni\xf1a", " ", "marc-8 M416"],
    ["Portuguese in Latin-1", "informa\xe7\xe3o, publica\xe7\xe3o", " ", "marc-8 M416"],
    ["German in Latin-1", "B\xe4ume und H\xe4user", "a", "utf-8 M416"],
    ["a copyright sign in Latin-1", "c\xa91998", " ", "marc-8 M416"],
    ["a flat sign in MARC-8", "Sonata in B\xa9 major", " ", "marc-8"],
    ["Croatian in MARC-8", "To\xe9semu i Toma\xe9su", " ", "marc-8"],
    ["Yiddish in MARC-8", "Gezamlòte shrifòtn", " ", "marc-8"],
    ["Spanish in MARC-8", "El ni\xe4no y la ni\xe4na", " ", "marc-8"],
    ["French in MARC-8", "Les mis\xe2erables : \xe2edition", "a", "marc-8 M410"],
    [
      "Cyrillic in MARC-8",
      "\x1b)N\xf7\xee\xe9\xee\xe1 \xe9 \xed\xe9\xf2 \xf4\xef\xed \xf4\xf2\xe9",
      " ",
      "marc-8",
    ],
    ["Vietnamese in MARC-8", "ti\xe2\xe3eng Vi\xf2\xe3et", "a", "marc-8 M410"],
    ["one accent that may be Latin-1", "Am\xe9rica", "a", "utf-8 M416"],
    ["one mark that may be MARC-8", "Am\xe2erica", "a", "utf-8 M422"],
    ["a ligature in MARC-8, both halves", "Nov\xebi\xeca mir", "a", "marc-8 M410"],
    ["a ligature under a mark", "R\xebi\xeca\x1fbR\xebi\xe5\xeca", "a", "marc-8 M410"],
    ["a double tilde in MARC-8", "a\xfan\xfbga", "a", "marc-8 M410"],
    ["half a ligature, which may be Latin-1", "Citro\xebn et Citro\xebns", "a", "utf-8 M416"],
    ["UTF-8 twice under a blank", utf8(utf8("Dvořák, Antonín")), " ", "utf-8-twice M402 M420"],
  ])("%s", (_, text, leader09, expected) => {
    expect(verdict(text, leader09)).toBe(expected);
  });

  it("is what the configuration says", () => {
    expect(verdict(MARC8, " ", "latin-1")).toBe("latin-1");
    expect(verdict(MARC8, "a", "marc-8")).toBe("marc-8");
    expect(verdict(MARC8, " ", "utf-8")).toBe("utf-8");
    expect(verdict(UNICODE, "a", "marc-8")).toBe("marc-8 M415");
    expect(verdict("H\x1bb2\x1bsO", "a", "marc-8")).toBe("marc-8");
    expect(verdict("Plain", " ", "latin-1")).toBe("ascii");
    expect(verdict(MARC8, "a", "iso5426")).toBe("iso5426");
    expect(verdict(UNICODE, "a", "latin-1")).toBe("latin-1 M415");
    expect(verdict(UNICODE, " ", "iso5426")).toBe("iso5426 M415");
    expect(verdict(utf8(utf8("Dvořák")), "a", "utf-8")).toBe("utf-8");
  });
});

describe("the quick look at ANSEL", () => {
  const piece = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom("\xe2e", "\xe4a", "\xe8u", "\xf2t", "\xe5O", "\xf0c") },
    { weight: 8, arbitrary: fc.constantFrom("re", "Ant", "\x1fb", "\x1e", "C", " ") },
    { weight: 2, arbitrary: fc.constantFrom("\xe2\xe4a", "\xebt\xecs", "\xe2k", "\xe9", "\xa9") },
    {
      weight: 1,
      arbitrary: fc.constantFrom("\xc3\xa9", "\xe2\x82\xac", "\x1b(N", "\xb1", "\x88a"),
    },
  );
  const text = fc.array(piece, { maxLength: 30 }).map((all) => Buffer.from(all.join(""), "latin1"));

  it("is sure of nothing that all the evidence does not bear out", () => {
    let sure = 0;
    fc.assert(
      fc.property(text, (bytes) => {
        if (!isSurelyAnsel(bytes)) return;
        sure++;
        const told = gatherEvidence(bytes);
        expect(told.unicodePieces + told.brokenUnicodePieces).toBe(0);
        expect(told.oddMarks).toBeLessThanOrEqual(told.likelyMarks);
      }),
      { numRuns: 2000 },
    );
    expect(sure).toBeGreaterThan(100);
  });

  it("is sure of text as catalogues hold it, and leaves Latin-1 and UTF-8 to the rest", () => {
    expect(isSurelyAnsel(Buffer.from(MARC8, "latin1"))).toBe(true);
    expect(isSurelyAnsel(Buffer.from(LATIN1, "latin1"))).toBe(false);
    expect(isSurelyAnsel(Buffer.from(UNICODE, "latin1"))).toBe(false);
  });
});
