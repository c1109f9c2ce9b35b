/** What Open Library would refuse, told before it is sent. */

import type { Edition } from "./edition.js";
import type { Profile } from "./schema.js";

/** Why an edition is not exported. */
export interface Refusal {
  readonly code:
    | "ol-title"
    | "ol-incomplete"
    | "ol-future"
    | "ol-publisher"
    | "item-is-serial"
    | "item-not-book";
  readonly message: string;
}

const REQUIRED = ["title", "source_records", "authors", "publishers", "publish_date"];
const STRONG = ["isbn_10", "isbn_13", "lccn"];
const REFUSED_PUBLISHERS = [
  "independently published",
  "independent publisher",
  "createspace independent publishing platform",
];
/** Dates that stand for an unknown one in what booksellers send, and are taken for none. */
const NO_DATES = ["1900", "January 1, 1900", "1900-01-01", "01-01-1900", "????"];
const NO_AUTHORS = ["unknown", "n/a"];
/** Leader/06 of what they take for a book: text, notated music, computer file. */
const BOOK_TYPES = "acm";

/** @returns null for the leader of a book, as their import of scanned books knows one */
export function noBook(leader: string): Refusal | null {
  const [type, level] = [leader[6], leader[7]];
  if (level === "s") return { code: "item-is-serial", message: "it is a serial (leader/07 s)" };
  if (BOOK_TYPES.includes(type) && level === "m") return null;
  const found = `leader/06 ${type}, leader/07 ${level}`;
  return { code: "item-not-book", message: `it is no book as they know it (${found})` };
}

/**
 * @param profile `schema`: every field that their schema requires; `server`: those, or a number that
 *   identifies the book
 * @param year the present one
 * @returns null for an edition that would be taken
 */
export function refusalOf(edition: Edition, profile: Profile, year: number): Refusal | null {
  const title = String(edition.title ?? "");
  if (title === "") return { code: "ol-title", message: "it has no title" };
  if (/^see( also)?:?$/i.test(title)) {
    return { code: "ol-title", message: `"${title}" is a reference, no title` };
  }
  const incomplete = incompleteness(edition, profile);
  if (incomplete !== null) return { code: "ol-incomplete", message: incomplete };
  const published = /\b\d{4}\b/.exec(String(edition.publish_date ?? ""))?.[0];
  if (published !== undefined && Number(published) > year) {
    return { code: "ol-future", message: `it is published in ${published}` };
  }
  const refused = (edition.publishers ?? []).find((name) =>
    REFUSED_PUBLISHERS.includes(name.toLowerCase()),
  );
  if (refused === undefined) return null;
  return { code: "ol-publisher", message: `"${refused}" is refused as a publisher` };
}

/** What is missing by the schema, or by the server, which stands behind both profiles; null for nothing. */
function incompleteness(edition: Edition, profile: Profile): string | null {
  const isMissing = (key: string) => edition[key] === undefined;
  const missing = REQUIRED.filter(isMissing);
  if (profile === "schema" && missing.length > 0) return `it lacks ${missing.join(", ")}`;
  if (!STRONG.every(isMissing)) return null;
  const date = String(edition.publish_date ?? "");
  const authors = edition.authors ?? [];
  const known = authors.filter(({ name }) => !NO_AUTHORS.includes(name.toLowerCase()));
  const reasons = [
    ...(missing.length > 0 ? [`it lacks ${missing.join(", ")}`] : []),
    ...(NO_DATES.includes(date) ? [`their server takes the date ${date} for none`] : []),
    ...(authors.length > 0 && known.length === 0
      ? [`their server takes the author ${authors[0].name} for none`]
      : []),
  ];
  return reasons.length === 0 ? null : `${reasons.join("; ")}; and it has no ${STRONG.join(", ")}`;
}

/** One line of a batch: what Python takes for the end of a line is escaped. */
export function jsonLine(edition: object): string {
  return JSON.stringify(edition).replace(
    /[\u0085\u2028\u2029\x7f-\x84\x86-\x9f]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
