import { describe, expect, it } from "vitest";
import { load, problemsOf, sectionsOf, withSource } from "./files.js";

/** The value of `k` in a configuration whose line `k` is given. */
function readBack(line: string): string | null | undefined {
  return sectionsOf(`[s]\n${line}\n`).s[0]?.[1];
}

describe("lines of the configuration language", () => {
  it.each<[what: string, line: string, value: string | null]>([
    ["a plain value", "k = v", "v"],
    ["no blanks around =", "k=v", "v"],
    ["blanks at the ends", "  \tk =  v w  \t", "v w"],
    ["a comment behind a value", "k = v # c", "v"],
    ["a semicolon comment behind a value", "k = v ; c", "v"],
    ["a comment behind a tab", "k = v\t# c", "v"],
    ["# without a blank before it", "k = http://x/v#CONTROL_NO", "http://x/v#CONTROL_NO"],
    ["; without a blank before it", "k = a;b", "a;b"],
    ["a lone ; without a blank", "k =;", ";"],
    ["= in a value", "k = a=b", "a=b"],
    ["quotes", 'k = "v"', "v"],
    ["an empty value in quotes", 'k = ""', ""],
    ["quotes protect comment signs, = and blanks", 'k = "  a # b ; c = d "', "  a # b ; c = d "],
    ["a comment behind the closing quote", 'k = "standard" # options: ', "standard"],
    ["a comment right behind the closing quote", 'k = "v"# c', "v"],
    ["an escaped quote", 'k = "a \\"b\\" c"', 'a "b" c'],
    ["other backslashes in quotes", String.raw`k = "\b\ \d\n"`, String.raw`\b\ \d\n`],
    ["a pair of backslashes before the closing quote", 'k = "a\\\\"', "a\\\\"],
    ["backslashes without quotes", String.raw`k = /\d+\ /x/`, String.raw`/\d+\ /x/`],
    ["quotes inside an unquoted value", 'k = a "b" c', 'a "b" c'],
    ["single quotes are text", "k = 'v'", "'v'"],
    ["a bare key", "k", null],
    ["a bare key with a comment", "k # c", null],
    ["a key of the word include", "include  = v", "v"],
    ["a key of the word override", "override  = v", "v"],
    ["a key that begins with include", "include_if = v", "v"],
    ["a key that begins with override", "overrides = v", "v"],
    ["a value that begins with [", "k = [a]", "[a]"],
    ["a key in quotes", '"k = #" = v', "v"],
  ])("%s", (_, line, value) => {
    expect(readBack(line)).toBe(value);
  });

  it("takes comment lines and empty lines for nothing, indented or not", () => {
    expect(sectionsOf("# a\n; b\n\n[s]\n  # c = d\n\t; e\nk = v\n")).toEqual({ s: [["k", "v"]] });
  });

  it.each(["a\0b", "a\x1fb", "a\x0bb", "a\x7fb", "a\u0085b"])(
    "refuses a control character: %j",
    (value) => {
      const [problem] = problemsOf(withSource(`[title]\nmain = "245 * * a /x/${value}/"`));
      expect(problem.problem).toContain("holds a control character (U+00");
      expect(problem.place).toMatch(/^main\.conf:\d+$/);
    },
  );

  it("reads CRLF and a byte order mark", () => {
    expect(sectionsOf('\uFEFF[s]\r\nk = v\r\nl = "w"\r\nm = a \\\r\n  b\r\n')).toEqual({
      s: [
        ["k", "v"],
        ["l", "w"],
        ["m", "a b"],
      ],
    });
  });

  it("counts lines from one in the first physical line, continuations included", () => {
    const places = problemsOf("[Logging]\nverbosity = \\\n  7\n\nkeep = x\n").map((p) => p.place);
    expect(places).toContain("main.conf:2");
    expect(places).toContain("main.conf:5");
  });
});

describe("continuation", () => {
  it.each<[what: string, text: string, value: string]>([
    ["drops the blanks that begin the next line", "k = a \\\n   b", "a b"],
    ["joins without a blank where none stands", "k = a,\\\nb", "a,b"],
    ["goes over several lines", "k = a \\\nb \\\nc", "a b c"],
    ["bears blanks behind the backslash", "k = a \\  \n b", "a b"],
    ["continues behind a closing quote", 'k = "a" \\\n # c', "a"],
    ["does not continue inside quotes", 'k = "a\\\\"\nl = b', "a\\\\"],
    ["does not continue a comment", "k = a # c \\\nl = b", "a"],
  ])("%s", (_, text, value) => {
    expect(readBack(text)).toBe(value);
  });

  it("does not let a comment line swallow the next key", () => {
    expect(sectionsOf("[s]\n# c \\\nk = v\n")).toEqual({ s: [["k", "v"]] });
  });

  it("refuses a file that ends in the middle of a continued line", () => {
    const [problem] = problemsOf(withSource("[Logging]\nverbosity = 3 \\"));
    expect(problem.place).toBe("main.conf:4");
    expect(problem.problem).toContain("the file ends here");
  });
});

