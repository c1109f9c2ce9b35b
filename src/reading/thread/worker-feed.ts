/** The records of a file of MARC from a thread of their own. */

import { ByteMapper } from "../../mapping/bytes/byte-mapper.js";
import type { FeedRequest, RecordFeed } from "../record-feed.js";
import type { FilePortions } from "../record-input.js";
import { runaway } from "../runaway.js";
import type { ReaderTask } from "./reader-protocol.js";
import { beginAhead, sharedRunning, threadPortions } from "./reading-thread.js";
import { Unpacker } from "./unpacker.js";

/** Records of a portion most of which come with finished rows: those are no objects that should be forgotten young. */
const FINISHED_PORTION = 1250;

const SCRIPT = new URL("./reader-thread.js", import.meta.url);

/** A thread begins to load while its task is made ready, or is never needed. */
export function beginThreadAhead(): void {
  beginAhead(SCRIPT);
}

/** @param patience milliseconds after which a rule at work on one record is taken for one without end */
export function threadFeed(patience: number): RecordFeed {
  return (request) => {
    const { config, input, known, stopped } = request;
    const finishes = mayFinish(request);
    const portions = finishes ? sized(request) : request.portions;
    const running = sharedRunning();
    const task: ReaderTask = {
      config,
      path: input.range?.named ?? input.path,
      format: input.format,
      piped: input.isPipe,
      portions,
      finishes,
      known: known?.shared ?? null,
      running: running.buffer as SharedArrayBuffer,
    };
    return threadPortions({
      script: SCRIPT,
      task,
      running,
      unpacker: new Unpacker(config.fields, portions.hashedBy),
      patience,
      endless: () => runaway(request, running),
      known,
      stopped,
      pipe: input.isPipe ? input.blocks(portions.from.offset) : null,
    });
  };
}

/** Whether new records are asked for, and may go over their bytes. */
function mayFinish({ config, input, portions }: FeedRequest): boolean {
  const areAsked = (portions.hashedBy ?? null) !== null;
  return areAsked && input.format === "iso2709" && ByteMapper.maySee(config);
}

/** Finished rows make larger portions, as many to a batch as make it full; the first one comes sooner. */
function sized({ config, portions }: FeedRequest): FilePortions {
  const { batchSize } = config.database;
  const count = Math.ceil(batchSize / FINISHED_PORTION);
  return { ...portions, size: Math.ceil(batchSize / count), first: portions.size };
}
