/** What a stream of XML tells of its list outside the records, however it is cut and whatever is damaged. */

import { describe, expect, it } from "vitest";
import { XmlCutter } from "../../src/input/xml-cutter.js";
import { codesOf, LENIENT, readXml, recordsOf } from "../support/read-formats.js";

const record = (id: number) =>
  `<record><leader>00000nam a2200000 a 4500</leader><controlfield tag="001">${id}</controlfield></record>`;
const MANY = Array.from({ length: 40 }, (_, id) => record(id)).join("\n");

describe("an element outside the records", () => {
  it.each(["error", "request", "diagnostic", "numberOfRecords", "resumptionToken"])(
    "that is never closed costs no record: %s",
    (name) => {
      for (const size of [7, 100, 1 << 20]) {
        const parsed = readXml(`<list><${name}>${MANY}</list>`, LENIENT, size);
        expect(recordsOf(parsed)).toHaveLength(40);
        expect(codesOf(parsed)).toEqual([]);
      }
    },
  );

  it("is not kept in memory, however long it is", () => {
    const cutter = new XmlCutter(LENIENT);
    cutter.push(Buffer.from("<list><error>"));
    const chunk = Buffer.alloc(1 << 16, "x");
    for (let i = 0; i < 64; i++) cutter.push(chunk);
    const kept = Reflect.get(cutter, "window").bytes.length;
    expect(kept).toBeLessThanOrEqual(2 * chunk.length);
  });

  it.each([
    ['<error code="badVerb"/>', "M714 badVerb"],
    ['<error code="badVerb">no <b>such</b> verb</error>', "M714 badVerb no such verb"],
    [
      "<diagnostic><uri>1/61</uri> <message>out of range</message></diagnostic>",
      "M714 1/61 out of range",
    ],
    ['<error code="noRecordsMatch"/>', ""],
    ['<resumptionToken cursor="40"/>', "M713 the page after record 40"],
    ["<o:resumptionToken cursor = '7'>\n</o:resumptionToken>", "M713 the page after record 7"],
    ["<resumptionToken cursor='0'/>", ""],
    ["<resumptionToken>abc</resumptionToken>", "M713 next: abc"],
    ['<request resumptionToken="abc"/><resumptionToken cursor="40"/>', "M713 the page after abc"],
    ["<link rel='self' href='a'/><link href='b' rel='next'/>", "M713 next: b"],
  ])("tells what it says, before the records and behind them: %s", (element, expected) => {
    for (const text of [`<list>${element}${MANY}</list>`, `<list>${MANY}${element}</list>`]) {
      for (const size of [1, 13, 1 << 20]) {
        const found = readXml(text, LENIENT, size).flatMap((one) =>
          one.kind === "padding" ? one.diagnostics : [],
        );
        const told = found.map(({ code, found: shown }) => `${code} ${shown}`);
        expect(told).toEqual(expected === "" ? [] : [expected]);
      }
    }
  });
});
