/** Whole lists of questions: asked together as far as that saves scans, answered in order. */

import type { LookupBy } from "../store/model/lookup-key.js";
import type { RowLookup } from "../store/reading-port.js";
import type { Answer, Answerer, AskOptions } from "./answer.js";
import { type Question, readQuestion } from "./question.js";

/** Numbers up to which all rows are scanned for them; for more an index of all rows is made. */
const MOST_SCANNED = 100;
/** Questions that are answered as of one moment. */
const AT_A_TIME = 100;

/** One line of a list. */
export interface ListedLine {
  readonly text: string;
  /** null where nothing is asked: an empty line, a remark. */
  readonly question: Question | null;
}

export interface ListedAnswer {
  readonly text: string;
  readonly answer: Answer | null;
}

/** @param allowAsin whether Amazon's numbers may be asked for */
export function readLine(text: string, allowAsin: boolean): ListedLine {
  const trimmed = text.replace(/^\ufeff/, "").trim();
  const isSilent = trimmed === "" || trimmed.startsWith("#");
  return { text, question: isSilent ? null : readQuestion(text, allowAsin) };
}

interface AskParts {
  readonly answerer: Answerer;
  readonly lookup: RowLookup;
  readonly options: AskOptions;
  readonly by: readonly LookupBy[];
  /** Whether the end of the list may be long in coming, so that answers must not wait for it. */
  readonly isLive: boolean;
  /** Does what may take very long: answers some questions. */
  limited<T>(work: () => T): T;
}

/** Answers lines as they come in. */
export async function* askList(
  parts: AskParts,
  lines: AsyncIterable<readonly ListedLine[]>,
): AsyncGenerator<ListedAnswer[]> {
  const { lookup, isLive } = parts;
  const unkept = lookup.unkept(parts.by);
  if (isLive && unkept.length > 0) lookup.indexAll(unkept);
  let waits = unkept.length > 0 && !isLive;
  let waiting: ListedLine[] = [];
  for await (const some of lines) {
    waiting.push(...some);
    if (waits && waiting.length <= MOST_SCANNED) continue;
    if (waits) lookup.indexAll(unkept);
    waits = false;
    yield* answered(parts, waiting);
    waiting = [];
  }
  yield* answered(parts, waiting);
}

function* answered(parts: AskParts, lines: readonly ListedLine[]): Generator<ListedAnswer[]> {
  const { answerer, options, limited } = parts;
  for (let at = 0; at < lines.length; at += AT_A_TIME) {
    const some = lines.slice(at, at + AT_A_TIME);
    const questions = some.flatMap(({ question }) => question ?? []);
    const answers = questions.length > 0 ? limited(() => answerer.answer(questions, options)) : [];
    let next = 0;
    yield some.map(({ text, question }) => ({
      text,
      answer: question === null ? null : answers[next++],
    }));
  }
}
