/** MARC-in-JSON: lines and arrays, and what damage costs. */

import { MiJFormater, Record } from "marcjs";
import { describe, expect, it } from "vitest";
import type { ConfiguredEncoding } from "../../src/config/marc/marc-mapping.js";
import { FormatError } from "../../src/input/parsed-record.js";
import { data, type PlainRecord, plainOf, toMij } from "../support/plain-record.js";
import {
  codesOf,
  LENIENT,
  outline,
  readMij,
  recordsOf,
  rejectsOf,
} from "../support/read-formats.js";

const LEADER = "00000cam a2200000 i 4500";

function book(id: string, title = "Title"): PlainRecord {
  return { leader: LEADER, fields: [{ tag: "001", text: id }, data("245", "10", ["a", title])] };
}

const BOOKS = [book("a"), book("b"), book("c")].map(toMij);
const [A, B, C] = BOOKS.map((record) => JSON.stringify(record));

describe("a MARC-in-JSON record", () => {
  it("gives the fields that another program wrote", () => {
    const written = new Record();
    written.leader = LEADER;
    written.fields = [
      ["001", "123"],
      ["008", "   fixed  "],
      ["245", "1 ", "a", 'Größe {"leader" & "Höhe\\" :', "b", "日本語 𝄞"],
      ["500", "  ", "a", "x", "a", "y", "9", "z"],
    ];
    const [record] = recordsOf(readMij(MiJFormater.format(written)));
    expect(plainOf(record)).toEqual({
      leader: LEADER,
      fields: [
        { tag: "001", text: "123" },
        { tag: "008", text: "   fixed  " },
        data("245", "1 ", ["a", 'Größe {"leader" & "Höhe\\" :'], ["b", "日本語 𝄞"]),
        data("500", "  ", ["a", "x"], ["a", "y"], ["9", "z"]),
      ],
    });
  });

  it("may have further keys, which are left out with a word about it", () => {
    const line = A.replace("{", '{"_id":{"$oid":"5"},');
    const [record] = recordsOf(readMij(line));
    expect(record.diagnostics).toMatchObject([{ code: "M711", found: "_id" }]);
    expect(plainOf(record)).toEqual(book("a"));
  });

  it("takes null for an empty text", () => {
    const line = '{"leader":null,"fields":[{"001":"a"},{"500":{"subfields":[{"a":null}]}}]}';
    const [record] = recordsOf(readMij(line));
    expect(plainOf(record).fields).toEqual([
      { tag: "001", text: "a" },
      data("500", "  ", ["a", ""]),
    ]);
  });
});

describe("records come", () => {
  it.each<[string, string]>([
    ["one a line", `${A}\n${B}\n${C}\n`],
    ["one a line with CRLF, blank lines and a BOM", `\ufeff${A}\r\n\r\n${B}\r\n${C}`],
    ["in an array on one line", JSON.stringify(BOOKS)],
    ["in an array of lines", `[\n${A},\n${B},\n${C}\n]\n`],
    ["in an array over many lines", JSON.stringify(BOOKS, null, 2)],
    ["over many lines without an array", BOOKS.map((b) => JSON.stringify(b, null, 1)).join("\n")],
    ["one behind the other", A + B + C],
    ["in several arrays", `[${A},${B}]\n[${C}]`],
  ])("%s", (_, text) => {
    expect(outline(readMij(text))).toBe("a b c");
    expect(codesOf(readMij(text))).toEqual([]);
  });

  it("not at all from nothing", () => {
    expect(readMij("")).toEqual([]);
    expect(readMij("[]\n").map(({ kind }) => kind)).toEqual(["padding"]);
  });
});

