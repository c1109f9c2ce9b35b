/** A full load concludes nothing from an input that is known to be incomplete, whatever it comes as. */

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { iso } from "../support/marc-builder.js";
import { data, type PlainRecord, toMij, toXml } from "../support/plain-record.js";
import { RunFolder } from "../support/run-harness.js";
import { marc } from "./jobs.js";

const CONF = `[Logging]
verbosity = 0
[Database]
batch_size = 2
[Settings]
foreign_source = "test"
[Duplicates]
duplicate_policy = KEEP_ALL
[title]
main = "245 * * a"
`;
const ALL = ["a", "b", "c", "d", "e", "f"];
/** What the night's file holds: few enough are missing for the brake to let them go. */
const FEWER = ["a", "b", "c", "d"];

const plain = (id: string): PlainRecord => ({
  leader: "00000nam a2200000 a 4500",
  fields: [{ tag: "001", text: id }, data("245", "10", ["a", `Title ${id}`])],
});
const isoFile = (ids: readonly string[]) =>
  Buffer.concat(ids.map((id) => marc({ id, title: `Title ${id}` })));
const elements = (ids: readonly string[]) => ids.map((id) => toXml(plain(id))).join("\n");
const xmlFile = (ids: readonly string[]) =>
  `<?xml version="1.0"?>\n<collection>\n${elements(ids)}\n</collection>\n`;
const jsonFile = (ids: readonly string[]) => JSON.stringify(ids.map((id) => toMij(plain(id))));
const answerFile = (ids: readonly string[], stated: number) =>
  `{"sourceRecords":${jsonFile(ids)},"totalRecords":${stated}}`;
const bibs = (ids: readonly string[], stated: number) =>
  `<bibs total_record_count="${stated}">${ids.map((id) => `<bib>${elements([id])}</bib>`).join("")}</bibs>`;
const feed = (ids: readonly string[], head: string) =>
  `<feed xmlns="x" xmlns:os="y">${head}${ids.map((id) => `<entry><content>${elements([id])}</content></entry>`).join("")}</feed>`;
const records = (ids: readonly string[], behind: string) =>
  `{"records":${jsonFile(ids)},${behind}}`;
const lineFile = (ids: readonly string[]) =>
  ids.map((id) => `${JSON.stringify(toMij(plain(id)))}\n`).join("");

type Ways = Readonly<Record<string, (bytes: Buffer, name: string, folder: RunFolder) => void>>;
const WAYS: Ways = {
  plain: (bytes, name, folder) => void folder.write(name, bytes),
  gzip: (bytes, name, folder) => void folder.write(name, gzipSync(bytes)),
  pipe: (bytes, name, folder) => pipe(bytes, name, folder),
  "zipped pipe": (bytes, name, folder) => pipe(gzipSync(bytes), name, folder),
};
const writers: Promise<unknown>[] = [];

function pipe(bytes: Buffer, name: string, folder: RunFolder): void {
  const from = folder.write(`${name}.content`, bytes);
  const path = join(folder.path, name);
  execFileSync("mkfifo", [path]);
  const writer = spawn("sh", ["-c", 'cat "$0" > "$1" 2>/dev/null', from, path]);
  writers.push(once(writer, "exit"));
}

const cut = (text: string | Buffer, before: string, more = 0) => {
  const bytes = Buffer.from(text);
  return bytes.subarray(0, bytes.lastIndexOf(before) + more);
};

