/**
 * The report of a run as one page: no script, nothing from elsewhere, so that it can be mailed, kept
 * and printed. Its policy forbids the browser to load anything at all.
 */

import { duplicateSection } from "./duplicates.js";
import { findingSections } from "./findings.js";
import { html, Markup } from "./markup.js";
import { headOf, outcomeSection, placesSection } from "./overview.js";
import { recordCharts } from "./record-charts.js";
import { ruleSection } from "./rules.js";
import type { RunReport } from "./run-report.js";
import { fileNames } from "./section.js";
import { PAGE_STYLE } from "./style.js";
import { timeSection } from "./time.js";

/** The page as text, in UTF-8 when written. */
export function reportPage(report: RunReport): string {
  const { summary, statistics } = report;
  const { totals } = summary;
  const examples = statistics?.examples;
  const names = fileNames(summary.files.map(({ path }) => path));
  const sections = [
    outcomeSection(report),
    placesSection(report),
    ...(examples ? findingSections(totals, examples, names) : []),
    statistics && recordCharts(statistics.counts, totals.recordsRead, yearOf(report)),
    duplicateSection(totals, examples?.duplicates ?? [], names),
    statistics && ruleSection(statistics),
    statistics && timeSection(statistics.counts),
  ].filter((section) => section !== null);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<link rel="icon" href="data:,">
<title>${summary.run}: ${report.status}</title>
<style>${new Markup(PAGE_STYLE)}</style>
</head>
<body>
${headOf(report)}
<nav aria-label="Sections"><ul>${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
<main>
${sections.map(({ markup }) => markup)}</main>
<footer><p>Written by MARC_import. Texts from records are shown as they were imported, control characters spelt out.</p></footer>
</body>
</html>
`.text;
}

function yearOf({ startedAt }: RunReport): number {
  return Number(startedAt.slice(0, 4));
}