describe("a line that is no record costs itself alone", () => {
  it.each<[string, string, string]>([
    ["text", "no JSON at all {really}", "M721 "],
    ["a broken string", B.replace('Title"', "Title"), "M721 b"],
    ["a cut", B.slice(0, -20), "M704 b"],
    ["a bracket too many", B.replace("]", "]]"), "M721 b"],
    ["a trailing comma", B.replace("}]}}]}", "}]}},]}"), "M721 b"],
    ["another kind of object", '{"title":"Title","001":"b"}', "M722 b"],
    ["an object of objects", '{"leader":"x","fields":{"001":"b"}}', "M722 b"],
    ["two tags in one object", B.replace('"b"}', '"b","003":"x"}'), "M722 b"],
    ["one tag twice in one object", B.replace('"b"}', '"b","001":"b"}'), "M722 b"],
    ["one subfield code twice", B.replace('"Title"', '"Title","a":"Other"'), "M722 b"],
    [
      "a code twice, once with an escape",
      B.replace('"Title"', '"Title","\\u0061":"Other"'),
      "M722 b",
    ],
    ["two lists of fields", B.replace(/\}$/, ',"fields":[]}'), "M722 b"],
    ["a number for a text", B.replace('"Title"', "12345678901234567890"), "M722 b"],
    ["a number for a field", B.replace('"001":"b"', '"001":7'), "M722 "],
    ["no fields", '{"leader":"x","fields":[]}', "M215 "],
    ["a field without subfields", B.replace('"subfields"', '"subs"'), "M722 b"],
  ])("%s", (_, line, reject) => {
    expect(outline(readMij([A, line, C].join("\n")))).toBe(`a [${reject}] c`);
  });

  it("and so does a record in an array over many lines", () => {
    const text = JSON.stringify(BOOKS, null, 2);
    const cut = text.replace('"b"\n', '"b\n');
    expect(outline(readMij(cut))).toBe("a [M721 ] c");
    const unclosed = text.replace('"b"\n      },', '"b"\n');
    expect(outline(readMij(unclosed))).toBe("a [M704 b] c");
  });

  it("also where records begin with another key", () => {
    const lines = [A, B.slice(0, -20), C].map((line) => line.replace("{", '{"_id":1,'));
    expect(outline(readMij(lines.join("\n")))).toBe("a [M704 b] c");
  });

  it("and says where and what it was", () => {
    const [reject] = rejectsOf(readMij(`${A}\nno JSON\n${C}`));
    expect(reject).toMatchObject({ offset: A.length + 1, length: 7, controlNumber: "" });
    expect(reject.bytes.toString()).toBe("no JSON");
    const [shape] = rejectsOf(readMij('{"leader":"x","fields":[{"001":7}]}'));
    expect(shape.reason.found).toBe("field 001 is a number, not a string");
  });

  it("at the end of the file too", () => {
    expect(outline(readMij(`${A}\n${B.slice(0, -20)}`))).toBe("a [M703 b]");
    const cut = readMij(`[${A},\n${B}`);
    expect(outline(cut)).toBe("a b");
    expect(codesOf(cut)).toEqual(["M707"]);
  });

  it("and is rejected in pieces if it is too large to be held", () => {
    const large = JSON.stringify(toMij(book("b", "x".repeat(2500))));
    const options = { ...LENIENT, maxRecordSize: 1000 };
    const parsed = readMij(`${A}\n${large}\n${C}`, options, 64);
    expect(outline(parsed)).toBe("a [M706 b] [M706 ] [M706 ] c");
  });
});

describe("characters", () => {
  it("that JSON forbids may stand in a key beside an escape", () => {
    const line = B.replace('{"leader"', '{"x\t\\u0041":1,"leader"');
    expect(codesOf(readMij(line))).toEqual(["M710", "M711"]);
  });

  it("that JSON forbids become blanks", () => {
    const parsed = readMij(A.replace("Title", "A\u0001B"));
    expect(plainOf(recordsOf(parsed)[0]).fields[1]).toEqual(data("245", "10", ["a", "A B"]));
    expect(codesOf(parsed)).toEqual(["M710"]);
  });

  it("that are not UTF-8 leave U+FFFD and their place", () => {
    const bytes = Buffer.from(A.replace("Title", "Stra\xdfe"), "latin1");
    const [record] = recordsOf(readMij(bytes));
    expect(plainOf(record).fields[1]).toEqual(data("245", "10", ["a", "Stra\ufffde"]));
    expect(record.diagnostics.map(({ code }) => code)).toEqual(["M416", "M401"]);
  });

  it("are read as the configuration demands, escapes of JSON as Unicode", () => {
    const read = (text: string, encoding: ConfiguredEncoding) => {
      const bytes = Buffer.from(A.replace("Title", text), "latin1");
      const [record] = recordsOf(readMij(bytes, { ...LENIENT, encoding }));
      return plainOf(record).fields[1];
    };
    const titled = (text: string) => data("245", "10", ["a", text]);
    expect(read("Stra\xdfe \x93x\x94", "latin-1")).toEqual(titled("Straße “x”"));
    expect(read("caf\xe2e \\u20ac \x1b(NABC\x1b(B", "marc-8")).toEqual(titled("café € абц"));
    expect(read("caf\xc2e \\u00e9", "iso5426")).toEqual(titled("café é"));
    expect(read("caf\xe9 \\ufffd", "utf-8")).toEqual(titled("caf\ufffd \ufffd"));
  });

  it("in UTF-16 stop the reading", () => {
    expect(() => readMij(Buffer.from(A, "utf16le"))).toThrow(FormatError);
  });
});

describe("strict reading", () => {
  it("rejects what would be repaired, and nothing else", () => {
    const repaired = B.replace('"ind1":"1"', '"ind1":""');
    const text = [A, repaired, C].join("\n");
    expect(outline(readMij(text))).toBe("a b c");
    expect(outline(readMij(text, { ...LENIENT, strict: true }))).toBe("a [M736 b] c");
  });
});

describe("a record that the caller knows", () => {
  it("is passed over, and only that", () => {
    const recognise = (bytes: Buffer) => (bytes.equals(Buffer.from(B)) ? 7 : 0);
    const parsed = readMij(`${A}\n${B}\n${C}`, { ...LENIENT, recognise });
    expect(outline(parsed)).toBe("a (7) c");
  });
});

describe("objects in one another without measure", () => {
  it.each([
    ["arrays", `${"[".repeat(100_000)}${"]".repeat(100_000)}`],
    ["objects", `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`],
  ])("%s: one reject", (_, inner) => {
    const deep = `{"leader":"","fields":[{"001":"b"}],"x":${inner}}`;
    expect(outline(readMij([A, deep, C].join("\n")))).toBe("a [M722 b] c");
  });
});
