/** The sections of the page, for the page itself and for the list of links at its head. */

import { html, type Markup, type Shown } from "./markup.js";

export interface Section {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string;
  readonly markup: Markup;
}

/** A section under a heading of its own, which is its landmark's name. */
export function section(id: string, title: string, content: Shown): Section {
  const markup = html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>
${content}</section>
`;
  return { id, title, markup };
}

/** How files are named in lists: by the last part of their paths where that tells them apart. */
export type FileNames = (path: string) => string;

/** Names files by the last parts of their paths if no two paths share one, else by the whole paths. */
export function fileNames(paths: readonly string[]): FileNames {
  const last = (path: string) => path.split("/").at(-1) ?? path;
  const short = paths.map(last);
  const distinct = new Set(short).size === new Set(paths).size;
  return distinct ? last : (path) => path;
}
