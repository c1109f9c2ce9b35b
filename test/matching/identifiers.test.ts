import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type IdentifierKind,
  normalizeIdentifiers,
} from "../../src/fields/identifiers/identifiers.js";
import { normalizeOclc } from "../../src/fields/identifiers/oclc.js";

type Row = readonly [text: string, valid: readonly string[], invalid: readonly string[]];

function table(kind: IdentifierKind, rows: readonly Row[]): void {
  it.each(rows)("%j", (text, valid, invalid) => {
    expect(normalizeIdentifiers(kind, text)).toEqual({ valid, invalid });
  });
}

describe("ISBN", () => {
  table("isbn", [
    ["0-306-40615-2", ["9780306406157"], []],
    ["0306406152", ["9780306406157"], []],
    ["978-0-306-40615-7", ["9780306406157"], []],
    ["ISBN: 978-0-306-40615-7", ["9780306406157"], []],
    ["ISBN13: 9780306406157", ["9780306406157"], []],
    ["978‐0‐306‐40615‐7", ["9780306406157"], []],
    ["978 0 306 40615 7", ["9780306406157"], []],
    ["0 8044 2957 X (pbk.)", ["9780804429573"], []],
    ["061871460X", ["9780618714605"], []],
    ["061871460x (alk. paper) :", ["9780618714605"], []],
    ["9783837612950", ["9783837612950"], []],
    ["9791032305690", ["9791032305690"], []],
    ["0306406152 (pbk. : v. 2) : $12.95", ["9780306406157"], []],
    ["9780987115423 (print ed) 9780987115430 (web ed)", ["9780987115423", "9780987115430"], []],
    ["0306406152 9780306406157", ["9780306406157"], []],
    // full-width forms of East Asian keyboards
    ["９７８０３０６４０６１５７", ["9780306406157"], []],
    ["ＩＳＢＮ　０－３０６－４０６１５－２（精装）", ["9780306406157"], []],
    ["９７８０３０６４０６１５８", [], ["9780306406158"]],
    // marks of direction that come with copied texts, and a spreadsheet's sign of text
    ["\u200e978-0306406157\u200e", ["9780306406157"], []],
    ["978\u20600306\u200b406157", ["9780306406157"], []],
    ["'0306406152", ["9780306406157"], []],
    ["’9780306406157 (pbk.)", ["9780306406157"], []],
    // Standard Book Numbers, before the ISBN
    ["140013660 (pbk.)", ["9780140013665"], []],
    ["425030134", [], ["425030134"]],
    // wrong check digits, lengths and prefixes
    ["0-306-40615-X", [], ["030640615X"]],
    ["978-0-306-40615-3 (cloth)", [], ["9780306406153"]],
    ["0 306 40615 3", [], ["0306406153"]],
    ["1000000000012", [], ["1000000000012"]],
    ["97803064061570", [], ["97803064061570"]],
    ["03064061", [], ["03064061"]],
    ["0306406152 030640615X", ["9780306406157"], ["030640615X"]],
    // music has its own number
    ["979-0-2600-0043-8", [], ["9790260000438"]],
    // fillers with a right check digit
    ["0000000000", [], ["0000000000"]],
    ["1111111111 (pbk.)", [], ["1111111111"]],
    // a part of a word, an amount, a spreadsheet's form
    ["M-2306-7118-7", [], ["M-2306-7118-7"]],
    ["ISMN M230671187", [], ["M230671187"]],
    ["EBL306406152", [], ["EBL306406152"]],
    ["0306406152-B", [], ["0306406152-B"]],
    ["9.78031E+12", [], ["9.78031E+12"]],
    ["9,78031e+12 (pbk.)", [], ["9,78031e+12"]],
    ["1E+10", [], ["1E+10"]],
    ["9780306406157.0", [], ["9780306406157.0"]],
    ["9,780,306,406,157", [], ["9,780,306,406,157"]],
    ["9 780 306 406 157", [], ["9780306406157"]],
    ["140 013 660", [], ["140013660"]],
    ["0306406152/3", [], ["0306406152/3"]],
    ["1.310.071.233", [], ["1.310.071.233"]],
    // whole numbers with a sign between, labels, a code written twice
    ["0306406152/9780804429573", ["9780306406157", "9780804429573"], []],
    ["9780306406157,9780804429573", ["9780306406157", "9780804429573"], []],
    ["0306406152/pbk.", ["9780306406157"], []],
    ["0306406152(pbk.):$12.50", ["9780306406157"], []],
    ["ISBN-13: 978-0-306-40615-7", ["9780306406157"], []],
    ["ISBN9780306406157", ["9780306406157"], []],
    ["eISBN0306406152", ["9780306406157"], []],
    ["SBN 140013660", ["9780140013665"], []],
    ["urn:isbn:9780306406157", ["9780306406157"], []],
    ["a9780306406157", ["9780306406157"], []],
    ["979 1032305690", ["9791032305690"], []],
    ["9780306406157 123", ["9780306406157"], []],
    // nothing that was meant as an ISBN
    ["", [], []],
    ["(pbk.)", [], []],
    ["(v. 1 : alk. paper)", [], []],
    ["$9.95", [], []],
    // a number and nothing else was meant as one
    ["12345", [], ["12345"]],
  ]);

  const body = fc.stringMatching(/^[0-9]{9}$/).filter((digits) => !/^(\d)\1*$/.test(digits));

  it("gives ISBN-10 and ISBN-13 of one book the same form, which is its own normal form", () => {
    fc.assert(
      fc.property(body, (digits) => {
        let sum10 = 0;
        for (let i = 0; i < 9; i++) sum10 += (10 - i) * Number(digits[i]);
        const check = (11 - (sum10 % 11)) % 11;
        const ten = digits + (check === 10 ? "X" : String(check));
        const [thirteen] = normalizeIdentifiers("isbn", ten).valid;
        expect(thirteen.slice(0, 12)).toBe(`978${digits}`);
        expect(normalizeIdentifiers("isbn", thirteen)).toEqual({ valid: [thirteen], invalid: [] });
      }),
    );
  });

  it("notices any one wrong digit", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 9 }), (at, add) => {
        const digits = [..."9780306406157"];
        digits[at] = String((Number(digits[at]) + add) % 10);
        expect(normalizeIdentifiers("isbn", digits.join("")).valid).toEqual([]);
      }),
    );
  });
});

