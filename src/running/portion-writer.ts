/** Writes the records of one portion: treats each as was decided, and counts, notes and tells of it. */

import type { Decisions } from "../deciding/decisions.js";
import { withTreatment } from "../deciding/explainer.js";
import type { Treatment, Written } from "../deciding/importer.js";
import { codeEntry } from "../diagnostics/catalogue.js";
import type { Diagnostic, RecordLabel } from "../diagnostics/diagnostic.js";
import { Failure } from "../diagnostics/failure.js";
import { recordText } from "../diagnostics/format.js";
import type {
  FinishedRecord,
  InputItem,
  InputRecord,
  InputReject,
  Portion,
} from "../reading/portion.js";
import type { RecordInput } from "../reading/record-input.js";
import { RecordLines } from "../report/record-lines.js";
import type { RunLog } from "../report/run-log.js";
import { knownRow } from "../store/model/known-records.js";
import type { Position } from "../store/model/run-record.js";
import type { Store } from "../store/port.js";
import { LastRecord } from "./last-record.js";
import type { RejectFiles } from "./reject-files.js";
import { isoSeconds } from "./run-name.js";
import type { RunNotes } from "./run-notes.js";
import type { Tally } from "./tally.js";
import { changedMeanwhile, eventOf, findingsOf, labelOf, repeatedId } from "./told-of-record.js";

export interface PortionParts {
  readonly store: Store;
  readonly decisions: Decisions;
  readonly rejects: RejectFiles;
  readonly tally: Tally;
  readonly notes: RunNotes;
  readonly log: RunLog;
  /** Whether the same record may come several times. */
  readonly repeatsRecords: boolean;
  readonly maxRejects: number | null;
  /** Called at each step that a crash might fall between; does nothing but in tests. */
  readonly step: (name: string) => void;
}

/** How far a portion was written. */
export interface PortionEnd {
  /** What forbids to go on, null for nothing. */
  readonly stop: Failure | null;
  /** The position behind the last record that was treated. */
  readonly end: Position;
  /** How many records were. */
  readonly done: number;
}

export class PortionWriter {
  private readonly lines: RecordLines;
  /** Finished rows of the portion at hand that may be created as they are: those before this one. */
  private filled = 0;
  /** The record that was treated last. */
  private readonly last = new LastRecord();

  constructor(private readonly parts: PortionParts) {
    this.lines = new RecordLines(parts.log);
  }

  /**
   * Writes a portion, inside a transaction.
   *
   * @throws Failure when the database cannot take it
   */
  write(portion: Portion, input: RecordInput): PortionEnd {
    const { decisions } = this.parts;
    const now = isoSeconds(new Date());
    const { finished } = portion;
    this.filled = finished ? decisions.fillSide(finished, (row) => input.sourceRecord(row)) : 0;
    let done = 0;
    for (const item of portion.items) {
      const stop = this.treat(item, input, now);
      if (stop) return { stop, end: input.before(item), done };
      done++;
    }
    decisions.createWaiting();
    // Of a portion that a limit has cut short it is not known what the treated part holds.
    this.tellBetween(portion);
    this.parts.notes.content(portion);
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
    if (item.kind === "finished" && this.createdSoon(item, now)) return null;
    // Whatever comes next must find them there.
    if (this.filled > 0) this.parts.decisions.createWaiting();
    if (item.kind === "reject") return this.reject(item.reject);
    if (item.kind === "known" && this.parts.decisions.passKnown(knownRow(item.known.knownAs))) {
      this.parts.tally.unchanged();
      this.parts.notes.unchanged();
      return null;
    }
    const record = this.recordOf(item, input);
    try {
      const written = { now, sourceRecord: input.sourceRecord(record) };
      if (!this.createdNew(record, written)) this.consider(record, written);
      return null;
    } catch (error) {
      // What came before the record that a limit forbids is kept.
      if (!(error instanceof Failure) || error.kind !== "limit") throw error;
      const { kind, what, advice } = error;
      return new Failure(kind, `${what}, with ${recordText(labelOf(record, ""))}`, advice);
    }
  }

  private recordOf(item: Exclude<InputItem, { kind: "reject" }>, input: RecordInput): InputRecord {
    if (item.kind === "known") return input.reread(item.known);
    return item.kind === "finished" ? item.record() : item.record;
  }

  private consider(read: InputRecord, written: Written): void {
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
    this.last.note(record, record.mapped.foreignId);
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
    const { hashes } = record;
    if (hashes === undefined || !decisions.isSurelyNew(hashes)) return false;
    step("considered");
    decisions.createNew(record, hashes, written);
    step("treated");
    tally.created();
    notes.created(record);
    this.last.note(record, record.mapped.foreignId);
    return true;
  }

  /** Has the row of a record created, of which the same is to be said; false where it must be considered. */
  private createdSoon(row: FinishedRecord, now: string): boolean {
    const { decisions, tally, notes, step } = this.parts;
    if (row.nth >= this.filled) return false;
    const { hashes } = row;
    if (!decisions.isSurelyNew(hashes)) return false;
    step("considered");
    decisions.createSoon(row.nth, hashes, now);
    step("treated");
    tally.created();
    notes.created(row);
    this.last.note(row, hashes.foreignId);
    return true;
  }

  /** What is to be told of a record whose id came before, null for nothing. */
  private againAs(record: InputRecord, { outcome }: Treatment): Diagnostic | null {
    const { mapped } = record;
    if (this.parts.repeatsRecords) return outcome === "unchanged" ? null : changedMeanwhile(mapped);
    return repeatedId(mapped, this.last.isJustBefore(record));
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
}
