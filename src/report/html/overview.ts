/** The head of the page: which run, how it ended, what became of its records, where things are. */

import { OUTCOMES, type Outcome } from "../../store/model/totals.js";
import { undoCounts } from "../run-text.js";
import { grouped, rate } from "../summary.js";
import { type Bar, barChart } from "./charts.js";
import { html, type Markup, type Shown } from "./markup.js";
import type { RunReport } from "./run-report.js";
import { type Section, section } from "./section.js";
import { table } from "./tables.js";

const TONES: Partial<Record<Outcome, Bar["tone"]>> = {
  rejected: "alert",
  deleted: "warn",
  ignored: "quiet",
  unchanged: "quiet",
};

/** Runs of other kinds than imports, by their commands. */
const KINDS: ReadonlyMap<string, string> = new Map([
  ["undo", "Undo"],
  ["review", "Review"],
  ["sweep", "Sweep"],
]);

/** The head of the page: what kind of run it was, when, how long, and how it ended. */
export function headOf(report: RunReport): Markup {
  const { summary, command, startedAt, undoneBy, undoes } = report;
  const kind = summary.dryRun ? "Dry run" : (KINDS.get(command) ?? "Import run");
  return html`<header><h1>${kind} <span class="run">${summary.run}</span></h1>
<p>Started ${startedAt.replace("T", " ").replace("Z", " UTC")}, took ${duration(summary.seconds)}.</p>
${verdict(report)}
${undoes === null ? null : html`<p>This run took back <code>${undoes}</code>.</p>`}
${undoneBy === null ? null : html`<p class="banner warn">Its work has been taken back by run <code>${undoneBy}</code>.</p>`}
${summary.dryRun ? html`<p>Nothing was changed: this is what would happen.</p>` : null}
${summary.rolledBack ? html`<p>Nothing of this was kept: the import was to be whole (--atomic), and was taken back.</p>` : null}</header>`;
}

function verdict({ status, exitStatus, meaning, failure }: RunReport): Markup {
  const tone = exitStatus === 0 ? "good" : status === "done" ? "warn" : "alert";
  const exit = exitStatus === null ? "no exit status" : `exit status ${exitStatus}`;
  return html`<p class="banner ${tone}"><strong>${status}</strong>, ${exit}${meaning === "" ? null : `: ${meaning}`}.</p>
${failure === null ? null : html`<p class="banner ${tone}">${failure.message}. ${failure.advice}</p>`}`;
}

/** `0.4 s`, `12.3 s`, `1 h 02 min`. */
function duration(seconds: number): string {
  if (seconds < 120) return `${seconds.toFixed(1)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}

/** How many records came to what; of an undo, what became of the rows. */
export function outcomeSection({ summary, command }: RunReport): Section {
  const { totals, seconds } = summary;
  if (totals.undone) {
    return section(
      "outcomes",
      "What became of the rows",
      html`<p>${undoCounts(totals.undone)}.</p>`,
    );
  }
  const [unit, read] = command === "sweep" ? ["rows", "compared"] : ["records", "read"];
  const facts: [string, Shown][] = [
    [`${unit} ${read}`, grouped(totals.recordsRead)],
    [`${unit} a second`, grouped(rate(totals.recordsRead, seconds))],
    ["duplicates removed", grouped(totals.duplicatesRemoved)],
    ["absent rows removed", grouped(totals.absentRemoved)],
    ["repairs", grouped(sumOf(totals.repairs))],
    ["warnings", grouped(sumOf(totals.warnings))],
  ];
  const bars = OUTCOMES.map((label) => ({
    label,
    count: totals.outcomes[label],
    tone: TONES[label],
  })).map(({ tone, ...bar }) => (tone ? { ...bar, tone } : bar));
  return section(
    "outcomes",
    `What became of the ${unit}`,
    html`<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
${barChart({ id: "outcome", title: "Outcomes", unit, bars })}`,
  );
}

function sumOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** The files that were read, and where the rest is to be found. */
export function placesSection({ summary, foreignSource }: RunReport): Section {
  const { files, config, database, log, rejectsFile } = summary;
  const places: [string, string][] = [
    ["configuration", config],
    ["foreign_source", foreignSource === "" ? "none: local records" : foreignSource],
    ["database", database],
    ["log", log ?? "none (verbosity 0)"],
    ["rejected records", rejectsFile ?? "none"],
    ...(rejectsFile === null
      ? []
      : [["reasons of the rejects", rejectsFile.replace(/\.mrc$/, ".jsonl")] as [string, string]]),
  ];
  const read = table({
    caption: "Files read",
    cards: true,
    columns: [
      { title: "file" },
      { title: "bytes", number: true },
      { title: "records", number: true },
    ],
    rows: files.map(({ path, bytes, recordsRead }) => [
      html`<span class="path">${path}</span>`,
      bytes === null ? "a pipe" : grouped(bytes),
      grouped(recordsRead),
    ]),
  });
  return section(
    "places",
    "Files",
    html`${files.length === 0 ? null : read}
<dl class="places">${places.map(([name, value]) => html`<dt>${name}</dt><dd class="path">${value}</dd>`)}</dl>`,
  );
}
