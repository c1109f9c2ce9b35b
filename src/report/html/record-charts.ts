/** What the records of a run are: type, language, decade, encoding. */

import type { ContentCounts, Counts } from "../../store/model/run-statistics.js";
import { grouped } from "../summary.js";
import { type Bar, barChart, columnChart } from "./charts.js";
import { html, type Markup } from "./markup.js";
import { encodingName, languageName, typeName } from "./names.js";
import { type Section, section } from "./section.js";

/** Bars of one plot; what is rarer is counted together. */
const MOST_BARS = 10;
/** Columns of the plot of decades; earlier ones are counted together. */
const MOST_DECADES = 24;

/**
 * The section, or nothing if no record was looked into.
 *
 * @param year of the run: what claims to be from long after it is a slip
 */
export function recordCharts(
  counts: ContentCounts,
  recordsRead: number,
  year: number,
): Section | null {
  if (counts.described === 0) return null;
  const { described } = counts;
  const missing = recordsRead - described;
  return section(
    "records",
    "What the records are",
    html`${missing > 0 ? html`<p>The plots cover ${grouped(described)} of ${grouped(recordsRead)} records; the others were rejected, or stood in a portion that a limit has cut short.</p>` : null}
<div class="charts">
${bars("types", "Type of record", "leader/06", counts.types, typeName)}
${bars("languages", "Language", "008/35-37", counts.languages, languageName)}
${decades(counts.decades, year)}
${bars("encodings", "Encoding of the text", "as it was read", counts.encodings, encodingName)}
</div>`,
  );
}

function bars(
  id: string,
  title: string,
  note: string,
  counts: Counts,
  name: (key: string) => string,
): Markup {
  const all = Object.entries(counts).sort(([, a], [, b]) => b - a);
  const shown = all.length > MOST_BARS ? all.slice(0, MOST_BARS - 1) : all;
  const rest = all.slice(shown.length);
  const list: Bar[] = shown.map(([key, count]) => ({ label: name(key), count, ...toneOf(key) }));
  if (rest.length > 0) {
    const count = rest.reduce((sum, [, one]) => sum + one, 0);
    list.push({ label: `${rest.length} others`, count, tone: "quiet" });
  }
  return barChart({ id, title, note, unit: "records", bars: list });
}

function toneOf(key: string): Pick<Bar, "tone"> {
  return key === "none" || key === "other" ? { tone: "quiet" } : {};
}

function decades(counts: Counts, year: number): Markup | null {
  const known = Object.entries(counts)
    .filter(([key]) => key !== "none")
    .map(([key, count]) => ({ decade: Number(key), count }))
    .filter(({ decade }) => decade <= Math.floor(year / 10) + 1)
    .sort((a, b) => a.decade - b.decade);
  const whole = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const last = known.at(-1)?.decade;
  if (last === undefined) return null;
  const first = Math.max(known[0].decade, last - MOST_DECADES + 1);
  const early = known.filter(({ decade }) => decade < first);
  const columns: Bar[] = [];
  if (early.length > 0) {
    const count = early.reduce((sum, one) => sum + one.count, 0);
    columns.push({ label: `<${first}0`, count });
  }
  for (let decade = first; decade <= last; decade++) {
    const count = counts[String(decade).padStart(3, "0")] ?? 0;
    columns.push({ label: `${decade}0s`, count });
  }
  const unknown = known.reduce((rest, { count }) => rest - count, whole);
  const note = unknown > 0 ? `008/07-10; no usable year in ${grouped(unknown)}` : "008/07-10";
  const chart = { id: "decades", title: "Decade of publication", note, unit: "records" };
  return columnChart({ ...chart, bars: columns, whole });
}
