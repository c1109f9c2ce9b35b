import { describe, expect, it } from "vitest";
import { createMapper } from "../../src/mapping/marc/mapper.js";
import { parseRecord } from "../../src/marc/iso2709.js";
import { iso } from "../support/marc-builder.js";
import { SERIAL } from "../support/record-view.js";
import { configOf, mapOne } from "./support.js";

const NEWSPAPERS = [
  ["001", "x1"],
  ["246", "30", "aOther title"],
  ["650", " 0", "aJournalism", "xHistory", "0(uri)1"],
  ["650", " 7", "aLeft out", "2fast"],
  ["651", " 1", "aOhio"],
] as const;

const KEYWORDS = `
[keywords]
initial_serial_text = ";Ejournals;Electronic journals;"
initial_monograph_text = ";Electronic text;"
subfield_join = ";"
field1 = "650 * *-7 *"
field2 = "651 * *-7 *"
field3 = "246 * *   a"
`;

describe("a MarcFieldExtractor", () => {
  it("puts the initial text first, then fields by SearchField, then by record order", () => {
    const monograph = mapOne(KEYWORDS, { fields: NEWSPAPERS });
    expect(monograph.value("keywords")).toBe(
      ";Electronic text;Journalism;History;Ohio;Other title;",
    );
    const serial = mapOne(KEYWORDS, { leader: SERIAL, fields: NEWSPAPERS });
    expect(serial.value("keywords")).toBe(
      ";Ejournals;Electronic journals;Journalism;History;Ohio;Other title;",
    );
  });

  it("takes capital subfield codes for codes of their own", () => {
    const fields = [["AVA", "  ", "Uhttp://a.org/", "uother", "dX"]] as const;
    const value = (codes: string) =>
      mapOne(`[publisher]\na = AVA * * ${codes}`, { fields }).value("publisher");
    expect(value("U")).toBe("http://a.org/");
    expect(value("u")).toBe("other");
    expect(value("u+U")).toBe("http://a.org/ other");
    expect(value("*-U")).toBe("other X");
  });

  describe("ranges of fixed fields are character positions", () => {
    const language = (fixed: string, range = "008/35-37") =>
      mapOne(`[language]\na = ${range} * * *`, { fields: [["008", fixed]] }).value("language");

    it.each([
      "040615s1999    xx",
      "040615s1999 \u00a0  xx",
      "040615s1999\u0416\u0417  xx",
      "0\u20ac0615s1999    xx",
      "040\u{1f4d6}15s1999    xx",
      "040615s\u00001999   xx",
    ])("%j", (before) => {
      const fixed = `${before.padEnd(before.length + 35 - [...before].length)}rus d`;
      expect(language(fixed)).toBe("rus");
      expect(language(fixed, "008/35-39")).toBe("rus d");
      expect(language(fixed, "008/36-39")).toBe("us d");
    });

    it.each([
      ["a mark around words that do not sort", "2\x880102s2024    dcu"],
      ["a control character beside an accent", "2\x00\xe2e102s2024    dcu"],
      ["an escape sequence", "\x1b(N2\x1b(B0102s20244    dcu"],
    ])("in MARC-8 too, with %s", (_, before) => {
      const characters = before.replaceAll(/\x1b\(./g, "").replace("\xe2", "").length;
      const bytes = iso({
        leader: "00000nam  2200000 a 4500",
        fields: [["008", `${"*".repeat(before.length + 35 - characters)}rus d`]],
      });
      bytes.write(before.padEnd(before.length + 35 - characters), bytes.indexOf("*"), "latin1");
      const frame = {
        kind: "record",
        bytes,
        offset: 0,
        length: bytes.length,
        diagnostics: [],
      } as const;
      const parsed = parseRecord(frame, { encoding: "marc-8", strict: false });
      if ("reject" in parsed) throw new Error("no record");
      const config = configOf("[language]\na = 008/35-37 * * *");
      const { values } = createMapper(config).map(parsed.record);
      expect(values[config.fields.findIndex(({ name }) => name === "language")]).toBe("rus");
    });

    it("ends where the characters end, whatever the bytes", () => {
      expect(language(`${"\u0416".repeat(30)}rus d`)).toBe("");
      expect(language(`${"\u0416".repeat(35)}rus`)).toBe("rus");
      expect(language(`${"\u0416".repeat(35)}ru`)).toBe("");
      expect(language("\u0416\u0417", "008/1")).toBe("\u0417");
    });
  });

  it("puts no join between the initial text and the first field", () => {
    const config = '[publisher]\ninitial_text = "By "\nfield_join = " & "\na = 260 * * b';
    const fields = [
      ["260", "  ", "bKnopf"],
      ["260", "  ", "bNorton"],
    ] as const;
    expect(mapOne(config, { fields }).value("publisher")).toBe("By Knopf & Norton");
    const list = '[keywords]\ninitial_text = "pre"\na = 650 * * a';
    const subjects = [["650", "  ", "afix"]] as const;
    expect(mapOne(list, { fields: subjects }).value("keywords")).toBe(";prefix;");
  });

  it("falls back only if the field is empty after all that", () => {
    const config = '[edition]\nfallback_value = "none stated"\na = 250 * * a';
    expect(mapOne(config, { fields: [] }).value("edition")).toBe("none stated");
    expect(mapOne(config, { fields: [["250", "  ", "a   "]] }).value("edition")).toBe(
      "none stated",
    );
    expect(mapOne(config, { fields: [["250", "  ", "a2nd"]] }).value("edition")).toBe("2nd");
    const initial = '[edition]\ninitial_text = "ed."\nfallback_value = "no"\na = 250 * * a';
    expect(mapOne(initial, { fields: [] }).value("edition")).toBe("ed.");
  });

  it("takes every subfield but the control subfields for *, unless they are added back", () => {
    const fields = [["650", " 7", "aA", "2lcsh", "xX", "01"]] as const;
    const value = (rule: string) =>
      mapOne(`[publisher]\na = ${rule}`, { fields }).value("publisher");
    expect(value("650 * * *")).toBe("A X");
    expect(value("650 * * *+2")).toBe("A lcsh X");
    expect(value("650 * * *-x")).toBe("A");
    expect(value("650 * * x+a")).toBe("A X");
  });

  it("compares indicators, the blank one included", () => {
    const fields = [
      ["246", "3 ", "ablank"],
      ["246", "31", "aone"],
      ["246", " 2", "atwo"],
    ] as const;
    const value = (rule: string) =>
      mapOne(`[keywords]\na = "${rule}"`, { fields }).value("keywords");
    expect(value("246 3 # a")).toBe(";blank;");
    expect(value("246 # * a")).toBe(";two;");
    expect(value("246 *-3 * a")).toBe(";two;");
    expect(value("246 * 1+2 a")).toBe(";one;two;");
  });

  it("knows X as any digit", () => {
    const fields = [
      ["600", "  ", "aperson"],
      ["651", "  ", "aplace"],
      ["710", "  ", "abody"],
    ] as const;
    expect(mapOne("[keywords]\na = 6XX * * a", { fields }).value("keywords")).toBe(
      ";person;place;",
    );
    expect(mapOne("[keywords]\na = X10 * * a", { fields }).value("keywords")).toBe(";body;");
  });

  it("takes the first field only, or each text once, when told so", () => {
    const fields = [
      ["100", "1 ", "a "],
      ["700", "1 ", "aOne"],
      ["700", "1 ", "aTwo"],
      ["710", "1 ", "aOne"],
    ] as const;
    const value = (option: string) =>
      mapOne(`[publisher]\n${option}\na = 100 * * a\nb = 700 * * a\nc = 710 * * a`, {
        fields,
      }).value("publisher");
    expect(value("first_only")).toBe("One");
    expect(value("unique")).toBe("One Two");
    expect(value('field_join = "|"')).toBe("One|Two|One");
  });

  it("takes each of very many texts once when told so", () => {
    const words = Array.from({ length: 40 }, (_, i) => `Word ${i}`);
    const fields = [...words, ...words.slice(0, 15), ...words.slice(30)].map(
      (word) => ["653", "  ", `a${word}`] as const,
    );
    const mapped = mapOne('[publisher]\nunique\nfield_join = "|"\na = 653 * * a', { fields });
    expect(mapped.value("publisher")).toBe(words.join("|"));
  });

  it("joins fields by a blank in plain fields and squeezes blanks", () => {
    const fields = [
      ["250", "  ", "a  Second   edition ", "bby  X"],
      ["250", "  ", "aThird"],
    ] as const;
    expect(mapOne("[edition]\na = 250 * * *", { fields }).value("edition")).toBe(
      "Second edition by X Third",
    );
  });

  it("keeps line breaks that a join sets", () => {
    const fields = [
      ["250", "  ", "aA"],
      ["250", "  ", "aB"],
    ] as const;
    expect(
      mapOne('[edition]\nfield_join = "\\n"\na = 250 * * a', { fields }).value("edition"),
    ).toBe("A\nB");
  });

  it("composes marks that a join brings together", () => {
    const fields = [["250", "  ", "ae", "b\u0301"]] as const;
    expect(
      mapOne('[edition]\nsubfield_join = ""\na = 250 * * *', { fields }).value("edition"),
    ).toBe("\u00e9");
  });
});

describe("fixed fields", () => {
  const DATES = "850101s1999    nyu           000 0 eng d";
  const value = (rule: string, fields: readonly (readonly [string, string])[]) =>
    mapOne(`[language]\na = ${rule} * * *`, { fields }).value("language");

  it("gives bytes of control fields and of the leader", () => {
    expect(value("008/35-37", [["008", DATES]])).toBe("eng");
    expect(value("008/7-10", [["008", DATES]])).toBe("1999");
    expect(value("LDR/6", [])).toBe("a");
    expect(value("1", [["001", " ocm1 "]])).toBe("ocm1");
  });

  it("gives nothing for a range that the field does not reach to its end", () => {
    expect(value("008/35-37", [["008", DATES.slice(0, 37)]])).toBe("");
    expect(value("008/35-37", [])).toBe("");
  });

  it("takes blanks and fill characters for no value", () => {
    expect(value("008/35-37", [["008", DATES.replace("eng", "   ")]])).toBe("");
    expect(value("008/35-37", [["008", DATES.replace("eng", "|||")]])).toBe("");
  });
});

describe("list fields", () => {
  const value = (config: string, ...texts: string[]) =>
    mapOne(`[subjects]\n${config}`, {
      fields: texts.map((text) => ["650", " 0", ...text.split("$")] as const),
    }).value("subjects");

  it("separates by semicolons of the joins only", () => {
    expect(value("a = 650 * * *", "aOne; Two", "aThree")).toBe(";One, Two;Three;");
    expect(value('subfield_join = ";"\na = 650 * * *', "aOne;$xTwo")).toBe(";One,;Two;");
  });

  it("takes a Greek question mark, which is a semicolon in NFC, for part of the value", () => {
    expect(value("a = 650 * * *", "aΤί\u037e")).toBe(";Τί,;");
  });

  it("trims elements, drops empty ones and exact repeats", () => {
    expect(value('subfield_join = ";"\na = 650 * * *', "aOne $x $yTwo", "aone", "aOne")).toBe(
      ";One;Two;one;",
    );
    const many = Array.from({ length: 60 }, (_, i) => `aT${i % 30}`);
    expect(value("a = 650 * * *", ...many)).toBe(
      `;${Array.from({ length: 30 }, (_, i) => `T${i}`).join(";")};`,
    );
  });

  it("splits at the joined text where the join is no semicolon", () => {
    expect(value('field_join = "+"\na = 650 * * *', "aOne", "aTwo")).toBe(";One+Two;");
    expect(value('field_join = "; "\na = 650 * * *', "aOne", "aTwo")).toBe(";One;Two;");
  });

  it("is empty without elements, or the fallback's list", () => {
    expect(value("a = 650 * * *", "a ")).toBe("");
    expect(value('fallback_value = "x; y"\na = 650 * * *')).toBe(";x;y;");
  });

  it("writes %3B for a semicolon in a URL", () => {
    const fields = [["530", "  ", "uhttp://x.org/a;b"]] as const;
    expect(mapOne("[other_urls]\na = 530 * * u", { fields }).value("other_urls")).toBe(
      ";http://x.org/a%3Bb;",
    );
  });
});

describe("identifier fields", () => {
  it("hold normal forms; what is not valid is left out with a warning", () => {
    const mapped = mapOne("[isbn]\na = 020 * * a", {
      fields: [
        ["001", "x"],
        ["020", "  ", "a0-306-40615-2 (pbk.)"],
        ["020", "  ", "a030640615X"],
        ["020", "  ", "a9780306406157"],
      ],
    });
    expect(mapped.value("isbn")).toBe(";9780306406157;");
    expect(mapped.record.diagnostics).toMatchObject([{ code: "M502", field: "020[2]" }]);
  });

  it("warn of a field by its place among those of its tag, whatever stands between", () => {
    const isbn = (text: string) => ["020", "  ", `a${text}`] as const;
    const issn = ["022", "  ", "a0378-5955"] as const;
    const fields = [
      isbn("9780306406157"),
      issn,
      isbn("0306406152"),
      issn,
      issn,
      isbn("030640615X"),
    ];
    const mapped = mapOne("[isbn]\na = 020 * * a", { fields: [["001", "x"], ...fields] });
    expect(mapped.record.diagnostics).toMatchObject([{ code: "M502", field: "020[3]" }]);
  });

  it("normalises each kind by its own rules", () => {
    const config = "[issn]\na = 022 * * a\n[lccn]\na = 010 * * a\n[oclc_number]\na = 035 * * a";
    const mapped = mapOne(config, {
      fields: [
        ["001", "x"],
        ["010", "  ", "a   85000002 "],
        ["022", "  ", "a03785955"],
        ["035", "  ", "a(OCoLC)ocm00012345"],
        ["035", "  ", "a(DLC)12345"],
      ],
    });
    expect(["issn", "lccn", "oclc_number"].map((name) => mapped.value(name))).toEqual([
      ";0378-5955;",
      ";85000002;",
      ";12345;",
    ]);
    expect(mapped.codes()).toEqual([]);
  });
});
