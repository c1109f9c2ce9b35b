/** How many texts have come before, counted in less memory than they take. */

import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { RepeatCount } from "../../src/looking/repeat-count.js";

describe("counting what comes again", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "repeats-"));
  });
  afterEach(() => void vi.unstubAllEnvs());
  afterAll(() => rmSync(folder, { recursive: true }));

  function counted(texts: readonly string[], capacity: number) {
    const repeats = new RepeatCount(capacity);
    for (const text of texts) repeats.add(text);
    return repeats.finish();
  }

  it("is exact however little fits into memory", () => {
    const texts = fc.array(fc.nat(60).map(String), { maxLength: 300 });
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 40 }), (all, capacity) => {
        const count = all.length - new Set(all).size;
        expect(counted(all, capacity)).toEqual({ count, isExact: true });
      }),
    );
  });

  it("merges runs that are longer than what is read of them at a time", () => {
    const texts = Array.from({ length: 20_000 }, (_, i) => `ocm${i % 14_321}`);
    expect(counted(texts, 1500)).toEqual({ count: 20_000 - 14_321, isExact: true });
  });

  it("leaves nothing in the temporary directory, finished or not", () => {
    vi.stubEnv("TMPDIR", folder);
    const abandoned = new RepeatCount(4);
    for (let i = 0; i < 100; i++) abandoned.add(String(i));
    expect(counted(["a", "b", "c", "d", "e", "f", "a"], 2).count).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("says that there may be more where the temporary directory cannot be written", () => {
    vi.stubEnv("TMPDIR", join(folder, "missing"));
    const texts = ["a", "a", "b", "c", "d", "e", "f", "b"];
    expect(counted(texts, 4)).toEqual({ count: 1, isExact: false });
    expect(counted(texts, 8)).toEqual({ count: 2, isExact: true });
  });
});
