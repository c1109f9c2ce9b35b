/** `MARC_import want CONFIG [ISBN…]`: whether copies of books are wanted. */

import type { AskedConfig } from "../config/job/want.js";
import { EXIT, Failure } from "../diagnostics/failure.js";
import { textLines } from "../input/text-lines.js";
import { openLookup } from "../store/open.js";
import type { LookupView } from "../store/port.js";
import { Answerer } from "../wanting/answer.js";
import { AnswerJson } from "../wanting/answer-json.js";
import { answerLine, answerRow, emptyRow } from "../wanting/answer-text.js";
import { askList, type ListedAnswer, type ListedLine, readLine } from "../wanting/ask-list.js";
import { askedColumns } from "../wanting/asked-columns.js";
import { askedBy } from "../wanting/editions.js";
import { printDecisionTable } from "../wanting/print-table.js";
import { readQuestion } from "../wanting/question.js";
import { lookupRemarks, needSecondLimit } from "./asking.js";
import type { Console } from "./console.js";
import { type ConfigFlags, loadConfiguration } from "./load.js";

export interface WantFlags extends ConfigFlags {
  readonly file?: string;
  readonly format?: "text" | "tsv" | "json";
  readonly debug?: boolean;
  readonly ignoreDonations?: boolean;
  readonly weeding?: boolean;
  readonly table?: boolean;
}

/** Answers for each number, or prints the decision table. */
export async function want(
  configPath: string,
  numbers: readonly string[],
  flags: WantFlags,
  to: Console,
): Promise<number> {
  const config = loadConfiguration(configPath, flags, to);
  if (flags.table) {
    to.out(printDecisionTable(config.want));
    return EXIT.done;
  }
  mustAsk(numbers, flags.file);
  const view = await openLookup(config, askedColumns(config.want));
  try {
    for (const remark of lookupRemarks(config, view)) to.error(`MARC_import: ${remark}`);
    return await answerAll(config, view, { numbers, flags }, to);
  } finally {
    view.close();
  }
}

function mustAsk(numbers: readonly string[], file: string | undefined): void {
  const isFile = file !== undefined;
  if (numbers.length > 0 !== isFile) return;
  throw new Failure(
    "usage",
    isFile ? "numbers are given, and --file, too" : "no number is given",
    "Give ISBNs behind the configuration, or --file with a list of them; - is standard input.",
  );
}

interface Asked {
  readonly numbers: readonly string[];
  readonly flags: WantFlags;
}

async function answerAll(
  config: AskedConfig,
  { lookup }: LookupView,
  { numbers, flags }: Asked,
  to: Console,
): Promise<number> {
  const answerer = new Answerer(config, lookup);
  const { debug = false, ignoreDonations = false, weeding = false } = flags;
  const format = flags.format ?? (to.outIsTerminal ? "text" : "tsv");
  const print = printer(config, format, debug);
  const parts = {
    answerer,
    lookup,
    options: { ignoreDonations, weeding },
    by: askedBy(config.want),
    isLive: flags.file === "-" && process.stdin.isTTY === true,
    limited: needSecondLimit(config, answerer.working, to.cwd),
  };
  const counts = { asked: 0, invalid: 0 };
  for await (const answers of askList(parts, linesOf(config, { numbers, flags }))) {
    const printed = answers.flatMap(print);
    if (printed.length > 0) to.out(printed.join("\n"));
    for (const { answer } of answers) {
      if (answer === null) continue;
      counts.asked++;
      if (answer.rule.response < 0) counts.invalid++;
    }
    await to.drained?.();
    if (to.outIsClosed?.()) return EXIT.done;
  }
  if (answerer.unreadableCopies > 0) {
    to.error(
      `MARC_import: ${config.want.copiesField} held no number in ${answerer.unreadableCopies} rows; each was counted as one copy`,
    );
  }
  if (flags.file !== undefined && counts.invalid === counts.asked) throw noNumber(flags.file);
  return counts.invalid > 0 ? EXIT.rejects : EXIT.done;
}

async function* linesOf(
  { want }: AskedConfig,
  { numbers, flags }: Asked,
): AsyncGenerator<readonly ListedLine[]> {
  const allowAsin = want.asinField !== "";
  if (flags.file === undefined) {
    // Of a list a line may be empty; who gives nothing in place of a number has made a mistake.
    yield numbers.map((text) => ({ text, question: readQuestion(text, allowAsin) }));
    return;
  }
  for await (const lines of textLines(flags.file)) {
    yield lines.map((text) => readLine(text, allowAsin));
  }
}

/** What is printed of an answer: lines, none for what asks nothing unless lines are to stay in step. */
function printer(config: AskedConfig, format: string, debug: boolean) {
  const titleAt = config.fields.findIndex(({ name }) => name === "title");
  const json = new AnswerJson(config);
  return ({ text, answer }: ListedAnswer): string[] => {
    if (format === "tsv") {
      return [answer === null ? emptyRow(text) : answerRow(text, answer, titleAt)];
    }
    if (answer === null) return [];
    return [
      format === "json" ? JSON.stringify(json.of(answer, debug)) : answerLine(answer, titleAt),
    ];
  };
}

function noNumber(file: string): Failure {
  return new Failure(
    "not-marc",
    `no line of ${file} is an ISBN`,
    "Name a list with one ISBN a line; of a table of several columns cut out the one with the numbers.",
    { input: file },
  );
}
