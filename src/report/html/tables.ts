/** Tables that become cards on a narrow screen and keep their meaning for those who listen. */

import { html, type Markup, type Shown } from "./markup.js";

interface Column {
  readonly title: string;
  /** Figures end in line. */
  readonly number?: boolean;
  /** Percent of the table; as the content wants if absent. */
  readonly width?: number;
}

interface Table {
  readonly caption: string;
  /** For readers who listen only, where the caption stands above anyway. */
  readonly hideCaption?: boolean;
  readonly columns: readonly Column[];
  /** One cell a column; the first is the head of its row. */
  readonly rows: readonly (readonly Shown[])[];
  /** Each row as a card on a narrow screen; small tables need none. */
  readonly cards?: boolean;
}

/** A table. The roles are stated since a card layout takes them away. */
export function table({ caption, hideCaption, columns, rows, cards }: Table): Markup {
  const heads = columns.map(
    ({ title, number }) =>
      html`<th role="columnheader" scope="col"${number ? NUMBER : null}>${title}</th>`,
  );
  return html`<table role="table"${cards ? CARDS : null}>
<caption${hideCaption ? UNSEEN : null}>${caption}</caption>
${columns.some(({ width }) => width) ? html`<colgroup>${columns.map(({ width }) => html`<col style="width:${width ?? 0}%">`)}</colgroup>` : null}
<thead role="rowgroup"><tr role="row">${heads}</tr></thead>
<tbody role="rowgroup">${rows.map(
    (row) => html`<tr role="row">${row.map((cell, i) => cellOf(columns[i], cell, i === 0))}</tr>
`,
  )}</tbody>
</table>`;
}

const NUMBER = html` class="number"`;
const CARDS = html` class="cards"`;
const UNSEEN = html` class="unseen"`;

function cellOf({ title, number }: Column, cell: Shown, head: boolean): Markup {
  const of = number ? NUMBER : null;
  return head
    ? html`<th role="rowheader" scope="row" data-label="${title}"${of}>${cell}</th>`
    : html`<td role="cell" data-label="${title}"${of}>${cell}</td>`;
}