describe("ISSN", () => {
  table("issn", [
    ["0378-5955", ["0378-5955"], []],
    ["03785955", ["0378-5955"], []],
    ["0378 5955", ["0378-5955"], []],
    ["ISSN 2434-561x (Online)", ["2434-561X"], []],
    ["0024-9319 ; 0378-5955", ["0024-9319", "0378-5955"], []],
    ["0378–5955", ["0378-5955"], []],
    ["0378-5954", [], ["03785954"]],
    ["0378-59555", [], ["037859555"]],
    ["2434-561XX", [], ["2434561XX"]],
    ["0000-0000", [], ["00000000"]],
    ["0378-595", [], ["0378595"]],
    ["1 931-7603", ["1931-7603"], []],
    ["ISSN-L 0378-5955", ["0378-5955"], []],
    ["ISSN0378-5955", ["0378-5955"], []],
    ["0378-5955 2434-561X", ["0378-5955", "2434-561X"], []],
    ["12 345 679", [], ["12345679"]],
    ["12,345,679", [], ["12,345,679"]],
    ["1.23457E+07", [], ["1.23457E+07"]],
    ["E03785955", [], ["E03785955"]],
    ["0378-5955.0", [], ["0378-5955.0"]],
    ["v. 3, no. 2", [], []],
    ["12", [], ["12"]],
    ["", [], []],
  ]);
});

