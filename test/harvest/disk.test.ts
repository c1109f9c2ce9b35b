/** A disk that gets full while pages come. */

import { afterEach, beforeEach, expect, it } from "vitest";
import { Harvests } from "../support/harvest-harness.js";
import { dcItem } from "../support/oai-repository.js";

const RESERVE = 1000;
let harvests: Harvests;

beforeEach(async () => {
  harvests = await Harvests.begin();
  harvests.repository.items = Array.from({ length: 25 }, (_, i) => {
    return dcItem(i + 1, "2026-11-01T00:00:00Z");
  });
});
afterEach(() => harvests.end());

it("stops before it is full, with what was fetched kept", async () => {
  let asked = 0;
  const room = () => ({ free: ++asked > 3 ? RESERVE - 1 : 1e9, reserve: RESERVE });
  const { failure } = await harvests.night({}, { room });
  expect(failure?.exitStatus).toBe(6);
  expect(failure?.message).toMatch(/^R: the disk of .* is nearly full/);
  const { repository } = harvests;
  const before = repository.count("ListRecords");
  expect(before).toBeLessThan(3);
  expect(before).toBeGreaterThan(0);
  await harvests.night();
  expect(harvests.rows()).toHaveLength(25);
  expect(repository.count("ListRecords")).toBe(3);
});

it("is told of once where a list seems too long for it, and goes on", async () => {
  const room = () => ({ free: 2 * RESERVE, reserve: RESERVE });
  const { failure } = await harvests.night({}, { room });
  expect(failure).toBeNull();
  expect(harvests.rows()).toHaveLength(25);
  const told = harvests.log().filter((line) => line.includes("M821"));
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(/warning M821 R: .*all records: about 0 MB, 0 MB are free/);
});

it("that the operating system calls full ends the harvest, and the next goes on", async () => {
  const full = Object.assign(new Error("ENOSPC: no space left on device, write"), {
    code: "ENOSPC",
    syscall: "write",
  });
  let left = 2;
  const step = (name: string) => {
    if (name === "body-written" && --left === 0) throw full;
  };
  const { failure } = await harvests.night({}, { hooks: { step } });
  expect(failure?.exitStatus).toBe(6);
  expect(failure?.message).toContain("the pages cannot be kept");
  await harvests.night();
  expect(harvests.rows()).toHaveLength(25);
});
