import { MessageChannel, receiveMessageOnPort } from "node:worker_threads";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { STANDARD_FIELDS } from "../../src/fields/record-fields.js";
import type { InputItem } from "../../src/reading/portion.js";
import { ItemPacker } from "../../src/reading/thread/item-packer.js";
import type { PackedItems } from "../../src/reading/thread/packed-items.js";
import { Unpacker } from "../../src/reading/thread/unpacker.js";

const FIELDS = STANDARD_FIELDS.slice(0, 4);
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
    values: fc.array(text, { minLength: FIELDS.length, maxLength: FIELDS.length }),
    urlIsFallback: fc.boolean(),
    evidence: text,
    deleted: fc.boolean(),
    ignore: fc.option(fc.record({ code: fc.constant("filter" as const), message: text })),
    diagnostics: fc.oneof(fc.constant([]), fc.array(diagnostic, { maxLength: 2 })),
  }),
});
const reject = fc.record({
  ...place,
  bytes: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
  isText: fc.boolean(),
  reason: diagnostic,
  further: fc.array(diagnostic, { maxLength: 1 }),
  controlNumber: text,
});
const known = fc.record({ ...place, knownAs: fc.nat(0xffff_ffff) });

const item: fc.Arbitrary<InputItem> = fc.oneof(
  { weight: 4, arbitrary: record.map((found) => ({ kind: "record", record: found }) as InputItem) },
  known.map((found) => ({ kind: "known", known: found }) as InputItem),
  reject.map((found) => ({ kind: "reject", reject: found }) as InputItem),
);

const small: InputItem = {
  kind: "known",
  known: { file: FILE, number: 1, offset: 2, length: 3, knownAs: 4 },
};

function packedBy(packer: ItemPacker, items: readonly InputItem[]): PackedItems {
  for (const one of items) packer.add(one);
  return packer.take();
}

function itemsOf(packed: PackedItems): InputItem[] {
  const end = { recordNumber: 0 };
  const portion = { items: packed, end, bytesRead: 0, content: {} };
  return [...new Unpacker(FIELDS).portion(portion).items];
}

/** As another thread gets it. */
function sent(packed: PackedItems): PackedItems {
  const { port1, port2 } = new MessageChannel();
  port1.postMessage(packed);
  const received = receiveMessageOnPort(port2)?.message as PackedItems;
  port1.close();
  return received;
}

describe("items that go to another thread", () => {
  it("arrive as they were, as long as no more portions are in use than was said", () => {
    const packer = new ItemPacker(2);
    const portion = fc.array(item, { maxLength: 12 });
    fc.assert(
      fc.property(portion, portion, (first, second) => {
        const both = [first, second].map((items) => sent(packedBy(packer, items)));
        for (const one of second) packer.add(one);
        const arrived = both.map(itemsOf);
        packer.take();
        expect(arrived).toEqual([first, second]);
      }),
      { numRuns: 300 },
    );
  });

  it("arrive when they need more memory than there was", () => {
    const packer = new ItemPacker(1);
    const texts = ["x".repeat(3_000_000), "\u0416".repeat(2_000_000), "", "\u00e9"];
    const [example] = fc.sample(record, { numRuns: 1, seed: 1 });
    const large: InputItem = {
      kind: "record",
      record: {
        ...example,
        mapped: { ...example.mapped, values: texts, deleted: false, ignore: null, diagnostics: [] },
      },
    };
    for (const items of [[large], Array.from({ length: 20_000 }, () => small), [large, small]]) {
      const arrived = itemsOf(sent(packedBy(packer, items)));
      expect(arrived).toEqual(items);
    }
  });

  it("do not carry the block of the file that a reject points into", () => {
    const block = Buffer.alloc(1_000_000, "x");
    const place = { file: FILE, number: 1, offset: 0, length: 10, isText: false };
    const reason = { code: "M101", offset: 0, field: null, found: null, expected: null } as const;
    const bytes = block.subarray(5, 15);
    const rejected = { ...place, bytes, reason, further: [], controlNumber: "" };
    const packed = packedBy(new ItemPacker(1), [{ kind: "reject", reject: rejected }]);
    const [only] = packed.unpacked;
    expect(only?.kind === "reject" && only.reject.bytes.buffer.byteLength).toBe(10);
  });
});
