/** What the records of a run are: type, language, decade, encoding. */

import type { ContentCounts, Counts } from "../../store/run-statistics.js";
import { type Bar, barChart, columnChart } from "./charts.js";
import { grouped, html, type Markup } from "./markup.js";
import { encodingName, languageName, typeName } from "./names.js";

/** Bars of one plot; what is rarer is counted together. */
const MOST_BARS = 10;
/** Columns of the plot of decades; earlier ones are counted together. */
const MOST_DECADES = 24;

/** The section, or nothing if no record was looked into. */
export function recordCharts(counts: ContentCounts, recordsRead: number): Markup | null {
  if (counts.described === 0) return null;
  const { described } = counts;
  const missing = recordsRead - described;
  return html`<section aria-labelledby="records"><h2 id="records">What the records are</h2>
${missing > 0 ? html`<p>The plots cover ${grouped(described)} of ${grouped(recordsRead)} records; the others were rejected, or stood in a portion that a limit has cut short.</p>` : null}
<div class="charts">
${bars("types", "Type of record", "leader/06", counts.types, typeName)}
${bars("languages", "Language", "008/35-37", counts.languages, languageName)}
${decades(counts.decades)}
${bars("encodings", "Encoding of the text", "as it was read", counts.encodings, encodingName)}
</div></section>`;
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

function decades(counts: Counts): Markup | null {
  const known = Object.entries(counts)
    .filter(([key]) => key !== "none")
    .map(([key, count]) => ({ decade: Number(key), count }))
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
  const unknown = counts.none ?? 0;
  const note = unknown > 0 ? `008/07-10; not stated in ${grouped(unknown)}` : "008/07-10";
  const chart = { id: "decades", title: "Decade of publication", note, unit: "records" };
  return columnChart({ ...chart, bars: columns, whole });
}
