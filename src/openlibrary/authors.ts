/** Persons, bodies and events that made a book. */

import { joined, stripped, withoutEndDot } from "./isbd.js";
import { lifeDates } from "./life-dates.js";
import { type PlainField, type PlainRecord, textsOf } from "./plain-fields.js";

export interface Author {
  readonly name: string;
  readonly entity_type?: "person" | "org" | "event";
  readonly personal_name?: string;
  readonly birth_date?: string;
  readonly death_date?: string;
  /** What is known of the dates where neither can be told. */
  readonly date?: string;
  readonly title?: string;
  readonly numeration?: string;
  readonly fuller_name?: string;
  readonly role?: string;
  readonly alternate_names?: readonly string[];
  readonly remote_ids?: Readonly<Record<string, string>>;
}

/** MARC's codes, and how catalogues wrote them out before. */
const ROLES: Readonly<Record<string, string>> = {
  ...{ art: "Artist", aui: "Author of introduction", aut: "Author", clr: "Colorist" },
  ...{ com: "Compiler", edc: "Editor of compilation", edt: "Editor", ill: "Illustrator" },
  ...{ ltr: "Letterer", trl: "Translator", win: "Writer of introduction" },
  ...{ wpr: "Writer of preface", "comp.": "Compiler", "ed.": "Editor", "ill.": "Illustrator" },
  "tr.": "Translator",
};

const OLD_CATALOG = "[from old catalog]";
const AUTHORITIES: readonly (readonly [name: string, pattern: RegExp])[] = [
  ["lc_naf", /^.*id.loc.gov\/authorities\/names\/(n\w*\d)/],
  ["isni", /^\(isni\)(\d{16})$/],
  ["gnd", /^\(DE-101c\)(\d+)/],
];

/** Persons, then bodies, then events, each as they stand in the record. */
export function authorsOf(record: PlainRecord, asTheirs: boolean): Author[] {
  const persons = record.among("100", "700").map((field) => person(record, field, asTheirs));
  const bodies = record.among("110", "710").map((field) => body(record, field));
  const events = record.among(...(asTheirs ? ["111"] : ["111", "711"])).map(event);
  const uncontrolled = asTheirs ? [] : record.of("720").map(someone);
  // They look for persons that come again, and for nobody else.
  const all = asTheirs
    ? [...byName(persons), ...bodies, ...events]
    : byName([...persons, ...bodies, ...events, ...uncontrolled]);
  return named(all);
}

/** @param authors those without a name are left out */
function named(authors: readonly Author[]): Author[] {
  return authors.filter(({ name }) => name !== "");
}

function byName(authors: readonly Author[]): Author[] {
  const first = new Map<string, Author>();
  for (const author of authors) if (!first.has(author.name)) first.set(author.name, author);
  return [...first.values()];
}

function person(record: PlainRecord, field: PlainField, asTheirs: boolean): Author {
  const roman = nameText(textsOf(field, "abc"));
  const linked = record.inOwnScript(field, field.tag);
  const original = linked === null ? "" : nameText(textsOf(linked, "a"));
  const personal = nameText(textsOf(field, "a"));
  const dates = textsOf(field, "d").map((text) => stripped(withoutOld(text), ",[]"));
  return compact({
    name: textsOf(field, "ac").length === 0 ? "" : original || roman,
    entity_type: "person",
    personal_name: personal === roman ? "" : personal,
    ...lifeDates(dates),
    title: nameText(textsOf(field, "c")),
    numeration: nameText(textsOf(field, "b")),
    // They mean to take it, and never see it.
    fuller_name: asTheirs ? "" : textsOf(field, "q").join(" "),
    role: roleOf(field),
    alternate_names: original === "" ? [] : [roman],
    remote_ids: authoritiesOf(field),
  });
}

function body(record: PlainRecord, field: PlainField): Author {
  const linked = record.inOwnScript(field, field.tag);
  const name = nameText(textsOf(linked ?? field, "ab"));
  const isLinked = textsOf(field, "6").length > 0;
  return compact({
    name,
    entity_type: "org",
    alternate_names: isLinked ? [nameText(textsOf(field, "ab"))] : [],
  });
}

function event(field: PlainField): Author {
  return { name: nameText(textsOf(field, "acdn")), entity_type: "event" };
}

/** A name of which only sometimes is known whether it is a person's. */
function someone(field: PlainField): Author {
  const name = nameText(textsOf(field, "a"));
  return field.indicator1 === "1" ? { name, entity_type: "person" } : { name };
}

function roleOf(field: PlainField): string {
  const code = textsOf(field, "4");
  const role = nameParts(code.length > 0 ? code : textsOf(field, "e"));
  return ROLES[role] ?? role;
}

function authoritiesOf(field: PlainField): Record<string, string> {
  const found: Record<string, string> = {};
  for (const text of textsOf(field, "0")) {
    const fitting = AUTHORITIES.find(([, pattern]) => pattern.test(text));
    if (fitting !== undefined) found[fitting[0]] = fitting[1].exec(text)?.[1] ?? "";
  }
  return found;
}

function nameText(parts: readonly string[]): string {
  return withoutEndDot(nameParts(parts));
}

function nameParts(parts: readonly string[]): string {
  return joined(parts.map((part) => stripped(withoutOld(part), " /,;:[]")));
}

function withoutOld(text: string): string {
  return text.endsWith(OLD_CATALOG) ? text.slice(0, -OLD_CATALOG.length).trimEnd() : text;
}

/** Leaves out what is empty, but for the name. */
function compact(author: Author): Author {
  const isFull = (value: unknown) =>
    typeof value === "string" ? value !== "" : Object.keys(value as object).length > 0;
  const { name, ...others } = author;
  const full = Object.entries(others).filter(([, value]) => isFull(value));
  return { name, ...Object.fromEntries(full) };
}
