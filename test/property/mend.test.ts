/** Whatever is read, and in whichever format it is written: reading it again gives the same records. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type RecordFormat, recordReader } from "../../src/input/record-reader.js";
import type { MarcRecord } from "../../src/marc/marc-record.js";
import { recordWriter, type WrittenFormat } from "../../src/output/record-writer.js";
import { FIELD_DEFECTS } from "../support/field-defects.js";
import { FRAMING_DEFECTS } from "../support/framing-defects.js";
import { LEADER_DEFECTS } from "../support/leader-defects.js";
import { cutByLength, iso } from "../support/marc-builder.js";
import { plainOf, plainRecord, toMij, toXml } from "../support/plain-record.js";
import type { FieldOf } from "../support/record-view.js";
import { soundRecord } from "../support/sound-record.js";

const READ_AS: readonly (readonly [WrittenFormat, RecordFormat])[] = [
  ["marc", "iso2709"],
  ["marcxml", "marcxml"],
  ["json", "mij"],
  ["mrk", "mrk"],
];

function recordsIn(format: RecordFormat, bytes: Buffer): MarcRecord[] {
  const reader = recordReader(format, {
    encoding: "auto",
    strict: false,
    maxRecordSize: 1 << 24,
    offset: 0,
  });
  const parsed = [...reader.push(bytes), ...reader.end()];
  return parsed.flatMap((one) => (one.kind === "record" ? [one.record] : []));
}

/** What a record says: without the lengths of its leader, and what its leader says of structure and encoding. */
function meaning(record: MarcRecord) {
  const { leader, fields } = plainOf(record);
  const tagged = fields.map((field) => ({ ...field, tag: field.tag.replace(/[^!-~]/g, "?") }));
  return { status: leader.slice(5, 9) + leader.slice(17, 20), fields: tagged };
}

function written(format: WrittenFormat, records: readonly MarcRecord[]): Buffer {
  const writer = recordWriter(format);
  const pieces = records.flatMap((record) => writer.record(record) ?? []);
  return Buffer.concat([Buffer.from(writer.head), ...pieces, Buffer.from(writer.tail)]);
}

function codesOf({ diagnostics }: MarcRecord): string[] {
  return diagnostics.map(({ code }) => code);
}

/** Whether a finding changes nothing, so that it is told of whenever the record is read. */
function staysSo(code: string): boolean {
  return code === "M421";
}

/** Every damage that the program knows to mend, each as one file. */
const DAMAGED = [
  ...[...FIELD_DEFECTS, ...LEADER_DEFECTS].map((defect) => ({ ...defect, bytes: defect.make() })),
  ...FRAMING_DEFECTS.map((defect) => ({
    ...defect,
    bytes: Buffer.concat([defect.damage(soundRecord()), soundRecord()]),
  })),
];

describe.each(READ_AS)("records written as %s", (format, readAs) => {
  it("are the same when they are read again, whatever format they came in", () => {
    const came = fc.constantFrom("marcxml" as const, "mij" as const);
    fc.assert(
      fc.property(fc.array(plainRecord, { minLength: 1, maxLength: 4 }), came, (plain, from) => {
        const text =
          from === "mij"
            ? plain.map((record) => JSON.stringify(toMij(record))).join("\n")
            : `<collection>${plain.map((record) => toXml(record)).join("")}</collection>`;
        const records = recordsIn(from, Buffer.from(text));
        const again = recordsIn(readAs, written(format, records));
        const fitting = records.filter((record) => recordWriter(format).record(record) !== null);
        expect(again.map(meaning)).toEqual(fitting.map(meaning));
        expect(again.map(codesOf)).toEqual(
          fitting.map((record) => codesOf(record).filter(staysSo)),
        );
      }),
      { numRuns: 150 },
    );
  });

  it.each(DAMAGED)("are the same where they were mended: $code $what", ({ bytes }) => {
    const records = recordsIn("iso2709", bytes).filter(
      (record) => recordWriter(format).record(record) !== null,
    );
    const again = recordsIn(readAs, written(format, records));
    expect(again.map(meaning)).toEqual(records.map(meaning));
  });

  it.each([
    "2?5",
    "AB-",
    "<&>",
    "$$$",
    "\\\\\\",
    "=LD",
    "2 5",
    "   ",
    "2\x005",
    "\xa503",
    "24\n",
    "2\x1d5",
    "2\x1f5",
  ])("keep the field of the tag %j", (tag) => {
    const bytes = iso({
      fields: [
        ["001", "odd"],
        ["245", "10", "aTitle"],
        ["ZZZ", "  ", "aOdd"],
      ],
    });
    bytes.write(tag, bytes.indexOf("ZZZ"), "latin1");
    const records = recordsIn("iso2709", bytes);
    expect(plainOf(records[0]).fields).toHaveLength(3);
    const again = recordsIn(readAs, written(format, records));
    expect(again.map(meaning)).toEqual(records.map(meaning));
    expect(again[0].diagnostics.map(({ code }) => code)).toEqual(["M312"]);
  });

  it("keep the positions of a fixed field in which a control character stands", () => {
    const fixed = "250122s2011    mtua    o    f000 0*eng d";
    const bytes = iso({
      fields: [
        ["001", "x*1"],
        ["008", fixed],
      ],
    });
    for (let at = bytes.indexOf("*"); at >= 0; at = bytes.indexOf("*", at)) bytes[at] = 0x10;
    const again = recordsIn(readAs, written(format, recordsIn("iso2709", bytes)));
    expect(again.map((record) => plainOf(record).fields)).toEqual([
      [
        { tag: "001", text: "x1" },
        { tag: "008", text: fixed.replace("*", " ") },
      ],
    ]);
  });

  it("keep every graphic character of ASCII as the code of a subfield", () => {
    const codes = Array.from({ length: 0x7f - 0x21 }, (_, i) => String.fromCharCode(0x21 + i));
    const bytes = iso({ fields: [["245", "10", ...codes.map((code) => `${code}Text`)]] });
    const records = recordsIn("iso2709", bytes);
    const again = recordsIn(readAs, written(format, records));
    expect(again.map(meaning)).toEqual(records.map(meaning));
    expect(again[0].diagnostics).toEqual([]);
  });

  it("say of themselves that they are UTF-8", () => {
    const marc8 = iso({
      leader: "00000nam  2200000 a 4500",
      fields: [
        ["001", "m8"],
        ["245", "10", "aEl ni\\u0303o"],
      ],
    });
    marc8.write("\xb4", marc8.indexOf("\\u0303"), "latin1");
    const [record] = recordsIn("iso2709", marc8);
    const [again] = recordsIn(readAs, written(format, [record]));
    expect(again.leader[9]).toBe("a");
    expect(meaning(again)).toEqual(meaning(record));
  });
});

