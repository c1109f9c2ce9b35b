/**
 * Plots as inline SVG. Positions are percentages and letters are not scaled, so that a plot reads
 * the same on a phone, on a screen and on paper.
 */

import { grouped } from "../summary.js";
import { html, type Markup, percent } from "./markup.js";
import { table } from "./tables.js";

/** One bar. */
export interface Bar {
  readonly label: string;
  readonly count: number;
  /** How it is coloured beside its label; plain if absent. */
  readonly tone?: "alert" | "warn" | "quiet";
}

interface Chart {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string;
  /** What the bars count: `records`. */
  readonly unit: string;
  readonly bars: readonly Bar[];
  /** What the shares are shares of; the sum of the bars if absent. */
  readonly whole?: number;
  readonly note?: string;
  /** How a count is written; grouped digits if absent. */
  readonly write?: (count: number) => string;
}

const ROW = 38;
const BAR_TOP = 21;
const BAR_HEIGHT = 10;
/** Percent: three rejects among a million records are seen, too. */
const LEAST = 0.3;

/** Horizontal bars under their labels, in the order given, each on a track that stands for the whole. */
export function barChart(chart: Chart): Markup {
  const { bars } = chart;
  const whole = Math.max(1, wholeOf(chart));
  const rows = bars.map(({ label, count, tone }, i) => {
    const y = i * ROW;
    const width = count === 0 ? 0 : Math.min(100, Math.max(LEAST, (count / whole) * 100));
    return html`<text x="0" y="${y + 15}">${label}</text><text class="value" x="100%" y="${y + 15}">${figure(chart, count)}</text><rect class="track" x="0" y="${y + BAR_TOP}" width="100%" height="${BAR_HEIGHT}" rx="2"/><rect class="bar ${tone ?? "plain"}" x="0" y="${y + BAR_TOP}" width="${width.toFixed(2)}%" height="${BAR_HEIGHT}" rx="2"/>`;
  });
  return figureOf(chart, bars.length * ROW, rows);
}

const COLUMNS_HEIGHT = 190;
const COLUMNS_TOP = 18;
const COLUMNS_BOTTOM = 24;
/** Labels under the columns stand so far apart that they never meet on a narrow screen. */
const MOST_LABELS = 6;

/** Columns side by side, for what has an order, such as years. */
export function columnChart(chart: Chart): Markup {
  const { bars } = chart;
  const most = Math.max(1, ...bars.map(({ count }) => count));
  const room = COLUMNS_HEIGHT - COLUMNS_TOP - COLUMNS_BOTTOM;
  const step = Math.ceil(bars.length / MOST_LABELS);
  const columns = bars.map(({ label, count }, i) => {
    const height = count === 0 ? 0 : Math.max(1, (count / most) * room);
    const left = (i / bars.length) * 100;
    const middle = ((i + 0.5) / bars.length) * 100;
    const y = COLUMNS_HEIGHT - COLUMNS_BOTTOM - height;
    // A label that stands over the edge of the plot would be cut off.
    const anchor = middle < 8 ? "start" : middle > 92 ? "end" : "middle";
    const at = anchor === "start" ? 0 : anchor === "end" ? 100 : middle;
    const named =
      i % step === 0 &&
      html`<text class="under ${anchor}" x="${at.toFixed(2)}%" y="${COLUMNS_HEIGHT - 6}">${label}</text>`;
    return html`<rect class="bar plain" x="${(left + 8 / bars.length).toFixed(2)}%" y="${y.toFixed(1)}" width="${(84 / bars.length).toFixed(2)}%" height="${height.toFixed(1)}"><title>${label}: ${figure(chart, count)}</title></rect>${named}`;
  });
  const top = html`<text class="value" x="100%" y="12">highest: ${grouped(most)}</text>`;
  const ground = COLUMNS_HEIGHT - COLUMNS_BOTTOM + 0.5;
  const line = html`<line class="axis" x1="0" x2="100%" y1="${ground}" y2="${ground}"/>`;
  return figureOf(chart, COLUMNS_HEIGHT, [top, ...columns, line]);
}

function figure(chart: Chart, count: number): string {
  const written = (chart.write ?? grouped)(count);
  return `${written} (${percent(count, wholeOf(chart))})`;
}

function wholeOf({ whole, bars }: Chart): number {
  return whole ?? bars.reduce((sum, { count }) => sum + count, 0);
}

function figureOf(chart: Chart, height: number, content: readonly Markup[]): Markup {
  const { id, title, unit, bars, note } = chart;
  const most = bars.reduce<Bar | null>((a, b) => (a && a.count >= b.count ? a : b), null);
  const told = most ? `${most.label} has most: ${figure(chart, most.count)}.` : "";
  return html`<figure class="chart">
<figcaption id="${id}-caption">${title}${note ? html` <span class="note">${note}</span>` : null}</figcaption>
<svg role="img" aria-labelledby="${id}-title ${id}-desc" width="100%" height="${height}">
<title id="${id}-title">${title}</title><desc id="${id}-desc">Bars for ${bars.length} values, in ${unit}. ${told} The table below has all figures.</desc>
<g aria-hidden="true">${content}</g>
</svg>
<details><summary>${title} as a table</summary>${figures(chart)}</details>
</figure>`;
}

function figures(chart: Chart): Markup {
  const write = chart.write ?? grouped;
  return table({
    caption: chart.title,
    hideCaption: true,
    columns: [
      { title: "value" },
      { title: chart.unit, number: true },
      { title: "share", number: true },
    ],
    rows: chart.bars.map(({ label, count }) => [
      label,
      write(count),
      percent(count, wholeOf(chart)),
    ]),
  });
}
