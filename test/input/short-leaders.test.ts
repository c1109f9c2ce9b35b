/** A leader that has lost a byte or two: the record is put together again or refused, but never cut. */

import { describe, expect, it } from "vitest";
import type { ParsedRecord } from "../../src/input/parsed-record.js";
import { recordReader } from "../../src/input/record-reader.js";
import { sniff } from "../../src/input/sniff.js";
import { plainOf } from "../support/plain-record.js";
import { overwritten, soundRecord } from "../support/sound-record.js";

const SOUND = soundRecord();
const LEADER_LENGTH = 24;
/** What only the record itself knew: status, type and level; encoding level, form, linking. */
const LOST_FOR_GOOD = [...range(5, 10), ...range(17, 20)];
const CASES = [1, 2].flatMap((missing) => range(0, LEADER_LENGTH).map((at) => ({ missing, at })));

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

function without(missing: number, at: number, record = SOUND): Buffer {
  return Buffer.concat([record.subarray(0, at), record.subarray(at + missing)]);
}

function read(bytes: Buffer): ParsedRecord[] {
  const limits = { encoding: "auto", strict: false, maxRecordSize: 1 << 20, offset: 0 } as const;
  const reader = recordReader("iso2709", limits);
  return [...reader.push(bytes), ...reader.end()];
}

describe.each(CASES)("a leader without the $missing bytes from $at on", ({ missing, at }) => {
  const isLost = range(at, at + missing).some((place) => LOST_FOR_GOOD.includes(place));
  const short = without(missing, at);

  it.each([
    ["behind a sound record", SOUND],
    ["at the start of a file", Buffer.alloc(0)],
  ])("%s", (_, before) => {
    const all = read(Buffer.concat([before, short, SOUND]));
    const own = all[before.length === 0 ? 0 : 1];
    expect(all.length).toBe(before.length === 0 ? 2 : 3);
    expect(own).toMatchObject({ offset: before.length, length: short.length });
    if (isLost) expect(own).toMatchObject({ kind: "reject" });
    else if (own.kind !== "record") expect.fail(own.kind);
    else {
      expect(plainOf(own.record)).toEqual(plainOf(read(SOUND).flatMap(recordOf)[0]));
      expect(own.record.diagnostics.map(({ code }) => code)).toContain("M216");
    }
    expect(all.at(-1)).toMatchObject({ kind: "record", length: SOUND.length });
  });

  it("begins a file of MARC", () => {
    expect(sniff(short, true)).toEqual({ kind: "iso2709" });
  });
});

function recordOf(parsed: ParsedRecord) {
  return parsed.kind === "record" ? [parsed.record] : [];
}

describe("the stated length of such a record", () => {
  const codes = (bytes: Buffer) =>
    read(bytes)
      .flatMap(recordOf)
      .map(({ diagnostics }) => diagnostics.map(({ code }) => code));

  it("is no fault where it counts the bytes that are missing", () => {
    expect(codes(without(1, 13))).toEqual([["M216"]]);
  });

  it("is one where it is another", () => {
    const stated = overwritten(without(1, 13), 0, "00999");
    expect(codes(Buffer.concat([stated, SOUND]))).toEqual([["M101", "M216"], []]);
  });
});
