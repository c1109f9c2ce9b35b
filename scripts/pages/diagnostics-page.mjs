/** docs/diagnostics.md, made from the catalogue. */

import { AREAS } from "../../dist/diagnostics/catalogue.js";

/** By area of the catalogue. */
const TITLES = {
  files: "Files",
  framing: "Framing: where records begin and end",
  leader: "Leader and directory",
  fields: "Fields and subfields",
  characters: "Characters",
  mapping: "Mapping",
  rows: "Records and rows",
  formats: "MARCXML and MARC-in-JSON",
  harvest: "Harvesting by OAI-PMH",
  writing: "Writing records",
};

/** By severity. */
const MEANINGS = {
  info: "noted, nothing is wrong",
  warning: "imported, but somebody should look",
  repair: "mended where the intent was certain, then imported; `--strict` rejects instead",
  reject: "not imported: the bytes are kept in the reject file",
  stop: "the file cannot be imported at all",
};

function row({ code, name, severity, message, advice }) {
  return `| <a id="${code.toLowerCase()}"></a>${code} | ${name} | ${severity} | ${message}. | ${advice} |`;
}

/** The page in Markdown. */
export function diagnosticsPage() {
  const areas = Object.keys(AREAS).flatMap((area) => {
    if (!(area in TITLES)) throw new Error(`the area ${area} has no title here`);
    const head = [
      "| code | name | severity | what happened | what to do |",
      "| --- | --- | --- | --- | --- |",
    ];
    return [`## ${TITLES[area]}`, "", ...head, ...AREAS[area].map(row), ""];
  });
  return [
    "# Diagnostics",
    "",
    "Every finding has a code that keeps its meaning for ever: codes are neither renumbered nor used again. A line in the",
    "log names the code, the file, the record's number, the byte, the control number and the field, and what was found and",
    "expected there. The page is made from the program's own catalogue by `node scripts/build-pages.mjs`.",
    "",
    "| severity | what becomes of the record |",
    "| --- | --- |",
    ...Object.entries(MEANINGS).map(([severity, meaning]) => `| ${severity} | ${meaning} |`),
    "",
    ...areas,
  ].join("\n");
}
