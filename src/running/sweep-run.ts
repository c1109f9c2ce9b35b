/**
 * A sweep that carries out what the policy proposes: rows that are the same as another one are merged into it or
 * removed, each batch in one transaction. What was done stands whatever stops it; the next sweep finds the rest.
 */

import { performance } from "node:perf_hooks";
import { setImmediate as turn } from "node:timers/promises";
import type { JobConfig } from "../config/job/job-config.js";
import { DeleteBrake } from "../deciding/delete-brake.js";
import { Sweep } from "../deciding/sweep.js";
import type { SweptPair } from "../deciding/swept-pairs.js";
import { Failure } from "../diagnostics/failure.js";
import type { Books, Lease } from "../store/port.js";
import type { LoopEnd, RunHooks } from "./import-loop.js";
import { noStep } from "./reject-files.js";
import { SweepWriter, type SweepWriterParts, type SweptSince } from "./sweep-writer.js";

/** How long others may have to wait for the database. */
const LONGEST_BATCH_MS = 2000;
/** After how long it is said again that the run lives. */
const SILENT_MS = 20_000;
/** Groups looked at between two looks at signals. */
const PAGE = 200;

export type SweepHooks = Pick<RunHooks, "stopSignal" | "step">;

interface SweepRunParts extends Omit<SweepWriterParts, "step"> {
  readonly config: JobConfig;
  readonly lease: Lease;
  readonly hooks: SweepHooks;
}

export class SweepRun {
  private readonly started = performance.now();
  private readonly sweep: Sweep;
  private readonly writer: SweepWriter;
  private readonly brake: DeleteBrake;
  /** When something was last written, in milliseconds. */
  private written = performance.now();
  /** Since the last look at the table. */
  private since: SweptSince = { grown: new Set(), gone: 0 };

  constructor(private readonly parts: SweepRunParts) {
    const { config, store } = parts;
    this.sweep = new Sweep(config, store);
    this.writer = new SweepWriter({ ...parts, step: this.step });
    this.brake = new DeleteBrake(config.settings.maxDeletes, () => this.sweep.totals.rows);
  }

  /** Seconds since the run began. */
  get seconds(): number {
    return (performance.now() - this.started) / 1000;
  }

  /** Looks at all rows, does what is due, and looks again at what that has changed until nothing is due. */
  async work(): Promise<LoopEnd> {
    let end = await this.find(this.sweep.possible());
    this.parts.tally.totals.recordsRead = this.sweep.totals.rows;
    this.parts.tally.totals.outcomes.unchanged = this.sweep.totals.rows;
    while (end.stop === null && end.signal === null) {
      this.since = { grown: new Set(), gone: 0 };
      end = await this.act(this.sweep.together());
      const { grown, gone } = this.since;
      if (end.stop !== null || end.signal !== null || gone === 0) break;
      const again = [...grown, ...this.writer.heldBack, ...this.sweep.crowded];
      end = await this.find(this.sweep.again(new Set(again)));
    }
    this.inTransaction(() => this.settle());
    return end;
  }

  private async find(pages: Iterable<readonly SweptPair[]>): Promise<LoopEnd> {
    const isFirst = this.since.gone === 0;
    for (const possible of pages) {
      if (possible.length > 0 || this.hasBeenSilent) {
        const noted = this.inTransaction(() => this.notePossible(possible));
        this.parts.shown?.possible(isFirst ? possible : noted);
      }
      const signal = await this.pause();
      if (signal !== null) return { stop: null, signal };
    }
    return { stop: null, signal: null };
  }

  /** Whether nothing has been written for so long that others might think that nobody is at work. */
  private get hasBeenSilent(): boolean {
    return performance.now() - this.written > SILENT_MS;
  }

  /** Gives the pairs that nobody has noted before. */
  private notePossible(pairs: readonly SweptPair[]): SweptPair[] {
    const { run, tally } = this.parts;
    const noted = pairs.filter(
      ({ recordId, otherRecordId, points, grounds }) =>
        run.pairs.note(recordId, [{ recordId: otherRecordId, points, grounds }]) > 0,
    );
    tally.totals.possibleDuplicates += noted.length;
    return noted;
  }

  /** Does what is due with rows that belong together, or with none of them where a limit forbids it. */
  private async act(together: readonly (readonly number[])[]): Promise<LoopEnd> {
    const end = await this.tooMany(together);
    if (end.stop !== null || end.signal !== null) return end;
    for (let at = 0; at < together.length; ) {
      this.step("before-batch");
      at = this.inTransaction(() => this.batch(together, at));
      this.step("committed");
      const signal = await this.pause();
      if (signal !== null) return { stop: null, signal };
    }
    return { stop: null, signal: null };
  }

  /** The brake is asked before anything is done: a method that takes all for the same must not begin. */
  private async tooMany(together: readonly (readonly number[])[]): Promise<LoopEnd> {
    let due = 0;
    for (const [at, recordIds] of together.entries()) {
      due += this.sweep.group(recordIds)?.others.filter(({ into }) => into !== null).length ?? 0;
      if (at % PAGE !== PAGE - 1) continue;
      if (this.hasBeenSilent) this.inTransaction(() => undefined);
      const signal = await this.pause();
      if (signal !== null) return { stop: null, signal };
    }
    const refused = this.brake.refusal(due);
    if (refused === null) return { stop: null, signal: null };
    const stop = new Failure(
      refused.kind,
      `${refused.what}; ${due} rows would go`,
      "Look at what `MARC_import sweep CONFIG` proposes. If it is right, raise max_deletes, as with --set Settings.max_deletes=5000, and run again.",
    );
    return { stop, signal: null };
  }

  /** Some groups in one transaction; gives the place behind the last of them. */
  private batch(together: readonly (readonly number[])[], from: number): number {
    const begun = performance.now();
    const { batchSize } = this.parts.config.database;
    let [at, gone] = [from, 0];
    while (at < together.length && gone < batchSize) {
      const group = this.sweep.group(together[at++]);
      if (group !== null) gone += this.writer.take(group, this.since);
      if (performance.now() - begun > LONGEST_BATCH_MS) break;
    }
    return at;
  }

  /** What was counted as waiting, or as held back, may have been settled by what the run did later. */
  private settle(): void {
    const { run, tally } = this.parts;
    tally.totals.possibleDuplicates -= run.pairs.forgetSettled();
    this.writer.recount((recordId) => this.sweep.isSame(recordId));
  }

  /** A transaction whose counts go back with it, and are written with it. */
  private inTransaction<T>(work: (books: Books) => T): T {
    const { store, run, tally, notes, lease } = this.parts;
    const before = tally.snapshot();
    this.written = performance.now();
    try {
      return store.transaction((books) => {
        const result = work(books);
        lease.renew();
        books.writeTotals(run.runId, tally.totals, this.seconds);
        notes.save(books, run);
        this.step("before-commit");
        return result;
      });
    } catch (error) {
      tally.restore(before);
      throw error;
    }
  }

  /** Writes the log; gives the signal that asks to stop. */
  private async pause(): Promise<NodeJS.Signals | null> {
    await this.parts.log.flush();
    await turn();
    return this.parts.hooks.stopSignal?.() ?? null;
  }

  private get step(): (name: string) => void {
    return this.parts.hooks.step ?? noStep;
  }
}
