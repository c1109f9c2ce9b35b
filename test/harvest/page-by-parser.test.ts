/** A page that is well-formed holds what a parser of the whole page finds in it, whatever looks like a tag there. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadHarvestConfig } from "../../src/config/harvest/load-harvest.js";
import { type CutRecord, PageCutter } from "../../src/harvest/page-cutter.js";
import { PageSink } from "../../src/harvest/page-sink.js";
import { headerTexts, identifierIn } from "../../src/harvest/record-header.js";
import { cutMapper } from "../../src/harvest/record-mapper.js";
import { makeFiles } from "../config/files.js";
import {
  metadataContent,
  pageOf,
  parsedPage,
  recordOf,
  titledDc,
  titledMarc,
} from "../support/oai-pages.js";

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

describe("the records of a page that is well-formed", () => {
  it("are counted as a parser sees their headers", () => {
    fc.assert(
      fc.property(pageOf(recordOf(metadataContent)), (xml) => {
        const { records } = parsedPage(xml);
        const sink = new PageSink({ begin: () => {}, append: () => {} }, "s");
        sink.begin();
        sink.write(Buffer.from(xml));
        expect(sink.envelope.closed).toBe(true);
        const dates = records.map(({ datestamp }) => datestamp).sort();
        const strayed = records.filter(({ sets }) => sets.length > 0 && !sets.includes("s"));
        expect(sink.counts).toMatchObject({
          records: records.length,
          deleted: records.filter(({ deleted }) => deleted).length,
          first: dates[0] ?? "",
          last: dates.at(-1) ?? "",
          strayed: strayed.length,
        });
        const stated = records.map(({ xml: one }) => headerTexts(Buffer.from(one)));
        expect(stated).toEqual(
          records.map(({ identifier, datestamp }) => ({ identifier, datestamp })),
        );
      }),
      { numRuns: 1000 },
    );
  });

  const HARVEST = (lines: string) => `[Repositories]
harvest_list = "R"
[R]
base_url = "http://r.example.org/oai"
foreign_source = "r"
${lines}
[r_field_map]
dc:title = title
`;
  const FORMATS = {
    oai_dc: {
      lines: 'metadata_prefix = oai_dc\nfield_map_section = "r_field_map"',
      metadata: titledDc,
    },
    marc21: { lines: 'metadata_prefix = marc21\nmapping = "marc.conf"', metadata: titledMarc },
  };

  it.each(Object.entries(FORMATS))(
    "are mapped as a parser reads them: %s",
    (_, { lines, metadata }) => {
      const cwd = makeFiles({
        "main.conf": HARVEST(lines),
        "marc.conf": '[Settings]\nforeign_source = "x"\n[title]\nfield1 = "245 * * a"\n',
      });
      const [repository] = loadHarvestConfig("main.conf", { cwd }).config.repositories;
      const mapper = cutMapper(repository, new Int32Array(2));
      const at = repository.fields.findIndex(({ name }) => name === "title");
      const mapped = (cut: CutRecord) => {
        const became = mapper.map(cut);
        if (became.kind === "reject") return became;
        const { foreignId, deleted, values } = became.mapped;
        return { foreignId, deleted, title: deleted ? "" : values[at] };
      };
      fc.assert(
        fc.property(pageOf(recordOf(metadata)), (xml) => {
          const cutter = new PageCutter({ offset: 0, maxRecordSize: 1e6 });
          const cut = [...cutter.push(Buffer.from(xml)), ...cutter.end()];
          const { records } = parsedPage(xml);
          expect(cut.map(mapped)).toEqual(
            records.map(({ identifier, deleted, title }) => ({
              foreignId: identifier,
              deleted,
              title: deleted ? "" : title.replace(/\s+/g, " ").trim(),
            })),
          );
          expect(cut.map(({ bytes }) => identifierIn(bytes))).toEqual(
            records.map(({ identifier }) => identifier),
          );
        }),
        { numRuns: 500 },
      );
    },
  );
});
