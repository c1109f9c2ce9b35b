import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { REFUSALS, type RefusalName } from "../../src/perl/perl-syntax-error.js";
import { PerlSyntaxError, parsePattern, parseSubstitutions } from "../../src/perl/substitutions.js";
import { askPerl } from "./oracle.js";

const names = Object.keys(REFUSALS) as RefusalName[];

function refusal(parse: () => unknown): PerlSyntaxError {
  try {
    parse();
  } catch (error) {
    if (error instanceof PerlSyntaxError) return error;
    throw error;
  }
  throw new Error("it was not refused");
}

const refused = (text: string): PerlSyntaxError => refusal(() => parseSubstitutions(text));

/** `[text, reason, zero-based column, found]`. */
const PLACES: readonly (readonly [string, RefusalName, number, string])[] = [
  ["", "missing", 0, "end of text"],
  ["/a/b/,", "missing", 6, "end of text"],
  [",/a/b/", "missing", 0, ","],
  ["abc", "delimiter", 0, "abc"],
  ["/a/b", "unterminated", 4, "end of text"],
  ["/a", "unterminated", 2, "end of text"],
  ["{a}", "unterminated", 3, "end of text"],
  ["/a b/c/", "blank", 2, " "],
  ["/a/b c/", "blank", 4, " "],
  ["/a/b/\u00e9", "separator", 5, "\u00e9"],
  ["/a/b/;/c/d/", "separator", 5, ";/c/d/"],
  ["/a/b/ge", "code-flag", 6, "e"],
  ["/(a)/b/gn", "meaning-flag", 8, "n"],
  ["/a/b/,tr/a-z/A-Z/", "transliteration", 6, "tr/a-z/A-Z/"],
  ["y/a/b/", "transliteration", 0, "y/a/b/"],
  ["s{a}{b},tr [a] [b]", "transliteration", 8, "tr [a] [b]"],
  ["/a/b/r", "flag", 5, "r"],
  ["/a/b/xx1", "flag", 7, "1"],
  ["//b/", "empty-pattern", 1, "end of text"],
  ["/a(b/c/", "parenthesis", 2, "(b"],
  ["/ab)/c/", "parenthesis", 3, ")"],
  ["/a|*b/c/", "nothing-to-repeat", 3, "*"],
  ["/a+*/c/", "nested-quantifier", 2, "+*"],
  ["/a{2}{3}/c/", "nested-quantifier", 2, "{2}{3}"],
  ["/a{99999}/c/", "quantifier-range", 2, "{99999}"],
  ["/x[z-a]/c/", "class", 3, "z-a"],
  ["/x[[:foo:]]/c/", "class", 3, "[:foo:]"],
  ["/x[abc/c/", "class", 2, "[abc"],
  ["/a\\y/c/", "unknown-escape", 2, "\\y"],
  ["/a/\\d/", "unknown-escape", 3, "\\d"],
  ["/a/b/,/$x1/c/", "variable", 7, "$x1"],
  ["/a/user@host/", "variable", 7, "@host"],
  ["/a/$x/", "variable", 3, "$x"],
  ["/a/$`/", "variable", 3, "$"],
  ["/a/x$/", "variable", 4, "$"],
  ["/[a$]/b/", "variable", 3, "$"],
  ["/a/$1/", "no-such-group", 3, "$1"],
  ["/(?<n>a)/$+{m}/", "no-such-group", 9, "$+{m}"],
  ["/\\1(a)/b/", "no-such-group", 1, "\\1"],
  ["/(a)/$1[0]/", "subscript", 5, "$1["],
  ["/\ud83d\ude00\\X/b/", "grapheme", 3, "\\X"],
  ["s|a\\||b|,|\\X|c|", "grapheme", 10, "\\X"],
  ["s|\\|\\X|c|", "grapheme", 4, "\\X"],
  ["/a(?{1})/b/", "code", 2, "(?{"],
  ["/(?:(a)|b)+/$1/", "repeated-group", 1, "("],
  ["/(\\w)\\1/b/i", "backreference-case", 5, "\\1"],
  ["/(?<=a{1,256})b/x/", "lookbehind-length", 1, "("],
];

describe("what is refused", () => {
  it.each(names)("%s, as its example shows", (name) => {
    expect(refused(REFUSALS[name].example).reason).toBe(name);
  });

  it.each(PLACES)("%s is refused for %s, at its place", (text, reason, column, found) => {
    const error = refused(text);
    expect({ reason: error.reason, column: error.column, found: error.found }).toEqual({
      reason,
      column,
      found,
    });
    expect(error.message).toContain(`column ${column + 1}`);
    expect(error.message).toContain(error.allowed);
    expect(error.message).toContain(error.advice);
  });

  it("is called unsupported only where perl would take it", () => {
    const unsupported = names.filter((name) => REFUSALS[name].kind === "unsupported");
    const cases = unsupported.map((name) => ({
      operator: "s" as const,
      text: REFUSALS[name].example,
      input: "x",
    }));
    const answers = askPerl(cases);
    expect(unsupported.filter((_, at) => answers[at] === null)).toEqual([]);
  });

  it("is refused in filters too, with the flags that those have", () => {
    expect(refusal(() => parsePattern("/a/g")).reason).toBe("flag");
    expect(refusal(() => parsePattern("/a/b/")).reason).toBe("flag");
    expect(refusal(() => parsePattern("/a/, /b/")).reason).toBe("separator");
    expect(refusal(() => parsePattern("a")).reason).toBe("delimiter");
  });

  it("stands in the documentation", () => {
    const page = readFileSync(new URL("../../docs/substitutions.md", import.meta.url), "utf8");
    const [, written = ""] = /<!-- refusals -->\n(.*?)\n<!-- end -->/s.exec(page) ?? [];
    const rows = names.map((name) => {
      const { what, example, advice } = REFUSALS[name];
      return [what, `\`\` ${example} \`\``, advice].map((cell) => cell.replaceAll("|", "\\|"));
    });
    const table = [["what", "example", "what to do"], ["---", "---", "---"], ...rows];
    expect(written).toBe(table.map((row) => `| ${row.join(" | ")} |`).join("\n"));
  });
});

describe("a compiled step", () => {
  it("keeps no state from one text to the next", () => {
    const [step] = parseSubstitutions("/a/b/g");
    expect(["xxa", "a", "xxa"].map((text) => step?.apply(text))).toEqual(["xxb", "b", "xxb"]);
    const pattern = parsePattern("/a/");
    expect(["xxa", "a", "xxa", "x"].map((text) => pattern.test(text))).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  it("remembers how it was written", () => {
    expect(parseSubstitutions("s{a}{b}g, /b/c/").map((step) => step.text)).toEqual([
      "s{a}{b}g",
      "/b/c/",
    ]);
    expect(parsePattern(" /a/i ").text).toBe("/a/i");
  });
});
