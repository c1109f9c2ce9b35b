import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CODES } from "../../src/diagnostics/catalogue.js";
import { NO_RECORD } from "../../src/diagnostics/diagnostic.js";
import { percent } from "../../src/report/html/markup.js";
import { reportPage } from "../../src/report/html/page.js";
import type { RunReport } from "../../src/report/html/run-report.js";
import { slowestRoom } from "../../src/report/html/time.js";
import { grouped } from "../../src/report/summary.js";
import { noContent, noExamples } from "../../src/store/model/run-statistics.js";
import { noTotals } from "../../src/store/model/totals.js";
import { elementsOf, type PageElement, textOf } from "../support/well-formed.js";

const PLACE = { file: "/in/catalog.mrc", number: 1234, offset: 56789, controlNumber: "ocm1" };

/** A run in which everything happened, each count another number. */
function everything(): RunReport {
  const totals = {
    ...noTotals(),
    recordsRead: 23_456,
    outcomes: {
      created: 10_101,
      updated: 3202,
      unchanged: 4303,
      merged: 1404,
      ignored: 2505,
      deleted: 1606,
      rejected: 335,
    },
    duplicatesRemoved: 717,
    absentRemoved: 818,
    repairs: { M207: 919 },
    rejects: { [codeOf("reject")]: 335 },
    warnings: { M502: 1021 },
    ignoredBecause: { filter: 1122, "KEEP_HIGHER × higher: ignore": 1383 },
    duplicatesBy: { "ISBN, KEEP_HIGHER × higher: ignore": 1224 },
  };
  const finding = { ...PLACE, field: "245[1]$a", found: "<i>", expected: null };
  return {
    summary: {
      run: "20260102T030405Z-abcdef",
      config: "/etc/job.conf",
      database: "/var/catalogue.sqlite",
      files: [{ path: "/in/catalog.mrc", bytes: 7_654_321, recordsRead: 23_456 }],
      totals,
      seconds: 12.5,
      log: "/log/MARC_import/MARC_importer.log",
      rejectsFile: "/log/MARC_import/20260102T030405Z-abcdef.rejects.mrc",
      dryRun: false,
    },
    status: "done",
    exitStatus: 1,
    meaning: "done, but some records were rejected",
    failure: null,
    command: "import",
    foreignSource: "vendor",
    startedAt: "2026-01-02T03:04:05Z",
    undoes: null,
    undoneBy: null,
    statistics: {
      counts: {
        ...noContent(),
        described: 23_121,
        mapped: 21_515,
        types: { a: 20_000, e: 3121 },
        languages: { eng: 20_020, ger: 3000, none: 101 },
        decades: { "198": 9000, "201": 14_000, "999": 1, none: 120 },
        encodings: { ascii: 23_000, "utf-8": 121 },
        ruleMatches: [21_500, 0],
        milliseconds: { ...noContent().milliseconds, mapping: 2000, writing: 9000, waiting: 100 },
      },
      examples: {
        ...noExamples(),
        rules: [
          { section: "title", name: "main", text: "245 * * a", at: "/etc/job.conf:7" },
          { section: "isbn", name: "all", text: "020 * * a", at: "/etc/job.conf:9" },
        ],
        findings: { [codeOf("reject")]: [finding], M207: [finding], M502: [finding] },
        ignored: { filter: [{ ...PLACE, title: "Left out", reason: "no address" }] },
        duplicates: [
          {
            file: "/in/catalog.mrc",
            number: 77,
            foreignId: "v77",
            title: "Imported title",
            outcome: "ignored",
            recordId: null,
            method: "ISBN",
            cell: "KEEP_HIGHER × higher: ignore",
            rows: [{ recordId: 5, foreignSource: "SCP", title: "Title there", removed: false }],
            more: 2,
          },
        ],
      },
    },
  };
}

function codeOf(severity: string): string {
  return CODES.find((entry) => entry.severity === severity)?.code ?? "";
}

const named = (elements: readonly PageElement[], name: string) =>
  elements.filter((element) => element.name === name);

