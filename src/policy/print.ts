/** The duplicate policies as text for a terminal. */

import { DUPLICATE_POLICIES } from "../config/job/job-config.js";
import { cellText, POLICY_COLUMNS, POLICY_TABLE } from "./table.js";

/** Columns of text that a paragraph may take. */
const TEXT_WIDTH = 80;
const INDENT = "  ";

const BEFORE =
  "What becomes of a record that has no existing row, by the priority of the duplicates found:";

const AFTER = [
  "If duplicates of several priorities are found, the leftmost column that says ignore or merge settles the matter. Only if none of them does is the record taken, and only then are duplicates deleted.",
  "A record that has an existing row (the same foreign source and id) refreshes it under every policy. Duplicates are then deleted only if no column that applies says ignore or merge.",
  "A row that the same run created, refreshed or found unchanged is never deleted: the later record is ignored instead.",
];

/**
 * Every policy as a decision table, the rules for reading it, and when to use each policy. At most
 * 100 characters a line; ends with a line feed.
 */
export function printPolicies(): string {
  const blocks = [
    wrap(BEFORE, ""),
    table(),
    ...AFTER.map((paragraph) => wrap(paragraph, "")),
    "When to use which:",
    ...DUPLICATE_POLICIES.map((policy) => `${policy}\n${wrap(POLICY_TABLE[policy].use, INDENT)}`),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function table(): string {
  const heading = ["policy", ...POLICY_COLUMNS];
  const rows = DUPLICATE_POLICIES.map((policy) => [
    policy,
    ...POLICY_COLUMNS.map((column) => cellText(POLICY_TABLE[policy][column])),
  ]);
  const widths = heading.map((_, column) =>
    Math.max(...[heading, ...rows].map((row) => row[column].length)),
  );
  const rule = widths.map((width) => "-".repeat(width));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column]))
      .join("  ")
      .trimEnd();
  return [heading, rule, ...rows].map(line).join("\n");
}

function wrap(text: string, indent: string): string {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(" ")) {
    const longer = line === indent ? line + word : `${line} ${word}`;
    if (longer.length > TEXT_WIDTH) {
      lines.push(line);
      line = indent + word;
    } else {
      line = longer;
    }
  }
  return [...lines, line].join("\n");
}
