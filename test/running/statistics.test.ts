import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ContentCounter } from "../../src/reading/content-counter.js";
import { iso } from "../support/marc-builder.js";
import { type FieldOf, viewOf } from "../support/record-view.js";
import { RunFolder } from "../support/run-harness.js";

/** 008 with a year and a language. */
function fixed(year: string, language: string): FieldOf {
  return ["008", `950101s${year}    xx            000 0 ${language} d`];
}

function counted(work: (counter: ContentCounter) => void) {
  const counter = new ContentCounter("auto");
  work(counter);
  return counter.take({ mapped: 0, matches: [] });
}

describe("counting what records are", () => {
  it("reads type, language, decade and encoding", () => {
    const counts = counted((counter) => {
      counter.record(viewOf({ fields: [fixed("1987", "ger")] }));
      counter.record(viewOf({ fields: [fixed("198u", "GER")] }));
      counter.record(
        viewOf({ leader: "00000ncm a2200000 a 4500", fields: [fixed("19uu", "   ")] }),
      );
      counter.record(viewOf({ fields: [fixed("||||", "1+2")] }));
      counter.record(viewOf({ fields: [["245", "10", "aNo 008"]] }));
    });
    expect(counts).toMatchObject({
      described: 5,
      types: { a: 4, c: 1 },
      languages: { ger: 2, none: 2, other: 1 },
      decades: { "198": 2, none: 3 },
      encodings: { "utf-8": 5 },
    });
  });

  it("takes the 008 of an authority for what it is", () => {
    const counts = counted((counter) =>
      counter.record(
        viewOf({ leader: "00000nz  a2200000n  4500", fields: [fixed("1987", "eng")] }),
      ),
    );
    expect(counts).toMatchObject({ described: 1, types: { z: 1 }, languages: {}, decades: {} });
  });

  it("finds the same in the bytes of a record that is known", () => {
    const records = [
      iso({ fields: [["001", "a"], fixed("2003", "fre"), ["245", "10", "aÉté"]] }),
      iso({
        fields: [["001", "b"], ["005", "20200101"], fixed("1850", "eng"), ["245", "10", "aX"]],
      }),
      iso({
        fields: [
          ["001", "c"],
          ["245", "10", "aNo 008"],
        ],
      }),
      iso({ leader: "00000nem  2200000 a 4500", fields: [fixed("1999", "mul")] }),
    ];
    const counts = counted((counter) => {
      for (const record of records) counter.known(record);
    });
    expect(counts).toMatchObject({
      described: 4,
      types: { a: 3, e: 1 },
      languages: { fre: 1, eng: 1, mul: 1, none: 1 },
      decades: { "200": 1, "185": 1, "199": 1, none: 1 },
      encodings: { "utf-8": 1, ascii: 3 },
    });
  });

  it("begins anew after each portion", () => {
    const counter = new ContentCounter("auto");
    counter.record(viewOf({ fields: [fixed("1987", "ger")] }));
    counter.take({ mapped: 1, matches: [1] });
    expect(counter.take({ mapped: 0, matches: [0] })).toMatchObject({ described: 0, types: {} });
  });
});

const CONF = `[Settings]
foreign_source = "test"
[Database]
batch_size = 10
[Duplicates]
match_method = EXACT_TITLE
duplicate_policy = MERGE
[title]
main = "245 * * a"
never = "246 * * a"
[isbn]
all = "020 * * a"
`;

function record(number: number, title = `Title ${number}`): Buffer {
  return iso({
    fields: [["001", `id${number}`], fixed("1987", "ger"), ["245", "10", `a${title}`]],
  });
}

