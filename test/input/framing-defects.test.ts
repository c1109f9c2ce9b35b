import { describe, expect, it } from "vitest";
import { Framer } from "../../src/input/framer.js";
import type { Frame } from "../../src/marc/frame.js";
import { findingsOf } from "../support/frames.js";
import { FRAMING_DEFECTS } from "../support/framing-defects.js";
import { iso } from "../support/marc-builder.js";
import { soundRecord, withStatedLength } from "../support/sound-record.js";

function frame(bytes: Buffer, options: { maxRecordSize?: number; strict?: boolean } = {}): Frame[] {
  const { maxRecordSize = 1 << 24, strict = false } = options;
  const framer = new Framer({ maxRecordSize, strict });
  return [...framer.push(bytes), ...framer.end()];
}

/** Five records of which no two are alike. */
function neighbours(): Buffer[] {
  return ["A", "B", "C", "D", "E"].map((letter) => {
    const record = soundRecord();
    record.write(letter, record.indexOf("ocm"), "latin1");
    return record;
  });
}

function streamWith(defect: (typeof FRAMING_DEFECTS)[number]) {
  const records = neighbours();
  const at = defect.place === "first" ? 0 : defect.place === "last" ? 4 : 2;
  const damaged = defect.damage(records[at]);
  const others = records.filter((_, index) => index !== at);
  return { bytes: Buffer.concat(records.with(at, damaged)), damaged, others };
}

describe.each(FRAMING_DEFECTS)("$code: $what", (defect) => {
  const { bytes, damaged, others } = streamWith(defect);
  const frames = frame(bytes, { maxRecordSize: defect.maxRecordSize });
  const records = frames.filter(({ kind }) => kind === "record").map((one) => one.bytes);

  it("is named", () => {
    expect(frames.flatMap((one) => findingsOf(one).map(({ code }) => code))).toContain(defect.code);
  });

  it("costs no neighbour, and comes back itself where it can", () => {
    for (const other of others) expect(records).toContainEqual(other);
    const own = defect.recovered?.(damaged);
    if (own) expect(records).toContainEqual(own);
    expect(records).toHaveLength(own ? 5 : 4);
  });

  it("leaves no byte without a frame, and keeps the bytes of what it rejects", () => {
    let offset = 0;
    for (const one of frames) {
      expect(one.offset).toBe(offset);
      if (one.kind !== "padding") {
        expect(one.bytes).toEqual(bytes.subarray(offset, offset + one.length));
      }
      offset += one.length;
    }
    expect(offset).toBe(bytes.length);
  });
});

describe("strict framing", () => {
  const repairs = FRAMING_DEFECTS.filter((one) => one.recovered && !/M11[01]/.test(one.code));

  it.each(repairs)("rejects instead of mending $code: $what", (defect) => {
    const { bytes, others } = streamWith(defect);
    const frames = frame(bytes, { strict: true });
    const rejects = frames.filter(({ kind }) => kind === "reject");
    expect(rejects.map((one) => findingsOf(one)[0].code)).toContain(defect.code);
    expect(frames.filter(({ kind }) => kind === "record").map((one) => one.bytes)).toEqual(others);
  });
});

describe("junk", () => {
  it("that adjoins junk is one reject, with the padding between", () => {
    const junk = Buffer.from("error one\x1e\x1d\r\n\r\nerror two\x1e\x1d\n");
    const frames = frame(Buffer.concat([junk, soundRecord()]));
    expect(frames.map(({ kind, length }) => [kind, length])).toEqual([
      ["reject", junk.length - 1],
      ["padding", 1],
      ["record", soundRecord().length],
    ]);
  });

  it.each([
    [3000, [["reject", 3014]]],
    [
      5000,
      [
        ["reject", 7],
        ["padding", 5000],
        ["reject", 7],
      ],
    ],
  ])("on both sides of %i zero bytes is one reject only where they are few", (count, expected) => {
    const junk = Buffer.from("error\x1e\x1d");
    const frames = frame(Buffer.concat([junk, Buffer.alloc(count), junk]));
    expect(frames.map(({ kind, length }) => [kind, length])).toEqual(expected);
  });

  it("that never ends is given out in pieces of the largest record", () => {
    const frames = frame(Buffer.alloc(2500, "x"), { maxRecordSize: 1000 });
    expect(frames.map((one) => [one.length, findingsOf(one)[0].code])).toEqual([
      [1000, "M112"],
      [1000, "M113"],
      [500, "M113"],
    ]);
  });
});

