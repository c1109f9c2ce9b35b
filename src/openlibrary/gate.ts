/** What Open Library would refuse, told before it is sent. */

import type { Edition } from "./edition.js";

export type Profile = "schema" | "server";

/** Why an edition is not exported. */
export interface Refusal {
  readonly code: "ol-title" | "ol-incomplete" | "ol-future" | "ol-publisher";
  readonly message: string;
}

const REQUIRED = ["title", "source_records", "authors", "publishers", "publish_date"];
const STRONG = ["isbn_10", "isbn_13", "lccn"];
const REFUSED_PUBLISHERS = [
  "independently published",
  "independent publisher",
  "createspace independent publishing platform",
];

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
  const missing = REQUIRED.filter((key) => edition[key] === undefined);
  const isStrong = STRONG.some((key) => edition[key] !== undefined);
  if (missing.length > 0 && !(profile === "server" && isStrong)) {
    const or = profile === "server" ? `, and no ${STRONG.join(", ")} either` : "";
    return { code: "ol-incomplete", message: `it lacks ${missing.join(", ")}${or}` };
  }
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

/** One line of a batch: what Python takes for the end of a line is escaped. */
export function jsonLine(edition: object): string {
  return JSON.stringify(edition).replace(
    /[\u0085\u2028\u2029\x7f-\x84\x86-\x9f]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
