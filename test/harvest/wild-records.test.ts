/** Records as repositories send them: each a row, or a reject with its neighbours imported. */

import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Harvests } from "../support/harvest-harness.js";
import { inLists } from "../support/oai-faults.js";
import { dc, dcItem, type OaiRepository } from "../support/oai-repository.js";

const ALL = 12;
let harvests: Harvests;

const marc = (title: string) =>
  `<record xmlns="http://www.loc.gov/MARC21/slim"><leader>00000nam a2200000 a 4500</leader><controlfield tag="001">m5</controlfield><datafield tag="245" ind1="1" ind2="0"><subfield code="a">${title}</subfield></datafield></record>`;
const FORMATS = {
  oai_dc: {
    lines: "",
    metadata: (title: string) => dc(["title", title], ["identifier", "http://x.example/5"]),
  },
  marc21: { lines: 'metadata_prefix = marc21\nmapping = "marc.conf"', metadata: marc },
};
const formats = Object.keys(FORMATS) as (keyof typeof FORMATS)[];

beforeEach(async () => {
  harvests = await Harvests.begin();
});
afterEach(() => harvests.end());

async function nightOf(
  format: keyof typeof FORMATS,
  title: string,
  change?: (repository: OaiRepository) => void,
) {
  const { lines, metadata } = FORMATS[format];
  const { repository } = harvests;
  repository.items = Array.from({ length: ALL }, (_, i) => ({
    ...dcItem(i + 1, "2026-11-01T00:00:00Z"),
    metadata: metadata(i === 4 ? title : `Title ${i + 1}`),
  }));
  change?.(repository);
  const { failure, run } = await harvests.night(
    {},
    { lines, ...(format === "marc21" ? { rest: "" } : {}) },
  );
  expect(failure).toBeNull();
  const fifth = harvests.rows().filter((row) => !/^(\d+) Title \1$/.test(row));
  return { fifth, count: harvests.rows().length, totals: run?.summary.totals };
}

describe.each(formats)("a title in %s", (format) => {
  it.each([
    ["control characters", "A\u0007B&#x1F;C&#0;D", "5 A B C D", "M710"],
    ["what is no character", "A\ufffeB&#65535;C&#xFFFE;D", "5 A B C D", "M710"],
    ["references to halves of a pair", "A&#55349;&#56320;B", "5 A\u{1d400}B", "M710"],
    ["a section", "A <![CDATA[& <b>]]> C", "5 A & <b> C", null],
    ["a comment and an instruction", "A<!-- x --> <?y z?>B", "5 A B", null],
    ["references", "A &lt;i&gt; &#233; &#xE9;", "5 A <i> \u00e9 \u00e9", null],
    ["a character beyond the plane", "A \u{1f40b} B", "5 A \u{1f40b} B", null],
  ])("with %s is read", async (_, title, row, code) => {
    const { fifth, count, totals } = await nightOf(format, title);
    expect(fifth).toEqual([row]);
    expect(count).toBe(ALL);
    expect(totals?.repairs).toEqual(code === null ? {} : { [code]: 1 });
    expect(totals?.warnings).toEqual({});
  });

  it.each([
    ["a lone &", "A & B"],
    ["an entity of HTML", "A&nbsp;B"],
    ["a tag that is not closed", "A <br> B"],
    ["a comment that is not closed", "A <!-- B"],
    ["a section that is not closed", "A <![CDATA[ B"],
    ["another document", '<?xml version="1.0"?><x/>'],
    ["a lone <", "A < B"],
    ["an end tag of a record", "A </record> B"],
    ["a beginning of a record", "A <record> B"],
    ["an end tag of the list in a comment", "A <!-- </ListRecords> --> & B"],
  ])("with %s costs its record alone", async (_, title) => {
    const { fifth, count, totals } = await nightOf(format, title);
    expect(fifth).toEqual([]);
    expect(count).toBe(ALL - 1);
    expect(totals?.outcomes.rejected).toBe(1);
    expect(harvests.query("SELECT identifier FROM harvest_retries")).toEqual([
      { identifier: "oai:r.example.org:5" },
    ]);
  });
});

