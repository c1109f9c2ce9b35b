/** Subjects, sorted as Open Library sorts them: people, places, times, and everything else. */

import { joined, stripped, withoutEndDot } from "./isbd.js";
import { type PlainField, type PlainRecord, textsOf } from "./plain-fields.js";

const HEADINGS = ["600", "610", "611", "630", "648", "650", "651", "662"];

type Bucket = "subject" | "person" | "place" | "time" | "org" | "event" | "work";

export interface Subjects {
  readonly subjects: string[];
  readonly subject_people: string[];
  readonly subject_places: string[];
  readonly subject_times: string[];
}

export function subjectsOf(record: PlainRecord, asTheirs: boolean): Subjects {
  const buckets = new Map<Bucket, Set<string>>();
  const add = (bucket: Bucket, text: string) => {
    if (text === "") return;
    const texts = buckets.get(bucket) ?? new Set();
    buckets.set(bucket, texts.add(text));
  };
  for (const field of record.among(...HEADINGS)) addHeading(field, asTheirs, add);
  const all = (...names: Bucket[]) => [
    ...new Set(names.flatMap((name) => [...(buckets.get(name) ?? [])])),
  ];
  const others = [...buckets.keys()].filter((name) => ["org", "event", "work"].includes(name));
  return {
    subjects: all("subject", ...others),
    subject_people: all("person"),
    subject_places: all("place"),
    subject_times: all("time"),
  };
}

function addHeading(
  field: PlainField,
  asTheirs: boolean,
  add: (bucket: Bucket, text: string) => void,
): void {
  const each = (codes: string) => textsOf(field, codes);
  switch (field.tag) {
    case "600":
      add("person", personText(field));
      break;
    case "610":
      add("org", subjectText(each("abcd").join(" ")));
      break;
    case "611":
      add("event", subjectText(eventText(field, asTheirs)));
      break;
    case "630":
      for (const text of each("a")) add("work", subjectText(text));
      break;
    case "648":
      // They read times in subdivisions alone.
      for (const text of asTheirs ? [] : each("a")) add("time", subjectText(text));
      break;
    case "650":
      for (const text of each("a")) add("subject", subjectText(text));
      break;
    case "651":
      for (const text of each("a")) add("place", turnedPlace(text));
      break;
  }
  for (const text of each("vx")) add("subject", subjectText(text));
  for (const text of each("y")) add("time", subjectText(text));
  for (const text of each("z")) add("place", turnedPlace(text));
}

/** Without subdivisions; they take what links and numbers for words. */
function eventText({ subfields }: PlainField, asTheirs: boolean): string {
  const texts = subfields
    .filter(([code]) => !"vxyz".includes(code) && (asTheirs || /[a-z]/.test(code)))
    .map(([, text]) => text.trim());
  return joined(texts);
}

/** `Lincoln, Abraham, 1809-1865.` as `Abraham Lincoln (1809-1865)`. */
function personText(field: PlainField): string {
  const parts = field.subfields
    .filter(([code]) => "abcd".includes(code))
    .map(([code, text]) => {
      if (code === "d") return `(${stripped(text.trim(), ".() ")})`;
      const name = stripped(text, " /,;:");
      return code === "a" && /^.+, [A-Z].+$/.test(name) ? turnedName(name) : name;
    });
  return withoutEndDot(joined(parts)).trim();
}

function turnedName(name: string): string {
  const plain = /[^ .][^ .]\.$/u.test(name) ? name.slice(0, -1) : name;
  const [, family, given] = /^(.*?),+ (.*)$/.exec(plain) ?? [];
  return family === undefined ? plain : `${given} ${family}`;
}

/** `Chicago, Illinois` as `Illinois Chicago`: what they call the place, and so do we. */
function turnedPlace(text: string): string {
  const place = withoutEndDot(text).trim();
  if (/[()]/.test(place)) return place;
  const [, part, whole] = /^(.+), (.+)$/.exec(place) ?? [];
  return part === undefined ? place : `${whole} ${part}`.trim();
}

function subjectText(text: string): string {
  const plain = withoutEndDot(text.trim()).trim();
  const [first = ""] = plain;
  const subject = plain.length > 1 ? first.toUpperCase() + plain.slice(first.length) : plain;
  const [, before] = /^(.+?)[, .]+etc[, .]?$/i.exec(subject) ?? [];
  if (before !== undefined) return before;
  const [, family, given, kind] = /^(.+), (.+)( \(.* character\))$/.exec(subject) ?? [];
  if (family !== undefined) return `${given} ${family}${kind}`;
  const [, letter, rest, turned] =
    /^([A-Z])([A-Za-z ]+?) *, ([A-Z][A-Z a-z]+)$/.exec(subject) ?? [];
  return letter === undefined ? subject : `${turned} ${letter}${rest}`;
}
