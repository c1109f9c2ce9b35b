/** A page that is well-formed holds what a parser of the whole page finds in it, whatever looks like a tag there. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PageCutter } from "../../src/harvest/page-cutter.js";
import { metadataContent, pageOf, parsedPage, recordOf } from "../support/oai-pages.js";

function cutInto(page: string, size: number) {
  const bytes = Buffer.from(page);
  const cutter = new PageCutter({ offset: 0, maxRecordSize: 1e6 });
  const cut = [];
  for (let at = 0; at < bytes.length; at += size) {
    const lot = cutter.push(bytes.subarray(at, at + size));
    cut.push(...lot.map(({ bytes: one, refusal }) => ({ xml: one.toString(), refusal })));
  }
  cut.push(...cutter.end().map(({ bytes: one, refusal }) => ({ xml: one.toString(), refusal })));
  return { cut, envelope: cutter.envelope };
}

describe("a page that is well-formed", () => {
  const page = pageOf(recordOf(metadataContent));

  it("is cut into the records of its list alone, and ends with the list's own token", () => {
    fc.assert(
      fc.property(page, fc.integer({ min: 1, max: 300 }), (xml, size) => {
        const { records, token, responseDate } = parsedPage(xml);
        const { cut, envelope } = cutInto(xml, size);
        expect(cut).toEqual(records.map((record) => ({ xml: record.xml, refusal: null })));
        expect(envelope.token?.text ?? null).toBe(token);
        expect(envelope).toMatchObject({ responseDate, closed: true, hasRubbish: false });
      }),
      { numRuns: 3000 },
    );
  });

  /** A page, and the same with one record that lacks its end. */
  function damaged(xml: string, which: number, end: string) {
    const { records, token } = parsedPage(xml);
    const wrong = records[which % records.length]?.xml ?? "";
    fc.pre(wrong.endsWith(end) && records.filter((one) => one.xml === wrong).length === 1);
    const others = records.map((one) => one.xml).filter((one) => one !== wrong);
    const start = wrong.slice(0, -end.length);
    return { page: xml.replace(wrong, () => start), start, others, token };
  }

  it("but for the end of one record gives the others, and nothing that stands in that one", () => {
    fc.assert(
      fc.property(page, fc.nat(), fc.integer({ min: 1, max: 300 }), (xml, which, size) => {
        const made = damaged(xml, which, "</record>");
        const { cut, envelope } = cutInto(made.page, size);
        const rest = cut.filter((one) => !made.others.includes(one.xml));
        expect(cut).toHaveLength(made.others.length + 1);
        expect(rest.map((one) => made.start.startsWith(one.xml.slice(0, 60)))).toEqual([true]);
        expect(envelope.token?.text ?? null).toBe(made.token);
      }),
      { numRuns: 1000 },
    );
  });

  it("but for the end of one record and its metadata gives the others", () => {
    fc.assert(
      fc.property(page, fc.nat(), fc.integer({ min: 1, max: 300 }), (xml, which, size) => {
        const made = damaged(xml, which, "</metadata></record>");
        const cut = cutInto(made.page, size).cut.map((one) => one.xml);
        expect(made.others.filter((one) => !cut.includes(one))).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
});
