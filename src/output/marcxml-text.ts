/** Writes MARCXML (MARC 21 XML Schema 1.2). */

import type { PlainField } from "../marc/build-record.js";
import type { SoundParts } from "./sound-parts.js";

export const XML_HEAD =
  '<?xml version="1.0" encoding="UTF-8"?>\n<collection xmlns="http://www.loc.gov/MARC21/slim">\n';
export const XML_TAIL = "</collection>\n";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};
const SPECIAL = /[&<>"\0-\x1f\x7f-\x97\x99-\x9b\x9d-\x9f\ufffe\uffff]/g;

/** What XML cannot hold, which only a noncharacter is, becomes U+FFFD. */
function escaped(text: string): string {
  return text.replace(SPECIAL, (character) => ENTITIES[character] ?? "\ufffd");
}

/** One record element, ended by a line end. */
export function xmlRecord({ leader, fields }: SoundParts): string {
  const lines = fields.map(xmlField).join("");
  return `<record>\n  <leader>${escaped(leader)}</leader>\n${lines}</record>\n`;
}

function xmlField(field: PlainField): string {
  const tag = escaped(field.tag);
  if ("text" in field) {
    return `  <controlfield tag="${tag}">${escaped(field.text)}</controlfield>\n`;
  }
  const indicators = `ind1="${escaped(field.indicator1)}" ind2="${escaped(field.indicator2)}"`;
  const subfields = field.subfields.map(
    ([code, text]) => `    <subfield code="${escaped(code)}">${escaped(text)}</subfield>\n`,
  );
  return `  <datafield tag="${tag}" ${indicators}>\n${subfields.join("")}  </datafield>\n`;
}
