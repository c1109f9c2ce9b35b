import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { normalizeIdentifiers } from "../../src/fields/identifiers/identifiers.js";
import { canonizeUrl, cleanUrl } from "../../src/fields/url-clean.js";
import { keyTexts } from "../../src/matching/keys.js";
import { type KeySource, MATCH_METHODS, type MatchMethod } from "../../src/matching/methods.js";

/** The examples of docs/matching.md: rows of the tables by the heading above them. */
function documentedRows(): Map<string, string[][]> {
  const page = readFileSync(new URL("../../docs/matching.md", import.meta.url), "utf8");
  const rows = new Map<string, string[][]>();
  let heading = "";
  for (const line of page.split("\n")) {
    if (line.startsWith("## ")) heading = line.slice(3);
    if (!line.startsWith("| ") || !line.includes("`")) continue;
    const cells = line.split("|").slice(1, -1);
    const texts = cells.map((cell) => /`(.*)`/.exec(cell)?.[1] ?? cell.trim());
    rows.set(heading, [...(rows.get(heading) ?? []), texts]);
  }
  return rows;
}

const ROWS = documentedRows();

function source(method: MatchMethod, text: string): KeySource {
  const [title, creators = "", publication_date = ""] =
    method === "TITLE_AUTHOR_YEAR" ? text.split(" / ") : [text];
  const numbers = { isbn: "", issn: "", lccn: "", oclc_number: "", record_type: "", evidence: "" };
  return { url: text, title, creators, publication_date, ...numbers, urlIsFallback: false };
}

const METHODS: readonly MatchMethod[] = [
  "EXACT_URL",
  "FUZZY_URL",
  "EXACT_TITLE",
  "FUZZY_TITLE",
  "TITLE_AUTHOR_YEAR",
];

describe.each(METHODS)("documented examples of %s", (method) => {
  it.each(ROWS.get(method) ?? [])("%s and %s: same? %s", (one, other, same) => {
    const keys = keyTexts(method, source(method, one));
    const common = keyTexts(method, source(method, other)).filter((key) => keys.includes(key));
    expect(common.length > 0 ? "yes" : "no").toBe(same);
  });
});

describe("documented examples of identifiers", () => {
  const rows = ROWS.get("ISBN, ISSN, LCCN, OCLC_NUMBER") ?? [];
  it.each(rows)("%s: %s is stored as %s", (column, written, stored) => {
    const kind = column === "oclc_number" ? "oclc" : (column as "isbn" | "issn" | "lccn");
    expect(normalizeIdentifiers(kind, written).valid.join(";")).toBe(stored);
  });
});

describe("documented examples of clean and canonize", () => {
  it.each(ROWS.get("clean and canonize") ?? [])("%s", (written, clean, canonical) => {
    expect([cleanUrl(written), canonizeUrl(written)]).toEqual([clean, canonical]);
  });
});

it("finds the examples of every section", () => {
  expect([...ROWS.keys()]).toEqual([
    ...METHODS,
    "ISBN, ISSN, LCCN, OCLC_NUMBER",
    "clean and canonize",
  ]);
});

it("has a section for every method", () => {
  const page = readFileSync(new URL("../../docs/matching.md", import.meta.url), "utf8");
  const headings = [...page.matchAll(/^## (.*)$/gm)].flatMap(([, heading]) => heading.split(", "));
  expect(headings).toEqual(expect.arrayContaining([...MATCH_METHODS]));
});
