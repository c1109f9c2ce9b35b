/** What an edition holds and looks like: pages, series, notes, contents, links. */

import { stripped, unique } from "./isbd.js";
import { type PlainField, type PlainRecord, textsOf, wordsOf } from "./plain-fields.js";

/** No book has more pages. */
const MOST_PAGES = 50_000;
/** 505 and 520 are fields of their own there, 583 is of no use to others. */
const NOTES = Array.from({ length: 90 }, (_, i) => String(500 + i)).filter(
  (tag) => !["505", "520", "583"].includes(tag),
);
/** Characters from which on a line of contents must have another mark between its parts. */
const LONG_LINE = 2048;

export function paginationOf(record: PlainRecord): string {
  return stripped(record.texts("300", "a").join(" "), " ,:;");
}

/** The largest number that can be one of pages. */
export function pagesOf(record: PlainRecord): number | undefined {
  const numbers = record
    .texts("300", "a")
    .flatMap((text) => [text.replaceAll(",", ""), text])
    .flatMap((text) => text.match(/\d{2,}/g) ?? [])
    .map(Number)
    .filter((number) => number < MOST_PAGES);
  return numbers.length === 0 ? undefined : Math.max(...numbers);
}

export function seriesOf(record: PlainRecord): string[] {
  const fields = ["440", "490", "830"].flatMap((tag) => record.of(tag));
  return unique(
    fields.map((field) =>
      textsOf(field, "av")
        .map((text) => text.replace(/[.,; ]+$/, ""))
        .filter((text) => text !== "")
        .join(" -- "),
    ),
  );
}

export function notesOf(record: PlainRecord): string {
  const fields = NOTES.flatMap((tag) => record.of(tag));
  return fields
    .map(wordsOf)
    .filter((text) => text !== "")
    .join("\n\n");
}

export function linksOf(record: PlainRecord): { url: string; title: string }[] {
  return record.of("856").flatMap((field) => {
    const [title = "External source"] = ["y", "3", "z", "x"].flatMap((code) =>
      textsOf(field, code),
    );
    return textsOf(field, "u").map((url) => ({ url, title }));
  });
}

/** @param asTheirs whether a slash stays at the end of a line */
export function tableOfContents(
  record: PlainRecord,
  asTheirs: boolean,
): { title: string; type: string }[] {
  return record
    .of("505")
    .flatMap(linesOf)
    .map((line) => (asTheirs ? line.trim() : stripped(line, " /")))
    .filter((title) => title !== "")
    .map((title) => ({ title, type: "/type/toc_item" }));
}

/** Basic contents have their lines in $a, enhanced ones begin a line with each $t. */
function linesOf({ subfields }: PlainField): string[] {
  const lines: string[] = [];
  let line: string[] = [];
  for (const [code, text] of subfields) {
    if (code === "a") lines.push(...parts(text));
    else if (code === "t") {
      if (line.length > 0) lines.push(line.join(" -- "));
      const title = stripped(text, "/");
      line = text.length > LONG_LINE ? title.split("--").map((one) => one.trim()) : [title];
    } else if (/^[a-z]$/.test(code)) line.push(stripped(text, " -"));
  }
  if (line.length > 0) lines.push(line.join("-- "));
  return lines;
}

function parts(text: string): string[] {
  let found: string[] = [];
  for (const mark of ["--", " - ", "; ", " / "]) {
    found = text.split(mark).map((part) => part.trim());
    if (found.every((part) => part.length <= LONG_LINE)) return found;
  }
  return found;
}
