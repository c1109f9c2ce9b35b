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

describe("punctuation at the end", () => {
  const marks = fc.constantFrom(
    "",
    "\u200f",
    "\u200e",
    "\u2067",
    "\u2069",
    "\ufeff",
    "\u00ad",
    " ",
  );

  it("is trimmed once and for all", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(text, marks), { maxLength: 4 }), (parts) => {
        const once = trimPunctuation(parts.flat().join(""));
        expect(trimPunctuation(once)).toBe(once);
      }),
      { numRuns: 3000 },
    );
  });

  it("is trimmed alike within brackets and without", () => {
    const place = fc.stringMatching(/^[A-Z][a-z]{1,8}( [A-Z][a-z]{1,5}\.?){0,2}$/);
    const end = fc.constantFrom("", ".", ",", ".,", " :", ". :", " /", ".;");
    fc.assert(
      fc.property(place, end, marks, (name, stop, mark) => {
        const bare = trimPunctuation(`${name}${stop}${mark}`);
        expect(trimPunctuation(`[${name}]${stop.replace(".", "")}${mark}`)).toBe(
          trimPunctuation(name),
        );
        expect(trimPunctuation(`[${name}${stop}${mark}]${mark},`)).toBe(bare);
      }),
    );
  });

  it.each([
    ["[U.S. Govt. Print. Off.],", "U.S. Govt. Print. Off."],
    ["U.S. Govt. Print. Off.,", "U.S. Govt. Print. Off."],
    ["Cambridge, Mass. :", "Cambridge, Mass."],
    ["Cambridge, Mass.", "Cambridge, Mass."],
    ["[Seattle, Wash.] :", "Seattle, Wash."],
    ["San Francisco, Calif.", "San Francisco, Calif."],
    ["Denver, Colo.;", "Denver, Colo."],
    ["Ann Arbor, Mich.", "Ann Arbor, Mich."],
    ["Bellingham, Wash., Geo. P. Smith, Chas.", "Bellingham, Wash., Geo. P. Smith, Chas."],
    ["5th Ave. Bldg.", "5th Ave. Bldg."],
    ["9 Mart.,", "9 Mart"],
    ["On DVD.", "On DVD"],
    ["John XXIII.", "John XXIII"],
    ["[Boston.]", "Boston"],
    ["[1998?].", "1998?"],
    ["[Boston :", "Boston"],
    ["Boston].", "Boston"],
    ["Maps [and plans].", "Maps [and plans]"],
    ["\u05e9\u05dc\u05d5\u05dd :\u200f", "\u05e9\u05dc\u05d5\u05dd"],
    ["\u05e9\u05dc\u05d5\u05dd\u200f.", "\u05e9\u05dc\u05d5\u05dd"],
    ["\u200f[1998]\u200f,\u200f", "1998"],
    ["\u202btext /\u202c", "text"],
    ["\u200f\u200f", ""],
    ["...", "..."],
  ])("makes %j %j", (given, trimmed) => {
    expect(trimPunctuation(given)).toBe(trimmed);
  });
});

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
