/** The subjects of an edition as headings, turned back where Open Library would turn them. */

import type { PlainField } from "../marc/build-record.js";
import type { EditionTexts } from "./edition-texts.js";

export function subjectFields(texts: EditionTexts): PlainField[] {
  const headings = (
    key: string,
    tag: string,
    indicators: string,
    turned = (text: string) => text,
  ) => texts.list(key).map((text) => heading(tag, indicators, turned(text)));
  return [
    ...texts.list("subject_people").map(personField),
    ...headings("subject_times", "648", " 4"),
    ...headings("subjects", "650", " 4"),
    ...headings("subject_places", "651", " 4", placeHeading),
  ];
}

function heading(tag: string, indicators: string, text: string): PlainField {
  const [indicator1, indicator2] = indicators;
  return { tag, indicator1, indicator2, subfields: [["a", text]] };
}

/**
 * `Abraham Lincoln (1809-1865)`: the dates apart, and the family name first where there is a comma. A name that would
 * not be turned again as it was, as with a mark before the family name, stands where nothing is turned.
 */
function personField(text: string): PlainField {
  const [, name = text, dates = ""] = /^(.+) \(([^()]*\d[^()]*)\)$/.exec(text) ?? [];
  const isTurned = /, [A-Z]/.test(name);
  const turned = isTurned ? familyFirst(name) : name;
  const subfields = [[turned === null ? "c" : "a", turned ?? name] as const, ["d", dates] as const];
  return {
    tag: "600",
    indicator1: "1",
    indicator2: "4",
    subfields: subfields.filter(([, one]) => one !== ""),
  };
}

/** A name with its last word first; null where Open Library, which takes marks off its ends, would not turn it back. */
function familyFirst(name: string): string | null {
  const [, given, family] = /^([^()]+[^.,()]) ([^\s,()]+)$/.exec(name) ?? [];
  const turned = `${family}, ${given}`;
  const isWhole = /^[^ /,;:].*[^ /,;:]$/.test(turned);
  return given !== undefined && isWhole && /^.+, [A-Z].+$/.test(turned) ? turned : null;
}

/** `Z X, Y` as `X, Y, Z`. */
function placeHeading(text: string): string {
  if (/[()]/.test(text) || !text.includes(", ")) return text;
  const [, whole, part] = /^(\S+) (.+)$/.exec(text) ?? [];
  return whole === undefined ? text : `${part}, ${whole}`;
}
