/** What somebody should look at: rejects, repairs, warnings, ignored records, each with examples. */

import { codeEntry } from "../../diagnostics/catalogue.js";
import type { FindingExample, IgnoredExample, RunExamples } from "../../store/run-statistics.js";
import type { Totals } from "../../store/runs.js";
import { grouped, html, type Markup } from "./markup.js";
import { ignoredName } from "./names.js";

/** Sections for whatever there was. */
export function findingSections(totals: Totals, examples: RunExamples): Markup[] {
  return [
    codes("rejected", "Rejected records", totals.rejects, examples),
    ignored(totals.ignoredBecause, examples),
    codes("repaired", "Repairs", totals.repairs, examples),
    codes("warned", "Warnings", totals.warnings, examples),
  ].filter((section) => section !== null);
}

function codes(
  id: string,
  title: string,
  counts: Readonly<Record<string, number>>,
  { findings }: RunExamples,
): Markup | null {
  const sorted = Object.entries(counts).sort(([, a], [, b]) => b - a);
  if (sorted.length === 0) return null;
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>
${sorted.map(([code, count]) => finding(code, count, findings[code] ?? []))}</section>`;
}

function finding(code: string, count: number, examples: readonly FindingExample[]): Markup {
  const { message, advice } = codeEntry(code);
  return html`<article class="finding">
<h3><span class="code">${code}</span> ${message} <span class="count">${grouped(count)}</span></h3>
<p>${advice}</p>
${firstOnes(count, examples.map(exampleLine))}</article>
`;
}

function firstOnes(count: number, lines: readonly Markup[]): Markup | null {
  if (lines.length === 0) return null;
  const told = lines.length < count ? `The first ${lines.length}:` : "In full:";
  return html`<p class="told">${told}</p><ul class="examples">${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
}

function exampleLine({ field, found, expected, ...placed }: FindingExample): Markup {
  return html`${placeOf(placed)}${field === null ? null : html`, field <code>${field}</code>`}${found === null ? null : html`, found <code>${found}</code>`}${expected === null ? null : html`, expected <code>${expected}</code>`}`;
}

function placeOf({
  file,
  number,
  offset,
  controlNumber,
}: Omit<FindingExample, "field" | "found" | "expected">): Markup {
  const id = controlNumber === "" ? null : html`, 001 <code>${controlNumber}</code>`;
  return html`<span class="path">${file}</span> record ${grouped(number)} at byte ${grouped(offset)}${id}`;
}

function ignored(
  counts: Readonly<Record<string, number>>,
  { ignored: examples }: RunExamples,
): Markup | null {
  const sorted = Object.entries(counts).sort(([, a], [, b]) => b - a);
  if (sorted.length === 0) return null;
  return html`<section aria-labelledby="ignored"><h2 id="ignored">Ignored records</h2>
${sorted.map(
  ([reason, count]) => html`<article class="finding">
<h3>${ignoredName(reason)} <span class="count">${grouped(count)}</span></h3>
${firstOnes(count, (examples[reason] ?? []).map(ignoredLine))}</article>
`,
)}</section>`;
}

function ignoredLine({ title, reason, ...placed }: IgnoredExample): Markup {
  return html`${placeOf(placed)}${title === "" ? null : html`, <q>${title}</q>`}: ${reason}`;
}
