/** A rule that does not come to an end on a record, or lets texts grow without measure: how it is stopped, what is told. */

import { createContext, Script } from "node:vm";
import type { MarcConfig } from "../config/marc/marc-mapping.js";
import { Failure } from "../diagnostics/failure.js";
import { createMapper } from "../mapping/marc/mapper.js";
import { MOST_GROWTH } from "../perl/substitutions.js";

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

/** What was read, and by which rules. */
interface Work {
  readonly config: MarcConfig;
  readonly input: { readonly path: string };
}

/** The failure of a run that a rule (from 1) has stopped on a record. */
function stopped({ config, input }: Work, running: Int32Array, why: string, advice: string) {
  const [rule, number] = running;
  const search = createMapper(config).rules[rule - 1];
  const { file, line } = search.at;
  const place = `${input.path} record ${number} ("${search.text}")`;
  return new Failure("limit", `${file}:${line}: ${search.name} ${why} on ${place}`, advice);
}

/**
 * The failure of a run in which a rule does not come to an end.
 *
 * @param running the rule (from 1) and the record that it works on
 */
export function runaway(work: Work, running: Int32Array): Failure {
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
export function outgrown(work: Work, running: Int32Array): Failure {
  return stopped(
    work,
    running,
    `lets texts grow by more than ${MOST_GROWTH.toLocaleString("en")} characters`,
    "Change its substitutions so that none puts in much more than it takes out, and run again.",
  );
}