describe("LCCN", () => {
  table("lccn", [
    ["n78-890351", ["n78890351"], []],
    ["n78-89035", ["n78089035"], []],
    ["n 78890351 ", ["n78890351"], []],
    [" 85000002 ", ["85000002"], []],
    ["85-2 ", ["85000002"], []],
    ["2001-000002", ["2001000002"], []],
    ["  2001000002", ["2001000002"], []],
    ["75-425165//r75", ["75425165"], []],
    [" 79139101 /AC/r932", ["79139101"], []],
    ["   00010203 /MAPS", ["00010203"], []],
    ["agr 62-298 Revised", ["agr62000298"], []],
    ["sn 83031896", ["sn83031896"], []],
    ["GS 66000123", ["gs66000123"], []],
    ["abc89-1234", ["abc89001234"], []],
    ["ab2002-1234", ["ab2002001234"], []],
    ["http://lccn.loc.gov/a89001234", ["a89001234"], []],
    ["https://lccn.loc.gov/2002001234", ["2002001234"], []],
    ["info:lccn/n78890351", ["n78890351"], []],
    ["(DLC)   92005291", ["92005291"], []],
    ["n78-89035100444", [], ["n78-89035100444"]],
    ["n78", [], ["n78"]],
    ["na078-890351", [], ["na078-890351"]],
    ["0an78-890351", [], ["0an78-890351"]],
    ["n78-89c0351", [], ["n78-89c0351"]],
    ["00000000", [], ["00000000"]],
    ["unknown", [], []],
    ["", [], []],
    // several, as a join of subfields gives them
    ["   93012345   92005291 ", ["93012345", "92005291"], []],
    ["n  79021425  sn 92005291", ["n79021425", "sn92005291"], []],
    ["   93012345 //r85   2001000002", ["93012345", "2001000002"], []],
    ["85-2 85-3", ["85000002", "85000003"], []],
    ["93012345, 92005291", ["93012345", "92005291"], []],
    ["   93012345 12345", [], ["93012345 12345"]],
    // notes behind it, signs for blanks, blanks within
    ["n  79021425 //r85", ["n79021425"], []],
    ["   28005329///r89 .022.0", ["28005329"], []],
    ["sn 85004707 .022.0", ["sn85004707"], []],
    ["   00010203 / suppl. no. 2", ["00010203"], []],
    ["^^2016200494", ["2016200494"], []],
    ["LCCN: 85000002", ["85000002"], []],
    ["2001 000002", ["2001000002"], []],
    // an amount, a spreadsheet's form, another system's
    ["12 345 678", [], ["12 345 678"]],
    ["12,345,678", [], ["12,345,678"]],
    ["12.345.678", [], ["12.345.678"]],
    ["9.3012E+07", [], ["9.3012E+07"]],
    ["93012345.0", [], ["93012345.0"]],
    ["12345678/456", [], ["12345678/456"]],
    ["93012345X", [], ["93012345X"]],
  ]);

  it("keeps a prefix apart from none", () => {
    const plain = normalizeIdentifiers("lccn", "83031896").valid;
    expect(normalizeIdentifiers("lccn", "sn 83031896").valid).not.toEqual(plain);
  });
});

describe("OCLC number", () => {
  table("oclc", [
    ["(OCoLC)814782", ["814782"], []],
    ["(OCoLC)00814782", ["814782"], []],
    ["(OCoLC) 814782 ", ["814782"], []],
    ["(ocolc)814782", ["814782"], []],
    ["(OCoLC)ocm00814782", ["814782"], []],
    ["ocm00814782 ", ["814782"], []],
    ["ocn123456789", ["123456789"], []],
    ["on1234567890", ["1234567890"], []],
    ["OCM00814782", ["814782"], []],
    ["(OCoLC)814782 (OCoLC)1048580", ["814782", "1048580"], []],
    // digits alone may be any system's
    ["777777777", [], []],
    ["12 345 678", [], []],
    ["1.23E+08", [], []],
    // a whole number among words, and no part of one
    ["(OCoLC)ocm00814782 (electronic)", ["814782"], []],
    ["(OCoLC)814782 print", ["814782"], []],
    ["(OCoLC)814782.", ["814782"], []],
    ["(OCoLC)814782)", ["814782"], []],
    ["(OCoLC)814782,(OCoLC)1048580", ["814782", "1048580"], []],
    ["(OCoLC)814782, 1048580", ["814782"], []],
    ["(OCoLC)00814782^", ["814782"], []],
    ["(Sirsi) ocm00814782", ["814782"], []],
    ["(OCoLC)1.23456E+08", [], ["(OCoLC)1.23456E+08"]],
    ["(OCoLC)1E+10", [], ["(OCoLC)1E+10"]],
    ["(OCoLC)1,310,071,233", [], ["(OCoLC)1,310,071,233"]],
    ["(OCoLC)1.310.071", [], ["(OCoLC)1.310.071"]],
    ["(OCoLC)12 345 678", [], ["(OCoLC)12 345 678"]],
    ["(OCoLC)12\u00a0345\u00a0678", [], ["(OCoLC)12\u00a0345\u00a0678"]],
    ["(OCoLC)12'345'678", [], ["(OCoLC)12'345'678"]],
    ["(OCoLC)123/456", [], ["(OCoLC)123/456"]],
    ["(OCoLC)814782.0", [], ["(OCoLC)814782.0"]],
    ["(OCoLC)814782-3", [], ["(OCoLC)814782-3"]],
    ["(OCoLC)84714376518561876438", [], ["(OCoLC)84714376518561876438"]],
    ["ocm12 345 678", [], ["ocm12 345 678"]],
    ["(OCoLC)123/456 (OCoLC)814782", ["814782"], ["(OCoLC)123/456"]],
    ["(OCoLC)", [], ["(OCoLC)"]],
    ["(OCoLC)000", [], ["(OCoLC)000"]],
    ["(OCoLC)814782A", [], ["(OCoLC)814782A"]],
    // authority numbers count another series
    ["(OCoLC)oca00238910", [], ["(OCoLC)oca00238910"]],
    ["(OCoLC)fst01919741", [], ["(OCoLC)fst01919741"]],
    // other organisations' numbers were never meant
    ["(DLC)   92005291", [], []],
    ["(WaSeSS)OCM1ssj0001234", [], []],
    ["gp^81234567", [], []],
    ["xocm814782", [], []],
    ["", [], []],
  ]);

  it("takes digits alone where the caller knows what they are", () => {
    expect(normalizeOclc(" 00814782 ", true)).toEqual({ valid: ["814782"], invalid: [] });
    expect(normalizeOclc("(DLC)814782", true)).toEqual({ valid: [], invalid: [] });
  });
});