/** Each holds some of the source's records, and it can be seen that others may be missing. */
const INCOMPLETE: readonly (readonly [kind: string, bytes: Buffer])[] = [
  ["ISO 2709 cut before the last terminator", isoFile(FEWER).subarray(0, -1)],
  ["ISO 2709 cut inside a record", isoFile(FEWER).subarray(0, -30)],
  ["ISO 2709 cut inside a leader", Buffer.concat([isoFile(FEWER), isoFile(["e"]).subarray(0, 9)])],
  ["ISO 2709 with a damaged record", Buffer.concat([isoFile(FEWER), damagedRecord()])],
  ["MARCXML cut between two records", cut(xmlFile(FEWER), "\n</collection>")],
  ["MARCXML cut inside the last tag", cut(xmlFile(FEWER), "</collection>", 6)],
  ["MARCXML cut inside a record", cut(xmlFile(FEWER), "<controlfield")],
  ["MARCXML cut inside a start tag", cut(xmlFile(FEWER), "<record>", 4)],
  ["a JSON array cut between two records", cut(jsonFile(FEWER), "]")],
  ["a JSON array cut behind a comma", Buffer.from(`${jsonFile(FEWER).slice(0, -1)},\n`)],
  ["a JSON array cut inside a record", cut(jsonFile(FEWER), '"subfields"')],
  ["JSON lines cut inside a record", cut(lineFile(FEWER), '"subfields"')],
  ["one page of an OAI-PMH list", Buffer.from(page(FEWER, 'cursor="0">more'))],
  [
    "pages of an OAI-PMH list, the last one missing",
    Buffer.from(page(["a", "b"], ">one") + page(["c", "d"], ">two", "one")),
  ],
  ["the last page of an OAI-PMH list", Buffer.from(page(FEWER, ">", "before"))],
  ["the last page of an OAI-PMH list, by its cursor", Buffer.from(page(FEWER, 'cursor="2">'))],
  [
    "the last page of an OAI-PMH list, by the cursor of an empty element",
    Buffer.from(page(FEWER, ">").replace(/<resumption.*token>/i, '<resumptionToken cursor="2" />')),
  ],
  ["an answer of Alma with fewer records than it states", Buffer.from(bibs(FEWER, 5))],
  ["a page of an Atom feed", Buffer.from(feed(FEWER, '<link rel="next" href="page2"/>'))],
  [
    "a page of an OpenSearch feed",
    Buffer.from(feed(FEWER, "<os:totalResults>6</os:totalResults>")),
  ],
  [
    "an SRU answer with a diagnostic behind its records",
    Buffer.from(
      sruAnswer(
        FEWER,
        4,
        "<s:diagnostics><d:diagnostic><d:uri>x/61</d:uri></d:diagnostic></s:diagnostics>",
      ),
    ),
  ],
  ["a JSON object that names its next page", Buffer.from(records(FEWER, '"next":"x?page=2"'))],
  ["a JSON object whose last page has yet to come", Buffer.from(records(FEWER, '"has_more":true'))],
  ["a JSON object with fewer records than its total", Buffer.from(records(FEWER, '"total":6'))],
  [
    "pages of an OAI-PMH list, the last one an error",
    Buffer.from(
      page(FEWER, ">one") +
        '<OAI-PMH><ListRecords/><error code="badResumptionToken">expired</error></OAI-PMH>',
    ),
  ],
  [
    "one page of an SRU answer",
    Buffer.from(
      `<s:searchRetrieveResponse xmlns:s="x"><s:records>${elements(FEWER)}</s:records><s:nextRecordPosition>5</s:nextRecordPosition></s:searchRetrieveResponse>`,
    ),
  ],
  ["a page of a list in a JSON object", Buffer.from(answerFile(FEWER, 5))],
  ["an SRU answer that holds fewer records than it states", Buffer.from(sruAnswer(FEWER, 5))],
  [
    "SRU answers joined, the last one missing",
    Buffer.from(sruAnswer(["a", "b"], 5) + sruAnswer(["c", "d"], 5)),
  ],
  [
    "MARCXML with records in a comment",
    Buffer.from(`<collection>${elements(FEWER)}<!-- ${elements(["e"])} --></collection>`),
  ],
];

function sruAnswer(ids: readonly string[], stated: number, behind = ""): string {
  const records = ids.map(
    (id) => `<s:record><s:recordData>${elements([id])}</s:recordData></s:record>`,
  );
  return `<?xml version="1.0"?>\n<s:searchRetrieveResponse xmlns:s="x"><s:numberOfRecords>${stated}</s:numberOfRecords><s:records>${records.join("")}</s:records>${behind}</s:searchRetrieveResponse>`;
}

function page(ids: readonly string[], token: string, askedWith = ""): string {
  const asked = askedWith === "" ? "" : ` resumptionToken="${askedWith}"`;
  const records = ids.map(
    (id) => `<record><header/><metadata>${elements([id])}</metadata></record>`,
  );
  return `<?xml version="1.0"?>\n<OAI-PMH><request verb="ListRecords"${asked}>http://x</request><ListRecords>${records.join("")}<resumptionToken ${token}</resumptionToken></ListRecords></OAI-PMH>\n`;
}

function damagedRecord(): Buffer {
  return Buffer.from("00090nam a22000xx  no directory here\x1e\x1d", "latin1");
}

let folder: RunFolder;
const ids = () =>
  folder.with(({ db }) =>
    db.prepare("SELECT foreign_id FROM record_info ORDER BY 1").pluck().all(),
  );

