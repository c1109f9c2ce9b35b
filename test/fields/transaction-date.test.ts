import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { transactionTime } from "../../src/fields/transaction-date.js";

const NOW = Date.parse("2026-02-01T12:00:00Z");
const time = (text: string) => transactionTime(text, NOW);
const utc = (text: string) => Date.parse(text);

describe("the date of 005", () => {
  it.each([
    ["20240229235959.9", "2024-02-29T23:59:59.900Z"],
    ["20240229235959", "2024-02-29T23:59:59Z"],
    ["202402292359", "2024-02-29T23:59:00Z"],
    ["20240229", "2024-02-29T00:00:00Z"],
    [" 20240229120000.0 ", "2024-02-29T12:00:00Z"],
    ["2024-02-29", "2024-02-29T00:00:00Z"],
    ["2024-02-29T12:30:15Z", "2024-02-29T12:30:15Z"],
    ["2024-02-29t12:30:15.250z", "2024-02-29T12:30:15.250Z"],
    ["2024-02-29 12:30", "2024-02-29T12:30:00Z"],
    ["2024-03-01T00:30:00+02:00", "2024-02-29T22:30:00Z"],
    ["20240229T233000-0130", "2024-03-01T01:00:00Z"],
    ["20161231235960.0", "2017-01-01T00:00:00Z"],
  ])("is read from %j", (text, meant) => expect(time(text)).toBe(utc(meant)));

  it.each([
    "",
    "                ",
    "00000000000000.0",
    "99991231235959.9",
    "20230229120000.0",
    "20241301000000.0",
    "20240100000000.0",
    "20240101240000.0",
    "20240101126000.0",
    "20240101120061.0",
    "19000101000000.0",
    "00010101000000.0",
    "2024",
    "202401",
    "2024-1-1",
    "2024-01-01T12",
    "01/02/2024",
    "20240101120000.0x",
    "20240101120000.0+99:00",
    "||||||||||||||||",
    "2024-0101",
    "２０２４０１０１",
    "20260203120001.0",
  ])("is not %j", (text) => expect(time(text)).toBeNull());

  it("may be a day ahead of the clock here, not more", () => {
    expect(time("20260202115959.0")).not.toBeNull();
    expect(time("20260202120001.0")).toBeNull();
  });

  it("orders MARC's form and ISO 8601 as the times they mean", () => {
    const date = fc.date({ min: new Date("1970-01-01"), max: new Date(NOW), noInvalidDate: true });
    const marc = (at: Date) => at.toISOString().replaceAll(/[-T:]/g, "").slice(0, 16);
    const forms = [
      (at: Date) => at.toISOString(),
      marc,
      (at: Date) => at.toISOString().slice(0, 19),
    ];
    const form = fc.constantFrom(...forms);
    fc.assert(
      fc.property(date, date, form, form, (one, other, as, is) => {
        fc.pre(Math.abs(one.getTime() - other.getTime()) >= 1000);
        expect(Number(time(as(one))) < Number(time(is(other)))).toBe(one < other);
      }),
    );
  });

  it("takes any text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\dTZ:.+-]{8,20}$/)), (text) => {
        const found = time(text);
        expect(found === null || (found > utc("1960-01-01") - 864e5 && found <= NOW + 864e5)).toBe(
          true,
        );
      }),
    );
  });
});
