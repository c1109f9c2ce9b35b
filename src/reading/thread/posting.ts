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

/**
 * Posts what a source gives, then ends the thread. What it throws, but a failure, reaches the parent as
 * an error of the thread.
 *
 * @param ahead portions that may be on their way
 */
export async function postPortions(
  ahead: number,
  portionsOf: (parent: Parent) => Promise<AsyncIterable<Portion<PackedItems>>>,
): Promise<void> {
  const port = parentPort;
  if (!port) throw new Error("the reading thread has no parent");
  const post = (message: FromReader) => port.postMessage(message);
  let underway = 0;
  let wake: () => void = () => undefined;
  const blocks: (Uint8Array | null)[] = [];
  port.on("message", (message: ToReader) => {
    if (message.kind === "taken") underway--;
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
  try {
    for await (const portion of await portionsOf({ block })) {
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
