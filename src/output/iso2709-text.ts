/** Writes ISO 2709 (ANSI/NISO Z39.2; MARC 21 Record Structure) in UTF-8. */

import type { PlainField } from "../marc/build-record.js";
import type { SoundParts } from "./sound-parts.js";

const LONGEST_FIELD = 9_999;
const LONGEST_RECORD = 99_999;
const LEADER_LENGTH = 24;
const ENTRY_LENGTH = 12;

/** The bytes of a record; null if it, or one of its fields, is longer than its numbers can say. */
export function iso2709Record({ leader, fields }: SoundParts): Buffer | null {
  const base = LEADER_LENGTH + ENTRY_LENGTH * fields.length + 1;
  let directory = "";
  let content = "";
  let start = 0;
  for (const field of fields) {
    const text = `${contentOf(field)}\x1e`;
    const length = Buffer.byteLength(text);
    if (length > LONGEST_FIELD || start > LONGEST_RECORD) return null;
    directory += field.tag + digits(length, 4) + digits(start, 5);
    content += text;
    start += length;
  }
  const total = base + start + 1;
  if (total > LONGEST_RECORD) return null;
  const head = digits(total, 5) + leader.slice(5, 12) + digits(base, 5) + leader.slice(17);
  return Buffer.from(`${head}${directory}\x1e${content}\x1d`);
}

function contentOf(field: PlainField): string {
  if ("text" in field) return field.text;
  const subfields = field.subfields.map(([code, text]) => `\x1f${code}${text}`).join("");
  return field.indicator1 + field.indicator2 + subfields;
}

function digits(value: number, places: number): string {
  return String(value).padStart(places, "0");
}
