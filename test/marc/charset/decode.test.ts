import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../../src/diagnostics/diagnostic.js";
import { decodeText, type Encoding } from "../../../src/marc/charset/decode.js";
import { mayCompose } from "../../../src/marc/charset/normal-form.js";

const ENCODINGS: readonly Encoding[] = [
  "ascii",
  "utf-8",
  "marc-8",
  "latin-1",
  "mixed",
  "utf-8-twice",
  "utf-8-partly-twice",
  "iso5426",
  "unimarc 01020405",
];

function decode(bytes: Buffer, encoding: Encoding): { text: string; codes: string[] } {
  const diagnostics: Diagnostic[] = [];
  const text = decodeText(bytes, 0, bytes.length, encoding, diagnostics);
  return { text, codes: diagnostics.map(({ code }) => code) };
}

/** Bytes that decoders look at closely come more often than others. */
const anyBytes = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 0xff }),
      fc.constantFrom(0x1b, 0x24, 0x28, 0x29, 0x2c, 0x21, 0x31, 0x45, 0x4e, 0x26, 0x23, 0x78, 0x3b),
      fc.constantFrom(0xe2, 0xeb, 0xec, 0xfa, 0xfb, 0xc3, 0xa9, 0xef, 0xbb, 0xbf, 0xed, 0xf0, 0x9f),
      fc.constantFrom(0x7f, 0x20, 0x30, 0x64, 0x33, 0x32, 0x53, 0x21),
    ),
    { maxLength: 60 },
  )
  .map((bytes) => Buffer.from(bytes));

describe("any bytes in any encoding", () => {
  it("become well-formed NFC text without control characters, and U+FFFD is never silent", () => {
    fc.assert(
      fc.property(anyBytes, fc.constantFrom(...ENCODINGS), (bytes, encoding) => {
        const { text, codes } = decode(bytes, encoding);
        expect(text).not.toMatch(/\p{Surrogate}/u);
        expect(text.normalize("NFC")).toBe(text);
        expect(text).not.toMatch(/[\x00-\x1f\x7f-\x9f\ufeff]/);
        if (text.includes("\ufffd")) expect(codes.length).toBeGreaterThan(0);
      }),
      { numRuns: 5000 },
    );
  });

  it("are read within their bounds only", () => {
    fc.assert(
      fc.property(anyBytes, anyBytes, fc.constantFrom(...ENCODINGS), (bytes, around, encoding) => {
        const inside = Buffer.concat([around, bytes, around]);
        const diagnostics: Diagnostic[] = [];
        const [start, end] = [around.length, around.length + bytes.length];
        const text = decodeText(inside, start, end, encoding, diagnostics);
        const alone = decode(bytes, encoding);
        expect(text).toBe(alone.text);
        expect(diagnostics.map(({ code }) => code)).toEqual(alone.codes);
        for (const { offset } of diagnostics) {
          expect(offset).toBeGreaterThanOrEqual(start);
          expect(offset).toBeLessThanOrEqual(end);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("take linear time even if they are all combining marks", () => {
    const marks = Buffer.from("\u0323\u0301".repeat(200_000));
    expect(decode(marks, "utf-8").codes).toEqual(["M417"]);
    expect(decode(Buffer.alloc(200_000, "\xf2\xe2", "latin1"), "marc-8").codes).toContain("M417");
  });
});

describe("UTF-8", () => {
  it("is read as the platform's strict decoder reads it", () => {
    const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
        const bytes = Buffer.from(text);
        const expected = strict
          .decode(bytes)
          .replace(/[\t-\r\x1c-\x1f\x85]/g, " ")
          .replace(/[\x00-\x1f\x7f-\x9f\ufeff]/g, "");
        expect(decode(bytes, "utf-8").text).toBe(expected.normalize("NFC"));
      }),
      { numRuns: 3000 },
    );
  });

  it("puts one U+FFFD where the platform's lenient decoder does", () => {
    const lenient = new TextDecoder("utf-8", { ignoreBOM: true });
    const high = fc.array(
      fc.oneof(fc.integer({ min: 0x80, max: 0xff }), fc.constantFrom(0x41, 0xe0, 0xed, 0xf0, 0xf4)),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(high, (values) => {
        const bytes = Buffer.from(values);
        const expected = lenient
          .decode(bytes)
          .replace(/[\x80-\x9f\ufeff]/g, (c) => (c === "\x85" ? " " : ""));
        expect(decode(bytes, "utf-8").text).toBe(expected.normalize("NFC"));
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ["an overlong slash", [0xc0, 0xaf], "\ufffd\ufffd"],
    ["a surrogate", [0xed, 0xa0, 0x80], "\ufffd\ufffd\ufffd"],
    ["beyond U+10FFFF", [0xf4, 0x90, 0x80, 0x80], "\ufffd\ufffd\ufffd\ufffd"],
    ["a cut sequence", [0x61, 0xe4, 0xba], "a\ufffd"],
  ])("refuses %s", (_, values, text) => {
    expect(decode(Buffer.from(values), "utf-8")).toEqual({ text, codes: ["M401"] });
  });

  it("composes, and leaves what is composed alone", () => {
    expect(decode(Buffer.from("e\u0301 \u1100\u1161 \u212b"), "utf-8").text).toBe("é 가 Å");
  });

  it("leaves non-sorting marks out without a word", () => {
    expect(decode(Buffer.from("\x98The \x9ccat"), "utf-8")).toEqual({ text: "The cat", codes: [] });
  });
});

describe("where normalisation is skipped", () => {
  it("no character can change or combine", () => {
    // Of two characters NFC may join only if the second is a mark or a Hangul vowel or final.
    const joins = /[\p{M}\u1161-\u1175\u11a8-\u11c2]/u;
    for (let code = 0; code < 0x10000; code++) {
      if (mayCompose(code)) continue;
      const character = String.fromCharCode(code);
      if (character.normalize("NFC") !== character || joins.test(character)) {
        expect.fail(`U+${code.toString(16)} is not safe`);
      }
    }
  });
});

describe("Latin-1", () => {
  it("is code page 1252", () => {
    const bytes = Buffer.from("\x93caf\xe9\x94 \x96 \x80", "latin1");
    expect(decode(bytes, "latin-1")).toEqual({ text: "“café” – €", codes: [] });
    expect(decode(Buffer.from([0x81]), "latin-1")).toEqual({ text: "\ufffd", codes: ["M409"] });
  });

  it("agrees with the platform where code page 1252 and Latin-1 are one", () => {
    const bytes = Buffer.from(Array.from({ length: 96 }, (_, index) => 0xa0 + index));
    expect(decode(bytes, "latin-1").text).toBe(bytes.toString("latin1"));
  });
});

describe("mixed records", () => {
  it("take each subfield for what it is", () => {
    expect(decode(Buffer.from("Müller"), "mixed").text).toBe("Müller");
    expect(decode(Buffer.from("M\xe8uller", "latin1"), "mixed").text).toBe("Müller");
    expect(decode(Buffer.from("\x1b(Na\x1b(B"), "mixed").text).toBe("А");
  });
});
