import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quote } from "../../src/config/job/effective.js";
import { problemsOf, sectionsOf } from "./files.js";

/** Text of one line, rich in the signs that mean something in the language. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ..."\\\"#;=[] \t'.,$`",
        "\\ ",
        "\\n",
        "include ",
        "true",
        "é",
        "日",
        "𝒳",
        "\u00a0",
      ),
      fc.string({ minLength: 1, maxLength: 3, unit: "grapheme" }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join("").replace(/[\uFEFF]|[^\P{Cc}\t]/gu, ""));

/** What quotes cannot hold: an odd backslash before a quote or at the end. */
const quotable = text.filter((value) => quote(value) !== null);

const sectionName = text
  .map((name) => name.replace(/\]/g, "").replace(/^[ \t]+|[ \t]+$/g, ""))
  .filter((name) => name !== "");

const comment = fc.constantFrom("", " # a \\", "\t; b = c", '  # "');

const entry = fc.record({
  key: quotable.filter((key) => key !== ""),
  value: fc.option(quotable),
  equals: fc.constantFrom("=", " = ", "\t=  "),
  comment,
});

const section = fc.record({
  name: sectionName,
  entries: fc.array(entry, { maxLength: 4 }),
  comment,
});

describe("the configuration language", () => {
  it("reads back whatever is written in it", () => {
    fc.assert(
      fc.property(
        fc.array(section, { maxLength: 4 }),
        fc.constantFrom("\n", "\r\n", "\r"),
        fc.boolean(),
        (sections, lineEnd, mark) => {
          const lines = sections.flatMap(({ name, entries, comment: note }) => [
            `  [${name}]${note}`,
            ...entries.map(
              (one) =>
                `${quote(one.key)}` +
                (one.value === null ? "" : `${one.equals}${quote(one.value)}`) +
                one.comment,
            ),
          ]);
          const expected: Record<string, [string, string | null][]> = Object.create(null);
          for (const { name, entries } of sections) {
            expected[name] = [
              ...(expected[name] ?? []),
              ...entries.map(({ key, value }): [string, string | null] => [key, value]),
            ];
          }
          const written = (mark ? "\uFEFF" : "") + lines.join(lineEnd);
          expect(Object.entries(sectionsOf(written))).toEqual(Object.entries(expected));
        },
      ),
      { numRuns: 300 },
    );
  });

  it("reads unquoted values back unless they need quotes", () => {
    const plain = text
      .map((value) => value.replace(/^[ \t"]+|[ \t\\]+$/g, ""))
      .filter((value) => value !== "" && !/(^|[ \t])[#;]/.test(value));
    fc.assert(
      fc.property(plain, (value) => {
        expect(sectionsOf(`[s]\nk = ${value}\n`)).toEqual({ s: [["k", value]] });
      }),
    );
  });

  it("reads a value the same however it is broken into lines", () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,5}$/), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(words, fc.constantFrom(" \\\n", " \\  \n\t", " \\\r\n   "), (parts, broken) => {
        expect(sectionsOf(`[s]\nk = ${parts.join(broken)}\n`)).toEqual({
          s: [["k", parts.join(" ")]],
        });
      }),
    );
  });

  it("answers any text with a configuration or with complete problems", () => {
    const words = [
      "[Settings]\n",
      "[title]\n",
      "[url]\n",
      "[Filter]\n",
      "[description.x]\n",
      "foreign_source = a\n",
      "include .\n",
      "override ",
      "field_join = ",
      "f = ",
      "245 * * a",
      "008/35-37 * * *",
      "*-b",
      "\\\n",
    ];
    const anything = fc
      .array(fc.oneof(fc.constantFrom(...words, "\n", '"', "="), text), { maxLength: 14 })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(anything, (main) => {
        for (const { problem, allowed, advice } of problemsOf(main)) {
          expect([problem, allowed, advice].map((part) => part.trim())).not.toContain("");
        }
      }),
      { numRuns: 300 },
    );
  });
});
