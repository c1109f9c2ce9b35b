/** The reading thread of a file of MARC: reads it and maps its records. */

import { formatOption, type Input, openInput } from "../../input/open.js";
import { KnownRecords } from "../../store/model/known-records.js";
import { readPortions } from "../record-feed.js";
import { ItemPacker } from "./item-packer.js";
import { type Parent, postPortions } from "./posting.js";
import {
  FINISHED_READ_AHEAD,
  READ_AHEAD,
  type ReaderTask,
  TRACED_READ_AHEAD,
} from "./reader-protocol.js";

/** The blocks of a pipe, one message each. */
async function* pipedBlocks(parent: Parent): AsyncGenerator<Buffer> {
  for (;;) {
    const block = await parent.block();
    if (block === null) return;
    yield block;
  }
}

function pipedInput({ path, format }: ReaderTask, parent: Parent): Input {
  return {
    path,
    file: path,
    format,
    range: null,
    isPipe: true,
    zipped: false,
    bytes: null,
    size: null,
    seekable: false,
    bytesRead: 0,
    blocks: () => pipedBlocks(parent),
  };
}

void postPortions(async (task: ReaderTask, parent) => {
  const { finishes } = task;
  const ahead = task.portions.traced
    ? TRACED_READ_AHEAD
    : finishes
      ? FINISHED_READ_AHEAD
      : READ_AHEAD;
  const input = task.piped
    ? pipedInput(task, parent)
    : await openInput(task.path, { format: formatOption(task.format), allowEmpty: true });
  const portions = readPortions(
    {
      config: task.config,
      input,
      portions: task.portions,
      known: task.known && KnownRecords.from(task.known),
    },
    new ItemPacker(ahead, finishes),
    { running: new Int32Array(task.running) },
  );
  return { portions, ahead };
});
