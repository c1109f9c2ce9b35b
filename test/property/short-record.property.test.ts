/** Bytes lost from the leader or the directory: the record as it was, or none, never another one. */

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseRecord } from "../../src/marc/iso2709.js";
import { fieldsOf, iso } from "../support/marc-builder.js";
import type { FieldOf } from "../support/record-view.js";
import { soundRecord } from "../support/sound-record.js";

interface Read {
  readonly leader: string;
  readonly fields: readonly FieldOf[];
}

/** What is read of bytes, null if they are refused; length and base address are the record's own. */
function read(bytes: Buffer): Read | null {
  const frame = {
    kind: "record",
    offset: 0,
    length: bytes.length,
    bytes,
    diagnostics: [],
  } as const;
  const parsed = parseRecord(frame, { encoding: "auto", strict: false });
  if ("reject" in parsed) return null;
  return {
    leader: parsed.record.leader.slice(5, 12) + parsed.record.leader.slice(17),
    fields: fieldsOf(parsed.record),
  };
}

function without(bytes: Buffer, ...places: number[]): Buffer {
  return Buffer.from(bytes.filter((_, at) => !places.includes(at)));
}

/** Damages that come out as the record; fails if one comes out as another. */
function mended(record: Buffer, damages: readonly number[][]): number {
  const sound = read(record);
  let count = 0;
  for (const places of damages) {
    const found = read(without(record, ...places));
    if (found === null) continue;
    expect(found, `without ${places}`).toEqual(sound);
    count++;
  }
  return count;
}

/** From a place on, every byte before the base address alone, and with each that follows within reach. */
function everyDamage(record: Buffer, reach: number, from = 0): number[][] {
  const base = Number(record.toString("latin1", 12, 17));
  const damages: number[][] = [];
  for (let one = from; one < base; one++) {
    damages.push([one]);
    for (let two = one + 1; two < Math.min(base, one + 1 + reach); two++) damages.push([one, two]);
  }
  return damages;
}

describe("a byte or two lost from leader or directory", () => {
  it("never gives another record, wherever they were", () => {
    const record = soundRecord();
    const damages = everyDamage(record, record.length);
    expect(mended(record, damages)).toBeGreaterThan(damages.length / 10);
  });

  it("is put in again where the fields tell what it was", () => {
    const record = soundRecord();
    const places = [20, 21, 22, 23, 24, 25, 28, 29, 10, 11, 14, 36, 37];
    expect(
      mended(
        record,
        places.map((place) => [place]),
      ),
    ).toBe(places.length);
  });

  it("never gives another record, whatever the record", () => {
    const tag = fc.constantFrom(
      "100",
      "245",
      "500",
      "550",
      "505",
      "020",
      "010",
      "650",
      "CAT",
      "999",
    );
    const text = fc
      .string({ minLength: 1, maxLength: 30 })
      .map((t) => `a${t.replace(/[\x1d-\x1f]/g, "")}`);
    const data = fc.tuple(tag, fc.constantFrom("  ", "10", " 0"), text);
    const control = fc.constantFrom<FieldOf>(
      ["003", "DE"],
      ["005", "20240101000000.0"],
      ["008", "x".repeat(40)],
    );
    const fields = fc.tuple(
      fc.array(control, { maxLength: 3 }),
      fc.array(data, { minLength: 1, maxLength: 5 }),
    );
    fc.assert(
      fc.property(
        fields,
        fc.constantFrom("00000nam a2200000 a 4500", "00000c4 22220000022450 4500".slice(0, 24)),
        ([controls, datas], leader) => {
          const record = iso({ leader, fields: [["001", "1"], ...controls, ...datas] });
          if (read(record) === null) return;
          mended(record, everyDamage(record, 3));
        },
      ),
      { numRuns: 40 },
    );
  });
});
