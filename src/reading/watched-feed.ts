/** Reading and mapping as the program does it: watched, so that no rule runs for ever. */

import { statSync } from "node:fs";
import { ItemList, type Portion } from "./portion.js";
import { type FeedRequest, type RecordFeed, readPortions } from "./record-feed.js";
import { isTimeout, RUNAWAY_MS, RUNNING_SLOTS, runaway, withTimeLimit } from "./runaway.js";

/** Bytes of a file that is read in less time than a thread takes to start. */
const SMALL = 256 * 1024;

/**
 * Lets a thread begin to load what it runs while a run is made ready, if the files look as if one will be needed.
 *
 * @param paths of the files that are to be read; `-` is standard input
 */
export async function beginFeedAhead(paths: readonly string[]): Promise<void> {
  if (!paths.some(mayNeedThread)) return;
  const { beginThreadAhead } = await import("./thread/worker-feed.js");
  beginThreadAhead();
}

function mayNeedThread(path: string): boolean {
  if (path === "-") return true;
  try {
    const found = statSync(path);
    return found.isFile() ? found.size > SMALL : !found.isDirectory();
  } catch {
    // It is told of where it is to be read.
    return false;
  }
}

/** Small files are read by this thread, all others by one of their own. */
export async function* watchedFeed(request: FeedRequest): AsyncGenerator<Portion> {
  const { size } = request.input;
  if (size !== null && size <= SMALL) {
    yield* localWatchedFeed(RUNAWAY_MS)(request);
    return;
  }
  const { threadFeed } = await import("./thread/worker-feed.js");
  yield* threadFeed(RUNAWAY_MS)(request);
}

/**
 * Records come from this thread.
 *
 * @param patience milliseconds after which a portion is taken for one without end
 */
export function localWatchedFeed(patience: number): RecordFeed {
  return async function* read(request) {
    const running = new Int32Array(RUNNING_SLOTS);
    try {
      yield* readPortions(request, new ItemList(), {
        running,
        watched: withTimeLimit(patience),
      });
    } catch (error) {
      throw isTimeout(error) ? runaway(request, running) : error;
    }
  };
}
