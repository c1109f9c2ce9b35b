/** What the references of the configurations say of a key. */

import type { KeySpec } from "../../src/config/language/key-spec.js";

/** `key | allowed | default | meaning`. */
export function row(spec: KeySpec<unknown>): string {
  const name = spec.alias === null ? `\`${spec.name}\`` : `\`${spec.name}\`, \`${spec.alias}\``;
  const initial = spec.initial === null ? spec.unstated : `\`${spec.initial || '""'}\``;
  return `| ${name} | ${spec.type.allowed} | ${initial === "` `" ? '`" "`' : initial} | ${spec.doc} |`;
}

/** The part of a page under a heading of the third level. */
export function part(page: string, heading: string): string {
  const start = page.indexOf(`\n### ${heading}\n`);
  if (start < 0) throw new Error(`no heading "${heading}"`);
  const end = page.slice(start + 5).search(/\n##+ /);
  return page.slice(start, end < 0 ? undefined : start + 5 + end);
}

/** The rows of the tables of keys in a text. */
export function rowsOf(text: string): string[] {
  return text.split("\n").filter((line) => line.startsWith("| `"));
}
