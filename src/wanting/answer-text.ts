/** An answer as a line: for a person, and for the spreadsheet beside a donor's list. */

import { printable } from "../diagnostics/format.js";
import type { Answer, FoundHolding } from "./answer.js";

const NUMBER_WIDTH = 13;
const CELL_BREAKS = /[\t\r\n\v\f\u0085\u2028\u2029]+/g;

/** The columns of `answerRow`, as the documents name them. */
const TSV_COLUMNS = [
  "input",
  "isbn13",
  "response",
  "message",
  "exact",
  "related",
  "record_id",
  "title",
];

/** @param titleAt the position of the title among the values of a row */
export function answerLine(answer: Answer, titleAt: number): string {
  const { question, rule, exact, related } = answer;
  const number = numberOf(answer) || printable(question.text);
  const parts = [number.padEnd(NUMBER_WIDTH), String(rule.response).padStart(2), rule.message];
  if (question.kind === "invalid") parts.push(`(${question.reason})`);
  const [best] = exact.length > 0 ? exact : related;
  if (best) parts.push(`- ${bestText(best, titleAt)}`);
  const others = exact.length === 0 ? related.length - 1 : related.length;
  if (exact.length === 0 && best) parts.push("(another edition)");
  if (others > 0) parts.push(`(${others} ${exact.length === 0 ? "more" : "other editions"})`);
  return parts.join(" ");
}

function bestText({ row, identifier }: FoundHolding, titleAt: number): string {
  const title = row.values[titleAt] ?? "";
  return printable(title === "" ? identifier : `${identifier}: ${title}`);
}

/** One row for one line of a list, cells apart by tabs. */
export function answerRow(input: string, answer: Answer, titleAt: number): string {
  const { rule, exact, related } = answer;
  const [best] = exact.length > 0 ? exact : related;
  return [
    input,
    numberOf(answer),
    String(rule.response),
    rule.message,
    String(exact.length),
    String(related.length),
    String(best?.row.recordId ?? ""),
    best?.row.values[titleAt] ?? "",
  ]
    .map(cell)
    .join("\t");
}

/** The row for a line in which nothing is asked. */
export function emptyRow(input: string): string {
  return cell(input) + "\t".repeat(TSV_COLUMNS.length - 1);
}

/** ISBN or ASIN, "" where there is none. */
function numberOf({ question }: Answer): string {
  if (question.kind === "isbn") return question.isbn;
  return question.kind === "asin" ? question.asin : "";
}

function cell(text: string): string {
  return printable(text.replace(CELL_BREAKS, " "));
}
