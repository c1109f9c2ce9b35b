/** How sources stand, and the page that shows it. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sourcesPage } from "../../src/report/html/sources-page.js";
import type { PastRun } from "../../src/report/run-text.js";
import { type SourceState, sourceStates } from "../../src/report/source-states.js";
import type { RunRecord } from "../../src/store/model/run-record.js";
import { noTotals } from "../../src/store/model/totals.js";
import { elementsOf, textOf } from "../support/well-formed.js";

const NOW = Date.parse("2026-03-01T06:00:00Z");
const HOUR = 3_600_000;

interface Past {
  readonly hoursAgo: number;
  readonly status?: PastRun["status"];
  readonly exitStatus?: number;
  readonly source?: string;
  readonly kind?: RunRecord["kind"];
  readonly undone?: boolean;
  readonly read?: number;
}

function run({ hoursAgo, status = "done", exitStatus = 0, ...past }: Past): PastRun {
  const startedAt = new Date(NOW - hoursAgo * HOUR).toISOString().replace(".000", "");
  const totals = { ...noTotals(), recordsRead: past.read ?? 100 };
  const record: RunRecord = {
    ...{ runId: 1, run: `run-${hoursAgo}`, command: "import", kind: past.kind ?? "records" },
    ...{ status: status === "killed" ? "running" : status, exitStatus, config: "/a.conf" },
    ...{
      foreignSource: past.source ?? "vendor",
      rulesDigest: "",
      startedAt,
      finishedAt: startedAt,
    },
    ...{ seconds: 1, totals, undoes: null, changesPruned: false },
  };
  return { record, files: [], status, undoneBy: past.undone ? "undo" : null };
}

const states = (past: readonly Past[], expected: readonly string[] = ["vendor"]) =>
  sourceStates("/ivia.sqlite", past.map(run), expected, NOW);
/** Each of so many nights. */
const nights = (count: number, last = 3): Past[] =>
  Array.from({ length: count }, (_, i) => ({ hoursAgo: last + (count - 1 - i) * 24 }));

describe("a source", () => {
  it.each<[string, Past[], SourceState["state"]]>([
    ["that never came", [], "never"],
    ["that came last night", nights(5), "well"],
    ["with a reject last night", [...nights(4, 27), { hoursAgo: 3, exitStatus: 1 }], "rejects"],
    ["whose last run failed", [...nights(4, 27), { hoursAgo: 3, status: "failed" }], "failed"],
    [
      "whose last run was interrupted",
      [...nights(4, 27), { hoursAgo: 3, status: "interrupted" }],
      "interrupted",
    ],
    ["whose last run was killed", [...nights(4, 27), { hoursAgo: 3, status: "killed" }], "failed"],
    ["that runs now", [...nights(4, 27), { hoursAgo: 0, status: "running" }], "running"],
    ["that is a day and a quarter old", nights(5, 30), "well"],
    ["that missed a night", nights(5, 37), "late"],
    ["whose last import was taken back", [...nights(5, 40), { hoursAgo: 2, undone: true }], "late"],
    ["that came twice, long ago", nights(2, 9999), "well"],
    ["that comes three times a night", threeANight(20, 4), "well"],
    ["that came three times a night, and missed one", threeANight(20, 40), "late"],
    ["that comes on weekdays, on Sunday", weekdays(48), "well"],
    ["that came on weekdays, on Thursday", weekdays(24 * 6), "late"],
    ["with one outage of a month behind it", [{ hoursAgo: 2000 }, ...nights(20, 40)], "late"],
    ["that was only looked at since", [...nights(4), { hoursAgo: 1, kind: "trial" }], "well"],
  ])("%s", (_name, past, state) => {
    expect(states(past).map((one) => one.state)).toEqual([state]);
  });

  it("is named beside the others, whether configured or come", () => {
    const found = states(
      [
        { hoursAgo: 3, source: "b" },
        { hoursAgo: 2, source: "" },
      ],
      ["c", "b"],
    );
    expect(found.map(({ foreignSource, state }) => [foreignSource, state])).toEqual([
      ["", "well"],
      ["b", "well"],
      ["c", "never"],
    ]);
  });
});

function threeANight(count: number, last: number): Past[] {
  return nights(count, last).flatMap(({ hoursAgo }) =>
    [0.2, 0.1, 0].map((more) => ({ hoursAgo: hoursAgo + more })),
  );
}

/** Five nights a week for some weeks, the last of them a Friday. */
function weekdays(sinceFriday: number): Past[] {
  return nights(28, sinceFriday).filter((_, i) => (27 - i) % 7 < 5);
}

describe("the page of all sources", () => {
  it("says at its head how many ask for somebody, and in a row how each stands", () => {
    const past = [...nights(5, 60), { hoursAgo: 2, source: "hourly", read: 4321 }];
    const page = sourcesPage(states(past, ["vendor", "new"]), NOW);
    const [head, overview] = page.split('<section aria-labelledby="sources">');
    expect(textOf(head)).toContain("1 of 3 sources late or failed");
    const rows = overview
      .split("</table>")[0]
      .split("<tr")
      .map((row) => textOf(`<${row}`).trim());
    const row = (name: string) => rows.find((one) => one.startsWith(name));
    expect(row("vendor")).toMatch(/^vendor late 2026-02-26 18:00 60 hours ago 24 hours 100 0 0/);
    expect(row("new")).toContain("has not come yet");
    expect(row("hourly")).toContain("4,321");
  });

  it("is well-formed whatever sources are called, and asks for nothing", () => {
    const name = fc.string({ unit: fc.constantFrom(..."<>&\"'a\n\u001b;/é") });
    fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: 4 }), (sources) => {
        const past = sources.map((source, i) => ({ hoursAgo: 5 - i, source }));
        const page = sourcesPage(states(past, []), NOW);
        const elements = elementsOf(page);
        const sections = elements.filter((element) => element.name === "section");
        expect(sections.length).toBe(1 + sources.length);
        expect(elements.filter((element) => /^(script|img|iframe)$/.test(element.name))).toEqual(
          [],
        );
      }),
      { numRuns: 50 },
    );
  });
});