describe.each(READ_AS)("marks around words that do not sort, written as %s", (format, readAs) => {
  const text = (record: MarcRecord) => {
    let kept = "";
    record.eachSubfield(1, (_, start, end) => {
      kept += record.textWithMarks(start, end);
    });
    return kept;
  };
  const title = (leader: string, bytes: string) => {
    const record = iso({
      leader,
      fields: [
        ["001", "m"],
        ["245", "10", `a${"x".repeat(bytes.length)}`],
      ],
    });
    record.write(bytes, record.indexOf("xxx"), "latin1");
    return recordsIn("iso2709", record)[0];
  };

  it.each([
    ["MARC-8", "00000nam  2200000 a 4500", "\x88The \x89\xe2etude", "\x98The \x9c\u00e9tude"],
    ["UTF-8", "00000nam a2200000 a 4500", "\xc2\x98Der \xc2\x9cZug", "\x98Der \x9cZug"],
  ])("stay in a record that came in %s", (_, leader, bytes, meant) => {
    const record = title(leader, bytes);
    const [again] = recordsIn(readAs, written(format, [record]));
    expect(text(again)).toBe(meant);
    expect(again.diagnostics).toEqual([]);
    // A row has no use for them.
    const fields = JSON.stringify(plainOf(again).fields);
    expect(fields).toContain(meant.replace(/[\x98\x9c]/g, ""));
  });
});

describe("ISO 2709", () => {
  const book = (...fields: FieldOf[]) => recordsIn("iso2709", iso({ fields }))[0];

  it("states lengths that other programs can go by", () => {
    const records = ["a", "é", "漢字"].map((text, i) =>
      book(["001", `n${i}`], ["245", "10", `a${text}`]),
    );
    const bytes = written("marc", records);
    const cut = cutByLength(bytes);
    expect(cut.map((one) => one.at(-1))).toEqual([0x1d, 0x1d, 0x1d]);
    expect(Buffer.concat(cut).equals(bytes)).toBe(true);
  });

  it("has no room for a field or a record that its digits cannot say, nor writes a false one", () => {
    const xml = (text: string, count: number) =>
      recordsIn(
        "marcxml",
        Buffer.from(
          `<record><leader>00000nam a2200000 a 4500</leader>${`<datafield tag="500" ind1=" " ind2=" "><subfield code="a">${text}</subfield></datafield>`.repeat(count)}</record>`,
        ),
      )[0];
    const { record } = recordWriter("marc");
    // Two indicators, a delimiter and code, and the terminator.
    expect(record(xml("x".repeat(9_999 - 5), 1))?.length).toBe(24 + 13 + 9_999 + 1);
    expect(record(xml("x".repeat(9_999 - 4), 1))).toBeNull();
    expect(record(xml("é".repeat(5_000), 1))).toBeNull();
    expect(record(xml("x".repeat(5_000), 21))).toBeNull();
    expect(recordWriter("json").record(xml("x".repeat(5_000), 21))).not.toBeNull();
  });
});

describe("UNIMARC", () => {
  it("names Unicode in 100 $a, since its leader cannot", () => {
    const fields: FieldOf[] = [
      ["001", "u1"],
      ["100", "  ", "a20020101d2002    m  y0frey0103    ba"],
      ["200", "1 ", "aL'\xc2e"],
    ];
    const bytes = iso({ leader: "00000nam  2200000   450 ", fields });
    const [record] = recordsIn("iso2709", bytes);
    const [again] = recordsIn("iso2709", written("marc", [record]));
    expect(again.diagnostics).toEqual([]);
    expect(again.leader.slice(9, 10) + again.leader.slice(20)).toBe(" 450 ");
    const data = (of: MarcRecord) => JSON.stringify(plainOf(of).fields[1]);
    expect(data(again)).toBe(data(record).replace("0103    ", "50      "));
  });
});
