import { describe, expect, it } from "vitest";
import { diagnostic } from "../../src/diagnostics/diagnostic.js";
import {
  clipped,
  formatDiagnostic,
  printable,
  printableBytes,
} from "../../src/diagnostics/format.js";

describe("clipped", () => {
  it.each([
    ["abc", 3, "abc"],
    ["abcd", 3, "abc…"],
    ["ab\u{1f600}", 3, "ab…"],
    ["a\u{1f600}b", 3, "a\u{1f600}…"],
  ])("turns %j at %d into %j", (text, longest, expected) => {
    expect(clipped(text, longest)).toBe(expected);
  });
});

describe("printable", () => {
  it.each([
    ["plain téxt", "plain téxt"],
    ["two\nlines\r", "two\\x0alines\\x0d"],
    ["\x1b[31mred\x07", "\\x1b[31mred\\x07"],
    ["C1 \x9b0m", "C1 \\x9b0m"],
    ["\u2028\u202e\ufeff", "\\u2028\\u202e\\ufeff"],
    ["lone \ud800", "lone \\ud800"],
    ["\u{1f600}", "\u{1f600}"],
  ])("turns %j into %j", (text, expected) => {
    expect(printable(text)).toBe(expected);
  });
});

describe("printableBytes", () => {
  it("shows at most 32 bytes, ASCII as it is", () => {
    expect(printableBytes(Buffer.from("a\x1fé\n"), 0, 5)).toBe("a\\x1f\\xc3\\xa9\\x0a");
    expect(printableBytes(Buffer.alloc(100, "x"), 10, 90)).toBe("x".repeat(32));
  });
});

describe("formatDiagnostic", () => {
  const label = { file: "in/a.mrc", number: 17, offset: 45_210, controlNumber: "ocm123" };

  it("puts all that is known on one line", () => {
    const found = diagnostic("M203", {
      offset: 45_246,
      field: "650[3]",
      found: "92110",
      expected: "at most 91004",
    });
    expect(formatDiagnostic(found, label)).toMatch(
      /^M203 in\/a\.mrc record 17 at byte 45246 001=ocm123 field 650\[3\]: .+ \(found 92110, expected at most 91004\)$/,
    );
  });

  it("leaves out what is not known", () => {
    const line = formatDiagnostic(diagnostic("M108"), { ...label, controlNumber: "" });
    expect(line).toMatch(/^M108 in\/a\.mrc record 17 at byte 45210: [^()]+$/);
  });

  it("stays one harmless line whatever the record says", () => {
    const hostile = "x\n\x1b[2Jy";
    const line = formatDiagnostic(
      diagnostic("M203", { field: hostile, found: hostile, expected: hostile }),
      { file: hostile, number: 1, offset: 0, controlNumber: hostile },
    );
    expect(line).not.toMatch(/[\x00-\x1f]/);
  });
});