describe("an old leader kept in a field", () => {
  it("does not split a record whose own length is wrong", () => {
    const record = soundRecord();
    const old = "01609cam  22004094a 4500";
    record.write(old, record.indexOf("Ansichten"), "latin1");
    record.write("00007", 0, "latin1");
    const frames = frame(Buffer.concat([soundRecord(), record, soundRecord()]));
    expect(frames.map(({ kind }) => kind)).toEqual(["record", "record", "record"]);
    expect(frames[1].bytes).toEqual(record);
  });

  it("does not either where all of it looks like a record that begins", () => {
    const old = "01609cam  2200409 a 4500001001300000";
    const record = iso({
      fields: [
        ["001", "with-old"],
        ["500", "  ", `aFormerly: ${old} and so on`],
      ],
    });
    record.write("00007", 0, "latin1");
    const frames = frame(Buffer.concat([soundRecord(), record, soundRecord()]));
    expect(frames.map(({ kind }) => kind)).toEqual(["record", "record", "record"]);
    expect(frames[1].bytes).toEqual(record);
  });
});

describe("a record that was cut where its stated length lands on its neighbour's end", () => {
  it("is not merged with that neighbour", () => {
    const whole = soundRecord();
    const cut = whole.subarray(0, 54);
    cut.write(String(54 + whole.length).padStart(5, "0"), 0, "latin1");
    const frames = frame(Buffer.concat([soundRecord(), cut, soundRecord(), soundRecord()]));
    expect(frames.map(({ length }) => length)).toEqual([
      whole.length,
      54,
      whole.length,
      whole.length,
    ]);
    expect(frames[2].bytes).toEqual(soundRecord());
  });
});

describe("a record whose length lands on a terminator behind its own", () => {
  it.each(["", "\n", "\r\n\0"])("is not merged with its neighbour (%j between them)", (between) => {
    const length = soundRecord().length;
    const first = withStatedLength(soundRecord(), 2 * length + between.length);
    const frames = frame(Buffer.concat([first, Buffer.from(between), soundRecord()]));
    const records = frames.filter(({ kind }) => kind === "record").map((one) => one.bytes);
    expect(records).toEqual([first, soundRecord()]);
  });

  it("is one where what stands between cannot be a whole leader", () => {
    const text = "aOf old:\x1d00607nam a2200205 a 4500";
    const record = iso({ fields: [["500", "  ", text]] });
    for (const bytes of [record, Buffer.concat([record, soundRecord()])]) {
      expect(frame(bytes)[0]).toMatchObject({ kind: "record", length: record.length });
    }
  });
});

describe("a record without fields that was cut where its stated length lands on its neighbour's end", () => {
  it("is not merged with that neighbour", () => {
    const empty = iso({ fields: [] });
    const cut = withStatedLength(empty.subarray(0, 25), 25 + soundRecord().length);
    const frames = frame(Buffer.concat([cut, soundRecord(), empty]));
    expect(frames.map(({ kind, length }) => [kind, length])).toEqual([
      ["record", 25],
      ["record", soundRecord().length],
      ["record", 26],
    ]);
  });
});

describe("every terminator of a file lost", () => {
  it.each([
    ["dropped", (record: Buffer) => record.subarray(0, -1)],
    [
      "turned into a line end",
      (record: Buffer) => Buffer.concat([record.subarray(0, -1), Buffer.from("\n")]),
    ],
  ])("(%s) costs no record", (_what, damage) => {
    const frames = frame(Buffer.concat(Array.from({ length: 300 }, () => damage(soundRecord()))));
    const records = frames.filter(({ kind }) => kind === "record");
    expect(records).toHaveLength(300);
    for (const one of records) expect(one.bytes).toEqual(soundRecord().subarray(0, -1));
  });
});

describe("reading from the middle of a stream", () => {
  it("gives absolute offsets", () => {
    const framer = new Framer({ maxRecordSize: 1 << 24, strict: false, offset: 5000 });
    const frames = [...framer.push(Buffer.concat([soundRecord(), soundRecord()]))];
    expect(frames.map(({ offset }) => offset)).toEqual([5000, 5000 + soundRecord().length]);
  });
});
