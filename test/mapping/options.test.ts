import { describe, expect, it } from "vitest";
import { skipNonfiling } from "../../src/mapping/marc/nonfiling.js";
import { trimPunctuation } from "../../src/mapping/marc/punctuation.js";
import { configOf, mapOne } from "./support.js";

describe("skip_nonfiling", () => {
  it.each([
    ["The title", 4, "title"],
    ["L'été", 2, "été"],
    ["al-Kitāb", 3, "Kitāb"],
    ["ʻal-Kitāb", 4, "Kitāb"],
    ["ʼN boek", 3, "boek"],
    ['"The" end', 6, "end"],
    ["𝔗he end", 4, "end"],
  ])("passes over the article of %j, %d characters", (text, count, filing) => {
    expect(skipNonfiling(text, count)).toBe(filing);
  });

  it("takes a count of decomposed characters for the same article", () => {
    expect(skipNonfiling("Hē historia", 4)).toBe("historia");
    expect(skipNonfiling("Hē historia", 3)).toBe("historia");
  });

  it.each([
    ["Theory", 4],
    ["The", 4],
    ["The", 3],
    ["הספר", 1],
  ])("never cuts into or beyond a word: %j, %d", (text, count) => {
    expect(skipNonfiling(text, count)).toBe(text);
  });

  it("reads the indicator that counts, in the linked field too", () => {
    const config =
      "[publisher]\nskip_nonfiling\nlinked_fields = append\nfield_join = |\n" +
      "a = 245 * * a+b\nb = 730 * * a\nc = 246 * * a";
    const mapped = mapOne(config, {
      fields: [
        ["245", "14", "6880-01", "aThe cat /", "bthe dog"],
        ["246", "14", "aThe cow"],
        ["730", "2 ", "aA hen"],
        ["880", "13", "6245-01", "aEl gato"],
      ],
    });
    expect(mapped.value("publisher")).toBe("cat / the dog|gato|hen|The cow");
  });

  it("leaves a title whole whose first subfield was not chosen", () => {
    const fields = [["245", "14", "aThe cat", "bThe dog"]] as const;
    expect(mapOne("[title]\nskip_nonfiling\na = 245 * * b", { fields }).value("title")).toBe(
      "The dog",
    );
  });
});

describe("trim_punctuation", () => {
  it.each([
    ["A title /", "A title"],
    ["A title :", "A title"],
    ["New York ;", "New York"],
    ["Knopf,", "Knopf"],
    ["Parallel title =", "Parallel title"],
    ["A sentence.", "A sentence"],
    ["1999.", "1999"],
    ["History (Ohio).", "History (Ohio)"],
    ["[S.l.] :", "S.l."],
    ["[Poems]", "Poems"],
    ["1995]", "1995"],
    ["[New York", "New York"],
    ["Été /.", "Été /."],
  ])("%j becomes %j", (text, trimmed) => {
    expect(trimPunctuation(text)).toBe(trimmed);
  });

  it.each([
    "Tolkien, J. R. R.",
    "Smith, John, Jr.",
    "Knopf, Inc.",
    "Wait for it...",
    "U.S.",
    "2nd ed.",
    "a [b] c",
    "What?",
    "[a] and [b]",
  ])("%j stays", (text) => {
    expect(trimPunctuation(text)).toBe(text);
  });

  it("works on each value of a list", () => {
    const config = '[subjects]\ntrim_punctuation\nsubfield_join = ";"\na = 650 * * *';
    const fields = [["650", " 0", "aCats,", "xHistory."]] as const;
    expect(mapOne(config, { fields }).value("subjects")).toBe(";Cats;History;");
  });
});

describe("translation_map", () => {
  const map = { "languages.map": 'eng = English\nfre = French\nmul = "French;English"\n' };
  const value = (section: string, files: Record<string, string>, ...texts: string[]) =>
    mapOne(configOf(`[${section}]\ntranslation_map = languages.map\na = 041 * * a`, files), {
      fields: texts.map((text) => ["041", "0 ", `a${text}`] as const),
    }).value(section);

  it("translates each value, trimmed; what the map does not hold stays", () => {
    expect(value("keywords", map, "eng", " fre ", "ger", "mul")).toBe(";English;French;ger;");
    expect(value("language", map, "fre")).toBe("French");
  });

  it("knows codes that an editor wrote with marks of their own", () => {
    const decomposed = { "languages.map": "Français = French\n".normalize("NFD") };
    expect(value("keywords", decomposed, "Français")).toBe(";French;");
  });

  it("may be as long as a list of all subject headings", () => {
    const lines = Array.from({ length: 200_000 }, (_, i) => `sh${i} = Heading ${i}\n`);
    const long = { "languages.map": lines.join("") };
    expect(value("keywords", long, "sh0", "sh199999", "sh200000")).toBe(
      ";Heading 0;Heading 199999;sh200000;",
    );
  });

  it("takes the default for what it does not hold", () => {
    const withDefault = { "languages.map": 'eng = English\n__default__ = "Other"\n' };
    expect(value("keywords", withDefault, "eng", "ger")).toBe(";English;Other;");
  });
});

describe("linked_fields", () => {
  const RECORD = {
    fields: [
      ["245", "10", "6880-01", "aWar"],
      ["880", "10", "6245-01/(N", "aВойна"],
      ["880", "1 ", "6100-02/(N", "aТолстой"],
      ["880", "00", "6245-00", "aОтдельно"],
      ["880", "00", "ano linkage"],
    ],
  } as const;
  const value = (config: string) =>
    mapOne(`[publisher]\nfield_join = |\n${config}`, RECORD).value("publisher");

  it.each(["\u200f", " ", "\u00a0", "\ufeff\u200e", "\u2067 "])("links behind %j", (mark) => {
    const fields = [
      ["245", "10", `6${mark}880-01`, "aWar"],
      ["245", "10", "6880-02", "aPeace"],
      ["880", "10", `6${mark}245-01/(2/r`, "aמלחמה"],
    ] as const;
    const config = "[publisher]\nfield_join = |\nlinked_fields = append\nfirst_only\na = 245 * * a";
    expect(mapOne(config, { fields }).value("publisher")).toBe("War|מלחמה");
  });

  it("leaves 880 alone unless told", () => {
    expect(value("a = 245 * * a")).toBe("War");
    expect(value("a = 880 * * a")).toBe("Война|Толстой|Отдельно|no linkage");
  });

  it("adds the 880 fields of the tag, by their own indicators", () => {
    expect(value("linked_fields = append\na = 245 * * a")).toBe("War|Война|Отдельно");
    expect(value("linked_fields = append\na = 245 1 * a")).toBe("War|Война");
    expect(value("linked_fields = append\na = 1XX * * a")).toBe("Толстой");
  });

  it("takes nothing else with `only`", () => {
    expect(value("linked_fields = only\na = 245 * * a")).toBe("Война|Отдельно");
  });

  it("keeps a field and its own 880 together with first_only", () => {
    expect(value("first_only\nlinked_fields = append\na = 245 * * a")).toBe("War|Война");
  });

  it("counts an 880 once that fits the tag and is linked to it", () => {
    expect(value("linked_fields = append\na = 8XX * * a")).toBe(
      "Война|Толстой|Отдельно|no linkage",
    );
  });
});
