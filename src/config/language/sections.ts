/** From statements to sections with keys: the `ini` package reads them, places travel beside. */

import { dirname } from "node:path";
import ini from "ini";
import type { Location } from "./problems.js";
import type { LocatedStatement } from "./source.js";

/** One stated key. */
export interface Entry {
  /** As written. */
  readonly key: string;
  /** Without quotes; null for a bare key. */
  readonly value: string | null;
  /** Null for the command line. */
  readonly at: Location | null;
  /** The line or option as written. */
  readonly text: string;
  readonly override: boolean;
  readonly commentCut: boolean;
  /** Faulty and already reported. */
  readonly broken: boolean;
  /** Position in the order of reading. */
  readonly order: number;
  /** Absolute path of the directory that relative paths in the value start from. */
  readonly base: string;
}

/** One section, its parts added up. */
export interface Section {
  readonly name: string;
  /** Its first header; null if only the command line opens it. */
  readonly at: Location | null;
  readonly text: string;
  readonly order: number;
  /** In the order of reading; a key may stand here more than once. */
  readonly entries: readonly Entry[];
}

/**
 * Groups statements by section, in the order in which the sections are first opened.
 *
 * The INI parser is given names and values in a spelling without quotes, comment signs, dots or
 * anything else that it gives a meaning of its own, and every key with a number in front, so
 * that equal keys stay apart and find their places again.
 */
export function toSections(statements: readonly LocatedStatement[]): Map<string, Section> {
  const lines: string[] = [];
  const headers = new Map<string, LocatedStatement>();
  statements.forEach((located, number) => {
    const { statement } = located;
    if (statement.kind === "section") {
      lines.push(`[${safe(statement.name)}]`);
      if (!headers.has(statement.name)) {
        headers.set(statement.name, located);
      }
    } else {
      const value = statement.value === null ? "" : `=${safe(statement.value)}`;
      lines.push(`${number}${safe(statement.key)}${value}`);
    }
  });
  const parsed: Record<string, Record<string, string | true>> = ini.parse(lines.join("\n"));
  const sections = new Map<string, Section>();
  for (const [name, keys] of Object.entries(parsed)) {
    const header = headers.get(unsafe(name));
    if (header !== undefined) {
      const entries = Object.entries(keys).map(([key, value]) => toEntry(key, value, statements));
      const { at, text, order } = header;
      sections.set(unsafe(name), { name: unsafe(name), at, text, order, entries });
    }
  }
  return sections;
}

function toEntry(
  numbered: string,
  value: string | true,
  statements: readonly LocatedStatement[],
): Entry {
  const mark = numbered.indexOf("~");
  const located = statements[Number(numbered.slice(0, mark))];
  const { statement, at, text, broken, order } = located;
  return {
    key: unsafe(numbered.slice(mark)),
    value: value === true ? null : unsafe(value),
    at,
    text,
    broken,
    order,
    base: dirname(at.file),
    override: statement.kind === "entry" && statement.override,
    commentCut: statement.kind === "entry" && statement.commentCut,
  };
}

/** The mark in front keeps `true`, `null`, `__proto__` and single quotes from being special. */
function safe(text: string): string {
  return `~${encodeURIComponent(text).replaceAll(".", "%2E")}`;
}

function unsafe(text: string): string {
  return decodeURIComponent(text.slice(1));
}
