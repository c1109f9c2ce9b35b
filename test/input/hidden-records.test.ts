/** What stands between comment marks and the like: honest, stray, or hiding records. */

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ParsedRecord } from "../../src/input/parsed-record.js";
import { data, toXml } from "../support/plain-record.js";
import {
  accountFor,
  comparable,
  findingsIn,
  LENIENT,
  outline,
  readXml,
} from "../support/read-formats.js";

function book(id: string, title = "Title"): string {
  const fields = [{ tag: "001", text: id }, data("245", "10", ["a", "@"])];
  return toXml({ leader: "00000cam a2200000 i 4500", fields }).replace("@", title);
}

/** Records `r0` to `r9`, with a text at the beginning of some titles and behind some records. */
function file(
  titles: Readonly<Record<number, string>>,
  behind: Readonly<Record<number, string>> = {},
) {
  const records = Array.from(
    { length: 10 },
    (_, i) => book(`r${i}`, `${titles[i] ?? ""} title`) + (behind[i] ?? ""),
  );
  return `<?xml version="1.0"?>\n<collection>\n${records.join("\n")}\n</collection>`;
}

/** The records read, `!` for each reject, `+` for each told place that hides records. */
function told(parsed: readonly ParsedRecord[]): string {
  const hidden = parsed
    .flatMap(findingsIn)
    .filter(({ code }) => code === "M715")
    .map(({ found }) => ` +${found?.split(" ")[0]}`);
  return outline(parsed).replace(/\[M\d+ (\w*)\]/g, "!$1") + hidden.join("");
}

const ALL_BUT_2 = "r0 r1 !r2 r3 r4 r5 r6 r7 r8 r9";

describe("a stray opening in a text costs its own record alone", () => {
  it.each([
    ["a comment, an honest one later", file({ 2: "<!--" }, { 7: "<!-- page 2 -->" })],
    ["a comment, an honest one in a later record", file({ 2: "<!--", 7: "<!-- see -->" })],
    ["a comment, hyphens and an arrow in later titles", file({ 2: "<!--", 4: "a -- b", 7: "-->" })],
    ["a comment, an arrow with too many hyphens", file({ 2: "<!--", 7: "--->" })],
    ["a section, an honest one later", file({ 2: "<![CDATA[", 7: "<![CDATA[a & b]]>" })],
    ["an instruction, an honest one later", file({ 2: "<?x " }, { 7: "<?page 2?>" })],
    ["a comment without any end", file({ 2: "<!--" })],
  ])("%s", (_, xml) => {
    expect(told(readXml(xml))).toBe(ALL_BUT_2);
  });

  it("each of several", () => {
    const xml = file(
      { 2: "<!--", 3: "<!--", 5: "<![CDATA[" },
      { 6: "<!-- x -->", 8: "<![CDATA[y]]>" },
    );
    expect(told(readXml(xml))).toBe("r0 r1 !r2 !r3 r4 !r5 r6 r7 r8 r9");
  });

  it("between records it costs none", () => {
    expect(told(readXml(file({}, { 2: "<!-- page 1", 7: "<!-- page 2 -->" })))).toBe(
      "r0 r1 r2 r3 r4 r5 r6 r7 r8 r9",
    );
  });
});

describe("records that well-formed XML hides are told of", () => {
  it.each([
    ["from title to title", file({ 2: "<!--", 7: "-->" }), "r0 r1 r2 r8 r9 +5"],
    ["in a section", file({ 2: "<![CDATA[", 7: "]]>" }), "r0 r1 r2 r8 r9 +5"],
    ["in an instruction", file({ 2: "<?x ", 7: "?>" }), "r0 r1 r2 r8 r9 +5"],
    ["between records", file({}, { 2: "<!--", 7: "-->" }), "r0 r1 r2 r8 r9 +5"],
    ["with hyphens", file({ 4: "a -- b" }, { 2: "<!--", 7: "-->" }), "r0 r1 r2 r8 r9 +5"],
    ["with a prefix", file({ 4: "<!-- <m:record> -->" }), "r0 r1 r2 r3 r4 r5 r6 r7 r8 r9 +1"],
  ])("%s", (_, xml, expected) => {
    expect(told(readXml(xml))).toBe(expected);
  });

  it.each(["recorded", "the record>", "< record>", "</record>", "<records>", "a:record>"])(
    "but not %s",
    (text) => {
      expect(told(readXml(file({ 4: `<!-- ${text} -->` })))).not.toContain("+");
    },
  );
});

it("is read alike however the bytes are cut, and every byte is accounted for", () => {
  const mark = fc.constantFrom(
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?x ",
    "?>",
    "--",
    "<record>",
    "",
  );
  const marks = fc.array(mark, { minLength: 10, maxLength: 10 });
  fc.assert(
    fc.property(marks, marks, fc.integer({ min: 1, max: 300 }), (titles, behind, size) => {
      const xml = file({ ...titles }, { ...behind });
      const whole = readXml(xml);
      expect(comparable(readXml(xml, LENIENT, size))).toEqual(comparable(whole));
      expect(accountFor(whole, Buffer.from(xml)).toString()).toBe(xml);
    }),
    { numRuns: 200 },
  );
});

it("takes linear time whatever is opened again and again", () => {
  const opened = "<!--x".repeat(400_000);
  const parsed = readXml(`<collection>${opened}<record/>-->${book("a")}</collection>`);
  expect(outline(parsed)).toBe("a");
});
