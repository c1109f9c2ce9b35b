/** The reading thread: reads one input, maps its records, and posts portions as fast as they are taken. */

import { parentPort, workerData } from "node:worker_threads";
import { Failure, toPlain } from "../../diagnostics/failure.js";
import { formatOption, type Input, openInput } from "../../input/open.js";
import { KnownRecords } from "../../store/model/known-records.js";
import { readPortions } from "../record-feed.js";
import { ItemPacker } from "./item-packer.js";
import {
  type FromReader,
  READ_AHEAD,
  type ReaderTask,
  type ToReader,
  TRACED_READ_AHEAD,
} from "./reader-protocol.js";

const port = parentPort;
if (!port) throw new Error("the reading thread has no parent");
const task = workerData as ReaderTask;

let underway = 0;
let wake: () => void = () => undefined;
const blocks: (Uint8Array | null)[] = [];

port.on("message", (message: ToReader) => {
  if (message.kind === "taken") underway--;
  else blocks.push(message.block);
  wake();
});

function post(message: FromReader): void {
  port?.postMessage(message);
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
}

/** The blocks of a pipe, one message each. */
async function* pipedBlocks(): AsyncGenerator<Buffer> {
  for (;;) {
    post({ kind: "wants-block" });
    await until(() => blocks.length > 0);
    const block = blocks.shift();
    if (!block) return;
    yield Buffer.from(block.buffer, block.byteOffset, block.byteLength);
  }
}

function pipedInput(): Input {
  const { path, format } = task;
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
    blocks: pipedBlocks,
  };
}

async function work(): Promise<void> {
  const input = task.piped
    ? pipedInput()
    : await openInput(task.path, { format: formatOption(task.format), allowEmpty: true });
  const ahead = task.portions.traced ? TRACED_READ_AHEAD : READ_AHEAD;
  const portions = readPortions(
    {
      config: task.config,
      input,
      portions: task.portions,
      known: task.known && KnownRecords.from(task.known),
    },
    new ItemPacker(ahead),
    { running: new Int32Array(task.running) },
  );
  for await (const portion of portions) {
    post({ kind: "portion", portion });
    underway++;
    await until(() => underway < ahead);
  }
  post({ kind: "end" });
}

/** What the thread throws reaches its parent as an error of the thread. */
async function run(): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    post({ kind: "failure", failure: toPlain(error) });
  }
  port?.close();
}

void run();
