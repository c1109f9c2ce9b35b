/** Persons, bodies and events that made a book. */

import { type PlainField, type PlainRecord, textsOf } from "./plain-fields.js";

export interface Author {
  readonly name: string;
  readonly entity_type: "person" | "org" | "event";
  readonly personal_name?: string;
  readonly birth_date?: string;
  readonly death_date?: string;
}

/** Each once by name, those of 1XX first. */
export function authorsOf(record: PlainRecord): Author[] {
  const authors = [
    ...record.of("100", "700").map(person),
    ...record.of("110", "710").map((field) => body(field, "ab", "org")),
    ...record.of("111", "711").map((field) => body(field, "acdn", "event")),
  ];
  const byName = new Map<string, Author>();
  for (const author of authors) {
    if (author.name !== "" && !byName.has(author.name)) byName.set(author.name, author);
  }
  return [...byName.values()];
}

function person(field: PlainField): Author {
  const name = nameText(textsOf(field, "abc").join(" "));
  const [dates = ""] = textsOf(field, "d");
  const personal = textsOf(field, "a").map(nameText)[0];
  const [birth, death] = datesOf(dates);
  return {
    name,
    entity_type: "person",
    ...(personal !== undefined && personal !== name ? { personal_name: personal } : {}),
    ...(birth === "" ? {} : { birth_date: birth }),
    ...(death === "" ? {} : { death_date: death }),
  };
}

function body(field: PlainField, codes: string, kind: "org" | "event"): Author {
  return { name: nameText(textsOf(field, codes).join(" ")), entity_type: kind };
}

/** Without the comma behind it, and without the dot that ends the heading; that of an initial stays. */
function nameText(text: string): string {
  return text
    .replace(/[\s,/;:]+$/u, "")
    .replace(/(?<=\p{Ll}{2}|\))\.$/u, "")
    .trim();
}

/** Birth and death of `1878-1967`, `b. 1930`, `d. 1642`, `1950-`. */
function datesOf(text: string): [birth: string, death: string] {
  const plain = text.replace(/[.,\s]+$/, "");
  if (/^(?:d|died)\b\.?\s/i.test(plain)) return ["", plain.replace(/^\w+\.?\s+/, "")];
  if (/^(?:b|born)\b\.?\s/i.test(plain)) return [plain.replace(/^\w+\.?\s+/, ""), ""];
  const at = plain.indexOf("-");
  // Of `active 1850` nobody knows a birth.
  if (at < 0) return ["", ""];
  return [plain.slice(0, at).trim(), plain.slice(at + 1).trim()];
}