describe("sections", () => {
  it.each<[what: string, header: string, name: string]>([
    ["a dotted name", "[infomine.ucr.edu]", "infomine.ucr.edu"],
    ["a name with a colon", "[dc:x]", "dc:x"],
    ["an indented header", "   [s]", "s"],
    ["a comment behind the header", "[s] # c", "s"],
    ["a semicolon comment right behind it", "[s]; c", "s"],
    ["comment signs inside", "[a # b]", "a # b"],
    ["an escape-like name", "[a\\.b]", "a\\.b"],
    ["a quoted name", '["a"]', '"a"'],
    ["the name of an object's prototype", "[__proto__]", "__proto__"],
    ["the name of an object's method", "[constructor]", "constructor"],
  ])("reads %s literally", (_, header, name) => {
    expect(sectionsOf(`${header}\nk = v\n`)).toEqual(Object.fromEntries([[name, [["k", "v"]]]]));
  });

  it("does not nest dotted names", () => {
    expect(sectionsOf("[a]\nk = 1\n[a.b]\nk = 2\n")).toEqual({
      a: [["k", "1"]],
      "a.b": [["k", "2"]],
    });
  });

  it("adds up what stands in the parts of a section", () => {
    expect(sectionsOf("[a]\nk = 1\n[b]\n[a]\nl = 2\n")).toEqual({
      a: [
        ["k", "1"],
        ["l", "2"],
      ],
      b: [],
    });
  });
});

describe("what the ini package would do by itself", () => {
  it.each<[trap: string, line: string, value: string | null]>([
    ["keeps the quotes before a comment", 'k = "standard" # options', "standard"],
    ["cuts a quoted value at a comment sign", 'k = "a;b" # c', "a;b"],
    ["cuts an unquoted value at #", "k = a#b", "a#b"],
    ["decodes \\b as JSON", String.raw`k = "\b"`, String.raw`\b`],
    ["keeps the quotes around what is no JSON", String.raw`k = "\ "`, String.raw`\ `],
    ["decodes a Unicode escape", String.raw`k = "\u0041"`, String.raw`\u0041`],
    ["makes a boolean of quoted true", 'k = "true"', "true"],
    ["makes null of null", "k = null", "null"],
    ["makes a number of a quoted one", 'k = "12"', "12"],
    ["takes off single quotes", "k = 'a'", "'a'"],
    ["drops the backslash before a comment sign", String.raw`k = a\;b`, String.raw`a\;b`],
    ["halves backslashes", String.raw`k = a\\b`, String.raw`a\\b`],
  ])("%s", (_, line, value) => {
    expect(readBack(line)).toBe(value);
  });

  it("keeps keys that ini would make lists or drop", () => {
    expect(sectionsOf("[s]\na[] = 1\n__proto__ = 2\ndc:title = 3\n1 = 4\n")).toEqual({
      s: [
        ["a[]", "1"],
        ["__proto__", "2"],
        ["dc:title", "3"],
        ["1", "4"],
      ],
    });
  });

  it("keeps equal keys apart instead of taking the last", () => {
    expect(sectionsOf("[s]\nk = 1\nk = 2\n").s).toEqual([
      ["k", "1"],
      ["k", "2"],
    ]);
  });
});

describe("values", () => {
  it.each(["true", "YES", "On", '"true"', '"oN"'])("%s is true", (word) => {
    expect(load(withSource(`skip_older = ${word}`)).settings.skipOlder).toBe(true);
  });

  it.each(["false", "No", "OFF", '"false"'])("%s is false", (word) => {
    expect(load(withSource(`skip_older = ${word}`)).settings.skipOlder).toBe(false);
  });

  it("takes a bare key for true", () => {
    expect(load(withSource("skip_older\nrecord_must_be_valid")).settings).toMatchObject({
      skipOlder: true,
      requiredFields: ["title", "url"],
    });
  });

  it("gives \\n, \\t and \\\\ their meaning in text values only", () => {
    const config = load(
      withSource(
        String.raw`remote_user = "a\tb"
[title]
initial_text = "a\nb\tc\\d\ e"
field_join = "\\"
field1 = "245 * * a /\\/\n/"`,
      ),
    );
    expect(config.mapping.extractors[0]).toMatchObject({
      initialText: "a\nb\tc\\d\\ e",
      fieldJoin: "\\",
    });
    expect(config.mapping.extractors[0].searchFields[0].transforms).toBe(String.raw`/\\/\n/`);
    expect(config.settings.remoteUser).toBe("a\\tb");
  });
});
