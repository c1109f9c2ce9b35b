import { describe, expect, it } from "vitest";
import { hash53, hashBytes53 } from "../../src/matching/hash.js";
import { keyHash } from "../../src/matching/keys.js";

const TOP = 2 ** 53;

/** A million texts of the kinds that stand in an index: numbered titles and sequential numbers. */
function* keyTexts(): Generator<string> {
  for (let i = 0; i < 500_000; i++) yield `ANNUAL REPORT OF THE BOARD FOR ${i}`;
  for (let i = 0; i < 250_000; i++) yield String(9_780_000_000_000 + i * 10);
  for (let i = 0; i < 250_000; i++) yield `http://purl.example.org/GPO/LPS${i}`;
}

describe("hash53", () => {
  it("gives a million like texts different safe integers, spread over the whole range", () => {
    const seen = new Set<number>();
    const buckets = new Uint32Array(256);
    let lowBits = 0;
    for (const text of keyTexts()) {
      const hash = hash53(text);
      seen.add(hash);
      buckets[Math.floor(hash / 2 ** 45)]++;
      lowBits += hash % 2;
    }
    expect(seen.size).toBe(1_000_000);
    const expected = 1_000_000 / 256;
    // Eight standard deviations: a fair hash misses this once in many lifetimes, and it is fixed.
    const allowed = 8 * Math.sqrt(expected);
    for (const count of buckets) expect(Math.abs(count - expected)).toBeLessThan(allowed);
    expect(Math.abs(lowBits - 500_000)).toBeLessThan(4000);
    for (const hash of seen) {
      if (!Number.isSafeInteger(hash) || hash < 0 || hash >= TOP) expect.fail(String(hash));
    }
  });

  it("tells every pair of two characters apart", () => {
    const seen = new Set<number>();
    for (let a = 32; a < 532; a++) {
      for (let b = 32; b < 532; b++) seen.add(hash53(String.fromCharCode(a, b)));
    }
    expect(seen.size).toBe(250_000);
  });

  it("tells trailing zero characters, halves and seeds apart", () => {
    const hashes = ["", "\0", "\0\0", "\0\0\0", "a", "a\0", "\0a"].map((text) => hash53(text));
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(hash53("title", 1)).not.toBe(hash53("title", 2));
  });

  it("changes half of the bits when one bit changes", () => {
    let changed = 0;
    for (let i = 0; i < 1000; i++) {
      let difference = BigInt(hash53(`title ${i}a`)) ^ BigInt(hash53(`title ${i}c`));
      for (; difference > 0n; difference >>= 1n) changed += Number(difference & 1n);
    }
    expect(changed / 1000).toBeGreaterThan(25);
    expect(changed / 1000).toBeLessThan(28);
  });

  it("never changes, since databases hold it", () => {
    expect(hash53("MOBY DICK")).toBe(2_821_524_063_668_252);
    expect(keyHash("FUZZY_TITLE", "MOBY DICK")).toBe(3_134_776_731_255_208);
    expect(keyHash("ISBN", "9780306406157")).toBe(5_139_366_622_792_527);
    expect(hashBytes53(Buffer.from("MOBY DICK"), 0, 9)).toBe(546_663_288_277_224);
  });
});

describe("keyHash", () => {
  it("keeps one text apart under different methods", () => {
    expect(keyHash("EXACT_TITLE", "ULYSSES")).not.toBe(keyHash("FUZZY_TITLE", "ULYSSES"));
  });
});

describe("hashBytes53", () => {
  it("hashes the stretch that it is given, wherever it lies", () => {
    const bytes = Buffer.from("xxA record of some lengthyy");
    const alone = Buffer.from("A record of some length");
    expect(hashBytes53(bytes, 2, bytes.length - 2)).toBe(hashBytes53(alone, 0, alone.length));
  });

  it("tells lengths, bytes and positions apart", () => {
    const seen = new Set<number>();
    for (let length = 0; length <= 8; length++) seen.add(hashBytes53(new Uint8Array(8), 0, length));
    for (let at = 0; at < 8; at++) {
      for (let byte = 1; byte < 256; byte++) {
        const bytes = new Uint8Array(8);
        bytes[at] = byte;
        seen.add(hashBytes53(bytes, 0, 8));
      }
    }
    expect(seen.size).toBe(9 + 8 * 255);
  });
});
