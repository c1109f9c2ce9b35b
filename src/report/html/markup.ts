/** HTML that cannot be broken by what it shows: every text is escaped unless it is markup of ours. */

import { printable } from "../../diagnostics/format.js";

/** Markup that is safe to put into a page. */
export class Markup {
  constructor(readonly text: string) {}
}

/** What a template may hold; `null` and `false` show nothing. */
export type Shown = Markup | string | number | null | false | readonly Shown[];

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A text for element content or a quoted attribute; control characters are spelt out. */
function escaped(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => ENTITIES[character]);
}

function shown(value: Shown): string {
  if (value === null || value === false) return "";
  if (value instanceof Markup) return value.text;
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return escaped(value);
  return value.map(shown).join("");
}

/** Tag of templates: the literal parts are markup, the values are texts, numbers, markup or lists. */
export function html(literals: TemplateStringsArray, ...values: Shown[]): Markup {
  let text = literals[0];
  values.forEach((value, i) => {
    text += shown(value) + literals[i + 1];
  });
  return new Markup(text);
}

/** A share of a whole: `12 %`, `0.3 %`, `<0.1 %`. */
export function percent(part: number, whole: number): string {
  if (whole === 0 || part === 0) return "0 %";
  const share = (part / whole) * 100;
  if (share < 0.1) return "<0.1 %";
  if (share > 99.9 && part < whole) return ">99.9 %";
  return `${share < 10 || share > 99 ? share.toFixed(1).replace(/\.0$/, "") : Math.round(share)} %`;
}
