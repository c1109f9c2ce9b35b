/** The shape of Open Library's import schema: what it does not know, or would refuse, is left out. */

import type { Author } from "./authors.js";
import type { Edition } from "./edition.js";

export type Profile = "schema" | "server";

/** A value that is not sent. */
export interface LeftOut {
  readonly key: string;
  readonly value: string;
}

/** Keys that their server takes and the schema does not know. */
const SERVER_KEYS: ReadonlySet<string> = new Set(["copyright_date", "location", "local_id"]);
const AUTHOR_KEYS: ReadonlySet<string> = new Set([
  "name",
  "personal_name",
  "birth_date",
  "death_date",
  "entity_type",
  "title",
]);
const CODE = /^[a-z]{3}$/;
/** What the values of a key must look like; of all others any text will do. */
const SHAPES: Readonly<Record<string, RegExp>> = {
  publish_country: /^[a-z]{2,3}$/,
  languages: CODE,
  translated_from: CODE,
  isbn_10: /^([0-9][- ]*){9}[0-9X]$/,
  isbn_13: /^([0-9][- ]*){13}$/,
};

/** An edition as the profile lets it stand, and the values that have not the shape of their key. */
export function fitted(
  edition: Edition,
  profile: Profile,
): { readonly edition: Edition; readonly leftOut: readonly LeftOut[] } {
  const leftOut: LeftOut[] = [];
  const entries = Object.entries(edition).flatMap(([key, value]) => {
    if (profile === "schema" && SERVER_KEYS.has(key)) return [];
    if (profile === "schema" && key === "authors") {
      return [[key, (value as Author[]).map(knownOfAuthor)]];
    }
    const shape = SHAPES[key];
    if (shape === undefined) return [[key, value]];
    const values = [value].flat() as string[];
    const right = values.filter((one) => shape.test(one));
    leftOut.push(
      ...values.filter((one) => !shape.test(one)).map((wrong) => ({ key, value: wrong })),
    );
    if (right.length === 0) return [];
    return [[key, Array.isArray(value) ? right : right[0]]];
  });
  return { edition: Object.fromEntries(entries) as Edition, leftOut };
}

function knownOfAuthor(author: Author): Author {
  const known = Object.entries(author).filter(([key]) => AUTHOR_KEYS.has(key));
  return Object.fromEntries(known) as unknown as Author;
}
