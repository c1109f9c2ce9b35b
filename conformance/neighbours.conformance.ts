/**
 * One record of a real file damaged at random, a thousand times: all others come back as they were,
 * none is merged with another, and none is invented.
 */

import { describe, expect, it } from "vitest";
import type { Frame } from "../src/marc/frame.js";
import { corpus } from "./support/corpora.js";
import { seeded } from "./support/random.js";
import { framesOf, viewsOf } from "./support/read-file.js";

const FILE = "gpo-geographic/MTU_match_records.mrc";
const CORRUPTIONS = 1000;
const STRUCTURE = [0x1d, 0x1e, 0x1f, 0x20, 0x30, 0x39];

type Below = (below: number) => number;

function insert(record: Buffer, at: number, bytes: readonly number[]): Buffer {
  return Buffer.concat([record.subarray(0, at), Buffer.from(bytes), record.subarray(at)]);
}

function some<T>(below: Below, most: number, make: () => T): T[] {
  return Array.from({ length: 1 + below(most) }, make);
}

/** Ways to damage a record; all leave something of it. */
const DAMAGES: readonly (readonly [string, (record: Buffer, below: Below) => Buffer])[] = [
  [
    "bytes overwritten",
    (record, below) => {
      const copy = Buffer.from(record);
      for (const at of some(below, 8, () => below(record.length))) copy[at] = below(256);
      return copy;
    },
  ],
  [
    "leader overwritten",
    (record, below) => {
      const copy = Buffer.from(record);
      for (const at of some(below, 8, () => below(24))) copy[at] = below(256);
      return copy;
    },
  ],
  [
    "bytes lost",
    (record, below) => {
      const at = below(record.length - 1);
      return Buffer.concat([record.subarray(0, at), record.subarray(at + 1 + below(200))]);
    },
  ],
  [
    "bytes come in",
    (record, below) =>
      insert(
        record,
        below(record.length),
        some(below, 200, () => below(256)),
      ),
  ],
  [
    "terminators and digits come in",
    (record, below) =>
      insert(
        record,
        below(record.length),
        some(below, 20, () => STRUCTURE[below(STRUCTURE.length)]),
      ),
  ],
  ["end lost", (record, below) => record.subarray(0, 1 + below(record.length - 1))],
  ["start lost", (record, below) => record.subarray(1 + below(record.length - 1))],
  [
    "another length",
    (record, below) => {
      const copy = Buffer.from(record);
      copy.write(String(below(100_000)).padStart(5, "0"), 0, "latin1");
      return copy;
    },
  ],
];

/** `[offset, length]` of the records, as if the stream had not grown or shrunk at `from`. */
function places(frames: readonly Frame[], shift: number): string[] {
  return frames.map(({ offset, length }) => `${offset - shift}+${length}`);
}

describe(`${FILE} with one record damaged`, () => {
  const file = corpus(FILE);
  const sound = framesOf(file);
  const below = seeded(20_250_711);
  const cases = Array.from({ length: CORRUPTIONS }, (_, index) => {
    const [what, damage] = DAMAGES[index % DAMAGES.length];
    return { what, damage, index: below(sound.length) };
  });

  it(`${CORRUPTIONS} times loses, merges and invents nothing`, () => {
    for (const [turn, { what, damage, index }] of cases.entries()) {
      const place = `turn ${turn}: ${what} in record ${index + 1}`;
      const record = sound[index];
      const wreck = damage(record.bytes, below);
      const rest = file.subarray(record.offset + record.length);
      const bytes = Buffer.concat([file.subarray(0, record.offset), wreck, rest]);
      const found = framesOf(bytes).filter(({ kind }) => kind === "record");
      const after = sound.length - index - 1;
      const behind = after === 0 ? [] : found.slice(-after);
      expect(places(found.slice(0, index), 0), place).toEqual(places(sound.slice(0, index), 0));
      expect(places(behind, wreck.length - record.length), place).toEqual(
        places(sound.slice(index + 1), 0),
      );
      const between = viewsOf(found.slice(index, found.length - after));
      const readable = between.filter((view) => view !== null);
      expect(readable.length, place).toBeLessThanOrEqual(1);
    }
  });
});
