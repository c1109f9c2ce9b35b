/** How the sources of a catalogue stand: when each last came in well, and what is late. */

import type { PastRun } from "./run-text.js";

export type State = "well" | "rejects" | "late" | "failed" | "interrupted" | "running" | "never";

/** The imports of one source into one database. */
export interface SourceState {
  /** Absolute path. */
  readonly database: string;
  /** "" for local records. */
  readonly foreignSource: string;
  readonly state: State;
  /** Imports and harvests, oldest first. */
  readonly runs: readonly PastRun[];
  /** The last that came to its end and stands, null if there is none. */
  readonly lastSuccess: PastRun | null;
  /** Seconds that usually pass between two imports at most; null where there were too few to tell. */
  readonly usualPause: number | null;
}

/** Imports that tell how often a source comes. */
const COUNTED = 30;
/** Fewer pauses tell nothing; from so many on the longest, which may have been an outage, is left out. */
const FEWEST_PAUSES = 2;
const MANY_PAUSES = 10;
/** How much longer than usual a pause must be to be told. */
const PATIENCE = 1.5;

/**
 * The sources of one database by name.
 *
 * @param runs of the register, oldest first
 * @param expected sources that are configured, whether or not they have come
 * @param now milliseconds since 1970
 */
export function sourceStates(
  database: string,
  runs: readonly PastRun[],
  expected: readonly string[],
  now: number,
): SourceState[] {
  const imports = runs.filter(({ record }) => record.kind === "records");
  const sources = new Set([...expected, ...imports.map(({ record }) => record.foreignSource)]);
  return [...sources].sort().map((foreignSource) => {
    const own = imports.filter(({ record }) => record.foreignSource === foreignSource);
    const successes = own.filter((run) => isDone(run) && run.undoneBy === null);
    const lastSuccess = successes.at(-1) ?? null;
    const usualPause = usualPauseOf(successes);
    const state = stateOf(own.at(-1), { lastSuccess, usualPause, now });
    return { database, foreignSource, state, runs: own, lastSuccess, usualPause };
  });
}

function isDone({ status }: PastRun): boolean {
  return status === "done";
}

function stateOf(
  last: PastRun | undefined,
  {
    lastSuccess,
    usualPause,
    now,
  }: Pick<SourceState, "lastSuccess" | "usualPause"> & { readonly now: number },
): State {
  if (last === undefined) return "never";
  if (last.status === "running") return "running";
  if (last.status === "interrupted") return "interrupted";
  if (!isDone(last)) return "failed";
  const pause = (now - startOf(lastSuccess ?? last)) / 1000;
  if (usualPause !== null && pause > usualPause * PATIENCE) return "late";
  return last.record.exitStatus === 0 ? "well" : "rejects";
}

/** The longest pause between the last imports; several of one night stand close together. */
function usualPauseOf(done: readonly PastRun[]): number | null {
  const starts = done.slice(-COUNTED).map(startOf);
  const pauses = starts.slice(1).map((start, i) => (start - starts[i]) / 1000);
  if (pauses.length < FEWEST_PAUSES) return null;
  const sorted = pauses.sort((a, b) => b - a);
  return sorted[pauses.length >= MANY_PAUSES ? 1 : 0];
}

/** Milliseconds since 1970. */
function startOf({ record }: PastRun): number {
  return Date.parse(record.startedAt);
}
