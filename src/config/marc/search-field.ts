/** SearchFields: `TAG IND1 IND2 SUBFIELDS [TRANSFORMS]`. */

import type { Location } from "../language/problems.js";
import { ValueError } from "../language/problems.js";
import { isAny, parseCodeSet } from "./code-set.js";
import type { SearchField, TagPattern } from "./marc-mapping.js";

/** What a SearchField looks like, for messages. */
const SEARCH_FIELD_FORM =
  'TAG IND1 IND2 SUBFIELDS [TRANSFORMS], such as "650 * *-0 a+x /pattern/replacement/g"';

const TAG_FORM =
  "a tag (245, 1 for 001, 6XX with X for any digit, LDR), on fixed fields with a range of character positions (008/35-37)";

/** The last position of the fields whose length the standard fixes. */
const LAST_POSITION: Readonly<Record<string, number>> = {
  LDR: 23,
  "005": 15,
  "006": 17,
  "008": 39,
};

/** The parts of a SearchField; `fifth` is as written, "" if there is none. */
interface SearchFieldParts {
  readonly first: readonly string[];
  readonly fifth: string;
}

/** Splits at blanks. The fifth part goes to the end; a `\ ` that ends it belongs to it. */
export function splitSearchField(text: string): SearchFieldParts {
  const parts = /^[ \t]*(\S*)[ \t]*(\S*)[ \t]*(\S*)[ \t]*(\S*)[ \t]*(.*?)$/s.exec(text);
  const [first, second, third, fourth, rest] = parts?.slice(1) ?? [];
  const fifth = rest.replace(/(\\[ \t])?[ \t]*$/, "$1");
  return { first: [first, second, third, fourth].filter((part) => part !== ""), fifth };
}

/**
 * Reads a SearchField. Its fifth part is not looked into.
 *
 * @param name the key
 * @param controlSubfields the codes that `*` leaves out of SUBFIELDS
 * @throws ValueError if a part is missing or wrong
 */
export function parseSearchField(
  name: string,
  text: string,
  at: Location,
  controlSubfields: string,
): SearchField {
  const { first, fifth } = splitSearchField(text);
  const [tagText = "", text1, text2, subfieldText] = first;
  // A tag with its subfields glued on is told so, rather than that parts are missing.
  const tag = first.length === 0 ? null : parseTag(tagText);
  if (tag === null || first.length < 4) {
    throw tooFewParts(first, tag);
  }
  const indicator1 = parseCodeSet(text1, "IND1", "");
  const indicator2 = parseCodeSet(text2, "IND2", "");
  const subfields = parseCodeSet(subfieldText, "SUBFIELDS", controlSubfields);
  if (isFixed(tag) && (subfieldText !== "*" || !isAny(indicator1) || !isAny(indicator2))) {
    throw new ValueError(
      `${tag.leader ? "the leader" : `the control field ${tag.text}`} has neither indicators nor subfields`,
      "* * * behind the tag of a control field",
      `write ${tagText} * * *${fifth === "" ? "" : ` ${fifth}`}`,
    );
  }
  return { name, at, text, tag, indicator1, indicator2, subfields, transforms: fifth };
}

function tooFewParts(parts: readonly string[], tag: TagPattern | null): ValueError {
  const missing = ["TAG", "IND1", "IND2", "SUBFIELDS"].slice(parts.length).join(", ");
  const subfields = tag !== null && isFixed(tag) ? "*" : "a";
  const completed = [...parts, ...["245", "*", "*", subfields].slice(parts.length)].join(" ");
  return new ValueError(
    `not a SearchField: ${missing} ${parts.length === 3 ? "is" : "are"} missing`,
    SEARCH_FIELD_FORM,
    `write all four parts, separated by blanks, as in "${completed}"`,
  );
}

/**
 * Reads a TAG.
 *
 * @throws ValueError if it is none
 */
export function parseTag(written: string): TagPattern {
  const parts = /^([^/]*)(?:\/(.*))?$/s.exec(written);
  const text = tagText(parts?.[1] ?? "", written);
  const pattern = { text, leader: text === "LDR", range: null };
  if (parts?.[2] === undefined) {
    return pattern;
  }
  if (!isFixed(pattern)) {
    throw new ValueError(
      `TAG "${written}": ${text} is not a fixed field, so it has no range`,
      "ranges of character positions on the leader (LDR) and on control fields (00X)",
      `write ${text} without /${parts[2]}`,
    );
  }
  return { ...pattern, range: positionRange(parts[2], text, written) };
}

function tagText(tag: string, written: string): string {
  if (/^ldr$/i.test(tag)) {
    return "LDR";
  }
  if (/^\d{1,3}$/.test(tag) && Number(tag) > 0) {
    return tag.padStart(3, "0");
  }
  if (/^[\dXx]{3}$/.test(tag) && /x/i.test(tag)) {
    return tag.toUpperCase();
  }
  // Systems keep fields of their own under tags such as FMT or Z30; X stays the wildcard.
  if (/^[A-WYZ0-9]{3}$/.test(tag) && /[A-Z]/.test(tag)) {
    return tag;
  }
  throw new ValueError(`TAG "${written}" is not a tag`, TAG_FORM, tagAdvice(tag));
}

function tagAdvice(tag: string): string {
  if (/^0+$/.test(tag)) {
    return "write LDR for the leader";
  }
  if (/^\d{3}[$A-Za-z]/.test(tag)) {
    const codes = tag.slice(3).replace(/[^A-Za-z0-9]/g, "");
    return `write the parts apart, as in "${tag.slice(0, 3)} * * ${[...codes].join("+") || "a"}"`;
  }
  return /x/i.test(tag)
    ? "write all three characters, as in 6XX; X stands for a digit"
    : "begin the value with a tag of up to three digits, as in 245";
}

function positionRange(range: string, tag: string, written: string): { from: number; to: number } {
  const ends = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(range);
  const from = Number(ends?.[1]);
  const to = Number(ends?.[2] ?? ends?.[1]);
  const last = LAST_POSITION[tag] ?? 99998;
  if (ends === null || from > to || to > last) {
    const problem =
      ends === null
        ? `"${range}" is not a range of character positions`
        : from > to
          ? `the range ends before it begins`
          : `${tag} ends at position ${last}`;
    throw new ValueError(
      `TAG "${written}": ${problem}`,
      "one position (LDR/6) or a first and a last one (008/35-37), counted from 0",
      from > to ? `write ${tag}/${to}-${from}` : `write positions from 0 to ${last}`,
    );
  }
  return { from, to };
}

/** A field without indicators and subfields: the leader, 001 to 009, 00X. */
function isFixed(tag: TagPattern): boolean {
  return tag.leader || tag.text.startsWith("00");
}