describe("the report page", () => {
  const page = reportPage(everything());
  const elements = elementsOf(page);
  const text = textOf(page);

  it("draws each bar as long as its share of the whole, not of the longest bar", () => {
    const run = everything();
    run.summary.totals.outcomes.rejected = 3;
    run.summary.totals.outcomes.merged = 0;
    const page = reportPage(run);
    const outcomes = page.slice(page.indexOf("Outcomes"), page.indexOf("Outcomes as a table"));
    const widths = [...outcomes.matchAll(/class="bar \w+"[^>]* width="([\d.]+)%"/g)].map(([, w]) =>
      Number(w),
    );
    const { created, updated, unchanged, ignored, deleted } = run.summary.totals.outcomes;
    const whole = created + updated + unchanged + ignored + deleted + 3;
    const share = (count: number) => Number(((count / whole) * 100).toFixed(2));
    // The few that were rejected can still be seen.
    expect(widths).toEqual([...[created, updated, unchanged, 0, ignored, deleted].map(share), 0.3]);
  });

  it("has every number of the summary", () => {
    const { totals } = everything().summary;
    const { recordsRead, duplicatesRemoved, absentRemoved, outcomes } = totals;
    const { rejects, repairs, warnings, ignoredBecause, duplicatesBy } = totals;
    const all = [outcomes, rejects, repairs, warnings, ignoredBecause, duplicatesBy];
    const numbers = [recordsRead, duplicatesRemoved, absentRemoved, 7_654_321];
    for (const count of [...numbers, ...all.flatMap((counts) => Object.values(counts))]) {
      expect(text).toContain(` ${grouped(count)} `);
    }
    expect(text).toContain(` ${grouped(Math.round(23_456 / 12.5))} `);
  });

  it.each([
    [1, {}, "1 pair of rows may be duplicates"],
    [1234, { "DESCRIPTION, KEEP_ANY × same: ignore": 5 }, "1,234 pairs of rows may be duplicates"],
  ])("says how many pairs wait for a person: %i", (possibleDuplicates, duplicatesBy, words) => {
    const run = everything();
    const totals = { ...run.summary.totals, possibleDuplicates, duplicatesBy };
    const told = textOf(reportPage({ ...run, summary: { ...run.summary, totals } }));
    expect(told).toContain(words);
    expect(textOf(reportPage(everything()))).not.toContain("may be duplicates");
  });

  it("tells of a finding that comes of no record", () => {
    const run = everything();
    const gone = { ...NO_RECORD, field: null, found: 'record_id 7 with SCP "s"', expected: null };
    run.summary.totals.warnings.M602 = 1;
    Object.assign(run.statistics?.examples.findings ?? {}, { M602: [gone] });
    expect(textOf(reportPage(run))).toMatch(
      /at the end of the full load ?, found record_id 7 with SCP "s"/,
    );
  });

  it("says how the run ended, and where everything is", () => {
    expect(text).toContain("exit status 1: done, but some records were rejected");
    const { summary } = everything();
    const places = [summary.config, summary.database, summary.log, summary.rejectsFile, "vendor"];
    for (const place of places) expect(text).toContain(` ${place} `);
    expect(text).toContain(".rejects.jsonl");
  });

  it("explains each code, with advice and examples", () => {
    for (const code of [codeOf("reject"), "M207", "M502"]) {
      const entry = CODES.find((one) => one.code === code);
      expect(text).toContain(`${code} ${entry?.message}`);
      expect(text).toContain(entry?.advice ?? "?");
    }
    expect(text).toContain("catalog.mrc record 1,234 at byte 56,789, 001 ocm1 , field 245[1]$a");
  });

  it("shows both titles of a duplicate in one row", () => {
    const row = page.slice(page.indexOf("Imported title"));
    expect(textOf(row.slice(0, row.indexOf("</tr>")))).toMatch(
      /^Imported title .*record 77, id v77 .*Title there record_id 5, SCP and 2 more ignored by ISBN/,
    );
  });

  it("marks rules that gave nothing, behind those that gave most", () => {
    expect(text).toContain("1 of 2 rules gave nothing");
    expect(text).toMatch(/\[title\] main job\.conf:7 245 \* \* a 21,500 >99\.9 %/);
    expect(text).toMatch(/\[isbn\] all job\.conf:9 020 \* \* a never 0 %/);
  });

  it("fills the decades between, and counts a slip of the pen apart", () => {
    for (const decade of ["1980s", "1990s", "2000s", "2010s"]) expect(text).toContain(decade);
    expect(text).toContain("no usable year in 121");
    expect(text).not.toContain("9990s");
  });

  it("names the slowest part", () => {
    expect(text).toContain("The slowest part was duplicates and rows (9.00 s)");
  });

  it("is one page that loads nothing and runs nothing", () => {
    expect(named(elements, "script")).toEqual([]);
    const links = elements.flatMap(({ attributes }) =>
      ["href", "src", "action", "data", "srcset"].flatMap((name) => attributes[name] ?? []),
    );
    expect(links.filter((link) => !link.startsWith("#") && link !== "data:,")).toEqual([]);
    expect(page).not.toMatch(/url\(|@import|https?:/);
    const names = elements.flatMap(({ attributes }) => Object.keys(attributes));
    expect(names.filter((name) => name.startsWith("on"))).toEqual([]);
    const policy = named(elements, "meta").find((one) => one.attributes["http-equiv"]);
    expect(policy?.attributes.content).toContain("default-src 'none'");
  });

  it("can be found through by those who listen", () => {
    const ids = elements.flatMap(({ attributes }) => attributes.id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const referred = elements.flatMap(({ attributes }) => [
      ...(attributes["aria-labelledby"]?.split(" ") ?? []),
      ...(attributes.href?.startsWith("#") ? [attributes.href.slice(1)] : []),
    ]);
    expect(referred.filter((id) => !ids.includes(id))).toEqual([]);
    for (const landmark of ["header", "nav", "main", "footer"]) {
      expect(named(elements, landmark)).toHaveLength(1);
    }
    const headings = elements.flatMap(({ name }) => /^h(\d)$/.exec(name)?.[1] ?? []).map(Number);
    expect(headings[0]).toBe(1);
    headings.slice(1).forEach((level, i) => {
      expect(level).toBeGreaterThan(1);
      expect(level - headings[i]).toBeLessThanOrEqual(1);
    });
    expect(named(elements, "caption")).toHaveLength(named(elements, "table").length);
    const plots = named(elements, "svg");
    expect(plots.every(({ attributes }) => attributes.role === "img")).toBe(true);
    expect(named(elements, "details")).toHaveLength(plots.length);
    expect(named(elements, "html")[0].attributes.lang).toBe("en");
  });

  it("shows any text as text", () => {
    const nasty = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(
        "</style><script>alert(1)</script>",
        '"><svg onload=x>',
        "&lt;",
        "\u202e",
        "\0",
      ),
    );
    fc.assert(
      fc.property(nasty, nasty, (one, other) => {
        const report = everything();
        const { statistics, summary } = report;
        if (!statistics) return;
        const [pair] = statistics.examples.duplicates;
        const rows = [{ ...pair.rows[0], title: other, foreignSource: one }];
        const written = reportPage({
          ...report,
          foreignSource: one,
          failure: { message: one, advice: other },
          summary: { ...summary, files: [{ path: one, bytes: null, recordsRead: 1 }] },
          statistics: {
            counts: {
              ...statistics.counts,
              types: { [one.slice(0, 1)]: 1 },
              encodings: { [other]: 1 },
            },
            examples: {
              rules: [{ section: one, name: other, text: one, at: other }],
              findings: {
                M502: [{ ...PLACE, file: one, field: other, found: one, expected: other }],
              },
              ignored: { filter: [{ ...PLACE, controlNumber: one, title: other, reason: one }] },
              duplicates: [{ ...pair, file: one, foreignId: other, title: one, rows }],
            },
          },
        });
        const shape = elementsOf(written).filter(({ name }) => name === "script" || name === "img");
        expect(shape).toEqual([]);
        // Nothing that drives a terminal or turns text around goes into the page.
        expect(written).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202a-\u202e\ufffe]/u);
      }),
      { numRuns: 60 },
    );
  });
});