describe("--full-load by an incomplete input", () => {
  // Nothing is ever deleted, so one database serves all.
  beforeAll(async () => {
    folder = new RunFolder(CONF);
    folder.write("all", isoFile(ALL));
    await folder.import(["all"]);
  });
  afterAll(async () => {
    await Promise.all(writers);
    folder.remove();
  });

  const table = INCOMPLETE.flatMap(([kind, bytes]) =>
    Object.keys(WAYS).map((way) => [kind, way, bytes] as const),
  );
  it.each(table)("deletes nothing and says so: %s, %s", async (kind, way, bytes) => {
    const name = `${kind} ${way}`;
    WAYS[way](bytes, name, folder);
    const { summary, notices } = await folder.import([name], { fullLoad: true });
    expect(ids()).toEqual(ALL);
    expect(summary.totals).toMatchObject({ absentRemoved: 0, warnings: { M603: 1 } });
    if (summary.exitStatus === 0) {
      expect(notices).toContainEqual(
        expect.stringMatching(/^M603 .*: --full-load deleted nothing/),
      );
      expect(notices.length, "and why").toBeGreaterThan(1);
    }
  });

  it.each([
    ["the first of two", ["cut", "whole"]],
    ["the last of two", ["whole", "cut"]],
  ])("deletes nothing where one of several files is incomplete: %s", async (_, files) => {
    folder.write("cut", cut(xmlFile(["a"]), "</collection>"));
    folder.write("whole", isoFile(["b", "c", "d"]));
    const { summary } = await folder.import(files, { fullLoad: true });
    expect(summary.totals.warnings).toMatchObject({ M603: 1, M707: 1 });
    expect(ids()).toEqual(ALL);
  });

  it("deletes nothing where one of several files is empty", async () => {
    folder.write("none", "");
    folder.write("whole", isoFile(FEWER));
    for (const files of [["whole", "none"], ["none", "whole"], ["none"]]) {
      const { summary } = await folder.import(files, { fullLoad: true, allowEmpty: true });
      expect(summary.totals.warnings).toMatchObject({ M603: 1 });
      expect(ids()).toEqual(ALL);
    }
  });

  it("deletes nothing where no record is of the kind asked for", async () => {
    const leader = "00000nz  a2200000n  4500";
    folder.write("authorities", iso({ leader, fields: [["001", "x"]] }));
    const { summary, notices } = await folder.import(["authorities"], { fullLoad: true });
    expect(summary.totals.warnings).toMatchObject({ M603: 1 });
    expect(notices).toContainEqual(expect.stringContaining("all 1 records were ignored"));
    expect(ids()).toEqual(ALL);
  });
});

