/** The windows of a period: together they are all of it, however many there would be. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY_MS, periods, readDate, type Window } from "../../src/harvest/oai-dates.js";

const NOW = Date.parse("2026-11-28T03:00:00Z");

/** Whether each window begins where the one before it ends. */
function areJoined(windows: readonly Window[]): boolean {
  return windows.slice(1).every(({ from }, i) => {
    const end = readDate(windows[i].until ?? "") ?? Number.NaN;
    return readDate(from ?? "") === end + 1000;
  });
}

describe("the windows of a period", () => {
  it("by days since 1970 are as many as are allowed, and leave nothing out", () => {
    const windows = periods("day", "second", { from: 0, now: NOW, most: 4096 });
    expect(windows).toHaveLength(4096);
    expect(windows[0].from).toBe("1970-01-01T00:00:00Z");
    expect(windows.at(-1)).toEqual({ from: "2026-11-28T00:00:00Z", until: null });
    expect(areJoined(windows)).toBe(true);
  });

  it("are joined from the beginning to an open end", () => {
    const property = fc.property(
      fc.constantFrom("day" as const, "month" as const, "year" as const),
      fc.integer({ min: 0, max: 400 }),
      fc.integer({ min: 1, max: 50 }),
      (by, days, most) => {
        const from = NOW - days * DAY_MS;
        const windows = periods(by, "second", { from, now: NOW, most });
        expect(windows.length).toBeLessThanOrEqual(most);
        expect(readDate(windows[0].from ?? "")).toBe(from);
        expect(windows.at(-1)?.until).toBeNull();
        expect(areJoined(windows)).toBe(true);
      },
    );
    fc.assert(property);
  });
});
