/** `MARC_import review CONFIG`: possible duplicates, and what a person says of them. */

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { MarcConfig } from "../config/marc/marc-mapping.js";
import { EXIT, Failure } from "../diagnostics/failure.js";
import { PAIR_DECISIONS, type PairDecision } from "../matching/duplicate-query.js";
import { pairPage } from "../report/html/pair-page.js";
import { pairObject, pairText, type ShownPair, type ShownRow } from "../report/pair-text.js";
import { grouped } from "../report/summary.js";
import { rememberDecisions, type SaidOfPair } from "../running/review.js";
import type { PossiblePair } from "../store/model/possible-pair.js";
import { openToRead } from "../store/open.js";
import type { Store } from "../store/port.js";
import type { Console } from "./console.js";
import { type ConfigFlags, loadConfiguration } from "./load.js";
import { filesInUse, outputPath, writeOutput } from "./output-file.js";
import { rowShower } from "./shown-rows.js";
import { watchSignals } from "./signals.js";

export interface ReviewFlags extends ConfigFlags {
  readonly json?: boolean;
  readonly html?: string;
  /** Numbers of rows, two for each pair. */
  readonly same?: readonly string[];
  readonly different?: readonly string[];
  readonly decisions?: string;
  readonly wait: number;
}

/** Pairs on one page: a person who has decided them asks for the next ones. */
const MOST_ON_PAGE = 500;

/** Lists the pairs that wait, or remembers decisions. */
export async function review(configPath: string, flags: ReviewFlags, to: Console): Promise<number> {
  const config = loadConfiguration(configPath, flags, to);
  const said = saidBy(flags, to.cwd);
  if (said === null) return list(config, flags, to);
  const signals = watchSignals();
  try {
    const stopSignal = signals.received;
    const run = await rememberDecisions({ config, said, wait: flags.wait, stopSignal });
    const what = said.length === 1 ? "1 decision is" : `${grouped(said.length)} decisions are`;
    to.out(`${what} remembered; MARC_import undo CONFIG ${run} takes back what run ${run} did`);
    return EXIT.done;
  } finally {
    signals.stop();
  }
}

async function list(config: MarcConfig, flags: ReviewFlags, to: Console): Promise<number> {
  const view = await openToRead(config);
  try {
    const pairs = shownPairs(view.store, config);
    if (flags.html !== undefined) {
      const page = pairPage(
        firstOf(pairs),
        config.fields.map(({ name }) => name),
      );
      writeOutput(outputPath(flags.html, to.cwd, filesInUse(config)), page);
      return EXIT.done;
    }
    let count = 0;
    for (const pair of pairs) {
      to.out(flags.json ? JSON.stringify(pairObject(pair)) : `${pairText(pair)}\n`);
      count++;
    }
    if (!flags.json) to.out(closing(count));
    return EXIT.done;
  } finally {
    view.close();
  }
}

function firstOf(pairs: Iterable<ShownPair>): { pairs: ShownPair[]; more: number } {
  const first: ShownPair[] = [];
  let more = 0;
  for (const pair of pairs) {
    if (first.length < MOST_ON_PAGE) first.push(pair);
    else more++;
  }
  return { pairs: first, more };
}

function closing(count: number): string {
  if (count === 0) return "no pair of rows waits for a decision";
  const pairs = count === 1 ? "1 pair waits" : `${grouped(count)} pairs wait`;
  return `${pairs} for a decision: MARC_import review CONFIG --same A B, or --different A B, with the two record_ids`;
}

function* shownPairs(store: Store, config: MarcConfig): Generator<ShownPair> {
  const shown = rowShower(store, config);
  for (const pair of store.pairs.waiting()) {
    const both = bothOf(pair, shown);
    if (both !== null) yield { ...pair, rows: both };
  }
}

function bothOf(
  { recordId, otherRecordId }: PossiblePair,
  shown: (recordId: number) => ShownRow | null,
): [ShownRow, ShownRow] | null {
  const [one, other] = [shown(recordId), shown(otherRecordId)];
  return one === null || other === null ? null : [one, other];
}

/** What the command line says of pairs; null where it only asks. */
function saidBy({ same, different, decisions }: ReviewFlags, cwd: string): SaidOfPair[] | null {
  if (same === undefined && different === undefined && decisions === undefined) return null;
  return [
    ...inPairs(same ?? [], "same"),
    ...inPairs(different ?? [], "different"),
    ...(decisions === undefined ? [] : inFile(decisions, cwd)),
  ];
}

const NUMBER = /^[1-9]\d{0,14}$/;

function inPairs(words: readonly string[], decision: PairDecision): SaidOfPair[] {
  const wrong = words.find((word) => !NUMBER.test(word));
  if (wrong !== undefined || words.length % 2 === 1) {
    throw new Failure(
      "usage",
      `--${decision} takes two record_ids for each pair, not ${wrong ?? words.join(" ")}`,
      `Write as in --${decision} 12 45, behind the configuration.`,
    );
  }
  return words.flatMap((word, at) =>
    at % 2 === 1
      ? []
      : [saidOf(decision, word, words[at + 1], `--${decision} ${word} ${words[at + 1]}`)],
  );
}

function saidOf(decision: PairDecision, one: string, other: string, at: string): SaidOfPair {
  return { decision, recordId: Number(one), otherRecordId: Number(other), at };
}

/** A file with a decision on each line: `same 12 45`. */
function inFile(name: string, cwd: string): SaidOfPair[] {
  const problems: string[] = [];
  const said = textOf(name, cwd)
    .split(/\r?\n/)
    .flatMap((line, number): SaidOfPair[] => {
      const text = line.trim();
      if (text === "" || text.startsWith("#")) return [];
      const [word, one, other, ...rest] = text.split(/\s+/);
      const at = `${name}:${number + 1}`;
      const decision = PAIR_DECISIONS.find((known) => known === word);
      if (decision && NUMBER.test(one ?? "") && NUMBER.test(other ?? "") && rest.length === 0) {
        return [saidOf(decision, one, other, at)];
      }
      problems.push(at);
      return [];
    });
  if (problems.length === 0) return said;
  throw new Failure(
    "usage",
    `nothing was decided: ${problems.slice(0, 10).join(", ")} says neither "same A B" nor "different A B"`,
    "Each line has one of the two words and two record_ids; # begins a remark.",
  );
}

function textOf(name: string, cwd: string): string {
  try {
    return readFileSync(resolve(cwd, name), "utf8").replace(/^\ufeff/, "");
  } catch (error) {
    throw new Failure(
      "usage",
      `${name} cannot be read: ${(error as Error).message}`,
      "Name a file with a decision on each line, such as: same 12 45.",
      { cause: error },
    );
  }
}
