/** The report of a run as one page. */

import { duplicateSection } from "./duplicates.js";
import { findingSections } from "./findings.js";
import { headOf, outcomeSection, placesSection } from "./overview.js";
import { recordCharts } from "./record-charts.js";
import { ruleSection } from "./rules.js";
import type { RunReport } from "./run-report.js";
import { fileNames } from "./section.js";
import { pageText } from "./shell.js";
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
    duplicateSection(totals, examples, names),
    statistics && ruleSection(statistics),
    statistics && timeSection(statistics.counts),
  ].filter((section) => section !== null);
  return pageText({
    title: `${summary.run}: ${report.status}`,
    head: headOf(report),
    sections,
    footer:
      "Written by MARC_import. Texts from records are shown as they were imported, control characters spelt out.",
  });
}

function yearOf({ startedAt }: RunReport): number {
  return Number(startedAt.slice(0, 4));
}
