/**
 * Writes one batch: rejects to the disk first, then rows, before-images, counts and checkpoint in
 * one transaction. Whatever stops the program, a batch is there whole or not at all.
 */

import { performance } from "node:perf_hooks";
import type { Decisions } from "../deciding/decisions.js";
import { withTreatment } from "../deciding/explainer.js";
import type { Treatment, Written } from "../deciding/importer.js";
import { codeEntry } from "../diagnostics/catalogue.js";
import type { Diagnostic, RecordLabel } from "../diagnostics/diagnostic.js";
import { Failure } from "../diagnostics/failure.js";
import { recordText } from "../diagnostics/format.js";
import type { InputItem, InputRecord, InputReject, Portion } from "../reading/portion.js";
import type { RecordInput } from "../reading/record-input.js";
import { RecordLines } from "../report/record-lines.js";
import type { RunLog } from "../report/run-log.js";
import { knownRow } from "../store/model/known-records.js";
import type { Position } from "../store/model/run-record.js";
import type { Totals } from "../store/model/totals.js";
import type { Batch, Books, Lease, Store } from "../store/port.js";
import type { RunWriter } from "../store/run-port.js";
import type { RejectFiles, RejectLengths } from "./reject-files.js";
import { isoSeconds } from "./run-name.js";
import type { RunNotes } from "./run-notes.js";
import type { Tally } from "./tally.js";
import { changedMeanwhile, eventOf, findingsOf, labelOf, repeatedId } from "./told-of-record.js";

/** How long others may have to wait for the database: a slow pipe must not keep it locked. */
const LONGEST_BATCH_MS = 2000;

interface BatchParts {
  readonly store: Store;
  readonly run: RunWriter;
  readonly decisions: Decisions;
  readonly rejects: RejectFiles;
  readonly tally: Tally;
  readonly notes: RunNotes;
  readonly log: RunLog;
  readonly lease: Lease | null;
  /** Whether the same record may come several times. */
  readonly repeatsRecords: boolean;
  readonly maxRejects: number | null;
  readonly fullLoad: boolean;
  /** Records a transaction. */
  readonly batchSize: number;
  /** Called at each step that a crash might fall between; does nothing but in tests. */
  readonly step: (name: string) => void;
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
  private readonly lines: RecordLines;
  private batch: Batch | null = null;
  /** Records in the open batch. */
  private count = 0;
  /** When the open batch was begun, in milliseconds. */
  private begun = 0;
  /** Where the open batch ends. */
  private end: (Reading & { readonly position: Position }) | null = null;

  /** The record that was treated last. */
  private last: InputRecord | null = null;

  /** What is committed. */
  private safe: { readonly totals: Totals; readonly rejects: RejectLengths };

  constructor(private readonly parts: BatchParts) {
    this.lines = new RecordLines(parts.log);
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
      const { books } = this.begin();
      const { stop, end, done } = this.treatAll(portion, reading.input);
      if (!stop) this.tellBetween(portion);
      // Of a portion that a limit has cut short it is not known what the treated part holds.
      if (!stop) this.parts.notes.content(portion);
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

  private treatAll(
    portion: Portion,
    input: RecordInput,
  ): { stop: Failure | null; end: Position; done: number } {
    const now = isoSeconds(new Date());
    let done = 0;
    for (const item of portion.items) {
      const stop = this.treat(item, input, now);
      if (stop) return { stop, end: input.before(item), done };
      done++;
    }
    return { stop: null, end: portion.end, done };
  }

  /** A run that is resumed reads the end of its input again, and tells once what it finds there. */
  private tellBetween({ findings = [] }: Portion): void {
    for (const { found, label } of findings) {
      if (this.parts.notes.hasFinding(found, label)) continue;
      this.finding(found, label);
    }
  }

  private finding(found: Diagnostic, label: RecordLabel): void {
    this.parts.tally.diagnostic(found.code, codeEntry(found.code).severity);
    this.parts.notes.finding(found, label);
    this.lines.diagnostic(found, label);
  }

  private treat(item: InputItem, input: RecordInput, now: string): Failure | null {
    if (item.kind === "reject") return this.reject(item.reject);
    if (item.kind === "known" && this.parts.decisions.passKnown(knownRow(item.known.knownAs))) {
      this.parts.tally.unchanged();
      this.parts.notes.unchanged();
      return null;
    }
    const record = item.kind === "known" ? input.reread(item.known) : item.record;
    try {
      this.record(record, { now, sourceRecord: input.sourceRecord(record) });
      return null;
    } catch (error) {
      // What came before the record that a limit forbids is kept.
      if (!(error instanceof Failure) || error.kind !== "limit") throw error;
      const { kind, what, advice } = error;
      return new Failure(kind, `${what}, with ${recordText(labelOf(record, ""))}`, advice);
    }
  }

  private record(read: InputRecord, written: Written): void {
    if (this.createdNew(read, written)) return;
    const { decisions, log, notes, store } = this.parts;
    const record = decisions.identified(read);
    const step = decisions.consider(record, written);
    const told = log.writes("explain") ? decisions.explain(record, step) : null;
    const met = notes.look(record, step, store);
    this.parts.step("considered");
    const treatment = decisions.carryOut(step);
    this.parts.step("treated");
    this.parts.tally.treatment(treatment, record.mapped.ignore?.kind);
    notes.treated(record, treatment, met);
    const label = labelOf(record, record.mapped.controlNumber);
    const again = treatment.repeated ? this.againAs(record, treatment) : null;
    this.last = record;
    for (const one of findingsOf(record, treatment, again)) this.finding(one, label);
    if (
      this.parts.log.writes("record") ||
      treatment.removed.length > 0 ||
      treatment.outcome === "deleted"
    ) {
      this.lines.treated(eventOf(record, treatment), label);
    }
    if (told) this.lines.explained(withTreatment(told, treatment));
  }

  /** Creates the row of a record that is surely new and of which nothing is to be told. */
  private createdNew(record: InputRecord, written: Written): boolean {
    const { decisions, tally, notes, step } = this.parts;
    const found = decisions.surelyNew(record, written);
    if (found === null) return false;
    step("considered");
    decisions.createNew(found);
    step("treated");
    tally.created();
    notes.created(record);
    this.last = record;
    return true;
  }

  /** What is to be told of a record whose id came before, null for nothing. */
  private againAs(
    { file, number, mapped }: InputRecord,
    { outcome }: Treatment,
  ): Diagnostic | null {
    const { last } = this;
    if (this.parts.repeatsRecords) return outcome === "unchanged" ? null : changedMeanwhile(mapped);
    const isNext = last !== null && last.file === file && last.number === number - 1;
    return repeatedId(mapped, isNext && last.mapped.foreignId === mapped.foreignId);
  }

  private reject(reject: InputReject): Failure | null {
    const { maxRejects, tally, rejects } = this.parts;
    if (maxRejects !== null && tally.totals.outcomes.rejected >= maxRejects) {
      return new Failure(
        "limit",
        `--max-rejects allows ${maxRejects}; one more is due at ${recordText(labelOf(reject, ""))}`,
        "Look at the rejects, then raise --max-rejects or have the file mended.",
      );
    }
    const { reason } = reject;
    rejects.add(reject);
    tally.reject(reason.code);
    const label = { ...labelOf(reject, reject.controlNumber), isId: reject.isId };
    this.parts.notes.finding(reason, label);
    this.lines.diagnostic(reason, label);
    const { decisions, log } = this.parts;
    if (log.writes("explain")) this.lines.explained(decisions.explainReject(reject));
    return null;
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
