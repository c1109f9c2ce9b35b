/** The records of a file of MARC from a thread of their own. */

import type { RecordFeed } from "../record-feed.js";
import { runaway } from "../runaway.js";
import type { ReaderTask } from "./reader-protocol.js";
import { beginAhead, sharedRunning, threadPortions } from "./reading-thread.js";

const SCRIPT = new URL("./reader-thread.js", import.meta.url);

/** A thread begins to load while its task is made ready, or is never needed. */
export function beginThreadAhead(): void {
  beginAhead(SCRIPT);
}

/** @param patience milliseconds after which a rule at work on one record is taken for one without end */
export function threadFeed(patience: number): RecordFeed {
  return (request) => {
    const { config, input, portions, known, stopped } = request;
    const running = sharedRunning();
    const task: ReaderTask = {
      config,
      path: input.range?.named ?? input.path,
      format: input.format,
      piped: input.isPipe,
      portions,
      known: known?.shared ?? null,
      running: running.buffer as SharedArrayBuffer,
    };
    return threadPortions({
      script: SCRIPT,
      task,
      running,
      fieldCount: config.fields.length,
      patience,
      endless: () => runaway(request, running),
      known,
      stopped,
      pipe: input.isPipe ? input.blocks(portions.from.offset) : null,
    });
  };
}
