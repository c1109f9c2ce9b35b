/** Writes MARC-in-JSON, one record a line. */

import type { PlainField } from "../marc/build-record.js";
import type { SoundParts } from "./sound-parts.js";

/** One record and its line end. */
export function jsonRecord({ leader, fields }: SoundParts): string {
  return `${JSON.stringify({ leader, fields: fields.map(jsonField) })}\n`;
}

function jsonField(field: PlainField): unknown {
  if ("text" in field) return { [field.tag]: field.text };
  const { tag, indicator1: ind1, indicator2: ind2 } = field;
  const subfields = field.subfields.map(([code, text]) => ({ [code]: text }));
  return { [tag]: { ind1, ind2, subfields } };
}
