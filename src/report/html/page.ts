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
import { PAGE_STYLE } from "./style.js";
import { timeSection } from "./time.js";

/** The page as text, in UTF-8 when written. */
export function reportPage(report: RunReport): string {
  const { summary, statistics } = report;
  const { totals } = summary;
  const examples = statistics?.examples;
  const sections = [
    outcomeSection(report),
    ...(examples ? findingSections(totals, examples) : []),
    duplicateSection(totals, examples?.duplicates ?? []),
    statistics && recordCharts(statistics.counts, totals.recordsRead),
    statistics && ruleSection(statistics),
    statistics && timeSection(statistics.counts),
    placesSection(report),
  ];
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
<main>
${sections}
</main>
<footer><p>Written by MARC_import. Texts from records are shown as they were imported, control characters spelt out.</p></footer>
</body>
</html>
`.text;
}
