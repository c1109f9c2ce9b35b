/**
 * A page that stands alone: no script, nothing from elsewhere, so that it can be mailed, kept and
 * printed. Its policy forbids the browser to load anything at all.
 */

import { html, Markup, type Shown } from "./markup.js";
import type { Section } from "./section.js";
import { PAGE_STYLE } from "./style.js";

interface Page {
  readonly title: string;
  readonly head: Markup;
  readonly sections: readonly Section[];
  readonly footer: Shown;
}

/** The page as text, in UTF-8 when written. */
export function pageText({ title, head, sections, footer }: Page): string {
  const links = sections.map(({ id, title: name }) => html`<li><a href="#${id}">${name}</a></li>`);
  const body = html`${head}
<nav aria-label="Sections"><ul>${links}</ul></nav>
<main>
${sections.map(({ markup }) => markup)}</main>
<footer><p>${footer}</p></footer>`;
  return standAlone(title, body);
}

/** A page as text, in UTF-8 when written, around what stands in its body. */
export function standAlone(title: string, body: Markup): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${new Markup(PAGE_STYLE)}</style>
</head>
<body>
${body}
</body>
</html>
`.text;
}
