import { describe, expect, it } from "vitest";
import { codeEntry } from "../../src/diagnostics/catalogue.js";
import { Framer } from "../../src/input/framer.js";
import { parseRecord, readControlNumber } from "../../src/marc/iso2709.js";
import { FIELD_DEFECTS } from "../support/field-defects.js";
import { recordFrames } from "../support/frames.js";
import { LEADER_DEFECTS } from "../support/leader-defects.js";
import { LEGAL_ODDITIES } from "../support/legal-oddities.js";
import { fieldsOf, iso } from "../support/marc-builder.js";
import type { FieldOf } from "../support/record-view.js";
import { entryAt, SOUND, soundRecord, spliced } from "../support/sound-record.js";

function parse(bytes: Buffer, strict = false) {
  const framer = new Framer({ maxRecordSize: 1 << 24, strict: false });
  const frames = [...framer.push(bytes), ...framer.end()];
  expect(frames.map((frame) => frame.kind)).toEqual(["record"]);
  return parseRecord(recordFrames(frames)[0], { encoding: "auto", strict });
}

describe.each([...LEADER_DEFECTS, ...FIELD_DEFECTS])("$code: $what", ({ code, make, fields }) => {
  it("is mended where the intent is certain, refused otherwise, and always named", () => {
    const parsed = parse(make());
    if (fields === null) {
      expect(parsed).toMatchObject({ reject: { code } });
      return;
    }
    if ("reject" in parsed) expect.unreachable(`refused with ${parsed.reject.code}`);
    expect(parsed.record.diagnostics.map((found) => found.code)).toContain(code);
    expect(fieldsOf(parsed.record)).toEqual(fields);
  });

  it("is refused by strict reading if it takes a repair", () => {
    const parsed = parse(make());
    const isRepair = (found: string) => codeEntry(found).severity === "repair";
    const wantsReject =
      "reject" in parsed || parsed.record.diagnostics.some((found) => isRepair(found.code));
    expect("reject" in parse(make(), true)).toBe(wantsReject);
  });
});

describe.each(LEGAL_ODDITIES)("a record with $what", ({ make, fields }) => {
  it("is read without a word, strictly too", () => {
    for (const strict of [false, true]) {
      const parsed = parse(make(), strict);
      if ("reject" in parsed) expect.unreachable(`refused with ${parsed.reject.code}`);
      expect(parsed.record.diagnostics).toEqual([]);
      expect(fieldsOf(parsed.record)).toEqual(fields);
    }
  });
});

describe("a sound record", () => {
  it("is viewed where it lies", () => {
    const bytes = soundRecord();
    const parsed = parse(bytes);
    if ("reject" in parsed) expect.unreachable();
    expect(parsed.record.bytes.buffer).toBe(bytes.buffer);
    expect(parsed.record.leader).toBe(bytes.toString("latin1", 0, 24));
    expect(fieldsOf(parsed.record)).toEqual(SOUND);
  });
});

describe("one terminator lost and another one come in, so that the numbers agree", () => {
  const bytes = soundRecord();
  bytes[bytes.indexOf("1985.") + 5] = 0x2e;
  bytes[bytes.indexOf("Cologne") + 3] = 0x1e;

  it("gives no field the tag of its neighbour while the directory is right", () => {
    const parsed = parse(bytes);
    if ("reject" in parsed) expect.unreachable(`refused with ${parsed.reject.code}`);
    const fields = fieldsOf(parsed.record);
    expect(fields[2]).toEqual(["100", "1 ", "aBöll, Heinrich,", "d1917-1985.."]);
    expect(fields[5]).toEqual(["650", " 0", "aCol gne (Germany)"]);
  });

  it("is refused when the directory is wrong too", () => {
    const worse = Buffer.from(bytes);
    worse.write("0099", 24 + 12 * 2 + 3, "latin1");
    expect(parse(worse)).toMatchObject({ reject: { code: "M203" } });
  });
});

describe("fields that have all come under the tags of their neighbours", () => {
  const HEAD: readonly FieldOf[] = [
    ["001", "ocm00000017"],
    ["100", "1 ", "aBöll, Heinrich"],
    ["245", "10", "aAnsichten eines Clowns"],
  ];

  /** The record with the terminator between 100 and 245 lost in one way or another. */
  function joined(fields: readonly FieldOf[], terminator: string): Buffer {
    const bytes = iso({ fields });
    return spliced(bytes, bytes.indexOf("Heinrich") + 8, 1, terminator);
  }

  it.each([
    ["overwritten", "."],
    ["gone", ""],
  ])("are refused where a terminator is %s and a field is split behind it", (_, terminator) => {
    const bytes = joined([...HEAD, ["650", " 0", "aClowns", "vFiction"]], terminator);
    bytes[bytes.indexOf("Clowns\x1fv") + 6] = 0x1e;
    bytes[bytes.indexOf("vFiction")] = 0x1f;
    bytes.write("0099", entryAt(0) + 3, "latin1");
    expect(parse(bytes)).toMatchObject({ reject: { code: "M203" } });
  });

  it("are refused where just two of them have their neighbours' lengths", () => {
    const fields: FieldOf[] = [
      ...HEAD,
      ["650", " 0", "aClowns"],
      ["650", " 0", "aActors and actresses"],
      ["650", " 0", "aCologne", "xSocial life", "vFiction"],
    ];
    const bytes = joined(fields, ".");
    bytes.write("0099", entryAt(1) + 3, "latin1");
    bytes[bytes.indexOf("\x1fxSocial")] = 0x1e;
    expect(parse(bytes)).toMatchObject({ reject: { code: "M203" } });
  });
});

describe("readControlNumber", () => {
  it("finds 001 in bytes whose directory leads nowhere", () => {
    const bytes = soundRecord();
    bytes.write("99999", 24 + 7, "latin1");
    expect(readControlNumber(bytes)).toBe("ocm00000017");
  });

  it.each(["", "no record", "00000nam a2200025 a 4500\x1e\x1d"])("gives nothing for %j", (text) => {
    expect(readControlNumber(Buffer.from(text))).toBe("");
  });
});
