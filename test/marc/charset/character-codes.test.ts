import { describe, expect, it } from "vitest";
import { CHARACTER_CODES } from "../../../src/diagnostics/character-codes.js";
import type { Diagnostic } from "../../../src/diagnostics/diagnostic.js";
import { decodeText } from "../../../src/marc/charset/decode.js";
import { judgeUnimarc } from "../../../src/marc/charset/unimarc-verdict.js";
import { judgeEncoding } from "../../../src/marc/charset/verdict.js";
import { TEXT_DEFECTS, UNIMARC_DEFECTS, VERDICT_DEFECTS } from "./character-defects.js";

describe("codes M4xx", () => {
  it("each has a case", () => {
    const cases = [...TEXT_DEFECTS, ...VERDICT_DEFECTS, ...UNIMARC_DEFECTS].map(({ code }) => code);
    expect(cases.sort()).toEqual(CHARACTER_CODES.map(({ code }) => code));
  });

  it.each(TEXT_DEFECTS)("$code in text", ({ code, bytes, encoding, text, offset }) => {
    const diagnostics: Diagnostic[] = [];
    const buffer = Buffer.from(bytes, "latin1");
    expect(decodeText(buffer, 0, buffer.length, encoding, diagnostics)).toBe(text);
    expect(diagnostics).toMatchObject([{ code, offset }]);
  });

  it.each(VERDICT_DEFECTS)("$code in the verdict", (defect) => {
    const bytes = Buffer.from(defect.bytes, "latin1");
    const leader09 = defect.leader09.charCodeAt(0);
    const { encoding, diagnostics } = judgeEncoding(
      bytes,
      0,
      bytes.length,
      leader09,
      defect.configured,
    );
    expect(encoding).toBe(defect.verdict);
    expect(diagnostics).toMatchObject([{ code: defect.code, offset: defect.offset }]);
  });

  it.each(UNIMARC_DEFECTS)("$code in the verdict on UNIMARC", (defect) => {
    const bytes = Buffer.from(defect.bytes, "latin1");
    const { encoding, diagnostics } = judgeUnimarc(bytes, 0, bytes.length, "010306  ");
    expect(encoding).toBe(defect.verdict);
    expect(diagnostics).toMatchObject([{ code: defect.code, offset: defect.offset }]);
  });

  it("counts what occurs more than once in one diagnostic", () => {
    const diagnostics: Diagnostic[] = [];
    decodeText(Buffer.from("a\xd5\xd6\xd7", "latin1"), 0, 4, "marc-8", diagnostics);
    expect(diagnostics).toEqual([
      { code: "M409", offset: 1, field: null, found: "D5 (first of 3)", expected: null },
    ]);
  });
});
