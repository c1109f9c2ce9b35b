// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is Perl's notation.
/** Random substitutions and texts that meet often. */

import fc from "fast-check";
import type { OracleCase } from "./oracle.js";

const of = (...texts: string[]): fc.Arbitrary<string> => fc.constantFrom(...texts);

const literal = of(
  "a",
  "b",
  "c",
  "s",
  "S",
  "ß",
  "k",
  "é",
  "f",
  "i",
  "σ",
  "1",
  "😀",
  "\\ ",
  "\\n",
  ",",
  "\\.",
  "-",
);
const letterClass = of(
  "\\w",
  "\\W",
  "\\d",
  "\\D",
  "\\s",
  "\\S",
  "\\h",
  "\\v",
  "\\R",
  "\\N",
  ".",
  "\\pL",
  "\\p{Lu}",
  "\\P{Ll}",
  "\\x{df}",
  "\\x41",
  "\\0",
  "\\cA",
);
const classItem = of(
  "a",
  "b",
  "s",
  "ß",
  "é",
  "k",
  "a-c",
  "A-Z",
  "à-ÿ",
  "\\w",
  "\\d",
  "\\S",
  "\\n",
  "\\ ",
  "-",
  "]",
  "^",
  "[:alpha:]",
  "[:^digit:]",
  "[:upper:]",
  "\\p{Lu}",
  "\\x{fb01}",
  ".",
  "\\b",
  "\\]",
  "|",
);
const bracketed = fc
  .tuple(of("", "^"), fc.array(classItem, { minLength: 1, maxLength: 3 }))
  .map(([negation, items]) => `[${negation}${items.join("")}]`);
const assertion = of("^", "$", "\\b", "\\B", "\\A", "\\z", "\\Z");
const quantifier = of("*", "+", "?", "{2}", "{1,2}", "{,2}", "{1,}", "{0,1}").chain((bounds) =>
  of("", "", "?", "+").map((mode) => bounds + mode),
);
const backreference = of("\\1", "\\2", "\\g{-1}", "\\k<n>", "\\g1");

/** Whole patterns between slashes. */
const pattern: fc.Arbitrary<string> = fc.letrec<{
  alternation: string;
  sequence: string;
  piece: string;
  atom: string;
  group: string;
}>((tie) => ({
  alternation: fc.oneof(
    { weight: 4, arbitrary: tie("sequence") },
    {
      weight: 1,
      arbitrary: fc.tuple(tie("sequence"), tie("sequence")).map((two) => two.join("|")),
    },
  ),
  sequence: fc.array(tie("piece"), { minLength: 1, maxLength: 3 }).map((pieces) => pieces.join("")),
  piece: fc.oneof(
    { weight: 5, arbitrary: tie("atom") },
    { weight: 3, arbitrary: fc.tuple(tie("atom"), quantifier).map((two) => two.join("")) },
    { weight: 1, arbitrary: assertion },
    { weight: 1, arbitrary: backreference },
    {
      weight: 1,
      arbitrary: of(
        "\\K",
        "(?i)",
        "(?#x)",
        "\\Q.a\\E",
        "\\E",
        "(?-i)",
        "(?s)",
        "(?m)",
        "{",
        "}",
        "]",
        "@",
        "#",
        "(?x)",
      ),
    },
  ),
  atom: fc.oneof(
    { depthSize: "small" },
    { weight: 5, arbitrary: literal },
    { weight: 2, arbitrary: letterClass },
    { weight: 2, arbitrary: bracketed },
    { weight: 4, arbitrary: tie("group") },
  ),
  group: fc
    .tuple(
      of(
        "(",
        "(",
        "(",
        "(?:",
        "(?:",
        "(?i:",
        "(?<n>",
        "(?>",
        "(?=",
        "(?!",
        "(?<=",
        "(?<!",
        "(?s:",
        "(?^:",
      ),
      tie("alternation"),
    )
    .map(([open, inner]) => `${open}${inner})`),
})).alternation;

const replacement = fc
  .array(
    of(
      "x",
      "-",
      "$1",
      "$2",
      "$&",
      "${1}",
      "\\1",
      "$+{n}",
      "\\u",
      "\\l",
      "\\U",
      "\\L",
      "\\E",
      "é",
      "ß",
      "\\n",
      "\\ ",
      "ab",
      "ǆ",
    ),
    { maxLength: 4 },
  )
  .map((pieces) => pieces.join(""));

const flags = fc
  .tuple(of("", "g", "g"), of("", "i"), of("", "", "m"), of("", "", "s"), of("", "", "x"))
  .map((all) => all.join(""));

const text = fc
  .array(
    of(
      "a",
      "b",
      "c",
      "s",
      "S",
      "ß",
      "ẞ",
      "ss",
      "k",
      "K",
      "\u212a",
      "é",
      "É",
      "ﬁ",
      "fi",
      "ﬃ",
      "σ",
      "ς",
      "1",
      "😀",
      " ",
      "\n",
      "\r\n",
      ",",
      ".",
      "-",
      "aa",
      "ab",
      "aba",
      "\u00a0",
      "e\u0301",
      "_",
      "\u0000",
      "A",
      "B",
    ),
    { maxLength: 7 },
  )
  .map((pieces) => pieces.join(""));

/** Puts two groups in front at times, and takes only groups that are there. */
const parts: fc.Arbitrary<readonly [string, string]> = fc
  .tuple(of("", "", "(a|b|.)", "(\\w)(.?)", "(?<n>\\w+?)"), pattern, replacement)
  .map(([front, rest, put]) => {
    const found = front + rest;
    const groups = found.match(/\((?!\?)|\(\?<n>/g)?.length ?? 0;
    const named = found.includes("(?<n>") ? put : put.replaceAll("$+{n}", "$&");
    const numbered = groups > 1 ? named : named.replaceAll("$2", "$1");
    return [found, groups > 0 ? numbered : numbered.replace(/\$1|\$\{1\}|\\1/g, "$$&")] as const;
  });

/** One substitution as in a SearchField, and a text. */
export const substitutionCase: fc.Arbitrary<OracleCase> = fc
  .tuple(parts, flags, text)
  .map(([[found, put], flag, input]) => ({
    operator: "s",
    text: `/${found}/${put}/${flag}`,
    input,
  }));

/** One filter pattern, and a text. */
export const matchCase: fc.Arbitrary<OracleCase> = fc
  .tuple(
    parts,
    flags.map((flag) => flag.replace("g", "")),
    text,
  )
  .map(([[found], flag, input]) => ({ operator: "m", text: `/${found}/${flag}`, input }));
