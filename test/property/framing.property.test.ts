/** What holds for every input: of records, of damaged records, of any bytes. */

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Framer } from "../../src/input/framer.js";
import type { Frame, RecordFrame } from "../../src/marc/frame.js";
import { parseRecord } from "../../src/marc/iso2709.js";
import { FIELD_DEFECTS } from "../support/field-defects.js";
import { recordFrames } from "../support/frames.js";
import { FRAMING_DEFECTS } from "../support/framing-defects.js";
import { LEADER_DEFECTS } from "../support/leader-defects.js";
import { fieldsOf, iso } from "../support/marc-builder.js";
import type { FieldOf } from "../support/record-view.js";
import { soundRecord } from "../support/sound-record.js";

const CAP = 1 << 20;

function frame(bytes: Buffer, sizes: readonly number[] = [bytes.length], strict = false): Frame[] {
  const framer = new Framer({ maxRecordSize: CAP, strict });
  const frames: Frame[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = Math.max(1, sizes[turn % sizes.length]);
    // A copy, so that a frame which kept a view of a neighbouring chunk would be found out.
    frames.push(...framer.push(Buffer.from(bytes.subarray(at, at + size))));
    at += size;
  }
  return [...frames, ...framer.end()];
}

const digit = fc.constantFrom(..."0123456789");
const dataTag = fc
  .tuple(fc.constantFrom(..."123456789"), digit, digit)
  .map((three) => three.join(""));
const indicator = fc.constantFrom(" ", "0", "1", "4");
const subfield = fc
  .tuple(
    fc.constantFrom(..."abcz029"),
    fc.oneof(fc.string({ maxLength: 20 }), fc.string({ unit: "grapheme", maxLength: 20 })),
  )
  .map(([code, text]) => code + text.replace(/[\x1d-\x1f]/g, ""));
const dataField = fc
  .tuple(dataTag, indicator, indicator, fc.array(subfield, { minLength: 1, maxLength: 4 }))
  .map(([tag, one, two, subfields]): FieldOf => [tag, one + two, ...subfields]);
const validRecord = fc
  .tuple(fc.stringMatching(/^[a-z]{3}\d{8}$/), fc.array(dataField, { minLength: 1, maxLength: 8 }))
  .map(([number, fields]) => iso({ fields: [["001", number], ...fields] }));
const records = fc.array(validRecord, { minLength: 1, maxLength: 6 });

/** Bytes made of what framing looks at: terminators, digits, padding, pieces of leaders. */
const nearMiss = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "\x1d",
        "\x1e",
        "\x1e\x1d",
        "\x1f",
        " ",
        "\0\0",
        "\r\n",
        "x",
        "12345",
        "00042",
      ),
      fc.constantFrom(
        "00099nam a2200025 a 4500",
        "00026nam a2200025 a 4500\x1e\x1d",
        "     nam a2200025 a 4500\x1e\x1d",
      ),
      fc.constantFrom("cam a2200049 a 4500001001200000", "\ufeff"),
    ),
    { maxLength: 30 },
  )
  .map((parts) => Buffer.from(parts.join("")));
const anyBytes = fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes));
const anything = fc
  .array(fc.oneof(nearMiss, anyBytes, validRecord), { maxLength: 6 })
  .map((parts) => Buffer.concat(parts));

