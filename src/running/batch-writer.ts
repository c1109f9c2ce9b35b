/**
 * Writes one batch: rejects to the disk first, then rows, before-images, counts and checkpoint in
 * one transaction. Whatever stops the program, a batch is there whole or not at all.
 */

import { performance } from "node:perf_hooks";
import type { Failure } from "../diagnostics/failure.js";
import type { Portion } from "../reading/portion.js";
import type { RecordInput } from "../reading/record-input.js";
import type { Position } from "../store/model/run-record.js";
import type { Totals } from "../store/model/totals.js";
import type { Batch, Books, Lease } from "../store/port.js";
import type { RunWriter } from "../store/run-port.js";
import { type PortionParts, PortionWriter } from "./portion-writer.js";
import type { RejectLengths } from "./reject-files.js";

/** How long others may have to wait for the database: a slow pipe must not keep it locked. */
const LONGEST_BATCH_MS = 2000;

interface BatchParts extends PortionParts {
  readonly run: RunWriter;
  readonly lease: Lease | null;
  readonly fullLoad: boolean;
  /** Records a transaction. */
  readonly batchSize: number;
  /** Seconds since the run began. */
  readonly elapsed: () => number;
}

/** The input that is being read. */
export interface Reading {
  readonly input: RecordInput;
  /** Which of the run's inputs it is, from 1. */
  readonly fileNumber: number;
}

export class BatchWriter {
  private readonly writer: PortionWriter;
  private batch: Batch | null = null;
  /** Records in the open batch. */
  private count = 0;
  /** When the open batch was begun, in milliseconds. */
  private begun = 0;
  /** Where the open batch ends. */
  private end: (Reading & { readonly position: Position }) | null = null;

  /** What is committed. */
  private safe: { readonly totals: Totals; readonly rejects: RejectLengths };

  constructor(private readonly parts: BatchParts) {
    this.writer = new PortionWriter(parts);
    this.safe = this.standing();
  }

  private standing() {
    return { totals: this.parts.tally.snapshot(), rejects: this.parts.rejects.lengths };
  }

  /**
   * Takes records into the open batch, and commits it when it is full or a limit is reached.
   *
   * @throws Failure when the database cannot take them; nothing of the batch is there then
   */
  add(portion: Portion, reading: Reading): Failure | null {
    const { run, batchSize } = this.parts;
    try {
      if (this.batch === null && portion.finished) this.parts.decisions.openSide();
      const { books } = this.begin();
      const { stop, end, done } = this.writer.write(portion, reading.input);
      this.parts.notes.lap("writing");
      books.addRecordsRead(run.runId, reading.fileNumber, done);
      this.end = { ...reading, position: end };
      this.count += done;
      if (stop || this.count >= batchSize || performance.now() - this.begun > LONGEST_BATCH_MS) {
        this.commit();
      }
      return stop;
    } catch (error) {
      throw this.abandon(error);
    }
  }

  /** Commits the open batch, if there is one. */
  commit(): void {
    const { batch, end } = this;
    if (batch === null || end === null) return;
    const { step } = this.parts;
    try {
      this.checkpoint(batch.books, end);
      step("before-commit");
      batch.commit();
      this.batch = null;
      this.safe = this.standing();
      this.parts.notes.lap("committing");
    } catch (error) {
      throw this.abandon(error);
    }
    step("committed");
  }

  /** Takes the open batch back with its counts and rejects; gives the error to throw. */
  private abandon(error: unknown): unknown {
    const { tally, rejects } = this.parts;
    const told = this.batch ? this.batch.abandon(error) : error;
    this.batch = null;
    tally.restore(this.safe.totals);
    rejects.cutBack(this.safe.rejects);
    return told;
  }

  private begin(): Batch {
    if (this.batch !== null) return this.batch;
    const { store, step } = this.parts;
    step("before-batch");
    this.batch = store.beginBatch();
    this.count = 0;
    this.begun = performance.now();
    step("begun");
    return this.batch;
  }

  private checkpoint(
    books: Books,
    { input, fileNumber, position }: Reading & { position: Position },
  ): void {
    const { rejects, run, tally, lease, step, elapsed } = this.parts;
    rejects.sync();
    run.touched.flush();
    run.held.flush();
    lease?.renew();
    this.parts.notes.save(books, run);
    const lengths = rejects.lengths;
    books.checkpoint(
      run.runId,
      {
        fileNumber,
        position: input.kept(position),
        totals: tally.snapshot(),
        rejectsMrcBytes: lengths.mrc,
        rejectsJsonlBytes: lengths.jsonl,
        fullLoad: this.parts.fullLoad,
      },
      elapsed(),
    );
    step("checkpointed");
  }
}
