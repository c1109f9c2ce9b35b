import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../../src/diagnostics/diagnostic.js";
import { decodeText } from "../../../src/marc/charset/decode.js";

function decode(latin1: string): { text: string; codes: string[] } {
  const bytes = Buffer.from(latin1, "latin1");
  const diagnostics: Diagnostic[] = [];
  const text = decodeText(bytes, 0, bytes.length, "marc-8", diagnostics);
  return { text, codes: diagnostics.map(({ code }) => code) };
}

/** Decodes text in which nothing must be found. */
function sound(latin1: string): string {
  const { text, codes } = decode(latin1);
  expect(codes).toEqual([]);
  return text;
}

describe("MARC-8 scripts", () => {
  it.each([
    ["ASCII", "Plain & simple", "Plain & simple"],
    ["ANSEL marks", "Universit\xe2e, gar\xf0con, M\xe8uller", "Université, garçon, Müller"],
    ["ANSEL letters", "\xa5rhus, \xa2resund, stra\xc7e \xc8", "Ærhus, Øresund, straße €"],
    ["subscripts", "H\x1bb2\x1bsO", "H₂O"],
    ["superscripts", "10\x1bp-3\x1b(B m", "10⁻³ m"],
    ["Greek symbols", "\x1bga\x1bs particles", "α particles"],
    ["Greek", "\x1b(SNRDRV\x1b(B", "ΛΟΓΟΣ"],
    ["Greek with marks", '\x1b(S%"a\x1b(B', "ἄ"],
    ["Cyrillic", "\x1b(NmOSKWA\x1b(B", "Москва"],
    ["extended Cyrillic in G1", "\x1b-Q\xe3\x1b)!E", "Є"],
    ["Hebrew", "\x1b(2ylem\x1b(B", "שלום"],
    ["Arabic", "\x1b(3SdGe\x1b(B.", "سلام."],
    ["extended Arabic", "\x1b(4)\x1b(B", "پ"],
    ["EACC", "\x1b$1!D&!0a!Bs!Cii$N!5=\x1b(B /", "東京日本の史 /"],
    ["EACC in G1", "\x1b$)1\xa1\xb0\xe4\x1b)!E", "人"],
    ["hangul", "\x1b$1oYHo[o\x1b(B. ", "초판. "],
    ["katakana", '\x1b$1i%"i%a\x1b(B', "アメ"],
    ["a character beyond U+FFFF", "\x1b$1!uY\x1b(B", "\u{212c4}"],
    ["a vendor's quotation marks", "\x1b$1! @\x7f  \x1b(B", "“”"],
  ])("%s", (_, bytes, text) => {
    expect(sound(bytes)).toBe(text);
  });

  it.each([
    ["ESC ( and ESC ,", "\x1b(NA\x1b(B", "\x1b,NA\x1b,B"],
    ["ESC ) and ESC -", "\x1b)N\xc1\x1b)!E", "\x1b-N\xc1\x1b-!E"],
    ["ESC $ and ESC $ ,", "\x1b$1!0d\x1b(B", "\x1b$,1!0d\x1b(B"],
    ["ESC $ ) and ESC $ -", "\x1b$)1\xa1\xb0\xe4", "\x1b$-1\xa1\xb0\xe4"],
    ["ESC s and ESC ( B", "\x1bb1\x1bs2", "\x1bb1\x1b(B2"],
    ["EACC with and without $", "\x1b$1!0d\x1bs", "\x1b(1!0d\x1bs"],
  ])("takes %s for the same", (_, one, other) => {
    expect(sound(one)).toBe(sound(other));
  });

  it("puts any set into either half", () => {
    expect(sound("\x1b(!E!C\x1b(B")).toBe("Ł©");
    expect(sound("\x1b)B\xc1\xc2 A")).toBe("AB A");
  });
});

