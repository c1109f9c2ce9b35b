/** The authors of an edition as fields of names. */

import type { PlainField } from "../marc/build-record.js";
import { type EditionTexts, textOf } from "./edition-texts.js";
import { isObject, type JsonObject } from "./json-shape.js";

/** What stands before the number of an authority file. */
const AUTHORITIES: Readonly<Record<string, string>> = {
  lc_naf: "http://id.loc.gov/authorities/names/",
  isni: "(isni)",
  gnd: "(DE-101c)",
};

type Subfield = readonly [code: string, text: string];

/** Parts of authors that have a place in a field. */
const KNOWN = new Set(
  "name entity_type personal_name numeration title birth_date death_date date fuller_name role remote_ids type key".split(
    " ",
  ),
);

/**
 * @param series `1` for the first author, who is the main entry; `7` for the others
 */
export function authorFields(texts: EditionTexts, series: "1" | "7"): PlainField[] {
  // Who is only called an author is mostly a person; of who else took part nobody knows.
  const authors = [
    ...texts.objects("authors", "name").map((one) => ({ entity_type: "person", ...one })),
    ...texts.objects("contributor", "name"),
    ...texts.objects("contributions", "name"),
  ];
  for (const author of authors) {
    const other = Object.keys(author).find((key) => !KNOWN.has(key));
    texts.leftOut ||= other === undefined ? "" : `authors.${other}`;
  }
  return authors.flatMap((author, i) => {
    const field = authorField(author, i === 0 ? "1" : "7");
    return field === null || field.tag[0] !== series ? [] : [field];
  });
}

function authorField(author: JsonObject, series: "1" | "7"): PlainField | null {
  const part = (key: string) => textOf(author[key], `authors.${key}`);
  const name = part("name");
  if (name === "") return null;
  const field = (end: string, indicator1: string, ...subfields: Subfield[]): PlainField => ({
    tag: series + end,
    indicator1,
    indicator2: " ",
    subfields: subfields.filter(([, text]) => text !== ""),
  });
  switch (part("entity_type")) {
    case "person":
      return field(
        "00",
        "1",
        ...nameParts(name, part),
        ["q", part("fuller_name")],
        ["d", datesOf(part)],
        ["e", part("role")],
        ...authoritiesOf(author),
      );
    case "org":
      return field("10", "2", ["a", name]);
    case "event":
      return field("11", "2", ["a", name]);
    default:
      return {
        tag: "720",
        indicator1: " ",
        indicator2: " ",
        subfields: [["a", name], ...(part("role") === "" ? [] : [["e", part("role")] as const])],
      };
  }
}

/** Name, numeration and title apart, where they together are the name. */
function nameParts(name: string, part: (key: string) => string): Subfield[] {
  const [personal, title] = [part("personal_name"), part("title")];
  if (personal === "" || !name.startsWith(personal)) return [["a", name]];
  const rest = name.slice(personal.length).trim();
  if (!rest.endsWith(title)) return [["a", name]];
  const between = rest.slice(0, rest.length - title.length).trim();
  const parts = [personal, between, title].filter((text) => text !== "");
  if (parts.join(" ") !== name) return [["a", name]];
  return [
    ["a", personal],
    ["b", between],
    ["c", title],
  ];
}

function authoritiesOf({ remote_ids: ids }: JsonObject): Subfield[] {
  if (!isObject(ids)) return [];
  return Object.entries(ids).flatMap(([name, number]) => {
    const text = textOf(number, `authors.remote_ids.${name}`);
    const before = AUTHORITIES[name];
    return before === undefined ? [] : [["0", before + text] as const];
  });
}

function datesOf(part: (key: string) => string): string {
  const [birth, death] = [part("birth_date"), part("death_date")];
  return birth === "" && death === "" ? part("date") : `${birth}-${death}`;
}
