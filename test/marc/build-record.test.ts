/** Views made of text: always well formed, and nothing mended or left out without a word. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildRecord, type PlainField } from "../../src/marc/build-record.js";
import { mendLeader } from "../../src/marc/mend-leader.js";
import { data, plainOf, plainRecord } from "../support/plain-record.js";

const LEADER = "00000cam a2200000 i 4500";

/** What becomes of one field: the field and the diagnostics as `CODE field found`. */
function mended(field: PlainField) {
  const record = buildRecord(LEADER, [field], 1000);
  expect(record.diagnostics.every(({ offset }) => offset === 1000)).toBe(true);
  const said = record.diagnostics.map(({ code, field, found }) => `${code} ${field} ${found}`);
  return { field: plainOf(record).fields[0] ?? null, said };
}

describe("a sound record", () => {
  it("is given back as it is", () => {
    fc.assert(
      fc.property(plainRecord, ({ leader, fields }) => {
        const record = buildRecord(leader, fields);
        expect(record.diagnostics).toEqual([]);
        expect(record.encoding).toBe("utf-8");
        expect(plainOf(record)).toEqual({ leader, fields });
      }),
    );
  });

  it("may have fields longer than ISO 2709 allows", () => {
    const text = "ä".repeat(200_000);
    expect(mended(data("520", "  ", ["a", text]))).toEqual({
      field: data("520", "  ", ["a", text]),
      said: [],
    });
  });
});

describe("a field", () => {
  it.each<[string, PlainField, PlainField | null, string[]]>([
    [
      "with separators in its text",
      data("245", "10", ["a", "x\x1fy\x1ez\x1d"]),
      data("245", "10", ["a", "x y z "]),
      ['M738 245[1]$a "x\\u001fy\\u001ez\\u001d"'],
    ],
    [
      "with a separator in a control field",
      { tag: "008", text: "a\x1fb" },
      { tag: "008", text: "a b" },
      ['M738 008[1] "a\\u001fb"'],
    ],
    [
      "without indicators",
      { tag: "245", indicator1: "", indicator2: "", subfields: [["a", "x"]] },
      data("245", "  ", ["a", "x"]),
      ['M736 245[1] ""', 'M736 245[1] ""'],
    ],
    [
      "with strange indicators",
      { tag: "245", indicator1: "10", indicator2: "é", subfields: [["a", "x"]] },
      data("245", "1 ", ["a", "x"]),
      ['M736 245[1] "10"', 'M736 245[1] "é"'],
    ],
    [
      "with strange subfield codes",
      data("245", "10", ["", "x"], ["ab", "y"], ["ß", "z"], ["\x1f", "w"]),
      data("245", "10", [" ", "x"], ["a", "by"], [" ", "ßz"], [" ", "w"]),
      [
        'M737 245[1] ""',
        'M313 245[1] ""',
        'M737 245[1] "ab"',
        'M737 245[1] "ß"',
        'M737 245[1] "\\u001f"',
      ],
    ],
    ["with a short tag", { tag: "1", text: "x" }, { tag: "001", text: "x" }, ['M734 1[1] "1"']],
    ["with a long tag", { tag: "0245", text: "x" }, null, ['M735 0245[1] "0245"']],
    [
      "with an odd tag",
      { tag: "2?5", text: "x" },
      { tag: "2?5", text: "x" },
      ['M312 2?5[1] "2?5"'],
    ],
    ["with a blank in its tag", { tag: "2 5", text: "x" }, null, ['M735 2 5[1] "2 5"']],
    ["with no tag", { tag: "", text: "x" }, null, ['M735 [1] ""']],
    [
      "of text whose tag is one of data",
      { tag: "245", text: "Title" },
      data("245", "  ", [" ", "Title"]),
      ['M306 245[1] "Title"', 'M313 245[1] "Title"'],
    ],
    [
      "of subfields whose tag is one of control fields",
      data("001", "  ", ["a", "x"], ["b", "y"]),
      { tag: "001", text: "x y" },
      ['M308 001[1] "x y"'],
    ],
    ["of text with a tag of letters", { tag: "FMT", text: "BK" }, { tag: "FMT", text: "BK" }, []],
    [
      "of data with a tag of letters",
      data("CAT", "  ", ["a", "x"]),
      data("CAT", "  ", ["a", "x"]),
      [],
    ],
    ["without content", { tag: "005", text: "" }, null, ['M739 005[1] ""']],
    ["without subfields", data("500", "  "), null, ['M739 500[1] ""']],
    [
      "with half a character",
      { tag: "001", text: "x\ud834" },
      { tag: "001", text: "x\ufffd" },
      ["M740 null null"],
    ],
  ])("%s", (_, field, becomes, said) => {
    expect(mended(field)).toEqual({ field: becomes, said });
  });

  it("is told by its tag and its place among the fields of that tag", () => {
    const fields = [data("650", " 0", ["a", "x"]), data("650", " 0"), data("650", " 0", ["", "y"])];
    const { diagnostics } = buildRecord(LEADER, fields);
    expect(diagnostics.map(({ field }) => field)).toEqual(["650[2]", "650[3]", "650[3]"]);
  });

  it("001 that comes twice is told, and both stay", () => {
    const record = buildRecord(LEADER, [
      { tag: "001", text: "a" },
      { tag: "001", text: "b" },
    ]);
    expect(record.diagnostics).toMatchObject([{ code: "M310", field: "001[2]", found: '"b"' }]);
    expect(record.fieldCount).toBe(2);
  });
});

describe("a leader", () => {
  it.each<[string, string, string]>([
    ["", "          22        4500", "M731"],
    [" \n ", "          22        4500", "M731"],
    ["cam a2200000 i 4500", "     cam a2200000 i 4500", "M732"],
    ["00000cam a22", "00000cam a22            ", "M732"],
    [`${LEADER}  `, LEADER, "M732"],
    [`${LEADER}00`, LEADER, "M732"],
    ["00000cam é2200000\t0 4500", "00000cam  2200000 0 4500", "M733"],
  ])("%j becomes %j", (leader, becomes, code) => {
    const diagnostics: Parameters<typeof mendLeader>[2] = [];
    expect(mendLeader(leader, 0, diagnostics)).toBe(becomes);
    expect(diagnostics.map((one) => one.code)).toEqual([code]);
  });

  it("comes out 24 printable ASCII characters long from any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (leader) => {
        expect(mendLeader(leader, 0, [])).toMatch(/^[ -~]{24}$/);
      }),
    );
  });
});