describe("the report page of other runs", () => {
  it("does without statistics", () => {
    const text = textOf(reportPage({ ...everything(), statistics: null }));
    expect(text).toContain("10,101 (43 %)");
    expect(text).not.toContain("Rules");
  });

  it("tells what an undo did, and that a run was taken back or killed", () => {
    const undone = { removed: 3, restored: 2, revived: 1, left: 4 };
    const report = everything();
    const { summary } = report;
    const undo = reportPage({
      ...report,
      command: "undo",
      undoes: "run-1",
      undoneBy: "run-9",
      statistics: null,
      summary: { ...summary, totals: { ...noTotals(), undone }, files: [] },
    });
    elementsOf(undo);
    expect(textOf(undo)).toContain("3 rows removed, 2 restored, 1 brought back, 4 left");
    expect(textOf(undo)).toContain("took back run-1");
    expect(textOf(undo)).toContain("taken back by run run-9");
    const killed = reportPage({ ...report, status: "killed", exitStatus: null, meaning: "" });
    expect(textOf(killed)).toContain("killed , no exit status.");
  });

  it("says why no rule was at work", () => {
    const report = everything();
    const counts = { ...noContent(), described: 5, types: { a: 5 } };
    const examples = report.statistics?.examples ?? noExamples();
    const text = textOf(reportPage({ ...report, statistics: { counts, examples } }));
    expect(text).toContain("No record had to be mapped");
    expect(text).not.toContain("never");
  });
});

describe("figures", () => {
  it.each([
    [0, 0, "0 %"],
    [1, 10_000, "<0.1 %"],
    [9999, 10_000, ">99.9 %"],
    [10_000, 10_000, "100 %"],
    [997, 1000, "99.7 %"],
    [1, 3, "33 %"],
    [1, 30, "3.3 %"],
  ])("%i of %i is %s", (part, whole, text) => {
    expect(percent(part, whole)).toBe(text);
  });

  it("finds the slowest part on the side that the other waits for", () => {
    const none = noContent().milliseconds;
    expect(slowestRoom({ ...none, mapping: 90, waiting: 60, writing: 40 })).toBe("mapping");
    expect(slowestRoom({ ...none, mapping: 90, waiting: 10, writing: 95 })).toBe("writing");
    expect(slowestRoom({ ...none, input: 90, reading: 5, waiting: 80, writing: 20 })).toBe("input");
  });
});
