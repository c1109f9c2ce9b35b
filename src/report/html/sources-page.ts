/** The page of one's own jobs: how each source stands, and what it has brought over time. */

import { OUTCOMES, type Totals } from "../../store/model/totals.js";
import type { PastRun } from "../run-text.js";
import type { SourceState, State } from "../source-states.js";
import { grouped } from "../summary.js";
import { type Bar, columnChart } from "./charts.js";
import { html, type Markup, type Shown } from "./markup.js";
import { type Section, section } from "./section.js";
import { pageText } from "./shell.js";
import { table } from "./tables.js";

/** Runs of a source that are drawn, and that are listed. */
const DRAWN = 30;
const LISTED = 10;
/** What stands for a figure that there is none of. */
const NOTHING = "–";
const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** What is said of a state, and how much it asks for somebody. */
const WORDS: Readonly<Record<State, readonly [words: string, tone: "good" | "warn" | "alert"]>> = {
  well: ["well", "good"],
  running: ["running now", "good"],
  rejects: ["done, with rejects", "warn"],
  late: ["late", "alert"],
  failed: ["the last run failed", "alert"],
  interrupted: ["the last run was interrupted", "alert"],
  never: ["has not come yet", "warn"],
};

/**
 * The page as text.
 *
 * @param states of one database or several
 * @param now milliseconds since 1970
 */
export function sourcesPage(states: readonly SourceState[], now: number): string {
  const many = new Set(states.map(({ database }) => database)).size > 1;
  return pageText({
    title: `Imports: ${verdictOf(states)}`,
    head: headOf(states, now),
    sections: [
      overview(states, now, many),
      ...states.map((state, i) => sourceSection(state, i, many)),
    ],
    footer:
      "Written by MARC_import. A source is late when it has not come for one and a half times as long as it usually takes.",
  });
}

function verdictOf(states: readonly SourceState[]): string {
  const bad = states.filter(({ state }) => WORDS[state][1] === "alert").length;
  const of = `${states.length} ${states.length === 1 ? "source" : "sources"}`;
  return bad === 0 ? `${of}, none late or failed` : `${bad} of ${of} late or failed`;
}

function headOf(states: readonly SourceState[], now: number): Markup {
  const tones = states.map(({ state }) => WORDS[state][1]);
  const tone = tones.includes("alert") ? "alert" : tones.includes("warn") ? "warn" : "good";
  const databases = [...new Set(states.map(({ database }) => database))];
  return html`<header><h1>Imports</h1>
<p>As of ${timeText(new Date(now).toISOString())} UTC, in ${databases.map((path, i) => html`${i > 0 ? ", " : null}<span class="path">${path}</span>`)}.</p>
<p class="banner ${tone}"><strong>${verdictOf(states)}</strong></p></header>`;
}

function overview(states: readonly SourceState[], now: number, many: boolean): Section {
  return section(
    "sources",
    "Sources",
    table({
      caption: "How each source stands",
      hideCaption: true,
      cards: true,
      columns: [
        { title: "source" },
        { title: "state" },
        { title: "last success (UTC)" },
        { title: "usually every" },
        { title: "records", number: true },
        { title: "rows changed", number: true },
        { title: "rejected", number: true },
      ],
      rows: states.map((state, i) => overviewRow(state, i, { now, many })),
    }),
  );
}

function overviewRow(
  { foreignSource, database, state, lastSuccess, usualPause }: SourceState,
  i: number,
  { now, many }: { readonly now: number; readonly many: boolean },
): Shown[] {
  const [words, tone] = WORDS[state];
  const totals = lastSuccess?.record.totals;
  return [
    html`<a href="#source-${i}">${nameOf(foreignSource)}</a>${many ? html`<span class="where path">${database}</span>` : null}`,
    html`<span class="state ${tone}">${words}</span>`,
    lastSuccess === null
      ? "none"
      : html`${timeOf(lastSuccess)}<span class="where">${ago(lastSuccess, now)}</span>`,
    usualPause === null ? "not known yet" : spanText(usualPause),
    totals === undefined ? NOTHING : grouped(totals.recordsRead),
    totals === undefined ? NOTHING : grouped(changedBy(totals)),
    totals === undefined ? NOTHING : grouped(totals.outcomes.rejected),
  ];
}

function sourceSection(state: SourceState, i: number, many: boolean): Section {
  const { foreignSource, database, runs } = state;
  const drawn = runs.slice(-DRAWN);
  const name = nameOf(foreignSource);
  const charts = [
    chart(`read-${i}`, "Records read", "records", drawn, ({ recordsRead }) => recordsRead),
    chart(`changed-${i}`, "Rows changed", "rows", drawn, changedBy),
  ];
  const content = html`${many ? html`<p class="path">${database}</p>` : null}
${runs.length > 1 && html`<div class="charts">${charts}</div>`}
${runs.length === 0 ? html`<p>No import yet.</p>` : runsTable(name, runs.slice(-LISTED).toReversed())}`;
  return section(`source-${i}`, name, content);
}

function chart(
  id: string,
  title: string,
  unit: string,
  runs: readonly PastRun[],
  count: (totals: Totals) => number,
): Markup {
  const bars = runs.map(
    ({ record }): Bar => ({ label: record.startedAt.slice(5, 10), count: count(record.totals) }),
  );
  const note = `by run, the last ${runs.length}`;
  return columnChart({ id, title, unit, bars, note });
}

function runsTable(name: string, runs: readonly PastRun[]): Markup {
  return table({
    caption: `The last runs of ${name}`,
    cards: true,
    columns: [
      { title: "started (UTC), run" },
      { title: "ended" },
      { title: "read", number: true },
      ...OUTCOMES.map((title) => ({ title, number: true })),
    ],
    rows: runs.map((run) => [
      html`${timeOf(run)}<span class="where"><span class="run whole">${run.record.run}</span></span>`,
      endOf(run),
      grouped(run.record.totals.recordsRead),
      ...OUTCOMES.map((outcome) => grouped(run.record.totals.outcomes[outcome])),
    ]),
  });
}

/** How a run ended, the exit status where that says more, and whether it was taken back. */
function endOf({ record: { exitStatus }, status, undoneBy }: PastRun): Markup {
  return html`<span class="whole">${status}</span>${
    exitStatus ? html`<span class="where whole">exit status ${exitStatus}</span>` : null
  }${undoneBy === null ? null : html`<span class="where">taken back</span>`}`;
}

function nameOf(foreignSource: string): string {
  return foreignSource === "" ? "local records" : foreignSource;
}

function changedBy({ outcomes }: Totals): number {
  return outcomes.created + outcomes.updated + outcomes.merged + outcomes.deleted;
}

/** `2026-01-02 03:04`, in UTC. */
function timeText(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 16)}`;
}

function timeOf({ record }: PastRun): Markup {
  return html`<span class="whole">${timeText(record.startedAt)}</span>`;
}

function ago({ record }: PastRun, now: number): string {
  const seconds = (now - Date.parse(record.startedAt)) / 1000;
  return seconds < MINUTE ? "just now" : `${spanText(seconds)} ago`;
}

/** `5 minutes`, `26 hours`, `12 days`: in the largest unit of which there are three. */
function spanText(seconds: number): string {
  const [unit, size] = (
    [
      ["day", DAY],
      ["hour", HOUR],
      ["minute", MINUTE],
    ] as const
  ).find(([, length]) => seconds >= 3 * length) ?? ["minute", MINUTE];
  const count = Math.max(1, Math.round(seconds / size));
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