describe("framing", () => {
  it("gives the same frames however the bytes are cut", () => {
    fc.assert(
      fc.property(
        anything,
        fc.array(fc.integer({ min: 1, max: 97 }), { minLength: 1 }),
        (bytes, sizes) => {
          const whole = frame(bytes);
          expect(frame(bytes, sizes)).toEqual(whole);
          expect(frame(bytes, [1])).toEqual(whole);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("covers every byte once, in order, and keeps the bytes of all but padding", () => {
    fc.assert(
      fc.property(anything, (bytes) => {
        let offset = 0;
        for (const one of frame(bytes)) {
          expect(one.offset).toBe(offset);
          expect(one.length).toBeGreaterThan(0);
          const kept =
            one.kind === "padding" ? Buffer.alloc(0) : bytes.subarray(offset, offset + one.length);
          expect(one.bytes.equals(kept)).toBe(true);
          offset += one.length;
        }
        expect(offset).toBe(bytes.length);
      }),
      { numRuns: 500 },
    );
  });

  it("reads valid records back byte for byte, strictly too", () => {
    fc.assert(
      fc.property(records, fc.boolean(), (list, strict) => {
        const frames = frame(Buffer.concat(list), [1000], strict);
        expect(frames.map(({ kind }) => kind)).toEqual(list.map(() => "record"));
        expect(Buffer.concat(frames.map(({ bytes }) => bytes))).toEqual(Buffer.concat(list));
      }),
      { numRuns: 200 },
    );
  });

  it("loses no neighbour of a record that is damaged in any way of the catalogue", () => {
    const structure = [...LEADER_DEFECTS, ...FIELD_DEFECTS].map(
      ({ make }) =>
        () =>
          make(),
    );
    const framing = FRAMING_DEFECTS.filter(({ place }) => !place).map(({ damage }) => damage);
    const damage = fc.constantFrom(...framing, ...structure);
    fc.assert(
      fc.property(records, records, damage, (before, after, wreck) => {
        const frames = frame(Buffer.concat([...before, wreck(soundRecord()), ...after]), [512]);
        expectNeighbours(frames, before, after);
      }),
      { numRuns: 400 },
    );
  });

  it("loses no neighbour of a record with bytes overwritten, lost or come in anywhere", () => {
    const edit = fc.record({
      at: fc.nat(10_000),
      removed: fc.nat(12),
      inserted: fc.oneof(anyBytes, nearMissWithoutRecords).map((bytes) => bytes.subarray(0, 12)),
    });
    fc.assert(
      fc.property(
        records,
        validRecord,
        records,
        edit,
        (before, record, after, { at, removed, inserted }) => {
          const from = at % record.length;
          const damaged = [record.subarray(0, from), inserted, record.subarray(from + removed)];
          const frames = frame(Buffer.concat([...before, ...damaged, ...after]), [512]);
          expectNeighbours(frames, before, after);
        },
      ),
      { numRuns: 500 },
    );
  });
});

const nearMissWithoutRecords = fc
  .constantFrom("\x1d", "\x1e", "\x1e\x1d", "\x1f", "    ", "12345", "\0\0")
  .map((text) => Buffer.from(text));

/** The first and the last records are those before and after; at most one is left of that between. */
function expectNeighbours(frames: readonly Frame[], before: Buffer[], after: Buffer[]): void {
  const found = recordFrames(frames);
  const text = found.map(({ bytes }) => bytes.toString("latin1"));
  expect(text.slice(0, before.length)).toEqual(before.map((one) => one.toString("latin1")));
  expect(text.slice(-after.length)).toEqual(after.map((one) => one.toString("latin1")));
  const between = found.slice(before.length, -after.length);
  const readable = between.filter((one) => "record" in parseRecord(one, PARSING));
  expect(readable.length).toBeLessThanOrEqual(1);
}

const PARSING = { encoding: "auto", strict: false } as const;

describe("parsing", () => {
  it("gives of any bytes a well-formed view or a reason, and says the same twice", () => {
    const shaken = fc
      .tuple(
        validRecord,
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 5 }),
      )
      .map(([record, changes]) => {
        for (const [at, byte] of changes) record[at % record.length] = byte;
        return record;
      });
    fc.assert(
      fc.property(fc.oneof(anything, shaken), (bytes) => {
        const one: RecordFrame = {
          kind: "record",
          offset: 0,
          length: bytes.length,
          bytes,
          diagnostics: [],
        };
        const parsed = parseRecord(one, PARSING);
        if ("record" in parsed) fieldsOf(parsed.record);
        else expect(parsed.reject.code).toMatch(/^M2/);
        expect(parseRecord(one, PARSING)).toEqual(parsed);
      }),
      { numRuns: 1000 },
    );
  });

  it("reads a valid record as it was written, strictly too", () => {
    const fields = fc.array(dataField, { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fields, fc.boolean(), (list, strict) => {
        const [one] = recordFrames(frame(iso({ fields: list })));
        const parsed = parseRecord(one, { ...PARSING, strict });
        if ("reject" in parsed) expect.unreachable(parsed.reject.code);
        expect(fieldsOf(parsed.record)).toEqual(list);
      }),
      { numRuns: 300 },
    );
  });
});
