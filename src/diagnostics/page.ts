/** docs/diagnostics.md, made from the catalogue. */

import { CODES } from "./catalogue.js";
import type { CodeEntry, Severity } from "./diagnostic.js";

const AREAS: readonly (readonly [prefix: string, title: string])[] = [
  ["M0", "Files"],
  ["M1", "Framing: where records begin and end"],
  ["M2", "Leader and directory"],
  ["M3", "Fields and subfields"],
  ["M4", "Characters"],
  ["M5", "Mapping"],
  ["M6", "Records and rows"],
  ["M7", "MARCXML and MARC-in-JSON"],
];

const MEANINGS: Readonly<Record<Severity, string>> = {
  info: "noted, nothing is wrong",
  warning: "imported, but somebody should look",
  repair: "mended where the intent was certain, then imported; `--strict` rejects instead",
  reject: "not imported: the bytes are kept in the reject file",
  stop: "the file cannot be imported at all",
};

function row({ code, name, severity, message, advice }: CodeEntry): string {
  return `| <a id="${code.toLowerCase()}"></a>${code} | ${name} | ${severity} | ${message}. | ${advice} |`;
}

/** The page in Markdown. */
export function diagnosticsPage(): string {
  const areas = AREAS.flatMap(([prefix, title]) => {
    const codes = CODES.filter(({ code }) => code.startsWith(prefix));
    if (codes.length === 0) return [];
    const head = [
      "| code | name | severity | what happened | what to do |",
      "| --- | --- | --- | --- | --- |",
    ];
    return [`## ${title}`, "", ...head, ...codes.map(row), ""];
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