describe.each(formats)("a record in %s", (format) => {
  const FIFTH =
    /(<record><header[^>]*>)(<identifier>[^<]*:5<\/identifier>)(.*?<\/header>)(<metadata>.*?<\/metadata>)?/;
  const changed = (replacement: string) => (repository: OaiRepository) => {
    repository.fault = inLists((body) => body.replace(FIFTH, replacement));
  };

  it.each([
    ["without an identifier", changed("$1$3$4"), "M812"],
    ["with a blank identifier", changed("$1<identifier> \n</identifier>$3$4"), "M812"],
    ["without metadata", changed("$1$2$3"), "M813"],
    ["with empty metadata", changed("$1$2$3<metadata/>"), "M813"],
    ["without a header", changed("<record>$4"), "M812"],
    ["that is cut", changed("$1$2$3<metadata>"), "M704"],
  ])("%s is rejected", async (_, change, code) => {
    const cut = code === "M704";
    const { count, totals } = await nightOf(format, "Title 5", (repository) => {
      change(repository);
      const { fault } = repository;
      if (cut) {
        repository.fault = (body, ...rest) =>
          String(fault?.(body, ...rest)).replace("<metadata></record>", "");
      }
    });
    expect(count).toBe(ALL - 1);
    expect(totals?.rejects).toMatchObject({ [code]: 1 });
  });

  it.each([
    "<about><p:metadata xmlns:p='urn:p'>x</p:metadata></about>",
    "<about><metadata>x</metadata><metadata/></about>",
    "<about><record><header/><metadata><x/></metadata></record></about>",
  ])("with %s behind its metadata is read", async (about) => {
    const { count, totals } = await nightOf(format, "Title 5", (repository) => {
      const end = "</metadata></record>";
      repository.fault = inLists((body) => body.replaceAll(end, `</metadata>${about}</record>`));
    });
    expect(count).toBe(ALL);
    expect(totals?.outcomes.rejected).toBe(0);
  });

  it.each([
    "10.1000/182",
    "1",
    "a:b:c d",
    "http://x.example/?a=1&amp;b=2",
    "\u00e9\u4e2d",
    "<![CDATA[a&b]]>",
  ])("is called %s, whatever the form", async (identifier) => {
    const { count } = await nightOf(format, "Title 5", (repository) => {
      repository.items[4] = { ...repository.items[4], identifier: ` ${identifier}\n` };
    });
    expect(count).toBe(ALL);
    const plain = identifier.replace("&amp;", "&").replace(/<!\[CDATA\[(.*)\]\]>/, "$1");
    expect(
      harvests.query(`SELECT count(*) AS n FROM record_info WHERE foreign_id = '${plain}'`),
    ).toEqual([{ n: 1 }]);
  });

  it.each([
    ['status="deleted"', ""],
    ["status='Deleted '", ""],
    ['xml:lang="en" status = "deleted"', "$4"],
  ])("whose header has %s is gone", async (status, metadata) => {
    await nightOf(format, "Title 5");
    harvests.repository.clock = "2026-11-29T03:00:00Z";
    const { lines } = FORMATS[format];
    changed(`<record><header ${status}>$2$3${metadata}`)(harvests.repository);
    await harvests.night({ full: true }, { lines, ...(format === "marc21" ? { rest: "" } : {}) });
    expect(harvests.rows()).toHaveLength(ALL - 1);
  });

  it("in an encoding that nobody knows is read as UTF-8", async () => {
    const { fifth, count, totals } = await nightOf(format, "Caf\u00e9", (repository) => {
      repository.fault = inLists((body) => body.replace("UTF-8", "x-binary"));
    });
    expect(fifth).toEqual(["5 Caf\u00e9"]);
    expect([count, totals?.outcomes.rejected]).toEqual([ALL, 0]);
  });
});

it("that cannot be read is asked for again by what its identifier means", async () => {
  const identifier = "http://x.example/?a=1&amp;b=2";
  await nightOf("oai_dc", "A & B", ({ items }) => {
    items[4] = { ...items[4], identifier };
  });
  const asked = harvests.query("SELECT identifier FROM harvest_retries");
  expect(asked).toEqual([{ identifier: "http://x.example/?a=1&b=2" }]);
});

it("markup within a value is no reason to lose the value", async () => {
  const { fifth } = await nightOf("oai_dc", "On <i>Mus <b>musculus</b></i>, again");
  expect(fifth).toEqual(["5 On Mus musculus, again"]);
});

it("text that has gone astray between elements makes no value of them", async () => {
  const { count, fifth } = await nightOf("oai_dc", "Title 5", ({ items }) => {
    items[4].metadata = items[4].metadata.replace("<dc:title>", "&gt;<dc:title>");
  });
  expect([count, fifth]).toEqual([ALL, []]);
});

it("a record that is rejected is kept as it stood, however much of the list is read behind it", async () => {
  const { repository } = harvests;
  repository.pageSize = 500;
  const wrong = ["first & wrong", "second & wrong"];
  repository.items = Array.from({ length: 400 }, (_, i) => ({
    ...dcItem(i + 1, "2026-11-01T00:00:00Z"),
    metadata: dc(
      ["title", `${wrong[i - 3] ?? "right"} ${i} `.repeat(200)],
      ["identifier", `http://x.example/${i}`],
    ),
  }));
  const { run } = await harvests.night();
  expect(run?.summary.totals.outcomes).toMatchObject({ created: 398, rejected: 2 });
  const kept = readFileSync(run?.summary.rejectsFile ?? "", "utf8")
    .trimEnd()
    .split("\n");
  expect(kept).toHaveLength(2);
  kept.forEach((record, i) => {
    expect(record).toContain(`<identifier>oai:r.example.org:${4 + i}<`);
    expect(record).toContain(`${wrong[i]} ${3 + i} `.repeat(200));
    expect(record).toMatch(/^<record>.*<\/record>$/);
  });
});
