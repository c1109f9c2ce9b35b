/** The decision table and what a configuration says of it, as text for a terminal. */

import type { WantSettings } from "../config/job/want.js";
import { DECISION_TABLE } from "./decide.js";

const HEADING = ["rule", "if, the first that holds", "response", "message", "weeding"];

/** The table, then whose rows count as whose. Ends without a line feed. */
export function printDecisionTable(want: WantSettings): string {
  const rows = DECISION_TABLE.map(({ rule, when, response, message, weeding }) => [
    String(rule),
    when,
    String(response),
    message,
    weeding,
  ]);
  return [...tableLines([HEADING, ...rows]), "", ...settingLines(want)].join("\n");
}

function tableLines(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (cells: readonly string[]) =>
    cells
      .map((text, column) => text.padEnd(widths[column]))
      .join("  ")
      .trimEnd();
  const [heading, ...others] = rows;
  return [heading, widths.map((width) => "-".repeat(width)), ...others].map(line);
}

function settingLines(want: WantSettings): string[] {
  const names = (list: readonly string[]) => (list.length === 0 ? "none" : list.join(", "));
  const held = want.heldSources.length === 0 ? "" : `${names(want.heldSources)}, and `;
  const copies = want.copiesField === "" ? "one a row" : `by the field ${want.copiesField}`;
  const second =
    want.needSecond === null
      ? "never"
      : `where ${want.needSecond.field} fits ${want.needSecond.pattern}`;
  const related = want.related === "note" ? "told, and never counted" : "counted as copies";
  const field = want.relatedField === "" ? "" : `, or their ISBN in ${want.relatedField}`;
  return [
    `our copies: ${held}every source that is not named below`,
    `given, not worked on (count unless --ignore-donations): ${names(want.donationSources)}`,
    `partners: ${names(want.partnerSources)}`,
    `ignored: ${names(want.ignoredSources)}`,
    `copies: ${copies}; wanted: ${want.copiesWanted}; to be replaced: ${second}`,
    `other editions: rows that share ${want.relatedBy.join(", ")}${field}; ${related}`,
    "--weeding: the copy in hand is one of ours and is not counted",
  ];
}
