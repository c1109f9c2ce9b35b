/** The duplicates that were found, import and row side by side. */

import type { CloseCall, DuplicateExample, RunExamples } from "../../store/model/run-statistics.js";
import type { Totals } from "../../store/model/totals.js";
import { grouped } from "../summary.js";
import { isNotTaken } from "../totals-words.js";
import { html, type Markup } from "./markup.js";
import { type FileNames, type Section, section } from "./section.js";
import { ROWS_ON_PAPER } from "./style.js";
import { table } from "./tables.js";

/** The section, or nothing if there were no duplicates. */
export function duplicateSection(
  { duplicatesBy, possibleDuplicates }: Totals,
  shown: Pick<RunExamples, "duplicates" | "closest"> | undefined,
  names: FileNames,
): Section | null {
  const examples = shown?.duplicates ?? [];
  const closest = shown?.closest ?? [];

  const sorted = Object.entries(duplicatesBy).sort(([, a], [, b]) => b - a);
  if (sorted.length + possibleDuplicates + closest.length === 0) return null;
  const met = sorted.filter(([key]) => !isNotTaken(key)).reduce((sum, [, count]) => sum + count, 0);
  return section(
    "duplicates",
    "Duplicates found",
    html`${waiting(possibleDuplicates)}${sorted.length === 0 ? null : counts(sorted)}
${examples.length === 0 ? null : pairs(examples, met, names)}
${closest.length === 0 ? null : closestCalls(closest, names)}`,
  );
}

/** What nobody but a person settles. */
function waiting(count: number): Markup | null {
  if (count === 0) return null;
  const what = count === 1 ? "1 pair of rows" : `${grouped(count)} pairs of rows`;
  return html`<p>${what} may be duplicates: both rows stay until somebody says which they are. <code>MARC_import review CONFIG</code> lists them.</p>
`;
}

function counts(sorted: readonly (readonly [key: string, count: number])[]): Markup {
  return table({
    caption: "Records that met a duplicate, by match method and cell of the policy",
    cards: true,
    columns: [
      { title: "method" },
      { title: "policy × priority of the row" },
      { title: "records", number: true },
    ],
    rows: sorted.map(([key, count]) => [...split(key), grouped(count)]),
  });
}

/** `ISBN, KEEP_HIGHER × higher: ignore`. */
function split(key: string): [method: string, cell: string] {
  const comma = key.indexOf(", ");
  return [key.slice(0, comma), key.slice(comma + 2)];
}

function pairs(examples: readonly DuplicateExample[], met: number, names: FileNames): Markup {
  const ofRows = examples.every(({ number }) => number === 0);
  const caption =
    examples.length < met
      ? `The first of them (${examples.length}), with both titles`
      : "All of them, with both titles";
  const shown = table({
    caption,
    cards: true,
    columns: [
      { title: ofRows ? "row that went" : "imported record", width: 38 },
      { title: ofRows ? "row that stays" : "row that it met", width: 37 },
      { title: "what was done", width: 25 },
    ],
    rows: examples.map((one) => [imported(one, names), rowsMet(one), done(one)]),
  });
  if (examples.length <= ROWS_ON_PAPER) return shown;
  return html`<div class="long">${shown}
<p class="note paper">The first ${ROWS_ON_PAPER} of ${examples.length} are printed; a screen shows all of them.</p></div>`;
}

function imported(
  {
    title,
    file,
    number,
    foreignId,
  }: Pick<DuplicateExample, "title" | "file" | "number" | "foreignId">,
  names: FileNames,
): Markup {
  const place = number === 0 ? null : html`${names(file)} record ${grouped(number)}, `;
  return html`<span class="title">${titleOf(title)}</span><span class="where">${place}id ${foreignId === "" ? "none" : foreignId}</span>`;
}

function rowsMet({ rows, more }: Pick<DuplicateExample, "rows" | "more">): Markup {
  return html`${rows.map(
    ({ title, recordId, foreignSource, removed }) =>
      html`<span class="title">${titleOf(title)}</span><span class="where">record_id ${recordId}, ${foreignSource === "" ? "local" : foreignSource}${removed ? ", deleted" : null}</span>`,
  )}${more > 0 ? html`<span class="where">and ${grouped(more)} more</span>` : null}`;
}

function titleOf(title: string): string {
  return title === "" ? "(no title)" : title;
}

function done({ outcome, recordId, method, cell }: DuplicateExample): Markup {
  const row = recordId === null ? null : html` <span class="where">record_id ${recordId}</span>`;
  return html`<strong>${outcome}</strong> by ${method}${row}<span class="where">${cell}</span>`;
}

/** In which order the sides are shown, and what each is. */
const SIDES: readonly (readonly [CloseCall["about"], CloseCall["side"], string])[] = [
  ["same", "above", "only just the same"],
  ["same", "below", "nearly the same"],
  ["possible", "above", "only just possible"],
  ["possible", "below", "nearly possible"],
];

/** Where a point more or less would have changed what came of two records. */
function closestCalls(closest: readonly CloseCall[], names: FileNames): Markup {
  const sorted = SIDES.flatMap(([about, side, words]) =>
    closest
      .filter((one) => one.about === about && one.side === side)
      .map((one) => ({ ...one, words })),
  );
  return table({
    caption:
      "Closest calls of DESCRIPTION: pairs nearest to the points from which they are the same, or possible",
    cards: true,
    columns: [
      { title: "imported record", width: 30 },
      { title: "row", width: 30 },
      { title: "points", width: 40 },
    ],
    rows: sorted.map((one) => [
      imported(one, names),
      rowsMet({ rows: [{ ...one.row, removed: false }], more: 0 }),
      html`<strong>${String(one.points)}</strong>, ${one.words}: ${one.verdict}<span class="where">${one.grounds}</span>`,
    ]),
  });
}
