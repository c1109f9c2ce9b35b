/**
 * Reading and mapping in a thread of its own, beside the thread that writes. This side starts it,
 * hands it the blocks of a pipe, takes its portions, and watches that no rule runs for ever.
 */

import { Worker } from "node:worker_threads";
import { fromPlain } from "../../diagnostics/failure.js";
import type { Portion } from "../portion.js";
import type { FeedRequest, RecordFeed } from "../record-feed.js";
import { RUNNING_SLOTS, runaway } from "../runaway.js";
import { unpack } from "./packed-items.js";
import type { FromReader, ReaderTask } from "./reader-protocol.js";

const WATCH_MS = 1000;
/**
 * MiB. A record's strings are soon forgotten: a small heap that is swept often is as fast as a large
 * one. The old generation must still hold the largest record that is allowed, several times over.
 */
const HEAP = { maxYoungGenerationSizeMb: 32, maxOldGenerationSizeMb: 512 };

/**
 * Batches come from a worker thread, a few of them ahead of the writing.
 *
 * @param patience milliseconds after which a rule at work on one record is taken for one without end
 */
export function threadFeed(patience: number): RecordFeed {
  return (request) => new ReaderThread(request, patience).portions();
}

class ReaderThread {
  private readonly running = new Int32Array(new SharedArrayBuffer(RUNNING_SLOTS * 4));
  private readonly worker: Worker;
  private readonly arrived: FromReader[] = [];
  private wake: () => void = () => undefined;
  private failure: unknown = null;
  private ended = false;
  private halted = false;
  private readonly pipe: AsyncGenerator<Buffer> | null;

  constructor(
    private readonly request: FeedRequest,
    private readonly patience: number,
  ) {
    const { config, input, portions, known } = request;
    const task: ReaderTask = {
      config,
      path: input.range?.named ?? input.path,
      format: input.format,
      piped: input.isPipe,
      portions,
      known: known?.shared ?? null,
      running: this.running.buffer as SharedArrayBuffer,
    };
    this.pipe = input.isPipe ? input.blocks(portions.from.offset) : null;
    this.worker = new Worker(new URL("./reader-thread.js", import.meta.url), {
      workerData: task,
      resourceLimits: HEAP,
    });
    this.worker.on("message", (message: FromReader) => this.receive(message));
    this.worker.on("error", (error) => this.fail(error));
    this.worker.on("exit", () => {
      this.ended = true;
      this.wake();
    });
  }

  async *portions(): AsyncGenerator<Portion> {
    const watch = setInterval(this.watcher(), WATCH_MS);
    try {
      for (;;) {
        const message = await this.next();
        if (message === null) return;
        if (message.kind === "portion") {
          const { portion } = message;
          yield { ...portion, items: unpack(portion.items, this.request.config.fields.length) };
          this.worker.postMessage({ kind: "taken" });
        } else if (message.kind === "failure") {
          throw fromPlain(message.failure);
        }
      }
    } finally {
      clearInterval(watch);
      await this.worker.terminate();
    }
  }

  private receive(message: FromReader): void {
    if (message.kind === "wants-block") {
      void this.sendBlock();
      return;
    }
    this.arrived.push(message);
    this.wake();
  }

  private async sendBlock(): Promise<void> {
    try {
      const next = await this.pipe?.next();
      const block = next && !next.done ? new Uint8Array(next.value) : null;
      this.worker.postMessage({ kind: "block", block }, block ? [block.buffer] : []);
    } catch (error) {
      this.fail(error);
    }
  }

  private fail(error: unknown): void {
    this.failure ??= error;
    this.wake();
  }

  /** The next message; null when the thread has done its work. */
  private async next(): Promise<FromReader | null> {
    for (;;) {
      if (this.failure !== null) throw this.failure;
      if (this.halted) return null;
      const message = this.arrived.shift();
      if (message?.kind === "end") return null;
      if (message) return message;
      if (this.ended) throw new Error("the reading thread ended before its input");
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }

  /** Looks now and then whether to end early, and whether a rule is still at work on the same record. */
  private watcher(): () => void {
    let seen = "";
    let since = Date.now();
    return () => {
      if (this.request.stopped?.()) this.halt();
      const [rule, number] = this.running;
      const now = `${rule} ${number}`;
      if (rule === 0 || now !== seen) {
        seen = now;
        since = Date.now();
      } else if (Date.now() - since >= this.patience) {
        this.fail(runaway(this.request, this.running));
      }
    };
  }

  private halt(): void {
    this.halted = true;
    this.wake();
  }
}