describe("every kind", () => {
  const kinds: readonly IdentifierKind[] = ["isbn", "issn", "lccn", "oclc"];
  const claim: Readonly<Record<string, string>> = { oclc: "(OCoLC)" };

  it.each(kinds)("%s: an amount is no number, however it is written", (kind) => {
    const amount = fc.bigInt({ min: 1_000_000n, max: 9_999_999_999_999n });
    const locale = fc.constantFrom("en", "de", "de-CH", "fr", "pl");
    fc.assert(
      fc.property(amount, locale, fc.integer({ min: 2, max: 7 }), (number, where, digits) => {
        for (const written of [
          number.toLocaleString(where),
          Number(number).toExponential(digits).toUpperCase(),
          `${number}.0`,
          `${number},00`,
        ]) {
          const text = (claim[kind] ?? "") + written;
          const { valid, invalid } = normalizeIdentifiers(kind, text);
          expect([text, valid, invalid.length]).toEqual([text, [], 1]);
        }
      }),
    );
  });

  const numberLike = fc.string({ unit: fc.constantFrom(..."0123456789Xx- ()n/oc") });

  it.each(kinds)("%s: never throws, gives nothing twice, and gives normal forms", (kind) => {
    fc.assert(
      fc.property(fc.oneof(numberLike, fc.string({ unit: "binary" })), (text) => {
        const { valid } = normalizeIdentifiers(kind, text);
        expect(new Set(valid).size).toBe(valid.length);
        for (const one of valid) {
          const again =
            kind === "oclc" ? normalizeOclc(one, true) : normalizeIdentifiers(kind, one);
          expect(again.valid).toEqual([one]);
        }
      }),
    );
  });
});

describe("what nobody sees, and full-width forms", () => {
  it.each([
    ["issn", "\u200f0028-0836", "0028-0836"],
    ["issn", "００２８－０８３６", "0028-0836"],
    ["lccn", "\ufeff85-2\u200e", "85000002"],
    ["lccn", "'2001627090", "2001627090"],
    ["lccn", "２００１６２７０９０", "2001627090"],
    ["oclc", "\u200e(OCoLC)12345678", "12345678"],
    ["oclc", "（ＯＣｏＬＣ）１２３４５", "12345"],
    ["oclc", "'(OCoLC)ocm00012345", "12345"],
  ] as const)("are no part of an identifier: %s %j", (kind, text, number) => {
    expect(normalizeIdentifiers(kind, text)).toEqual({ valid: [number], invalid: [] });
  });
});
