import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ValueError } from "../../src/config/language/problems.js";
import { parseCodeSet } from "../../src/config/marc/code-set.js";
import {
  parseSearchField,
  parseTag,
  splitSearchField,
} from "../../src/config/marc/search-field.js";
import { load, withSource } from "./files.js";

const AT = { file: "/etc/x.conf", line: 1 };
const CONTROL = "012456789";
const ALL = Array.from({ length: 128 }, (_, byte) => String.fromCharCode(byte));

function codes(text: string, part: "IND1" | "SUBFIELDS" = "IND1", control = CONTROL): string {
  const set = parseCodeSet(text, part, control);
  expect(set).toHaveLength(128);
  return ALL.filter((_, byte) => set[byte] === 1).join("");
}

function without(excluded: string): string {
  return ALL.filter((code) => !excluded.includes(code)).join("");
}

describe("expressions", () => {
  it.each<[text: string, expected: string]>([
    ["*", ALL.join("")],
    ["a", "a"],
    ["a+b+1", "1ab"],
    ["*-b-c-3", without("bc3")],
    ["#", " "],
    ["_", " "],
    ["0+1+#", " 01"],
    ["*-#", without(" ")],
    ["*-0+0", ALL.join("")],
    ["a-a+b", "b"],
    ["a+*-c", without("c")],
    ["a-z", "a"],
  ])("the indicator expression %s", (text, expected) => {
    expect(codes(text)).toBe(expected);
  });

  it.each<[text: string, control: string, expected: string]>([
    ["*", CONTROL, without(CONTROL)],
    ["*", "", ALL.join("")],
    ["*+2", CONTROL, without("01456789")],
    ["*-a-3", CONTROL, without(`a3${CONTROL}`)],
    ["0", CONTROL, "0"],
    ["6+*", CONTROL, without("01245789")],
    ["*-6", CONTROL, without(CONTROL)],
  ])("the subfield expression %s without %s", (text, control, expected) => {
    expect(codes(text, "SUBFIELDS", control)).toBe(expected);
  });

  it("reads any expression from left to right", () => {
    const code = fc.constantFrom(..."abcxyz0129#_*");
    const term = fc.tuple(fc.constantFrom("+", "-"), code);
    fc.assert(
      fc.property(code, fc.array(term, { maxLength: 6 }), (first, rest) => {
        const expected = new Set<string>();
        for (const [sign, symbol] of [["+", first] as const, ...rest]) {
          const meant = symbol === "*" ? ALL : [/[#_]/.test(symbol) ? " " : symbol];
          for (const one of meant) {
            sign === "+" ? expected.add(one) : expected.delete(one);
          }
        }
        const text = first + rest.map((pair) => pair.join("")).join("");
        if (expected.size === 0) {
          expect(() => codes(text)).toThrow(ValueError);
        } else {
          expect(codes(text)).toBe(ALL.filter((one) => expected.has(one)).join(""));
        }
      }),
    );
  });

  it.each<[text: string, advice: string]>([
    ["abc", "write a+b+c"],
    ["a+bc", "write a+b+c"],
    ["-a", "write *-a for everything without it"],
    ["+a", "write a"],
    ["a+", "write a code behind the +, or delete it"],
    ["a--b", "write a code behind the -, or delete it"],
    ["*-*", "leave at least one code, or delete the line"],
    ["a,b", "write codes alone, with + between them: a+b"],
    ["$a$c", "write codes alone, with + between them: a+c"],
    ["é", "write codes alone, with + between them: a+b"],
  ])("refuses %s and says what to write", (text, advice) => {
    expect(() => codes(text, "SUBFIELDS")).toThrow(expect.objectContaining({ advice }));
  });
});

it("understands that both indicators were written in one word", () => {
  expect(() => codes("10", "IND1")).toThrow(
    expect.objectContaining({ advice: "write 1+0, or 1 0 for IND1 and IND2" }),
  );
});

describe("tags", () => {
  it.each<[written: string, text: string, range: [number, number] | null]>([
    ["1", "001", null],
    ["35", "035", null],
    ["245", "245", null],
    ["6XX", "6XX", null],
    ["6xx", "6XX", null],
    ["X00", "X00", null],
    ["00X", "00X", null],
    ["FMT", "FMT", null],
    ["Z30", "Z30", null],
    ["LDR", "LDR", null],
    ["ldr", "LDR", null],
    ["008/35-37", "008", [35, 37]],
    ["8/35-37", "008", [35, 37]],
    ["LDR/6", "LDR", [6, 6]],
    ["007/0-1", "007", [0, 1]],
    ["00X/0", "00X", [0, 0]],
  ])("%s", (written, text, range) => {
    expect(parseTag(written)).toEqual({
      text,
      leader: text === "LDR",
      range: range === null ? null : { from: range[0], to: range[1] },
    });
  });

  it.each([
    "0",
    "000",
    "2455",
    "245a",
    "XX",
    "6X",
    "EXT",
    "a00",
    "",
    "245/1",
    "6XX/0",
    "008/",
    "008/a",
    "008/3-",
    "008/5-3",
    "008/40",
    "LDR/24",
    "008/-1",
    "LDR/1-2-3",
    "-45",
    "٢٤٥",
  ])("refuses %s", (written) => {
    expect(() => parseTag(written)).toThrow(ValueError);
  });
});

describe("parts", () => {
  it("gives the fifth part as written, to the end", () => {
    expect(splitSearchField(String.raw` 650  *  *-0	* /a/b/g,/[P|p]x/\ /g `)).toEqual({
      first: ["650", "*", "*-0", "*"],
      fifth: String.raw`/a/b/g,/[P|p]x/\ /g`,
    });
    expect(splitSearchField("246 * *   a")).toEqual({ first: ["246", "*", "*", "a"], fifth: "" });
    expect(splitSearchField("246 * * a s{a}{\\   ").fifth).toBe("s{a}{\\ ");
  });

  it("keeps name, place and text", () => {
    const search = parseSearchField("field1", "650 * *-0 a+x /a/b/", AT, CONTROL);
    expect(search).toMatchObject({
      name: "field1",
      at: AT,
      text: "650 * *-0 a+x /a/b/",
      transforms: "/a/b/",
    });
    expect(search.indicator2[0x30]).toBe(0);
    expect(search.subfields["x".charCodeAt(0)]).toBe(1);
  });

  it.each(["001 * * *", "00X * * *", "LDR/6 * * *", "008/0-5 * * * /a/b/"])(
    "takes %s, a fixed field with * * *",
    (text) => {
      expect(parseSearchField("f", text, AT, CONTROL).tag.text).toMatch(/^(00.|LDR)$/);
    },
  );

  it.each(["001 1 * *", "001 * # *", "001 * * a", "LDR * * *-a", "008/1 * *-0 *"])(
    "refuses %s, a fixed field with indicators or subfields",
    (text) => {
      expect(() => parseSearchField("f", text, AT, CONTROL)).toThrow(
        expect.objectContaining({ advice: `write ${text.split(" ")[0]} * * *` }),
      );
    },
  );
});

describe("control_subfields", () => {
  it("decides what * means in every section", () => {
    const rules = '[title]\nf = "245 * * *"\n[Filter]\ninclude_if = "650 * * *"';
    const usual = load(withSource(rules));
    const literal = load(withSource(`control_subfields = ""\n${rules}`));
    const digit = "6".charCodeAt(0);
    expect(usual.mapping.extractors[0].searchFields[0].subfields[digit]).toBe(0);
    expect(usual.mapping.filters[0].search.subfields[digit]).toBe(0);
    expect(literal.mapping.extractors[0].searchFields[0].subfields[digit]).toBe(1);
    expect(literal.mapping.filters[0].search.subfields[digit]).toBe(1);
  });
});
