/** Subjects, sorted as Open Library sorts them: people, places, times, and everything else. */

import { type PlainField, type PlainRecord, textsOf } from "./plain-fields.js";

export function subjectsOf(record: PlainRecord): Record<string, string[]> {
  const headings = record.of("6[0-6]X");
  const all = (codes: string) => headings.flatMap((field) => textsOf(field, codes));
  return {
    subjects: unique([
      ...record.of("610", "611", "630").map((f) => textsOf(f, "abcd").join(" ")),
      ...record.texts("650", "a"),
      ...all("vx"),
    ]),
    subject_people: unique(record.of("600").map(personOf)),
    subject_places: unique([...record.texts("651", "a"), ...all("z")]),
    subject_times: unique(all("y")),
  };
}

/** `Lincoln, Abraham, 1809-1865.` as `Abraham Lincoln (1809-1865)`. */
function personOf(field: PlainField): string {
  const name = cleaned(textsOf(field, "abc").join(" "));
  const parts = /^([^,]+), *([^,]+)$/.exec(name);
  const turned = parts === null ? name : `${parts[2]} ${parts[1]}`;
  const dates = cleaned(textsOf(field, "d").join(" "));
  return dates === "" ? turned : `${turned} (${dates})`;
}

function cleaned(text: string): string {
  return text.replace(/[\s,;:]+$/u, "").replace(/(?<=\p{L}{2}|\d|\)),?\.$/u, "");
}

function unique(texts: readonly string[]): string[] {
  const named = texts.map(cleaned).filter((text) => text !== "");
  return [...new Set(named.map((text) => text[0].toUpperCase() + text.slice(1)))];
}
