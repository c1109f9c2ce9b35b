/** Where a run gets the portions of a list from: the same thread, or another one that cuts and maps. */

import { ItemList, type Portion } from "../reading/portion.js";
import type { PortionRequest } from "../reading/record-input.js";
import { endless, RUNAWAY_MS, RuleWatch } from "../reading/runaway.js";
import { sharedRunning, threadPortions } from "../reading/thread/reading-thread.js";
import { Unpacker } from "../reading/thread/unpacker.js";
import type { KnownRecords } from "../store/model/known-records.js";
import { type HarvestedList, ListReader } from "./list-reader.js";
import type { ListTask } from "./list-task.js";
import { cutMapper } from "./record-mapper.js";

/** Bytes of a list that is read in less time than a thread takes to start. */
const SMALL = 256 * 1024;

export interface ListRequest {
  readonly list: HarvestedList;
  readonly request: PortionRequest;
  readonly known: KnownRecords | null;
  readonly stopped?: (() => boolean) | undefined;
}

/** Gives the records of one list in portions. */
export type ListFeed = (request: ListRequest) => AsyncIterable<Portion>;

/**
 * Records come from this thread.
 *
 * @param patience milliseconds after which a portion is taken for one without end
 */
export function localLists(patience = RUNAWAY_MS): ListFeed {
  return async function* read({ list, request, known, stopped }) {
    const watch = new RuleWatch(patience);
    const mapper = cutMapper(list.repository, watch.running);
    const reader = new ListReader(list, mapper, watch.running);
    const work = { path: list.path, rules: mapper.rules };
    const watched = (map: () => void) => watch.over(work, map);
    yield* reader.portions({ request, known, sink: new ItemList(), watched, stopped });
  };
}

/**
 * Records come from a thread of their own.
 *
 * @param patience milliseconds after which a rule at work on one record is taken for one without end
 */
export function threadLists(patience = RUNAWAY_MS): ListFeed {
  return ({ list, request, known, stopped }) => {
    const running = sharedRunning();
    const task: ListTask = {
      list,
      request,
      known: known?.shared ?? null,
      running: running.buffer as SharedArrayBuffer,
    };
    return threadPortions({
      script: new URL("./list-thread.js", import.meta.url),
      task,
      running,
      unpacker: new Unpacker(list.repository.fields, request.hashedBy),
      patience,
      endless: () => {
        const { rules } = cutMapper(list.repository, new Int32Array(running.length));
        return endless({ path: list.path, rules }, running);
      },
      known,
      stopped,
      pipe: null,
    });
  };
}

/** Small lists are read by this thread, all others by one of their own. */
export const watchedLists: ListFeed = (request) => {
  const bytes = request.list.pages.reduce((sum, { length }) => sum + length, 0);
  return (bytes <= SMALL ? localLists() : threadLists())(request);
};