describe("the statistics of a run", () => {
  let folder: RunFolder;
  beforeEach(() => {
    folder = new RunFolder(CONF);
  });
  afterEach(() => folder.remove());

  const stored = (run: string) =>
    folder.with((store) => store.statistics.read(store.runs.find(run)?.runId ?? 0));
  const ruleCounts = (counts: { ruleMatches: number[] }, rules: { name: string }[]) =>
    Object.fromEntries(rules.map(({ name }, i) => [name, counts.ruleMatches[i]]));

  it("are stored as they are in the run itself", async () => {
    folder.write("in.mrc", Buffer.concat([record(1), record(2), record(3, "Title 1")]));
    const { summary, statistics } = await folder.import(["in.mrc"]);
    const { counts, examples } = statistics;
    expect(stored(summary.run)).toEqual({ counts, examples });
    expect(counts).toMatchObject({ described: 3, mapped: 3, languages: { ger: 3 } });
    expect(ruleCounts(counts, examples.rules)).toMatchObject({ main: 3, never: 0, all: 0 });
    expect(examples.rules.find(({ name }) => name === "never")).toMatchObject({
      section: "title",
      text: "246 * * a",
      at: expect.stringMatching(/job\.conf:10$/),
    });
  });

  it("show both sides of a duplicate as they were before", async () => {
    folder.write("in.mrc", Buffer.concat([record(1, "Botany"), record(2, "Botany")]));
    const { statistics } = await folder.import(["in.mrc"]);
    expect(statistics.examples.duplicates).toEqual([
      {
        file: `${folder.path}/in.mrc`,
        number: 2,
        foreignId: "id2",
        title: "Botany",
        outcome: "merged",
        recordId: 1,
        method: "EXACT_TITLE",
        cell: "MERGE × same: merge into it",
        rows: [{ recordId: 1, foreignSource: "test", title: "Botany", removed: false }],
        more: 0,
      },
    ]);
  });

  it("keep the first examples only, however many there are", async () => {
    const bad = (n: number) =>
      iso({
        fields: [
          ["001", `id${n}`],
          ["020", "  ", `a${n}12`],
          ["245", "10", "aSame"],
        ],
      });
    const records = Array.from({ length: 130 }, (_, n) => bad(n));
    folder.write("in.mrc", Buffer.concat(records));
    const { statistics, summary } = await folder.import(["in.mrc"]);
    expect(summary.totals.warnings.M502).toBe(130);
    expect(statistics.examples.findings.M502.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
    expect(statistics.examples.duplicates).toHaveLength(100);
  });

  it("of a run that was stopped and resumed are those of a run in one go", async () => {
    const records = Array.from({ length: 600 }, (_, n) => record(n, `Title ${n % 590}`));
    // Padding is told of once, at its first place.
    const lines = records.flatMap((one) => [one, Buffer.from("\r\n")]);
    folder.write("in.mrc", Buffer.concat(lines));
    let portions = 0;
    const stopSignal = () => (++portions === 1 ? ("SIGTERM" as const) : null);
    const first = await folder.import(["in.mrc"], {}, { stopSignal });
    expect(first.summary.status).toBe("interrupted");
    expect(first.statistics.counts.described).toBeLessThan(600);
    const resumed = await folder.import(["in.mrc"], { resume: true });
    expect(resumed.summary.run).toBe(first.summary.run);
    const { counts, examples } = resumed.statistics;
    expect(counts).toMatchObject({ described: 600, mapped: 600, languages: { ger: 600 } });
    expect(ruleCounts(counts, examples.rules)).toMatchObject({ main: 600, never: 0 });
    expect(examples.duplicates).toHaveLength(10);
    expect(examples.findings.M110).toMatchObject([{ number: 1 }]);
    expect(stored(first.summary.run)).toEqual({ counts, examples });
  });

  it("count the rules over the records that they were applied to", async () => {
    folder.write("job.conf", `${CONF}[Filter]\nexclude_if = "245 * * a /2$/"\n`);
    const deleted = iso({ leader: "00000dam a2200000 a 4500", fields: [["001", "id1"]] });
    folder.write("in.mrc", Buffer.concat([record(1), record(2), deleted]));
    const { statistics, summary } = await folder.import(["in.mrc"]);
    expect(summary.totals.outcomes).toMatchObject({ created: 1, ignored: 1, deleted: 1 });
    expect(statistics.counts).toMatchObject({ described: 3, mapped: 1 });
    const { rules, ignored } = statistics.examples;
    expect(rules.find(({ section }) => section === "Filter")).toBeDefined();
    expect(ruleCounts(statistics.counts, rules)).toMatchObject({ main: 1 });
    expect(ignored.filter).toMatchObject([{ number: 2, controlNumber: "id2" }]);
  });

  it("count records that come again as they were, which no rule sees", async () => {
    folder.write("in.mrc", Buffer.concat([record(1), record(2)]));
    folder.write("again.mrc", Buffer.concat([record(1), record(2), record(3)]));
    await folder.import(["in.mrc"]);
    const { statistics, summary } = await folder.import(["again.mrc"]);
    expect(summary.totals.outcomes).toMatchObject({ unchanged: 2, created: 1 });
    expect(statistics.counts).toMatchObject({ described: 3, mapped: 1, decades: { "198": 3 } });
  });
});
