import { MessageChannel, receiveMessageOnPort } from "node:worker_threads";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type PackedPortion, PortionPacker, unpack } from "../../src/run/packed-portion.js";
import type { InputItem, Portion } from "../../src/run/portion.js";
import { noContent } from "../../src/store/run-statistics.js";

const FIELDS = 4;
const FILE = "in.mrc";

/** Every width of text that V8 knows, halves of surrogate pairs, and the separators of our own. */
const text = fc.oneof(
  fc.constant(""),
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.string({ unit: "grapheme", maxLength: 30 }),
  fc.constantFrom("Ä", "\u0100", "\ud83d", "a;b", "\0", "x".repeat(500)),
);
const natural = fc.nat(Number.MAX_SAFE_INTEGER);
const place = { file: fc.constant(FILE), number: natural, offset: natural, length: natural };
const diagnostic = fc.record({
  code: fc.constant("M401"),
  severity: fc.constant("repair" as const),
  offset: fc.option(natural),
  field: text,
  found: text,
  expected: text,
});

const record = fc.record({
  ...place,
  inputDigest: fc.option(natural),
  trace: fc.constant(undefined),
  mapped: fc.record({
    controlNumber: text,
    foreignId: text,
    marcDate: text,
    values: fc.array(text, { minLength: FIELDS, maxLength: FIELDS }),
    urlIsFallback: fc.boolean(),
    deleted: fc.boolean(),
    ignore: fc.option(fc.record({ code: fc.constant("filter" as const), message: text })),
    diagnostics: fc.oneof(fc.constant([]), fc.array(diagnostic, { maxLength: 2 })),
  }),
});
const reject = fc.record({
  ...place,
  bytes: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
  diagnostics: fc.array(diagnostic, { maxLength: 1 }),
  controlNumber: text,
});
const known = fc.record({ ...place, recordId: fc.nat(0xffff_ffff) });

const item: fc.Arbitrary<InputItem> = fc.oneof(
  { weight: 4, arbitrary: record.map((found) => ({ kind: "record", record: found }) as InputItem) },
  known.map((found) => ({ kind: "known", known: found }) as InputItem),
  reject.map((found) => ({ kind: "reject", reject: found }) as InputItem),
);

function portionOf(items: readonly InputItem[]): Portion {
  return { items, end: { offset: 7, recordNumber: 3 }, bytesRead: 9, content: noContent() };
}

/** As another thread gets it. */
function sent(packed: PackedPortion): PackedPortion {
  const { port1, port2 } = new MessageChannel();
  port1.postMessage(packed);
  const received = receiveMessageOnPort(port2)?.message as PackedPortion;
  port1.close();
  return received;
}

describe("a portion that goes to another thread", () => {
  it("arrives as it was", () => {
    const packer = new PortionPacker();
    fc.assert(
      fc.property(fc.array(item, { maxLength: 12 }), (items) => {
        const { items: arrived, ...rest } = unpack(sent(packer.pack(portionOf(items))), FIELDS);
        expect([...arrived]).toEqual(items);
        expect(rest).toEqual({ ...portionOf([]), items: undefined });
      }),
      { numRuns: 300 },
    );
  });

  it("does not carry the block of the file that a reject points into", () => {
    const block = Buffer.alloc(1_000_000, "x");
    const place = { file: FILE, number: 1, offset: 0, length: 10 };
    const rejected = { ...place, bytes: block.subarray(5, 15), diagnostics: [], controlNumber: "" };
    const packed = new PortionPacker().pack(portionOf([{ kind: "reject", reject: rejected }]));
    const [only] = packed.unpacked;
    expect(only?.kind === "reject" && only.reject.bytes.buffer.byteLength).toBe(10);
  });
});
