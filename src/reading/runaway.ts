/** A rule that does not come to an end on a record: how it is stopped, and what is told of it. */

import { createContext, Script } from "node:vm";
import { EXIT, RunFailure } from "../diagnostics/exit-status.js";
import { createMapper } from "../mapping/marc/mapper.js";
import type { FeedRequest } from "./record-feed.js";

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

/**
 * The failure of a run in which a rule does not come to an end.
 *
 * @param running the rule (from 1) and the record that it works on
 */
export function runaway({ config, input }: FeedRequest, running: Int32Array): RunFailure {
  const [rule, number] = running;
  const search = createMapper(config).rules[rule - 1];
  const { file, line } = search.at;
  return new RunFailure(
    EXIT.limit,
    `${file}:${line}: ${search.name} does not come to an end on ${input.path} record ${number} ("${search.text}")`,
    "Change its pattern so that no part of it can match the same text in many ways, and run again.",
  );
}
