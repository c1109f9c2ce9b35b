import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { trimmedEnd, trimPunctuation } from "../../src/mapping/marc/punctuation.js";

/** Printable ASCII that is rich in what the trimming looks at. */
const text = fc
  .array(
    fc.constantFrom(
      ..." /:;,=.[]()\"'a1B".split(""),
      ..." -- |etc|Vol|ill|New York|J|1999|...|facsims|corporations|Inc|x".split("|"),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) => parts.join(""));

describe("punctuation trimmed in the bytes", () => {
  it("is what is trimmed from the text, wherever it dares to say", () => {
    let said = 0;
    fc.assert(
      fc.property(fc.constantFrom("", "a -- ", "[b, ", "Inc. "), text, (before, last) => {
        const whole = before + last;
        const bytes = Buffer.from(`xyz${whole}Z`, "latin1");
        const start = 3 + before.length;
        const end = start + last.length;
        const cut = trimmedEnd(bytes, start, end, bytes[3]);
        if (cut < 0) return;
        said++;
        expect(bytes.toString("latin1", 3, cut)).toBe(trimPunctuation(whole));
      }),
      { numRuns: 3000 },
    );
    expect(said).toBeGreaterThan(500);
  });

  it.each([
    ["Whales.", "Whales"],
    ["New York :", "New York"],
    ["Knopf, 1999.", "Knopf, 1999"],
    ["ill.", "ill."],
    ["Tolkien, J. R. R.", "Tolkien, J. R. R."],
  ])("makes %s %s", (given, trimmed) => {
    const bytes = Buffer.from(given);
    const end = trimmedEnd(bytes, 0, bytes.length, bytes[0]);
    expect(bytes.toString("latin1", 0, end)).toBe(trimmed);
  });

  it.each(["[S.l.]", "1999]", ":", ".", " x"])("leaves %s to the text", (given) => {
    const bytes = Buffer.from(given);
    expect(trimmedEnd(bytes, 0, bytes.length, bytes[0])).toBe(-1);
  });
});
