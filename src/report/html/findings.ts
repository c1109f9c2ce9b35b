/** What somebody should look at: rejects, repairs, warnings, ignored records, each with examples. */

import { codeEntry } from "../../diagnostics/catalogue.js";
import type {
  FindingExample,
  IgnoredExample,
  RunExamples,
} from "../../store/model/run-statistics.js";
import type { Totals } from "../../store/model/totals.js";
import { grouped } from "../summary.js";
import { ignoredName, kindsText } from "../totals-words.js";
import { html, type Markup } from "./markup.js";
import { type FileNames, type Section, section } from "./section.js";

/** Sections for whatever there was. */
export function findingSections(
  totals: Totals,
  examples: RunExamples,
  names: FileNames,
): (Section | null)[] {
  return [
    codes("rejected", "Rejected records", totals.rejects, { examples, names }),
    ignored(totals, { examples, names }),
    codes("repaired", "Repairs", totals.repairs, { examples, names }),
    codes("warned", "Warnings", totals.warnings, { examples, names }),
  ];
}

/** The examples of a run, and how their files are named. */
interface Told {
  readonly examples: RunExamples;
  readonly names: FileNames;
}

function codes(
  id: string,
  title: string,
  counts: Readonly<Record<string, number>>,
  { examples, names }: Told,
): Section | null {
  const sorted = Object.entries(counts).sort(([, a], [, b]) => b - a);
  if (sorted.length === 0) return null;
  return section(
    id,
    title,
    sorted.map(([code, count]) => {
      const lines = (examples.findings[code] ?? []).map((one) => exampleLine(one, names));
      return finding(code, count, lines);
    }),
  );
}

function finding(code: string, count: number, examples: readonly Markup[]): Markup {
  const { message, advice } = codeEntry(code);
  return html`<article class="finding">
<h3><span class="code">${code}</span> ${message} <span class="count">${grouped(count)}</span></h3>
<p>${advice}</p>
${firstOnes(count, examples)}</article>
`;
}

function firstOnes(count: number, lines: readonly Markup[]): Markup | null {
  if (lines.length === 0) return null;
  const told =
    lines.length < count
      ? lines.length === 1
        ? "The first:"
        : `The first ${lines.length}:`
      : "In full:";
  return html`<p class="told">${told}</p><ul class="examples">${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
}

function exampleLine(
  { field, found, expected, ...placed }: FindingExample,
  names: FileNames,
): Markup {
  return html`${placeOf(placed, names)}${field === null ? null : html`, field <code>${field}</code>`}${found === null ? null : html`, found <code>${found}</code>`}${expected === null ? null : html`, expected <code>${expected}</code>`}`;
}

function placeOf({ file, number, offset, controlNumber }: Placed, names: FileNames): Markup {
  if (file === "") return html`at the end of the full load`;
  const id = controlNumber === "" ? null : html`, 001 <code>${controlNumber}</code>`;
  const record = number === 0 ? null : html` record ${grouped(number)}`;
  return html`<span class="path">${names(file)}</span>${record}${offset === null ? "" : ` at byte ${grouped(offset)}`}${id}`;
}

type Placed = Pick<FindingExample, "file" | "number" | "offset" | "controlNumber">;

function ignored(
  { ignoredBecause, ignoredKinds }: Pick<Totals, "ignoredBecause" | "ignoredKinds">,
  { examples, names }: Told,
): Section | null {
  const sorted = Object.entries(ignoredBecause).sort(([, a], [, b]) => b - a);
  if (sorted.length === 0) return null;
  return section(
    "ignored",
    "Ignored records",
    sorted.map(([reason, count]) => {
      const lines = (examples.ignored[reason] ?? []).map((one) => ignoredLine(one, names));
      return html`<article class="finding">
<h3>${ignoredName(reason)}${reason === "record-type" ? kindsText(ignoredKinds) : ""} <span class="count">${grouped(count)}</span></h3>
${firstOnes(count, lines)}</article>
`;
    }),
  );
}

function ignoredLine({ title, reason, ...placed }: IgnoredExample, names: FileNames): Markup {
  return html`${placeOf(placed, names)}${title === "" ? null : html`, <q>${title}</q>`}: ${reason}`;
}
