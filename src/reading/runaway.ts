/** A rule that does not come to an end on a record, or lets texts grow without measure: how it is stopped, what is told. */

import { createContext, Script } from "node:vm";
import type { Location } from "../config/language/problems.js";
import type { MarcConfig } from "../config/marc/marc-mapping.js";
import { Failure } from "../diagnostics/failure.js";
import { createMapper } from "../mapping/marc/mapper.js";
import { MOST_GROWTH, TextGrowthError } from "../perl/substitutions.js";

/** Shared numbers: the running rule (from 1, 0 for none), and the record it works on. */
export const RUNNING_SLOTS = 2;

/** A substitution that works so many milliseconds on one record will not come to an end. */
export const RUNAWAY_MS = 20_000;

const CALL = new Script("work()");
const TIMED_OUT = "ERR_SCRIPT_EXECUTION_TIMEOUT";

/**
 * Does some work in this thread, and ends it where it takes too long: the engine can interrupt even a
 * regular expression.
 *
 * @param patience milliseconds
 * @throws an error for which `isTimeout` holds
 */
export function withTimeLimit(patience: number): <T>(work: () => T) => T {
  const place: { work: () => unknown } = { work: () => undefined };
  const context = createContext(place);
  return <T>(work: () => T) => {
    place.work = work;
    return CALL.runInContext(context, { timeout: patience }) as T;
  };
}

/** Whether an error is that of work which took longer than `withTimeLimit` gave it. */
export function isTimeout(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === TIMED_OUT;
}

/** A rule, as a message names it. */
export interface RuleAtWork {
  readonly at: Location;
  readonly name: string;
  readonly text: string;
}

/** What was read, and by which rules. */
export interface Work {
  readonly path: string;
  readonly rules: readonly RuleAtWork[];
}

/** The failure of a run that a rule has stopped on a record. */
function stopped({ path, rules }: Work, running: Int32Array, why: string, advice: string) {
  const [rule, number] = running;
  const place = `${path} record ${number}`;
  if (rule === 0) return new Failure("limit", `mapping ${why} on ${place}`, REPORT);
  const { at, name, text } = rules[rule - 1];
  return new Failure(
    "limit",
    `${at.file}:${at.line}: ${name} ${why} on ${place} ("${text}")`,
    advice,
  );
}

/** No rule was at work: the record itself is the trouble. */
const REPORT = "Run again; if it comes again, report it with that record.";

/** What rules for MARC work on. */
interface MarcWork {
  readonly config: MarcConfig;
  readonly input: { readonly path: string };
}

function ofMarc({ config, input: { path } }: MarcWork): Work {
  return { path, rules: createMapper(config).rules };
}

/**
 * The failure of a run in which a rule does not come to an end.
 *
 * @param running the rule (from 1) and the record that it works on
 */
export function runaway(work: MarcWork, running: Int32Array): Failure {
  return endless(ofMarc(work), running);
}

/**
 * The failure of a run in which a rule does not come to an end.
 *
 * @param running the rule (from 1) and the record that it works on
 */
export function endless(work: Work, running: Int32Array): Failure {
  return stopped(
    work,
    running,
    "does not come to an end",
    "Change its pattern so that no part of it can match the same text in many ways, and run again.",
  );
}

/**
 * The failure of a run in which a rule lets texts grow without measure.
 *
 * @param running the rule (from 1) and the record that it works on
 */
export function outgrown(work: MarcWork, running: Int32Array): Failure {
  return growing(ofMarc(work), running);
}

/**
 * The failure of a run in which a rule lets texts grow without measure.
 *
 * @param running the rule (from 1) and the record that it works on
 */
export function growing(work: Work, running: Int32Array): Failure {
  return stopped(
    work,
    running,
    `lets texts grow by more than ${MOST_GROWTH.toLocaleString("en")} characters`,
    "Change its substitutions so that none puts in much more than it takes out, and run again.",
  );
}

/** Looks after the rules of a mapper that works in this thread. */
export class RuleWatch {
  /** The mapper shows its rule here, and whoever asks it the record. */
  readonly running = new Int32Array(RUNNING_SLOTS);
  private readonly inTime: ReturnType<typeof withTimeLimit>;

  /** @param patience milliseconds */
  constructor(patience: number = RUNAWAY_MS) {
    this.inTime = withTimeLimit(patience);
  }

  /**
   * Maps some records.
   *
   * @throws Failure (5) naming the rule that does not come to an end or lets texts grow without measure
   */
  over<T>(work: Work, map: () => T): T {
    try {
      return this.inTime(map);
    } catch (error) {
      if (isTimeout(error)) throw endless(work, this.running);
      throw error instanceof TextGrowthError ? growing(work, this.running) : error;
    }
  }
}