describe("--full-load by a whole input", () => {
  beforeEach(async () => {
    folder = new RunFolder(CONF);
    folder.write("all", isoFile(ALL));
    await folder.import(["all"]);
  });
  afterEach(async () => {
    await Promise.all(writers);
    folder.remove();
  });

  const whole: readonly (readonly [string, string | Buffer])[] = [
    ["ISO 2709", isoFile(FEWER)],
    ["MARCXML", xmlFile(FEWER)],
    ["MARCXML without an element around its records", elements(FEWER)],
    ["the pages of an OAI-PMH list", page(["a", "b"], ">one") + page(["c", "d"], ">", "one")],
    ["an SRU answer", sruAnswer(FEWER, 4)],
    ["the answers of an SRU list", sruAnswer(["a", "b"], 4) + sruAnswer(["c", "d"], 4)],
    [
      "an SRU answer whose server has counted about",
      sruAnswer(FEWER, 9, "<s:resultCountPrecision>info:x/estimate</s:resultCountPrecision>"),
    ],
    ["a JSON array", jsonFile(FEWER)],
    ["JSON lines", lineFile(FEWER)],
    ["a list in a JSON object", answerFile(FEWER, 4)],
    [
      "the only page of an OAI-PMH list, by its cursor",
      page(FEWER, 'cursor="0" completeListSize="9">'),
    ],
    ["an answer of Alma", bibs(FEWER, 4)],
    [
      "the pages of an Atom feed",
      feed(["a", "b"], '<link rel="next" href="2"/>') + feed(["c", "d"], ""),
    ],
    ["a JSON object without a next page", records(FEWER, '"next":null,"has_more":false,"total":4')],
  ];
  it.each(
    whole.flatMap(([kind, content]) =>
      Object.keys(WAYS).map((way) => [kind, way, content] as const),
    ),
  )("deletes what it does not hold: %s, %s", async (kind, way, content) => {
    WAYS[way](Buffer.from(content), `${kind} ${way}`, folder);
    const { summary, notices } = await folder.import([`${kind} ${way}`], { fullLoad: true });
    expect(summary.totals).toMatchObject({ absentRemoved: 2, warnings: {} });
    expect(notices).toEqual([]);
    expect(ids()).toEqual(FEWER);
  });

  it.each([
    ["MARCXML, whole", xmlFile(FEWER), {}],
    ["MARCXML, cut off", cut(xmlFile(FEWER), "</collection>"), { M707: 1 }],
    ["an SRU answer, whole", sruAnswer(FEWER, 4), {}],
    ["an SRU answer, one record missing", sruAnswer(FEWER, 5), { M713: 1 }],
    ["JSON, whole", jsonFile(FEWER), {}],
    ["a list in a JSON object, whole", answerFile(FEWER, 4), {}],
    ["a list in a JSON object, one record missing", answerFile(FEWER, 5), { M713: 1 }],
    ["JSON, cut off", cut(jsonFile(FEWER), "]"), { M707: 1 }],
    ["a page of an Atom feed", feed(FEWER, '<link rel="next" href="2"/>'), { M713: 1 }],
    ["an answer of Alma, one record missing", bibs(FEWER, 5), { M713: 1 }],
  ] as const)(
    "knows at the end of a resumed run what stood at its beginning: %s",
    async (_, content, told) => {
      folder.write("in", content);
      let isCommitted = false;
      const step = (name: string) => {
        isCommitted ||= name === "committed";
      };
      const stopSignal = () => (isCommitted ? ("SIGTERM" as const) : null);
      const stopped = await folder.import(["in"], { fullLoad: true }, { stopSignal, step });
      expect(stopped.summary).toMatchObject({ status: "interrupted" });
      expect(stopped.summary.totals.recordsRead).toBeGreaterThan(0);
      const { summary } = await folder.import(["in"], { fullLoad: true, resume: true });
      expect(summary.status).toBe("done");
      expect(summary.totals.recordsRead).toBe(FEWER.length);
      const isWhole = Object.keys(told).length === 0;
      expect(summary.totals.warnings).toEqual(isWhole ? {} : { ...told, M603: 1 });
      expect(ids()).toEqual(isWhole ? FEWER : ALL);
    },
  );

  it("does not replace most of a source by default, not even when the file comes again", async () => {
    folder.write("other", isoFile(["a", "b", "v", "w", "x", "y", "z"]));
    for (const night of ["first", "second"]) {
      const { failure } = await folder.import(["other"], { fullLoad: true });
      expect(failure, night).toMatchObject({
        exitStatus: 5,
        message: expect.stringContaining("max_deletes allows 3 deletions"),
      });
      expect(ids()).toEqual(expect.arrayContaining(ALL));
    }
    folder.write("job.conf", CONF.replace("[Duplicates]", "max_deletes = 4\n[Duplicates]"));
    await folder.import(["other"], { fullLoad: true });
    expect(ids()).toEqual(["a", "b", "v", "w", "x", "y", "z"]);
    folder.write("job.conf", CONF);
    folder.write("next", isoFile(["a", "b", "v", "w"]));
    await folder.import(["next"], { fullLoad: true });
    expect(ids(), "once let in, its rows count like any others").toEqual(["a", "b", "v", "w"]);
  });
});

describe("an import that cannot have been meant", () => {
  beforeEach(() => {
    folder = new RunFolder(CONF);
  });
  afterEach(() => folder.remove());

  it("says where no record has a title, not where one has", async () => {
    const untitled = (id: string) =>
      iso({ leader: "00000nam a2200000 a 4500", fields: [["001", id]] });
    folder.write("none", Buffer.concat([untitled("x"), untitled("y")]));
    const { notices, summary } = await folder.import(["none"]);
    expect(summary.exitStatus).toBe(0);
    expect(notices).toEqual([expect.stringContaining("no record has a title")]);
    folder.write("one", Buffer.concat([untitled("z"), isoFile(["a"])]));
    expect((await folder.import(["one"])).notices).toEqual([]);
  });

  it("does not say so of duplicates that the policy leaves out", async () => {
    folder.write("all", isoFile(ALL));
    await folder.import(["all"]);
    folder.write(
      "job.conf",
      CONF.replace('"test"', '"other"').replace("KEEP_ALL", "KEEP_ANY\nmatch_method = EXACT_TITLE"),
    );
    const { notices, summary } = await folder.import(["all"]);
    expect(summary.totals.outcomes.ignored).toBe(ALL.length);
    expect(notices).toEqual([]);
  });
});
