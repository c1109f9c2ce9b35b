/** Writes the text form of MARCMaker and MarcEdit (.mrk): `=245  10$aTitle`. */

import type { PlainField } from "../marc/build-record.js";
import type { SoundParts } from "./sound-parts.js";

/** The mnemonics of the characters that mean something in the form itself. */
const MNEMONICS: Readonly<Record<string, string>> = {
  $: "{dollar}",
  "{": "{lcub}",
  "}": "{rcub}",
  "\\": "{bsol}",
};

function escaped(text: string): string {
  return text.replace(/[${}\\]/g, (character) => MNEMONICS[character]);
}

/** A backslash stands for each blank of what has fixed places. */
function withBackslashes(text: string): string {
  return escaped(text).replace(/ /g, "\\");
}

/** The lines of one record, and the empty one behind it. */
export function mrkRecord({ leader, fields }: SoundParts): string {
  return `=LDR  ${withBackslashes(leader)}\n${fields.map(line).join("")}\n`;
}

function line(field: PlainField): string {
  if ("text" in field) return `=${field.tag}  ${withBackslashes(field.text)}\n`;
  const indicators = withBackslashes(field.indicator1 + field.indicator2);
  const subfields = field.subfields.map(
    ([code, text]) => `$${withBackslashes(code)}${escaped(text)}`,
  );
  return `=${field.tag}  ${indicators}${subfields.join("")}\n`;
}