describe("combining marks", () => {
  it.each([
    ["one mark", "\xe8u", "ü"],
    ["two marks of different place", "\xf2\xe3o", "ộ"],
    ["two marks over one another, top first", "v\xe2\xe3an \xe1\xe3e", "vấn ề"],
    ["two marks over one another, letter first", "v\xe3\xe2an \xe3\xe1e", "vấn ề"],
    ["marks that make no single character stay in their order", "\xe4\xeax", "x\u0303\u030a"],
    ["a mark in front of an escape sequence", "\xe2\x1b(Na", "\u0410\u0301"],
    ["a ligature", "\xebt\xecs", "t\u0361s"],
    ["a ligature over an accented letter", "\xeb\xe2i\xeca", "í\u0361a"],
    ["a double tilde", "\xfan\xfbg", "n\u0360g"],
  ])("%s", (_, bytes, text) => {
    expect(decode(bytes).text).toBe(text);
  });

  it.each([
    ["at the end", "a\xe2", "a\u00a0\u0301"],
    ["on a blank", "a\xe2 b", "a \u0301b"],
    ["second half of a ligature alone", "a\xecb", "ab\ufe21"],
    ["first half of a ligature alone", "\xebtsa", "t\u0361sa"],
  ])("keeps a dangling mark: %s", (_, bytes, text) => {
    expect(decode(bytes)).toEqual({ text, codes: ["M406"] });
  });
});

describe("other parts of MARC-8", () => {
  it("leaves non-sorting marks out and keeps joiners", () => {
    expect(sound("\x88The \x89cat")).toBe("The cat");
    expect(sound("a\x8db\x8ec")).toBe("a\u200db\u200cc");
  });

  it("expands numeric character references, marks in Unicode's order", () => {
    expect(sound("&#x4EBA;&#x1F4D6;")).toBe("人\u{1f4d6}");
    expect(sound("e&#x301;")).toBe("é");
    expect(sound("\xe2&#x435;")).toBe("\u0435\u0301");
  });

  it.each(["&amp;", "&#233;", "AT&T", "a & b", "&"])("leaves %s alone", (text) => {
    expect(sound(text)).toBe(text);
  });

  it.each(["&#x;", "&#x1234567;", "&#xD800;", "&#x12", "&#x0;", "&#x1b;"])(
    "leaves %s as it stands and says so",
    (text) => {
      expect(decode(text)).toEqual({ text, codes: ["M407"] });
    },
  );

  it.each([
    ["ESC at the end", "ab\x1b", "ab\ufffd"],
    ["intermediate at the end", "ab\x1b(", "ab\ufffd"],
    ["cut before the final", "ab\x1b$", "ab\ufffd"],
    ["an unknown set", "ab\x1b(Zcd", "ab\ufffdcd"],
    ["a one-byte set after $", "ab\x1b$(2cd", "ab\ufffdcd"],
    ["ESC before ordinary text", "ab\x1bxyz", "ab\ufffdxyz"],
    ["ESC before a blank", "ab\x1b cd", "ab\ufffd cd"],
  ])("replaces an escape sequence it cannot follow: %s", (_, bytes, text) => {
    expect(decode(bytes)).toEqual({ text, codes: ["M404"] });
  });

  it.each([
    ["after one byte", "\x1b$1!0d!\x1b(B.", "人\ufffd.", "M405"],
    ["after two bytes", "\x1b$1!0d!0\x1b(B.", "人\ufffd.", "M405"],
    ["by a blank", "\x1b$1!0 !0d\x1b(B", "\ufffd 人", "M405"],
    ["not at all, but not defined", "\x1b$1~~~!0d\x1b(B", "\ufffd人", "M409"],
    ["not at all, but of bytes of both halves", "\x1b$1\x1b$)1!\xb0d!0d\x1b(B", "\ufffd人", "M409"],
  ])("replaces an East Asian character that is cut %s", (_, bytes, text, code) => {
    expect(decode(bytes)).toEqual({ text, codes: [code] });
  });

  it("begins every subfield with ASCII and ANSEL", () => {
    const bytes = Buffer.from("\x1b(NmOSKWA\x1fbText", "latin1");
    const diagnostics: Diagnostic[] = [];
    expect(decodeText(bytes, 0, 9, "marc-8", diagnostics)).toBe("Москва");
    expect(decodeText(bytes, 11, bytes.length, "marc-8", diagnostics)).toBe("Text");
    expect(diagnostics.map(({ code, offset }) => [code, offset])).toEqual([["M413", 0]]);
  });
});
