/** The reading side of a thread that reads: posts portions as fast as they are taken. */

import { parentPort } from "node:worker_threads";
import { Failure, toPlain } from "../../diagnostics/failure.js";
import type { Portion } from "../portion.js";
import type { PackedItems } from "./packed-items.js";
import type { FromReader, ToReader } from "./reader-protocol.js";

/** What the parent can be asked for. */
export interface Parent {
  /** The next block of a pipe, null at its end. */
  block(): Promise<Buffer | null>;
}

/** What is to be posted. */
interface Posted {
  readonly portions: AsyncIterable<Portion<PackedItems>>;
  /** How many may be on their way. */
  readonly ahead: number;
}

/**
 * Waits for its task, posts what comes of it, then ends the thread. What a source throws, but a failure,
 * reaches the parent as an error of the thread.
 */
export async function postPortions<Task>(
  postedOf: (task: Task, parent: Parent) => Promise<Posted>,
): Promise<void> {
  const port = parentPort;
  if (!port) throw new Error("the reading thread has no parent");
  const post = (message: FromReader) => port.postMessage(message);
  let underway = 0;
  let wake: () => void = () => undefined;
  const tasks: unknown[] = [];
  const blocks: (Uint8Array | null)[] = [];
  port.on("message", (message: ToReader) => {
    if (message.kind === "taken") underway--;
    else if (message.kind === "task") tasks.push(message.task);
    else blocks.push(message.block);
    wake();
  });
  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  const block = async (): Promise<Buffer | null> => {
    post({ kind: "wants-block" });
    await until(() => blocks.length > 0);
    const next = blocks.shift();
    return next ? Buffer.from(next.buffer, next.byteOffset, next.byteLength) : null;
  };
  await until(() => tasks.length > 0);
  try {
    const { portions, ahead } = await postedOf(tasks[0] as Task, { block });
    for await (const portion of portions) {
      post({ kind: "portion", portion });
      underway++;
      await until(() => underway < ahead);
    }
    post({ kind: "end" });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    post({ kind: "failure", failure: toPlain(error) });
  }
  port.close();
}
