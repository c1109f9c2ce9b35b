/** Signals: the first asks the run to stop after its batch, the second leaves at once. */

import { constants } from "node:os";
import { Failure } from "../diagnostics/failure.js";

const WATCHED = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export type WatchedSignal = (typeof WATCHED)[number];

interface SignalWatch {
  /** The signal that has come, or null. */
  received(): WatchedSignal | null;
  stop(): void;
}

/** Begins to watch. A second signal ends the process; what is committed is safe even then. */
export function watchSignals(): SignalWatch {
  let received: WatchedSignal | null = null;
  const onSignal = (signal: WatchedSignal) => {
    if (received !== null) process.exit(128 + constants.signals[signal]);
    received = signal;
  };
  for (const signal of WATCHED) process.on(signal, onSignal as NodeJS.SignalsListener);
  return {
    received: () => received,
    stop: () => {
      for (const signal of WATCHED) process.off(signal, onSignal);
    },
  };
}

/** What ends work that a signal has stopped, and that leaves no output that is not whole. */
export function stoppedBy(signal: WatchedSignal, work: string): Failure {
  const what = `${work} was stopped by ${signal}; no part of its output is left`;
  return new Failure(signal, what, "Run it again.");
}

/** Waits for a signal that asks to end. A second one ends the process. */
export function nextSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let isSecond = false;
    const onSignal = (signal: NodeJS.Signals) => {
      if (isSecond) process.exit(128 + constants.signals[signal]);
      isSecond = true;
      resolve(signal);
    };
    for (const signal of WATCHED) process.on(signal, onSignal);
  });
}
