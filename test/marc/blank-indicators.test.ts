/** What is written for a blank indicator: mended where the whole record does it, told where not. */

import { describe, expect, it } from "vitest";
import { FieldCounts } from "../../src/looking/field-counts.js";
import { buildRecord } from "../../src/marc/build-record.js";
import { showRecord } from "../../src/report/explain-record.js";
import { matchRemark } from "../../src/report/explain-remarks.js";
import { data, plainOf } from "../support/plain-record.js";

const LEADER = "00000nam a2200000 a 4500";

function built(...indicators: string[]) {
  return buildRecord(
    LEADER,
    indicators.map((two) => data("650", two, ["a", "x"])),
  );
}

function read(...indicators: string[]) {
  const record = built(...indicators);
  const { fields } = plainOf(record);
  const shown = fields.map((field) => ("text" in field ? "" : field.indicator1 + field.indicator2));
  return [...shown, ...record.diagnostics.map(({ code, found }) => `${code} ${found}`)];
}

describe("what stands for a blank indicator", () => {
  it.each([..."\\#|^_-"])("%s becomes a blank in a record without another", (sign) => {
    expect(read(`${sign}0`, `1${sign}`)).toEqual([" 0", "1 ", `M314 ${sign}`]);
  });

  it("stays beside a real blank, and is told once", () => {
    expect(read("#0", "1 ", "-#")).toEqual(["#0", "1 ", "-#", "M315 # -"]);
  });

  it("is shown apart from a blank", () => {
    const record = built("#0", " 1");
    const counts = new FieldCounts();
    counts.add(record);
    expect(counts.list()[0].indicators[0]).toContain('"#"');
    const rule = { rule: "650 # * a" } as Parameters<typeof matchRemark>[1];
    const match = { field: "650[1]", why: "indicator 1", steps: [], text: null } as const;
    expect(matchRemark(match, rule, showRecord(record))).toBe(
      'indicator 1 is the character "#", not a blank, the rule wants # (a blank)',
    );
  });
});
