/** What a repository has sent of a record, line by line. */

import { printable } from "../diagnostics/format.js";
import { quoted } from "./explain-mapping-text.js";
import type { RecordTrace, ShownElement, ShownHarvested } from "./explanation.js";
import type { Style } from "./style.js";

/** Header, elements, and what became of the candidates for the url; none of a record of a file. */
export function harvestedSections(
  { harvested, mapping }: RecordTrace,
  style: Style,
): [title: string, lines: string[]][] {
  if (harvested === undefined) return [];
  const rules = mapping.flatMap((field) => field.rules);
  const taken = new Set(rules.flatMap(({ matches }) => matches.map(({ field }) => field)));
  return [
    ["HEADER", headerLines(harvested, style)],
    ["ELEMENTS", harvested.elements.map((one) => elementLine(one, taken, style))],
    ["CANDIDATES FOR url", candidateLines(harvested, style)],
  ];
}

function headerLines({ identifier, datestamp, deleted, setSpecs }: ShownHarvested, style: Style) {
  const lines: (readonly [string, string])[] = [
    ["identifier", identifier],
    ["datestamp", datestamp],
    ["status", deleted ? "deleted" : ""],
    ["sets", setSpecs.join(", ")],
  ];
  return lines
    .filter(([, text]) => text !== "")
    .map(([name, text]) => `${style.name(name.padEnd(10))}  ${printable(text)}`);
}

/** `dc:identifier[2]  "http://x/"   [xsi:type dct:URI, http://purl.org/dc/elements/1.1/]`. */
function elementLine(
  { label, namespace, type, lang, text }: ShownElement,
  taken: ReadonlySet<string>,
  style: Style,
): string {
  const remarks = [
    type === "" ? "" : `xsi:type ${type}`,
    lang === "" ? "" : `xml:lang ${lang}`,
    namespace,
    taken.has(label) ? "" : "no key takes it",
  ].filter((remark) => remark !== "");
  const beside = remarks.length === 0 ? "" : style.faint(`  [${printable(remarks.join(", "))}]`);
  return `${style.name(printable(label))}  ${quoted(text)}${beside}`;
}

function candidateLines({ candidates }: ShownHarvested, style: Style): string[] {
  return candidates.map(({ element, text, verdict, result }) => {
    const gives = result === "" || result === text ? "" : ` ${quoted(result)}`;
    return `${printable(element)}  ${quoted(text)}: ${style.good(verdict)}${gives}`;
  });
}
