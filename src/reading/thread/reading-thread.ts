/**
 * Reading and mapping in a thread of its own, beside the thread that writes. This side starts it,
 * hands it the blocks of a pipe, takes its portions, and watches that no rule runs for ever.
 */

import { Worker } from "node:worker_threads";
import { type Failure, fromPlain } from "../../diagnostics/failure.js";
import type { KnownRecords } from "../../store/model/known-records.js";
import type { Portion } from "../portion.js";
import { RUNNING_SLOTS } from "../runaway.js";
import type { FromReader, ToReader } from "./reader-protocol.js";
import type { Unpacker } from "./unpacker.js";

const WATCH_MS = 1000;
/**
 * MiB. A record's strings are soon forgotten: a small heap that is swept often is as fast as a large
 * one. The old generation must still hold the largest record that is allowed, several times over.
 */
const HEAP = { maxYoungGenerationSizeMb: 32, maxOldGenerationSizeMb: 512 };

export interface ReadingThreadParts {
  /** What the thread runs: it posts portions (`postPortions`). */
  readonly script: URL;
  /** Plain data, which the thread waits for. */
  readonly task: unknown;
  /** Made by `sharedRunning`, and part of the task. */
  readonly running: Int32Array;
  readonly unpacker: Unpacker;
  /** Milliseconds after which a rule at work on one record is taken for one without end. */
  readonly patience: number;
  /** The failure of a run in which a rule does not come to an end, by what `running` shows. */
  readonly endless: () => Failure;
  /** What the thread looks records up in; it is read while the thread begins. */
  readonly known: KnownRecords | null;
  /** Asked now and then: whether to end early. */
  readonly stopped?: (() => boolean) | undefined;
  /** What the thread may ask for, block by block. */
  readonly pipe: AsyncGenerator<Buffer> | null;
}

/** Memory in which a thread shows the rule and the record that it works on. */
export function sharedRunning(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(RUNNING_SLOTS * 4));
}

/** A thread that has been begun ahead of its task. */
let waiting: { readonly script: string; readonly thread: ReadingThread } | null = null;

/** Begins a thread ahead: it loads what it runs while there are other things to do. No task may ever come. */
export function beginAhead(script: URL): void {
  waiting ??= { script: script.href, thread: new ReadingThread(script) };
}

function threadFor(script: URL): ReadingThread {
  if (waiting?.script !== script.href) return new ReadingThread(script);
  const { thread } = waiting;
  waiting = null;
  return thread;
}

/** Portions come from a thread, a few of them ahead of the writing. */
export function threadPortions(parts: ReadingThreadParts): AsyncGenerator<Portion> {
  return threadFor(parts.script).portions(parts);
}

class ReadingThread {
  private readonly worker: Worker;
  private readonly arrived: FromReader[] = [];
  private wake: () => void = () => undefined;
  private failure: unknown = null;
  private ended = false;
  private halted = false;
  private pipe: AsyncGenerator<Buffer> | null = null;

  /** Begins the thread; as long as it has no task it does not keep the process. */
  constructor(script: URL) {
    this.worker = new Worker(script, { resourceLimits: HEAP });
    this.worker.on("message", (message: FromReader) => this.receive(message));
    this.worker.on("error", (error) => this.fail(error));
    this.worker.on("exit", () => {
      this.ended = true;
      this.wake();
    });
    this.worker.unref();
  }

  async *portions(parts: ReadingThreadParts): AsyncGenerator<Portion> {
    const { task, known, unpacker } = parts;
    this.pipe = parts.pipe;
    this.worker.ref();
    this.worker.postMessage({ kind: "task", task } satisfies ToReader);
    const watch = setInterval(this.watcher(parts), WATCH_MS);
    try {
      known?.fill();
      for (;;) {
        const message = await this.next();
        if (message === null) return;
        if (message.kind === "portion") {
          const { portion } = message;
          yield unpacker.portion(portion);
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
  private watcher({ stopped, running, patience, endless }: ReadingThreadParts): () => void {
    let seen = "";
    let since = Date.now();
    return () => {
      if (stopped?.()) this.halt();
      const [rule, number] = running;
      const now = `${rule} ${number}`;
      if (rule === 0 || now !== seen) {
        seen = now;
        since = Date.now();
      } else if (Date.now() - since >= patience) {
        this.fail(endless());
      }
    };
  }

  private halt(): void {
    this.halted = true;
    this.wake();
  }
}
