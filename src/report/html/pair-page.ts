/** Possible duplicates, both rows of each pair side by side: no script, nothing from elsewhere. */

import type { ShownPair } from "../pair-text.js";
import { grouped } from "../summary.js";
import { html, type Markup } from "./markup.js";
import { standAlone } from "./shell.js";
import { table } from "./tables.js";

/**
 * The page as text, in UTF-8 when written.
 *
 * @param columns in the order in which they are shown
 */
export function pairPage(
  { pairs, more }: { readonly pairs: readonly ShownPair[]; readonly more: number },
  columns: readonly string[],
): string {
  const title = "Possible duplicates";
  const body = html`<header><h1>${title}</h1>
<p>${grouped(pairs.length)} of ${grouped(pairs.length + more)} pairs that wait for a decision. Under each stands what to write into a file for <code>MARC_import review CONFIG --decisions FILE</code>: one of the two lines.</p></header>
<main>
${pairs.map((pair) => pairSection(pair, columns))}</main>
<footer><p>Written by MARC_import. Texts from records are shown as they were imported, control characters spelt out.</p></footer>`;
  return standAlone(title, body);
}

function pairSection({ rows, grounds }: ShownPair, columns: readonly string[]): Markup {
  const [one, other] = rows;
  const id = `pair-${one.recordId}-${other.recordId}`;
  const source = { name: "source", values: rows.map((row) => row.foreignSource || "local") };
  const number = { name: "id", values: rows.map((row) => row.foreignId) };
  const filled = columns
    .map((name) => ({ name, values: rows.map((row) => row.values[name] ?? "") }))
    .filter(({ values }) => values.some((value) => value !== ""));
  return html`<section aria-labelledby="${id}"><h2 id="${id}">record_id ${one.recordId} and ${other.recordId}</h2>
<p>${grounds}</p>
${table({
  caption: "Both rows, by column",
  hideCaption: true,
  columns: [
    { title: "column", width: 16 },
    { title: `record_id ${one.recordId}`, width: 42 },
    { title: `record_id ${other.recordId}`, width: 42 },
  ],
  rows: [source, number, ...filled].map(({ name, values: [a, b] }) =>
    a === b ? [name, a, "the same"] : [name, a, b],
  ),
})}
<pre>same ${one.recordId} ${other.recordId}
different ${one.recordId} ${other.recordId}</pre></section>
`;
}
