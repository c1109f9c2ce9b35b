/** What an import does to rows, in the terms of its policy: create, refresh, merge, delete, withdraw. */

import type { MatchMethod } from "../../../matching/methods.js";
import type { ChangeAction } from "../../model/change.js";
import { isFallbackUrl, KeySources } from "../../model/key-source.js";
import type { MergedSource } from "../../model/merged-source.js";
import { fallbackHash, idHash, type RowHashes } from "../../model/row-hashes.js";
import type { RowPlan, RowPlanner } from "../../model/row-planner.js";
import type {
  BookedRow,
  Existing,
  Incoming,
  PresentRow,
  StoredRow,
} from "../../model/stored-row.js";
import { WithinTransaction } from "../file/within-transaction.js";
import type { KeptRecords } from "./kept-records.js";
import type { RowWriter } from "./row-writer.js";
import type { WriterParts } from "./writer-parts.js";

export class ImportWriter {
  /** Rows in which just what was merged into them stands, although others have written there, too. */
  private readonly inStep: WithinTransaction<Set<number>>;

  private readonly keySources: KeySources;
  /** What `surelyNewBy` gave. */
  private hashedBy: readonly MatchMethod[] | null = null;

  constructor(
    private readonly parts: WriterParts,
    private readonly writer: RowWriter,
    private readonly planner: RowPlanner,
    private readonly run: {
      readonly runId: number;
      readonly kept: KeptRecords | null;
      /** Whether persons have said anything of records. */
      readonly isAnySaid: () => boolean;
    },
  ) {
    this.keySources = new KeySources(parts.columns.fields);
    this.inStep = new WithinTransaction(writer.transactions, new Set());
  }

  /** The row with that source and id, or the row that this id was merged into. */
  existing(foreignSource: string, foreignId: string): Existing | null {
    if (foreignId === "") return null;
    const { rows, merged } = this.parts;
    const own = rows.readById(foreignSource, foreignId);
    if (own) return { ...this.booked(own), merged: null };
    const source = merged.find(foreignSource, foreignId);
    const row = source && rows.read(source.recordId);
    return row && { ...this.booked(row), merged: source };
  }

  private booked(row: StoredRow): BookedRow {
    return { row, state: this.writer.state(row.recordId) };
  }

  /** Thousands may have been merged into a row: they are read only where all of them matter. */
  private withSources(booked: BookedRow): PresentRow {
    return { ...booked, sources: this.parts.merged.ofRecord(booked.row.recordId) };
  }

  /** How an existing row will read after `refresh`. */
  plan(existing: Existing, incoming: Incoming): RowPlan {
    const { merged } = existing;
    if (!merged) return this.planner.refreshed(this.withSources(existing), incoming);
    const renewed = { ...this.sourceOf(incoming, merged), contributed: merged.contributed };
    const same = this.planner.withSameOffer(existing, merged, renewed);
    if (same) return same;
    const present = this.withSources(existing);
    const after = present.sources.map((s) => (s.position === merged.position ? renewed : s));
    return this.planner.withRenewedSources(present, after);
  }

  /** @param keys its match keys, if they are known already */
  create(incoming: Incoming, keys: readonly number[] | null): number {
    const { values, urlIsFallback, evidence, foreignId } = incoming;
    const source = this.keySources.of(values, urlIsFallback, evidence);
    return this.createNew(incoming, {
      foreignId: idHash(foreignId),
      fallbackUrl: fallbackHash(source),
      keys: keys ?? this.parts.keys.keysOf(source),
    });
  }

  /** Methods of which keys, with the id, tell for certain that a record is new; null where nothing does. */
  surelyNewBy(): readonly MatchMethod[] | null {
    const { rows, keys } = this.parts;
    this.hashedBy = rows.knowsIds && !this.run.isAnySaid() ? keys.surelyNewBy : null;
    return this.hashedBy;
  }

  /** Whether it is certain, without a look, that a record is new. */
  surelyLacks(hashes: RowHashes): boolean {
    const { rows, keys } = this.parts;
    return (
      rows.surelyLacksId(hashes.foreignId) &&
      keys.surelyLack(hashes.keys) &&
      keys.surelyNewBy === this.hashedBy
    );
  }

  /** Creates the row of a record; its hashes have the keys of all kept methods. */
  createNew(incoming: Incoming, hashes: RowHashes): number {
    const recordId = this.writer.create(incoming, hashes);
    this.run.kept?.add(recordId, incoming.kept);
    return recordId;
  }

  /** Deletes a row; gives the records that were merged into it and go with it. */
  delete(recordId: number): readonly MergedSource[] {
    return this.writer.remove(recordId);
  }

  /**
   * Refreshes an existing row from its own source, or this source's part in a merged row.
   *
   * @param plan what `plan` gave for them
   */
  refresh(existing: Existing, incoming: Incoming, plan: RowPlan): "updated" | "unchanged" {
    const { recordId } = existing.row;
    if (this.run.kept && !existing.merged && mayDiffer(existing, incoming)) {
      this.run.kept.renew(recordId, incoming.kept);
    }
    if (plan.columns.size > 0 || plan.offersDiffer) {
      if (plan.columns.size > 0 && !existing.merged) {
        plan.columns.set("source_record", incoming.sourceRecord);
      }
      this.carryOut("updated", existing, plan, incoming.now);
    } else if (
      plan.sources ||
      plan.state.inputDigest !== existing.state.inputDigest ||
      plan.state.evidence !== existing.state.evidence
    ) {
      const { state, sources } = plan;
      this.writer.keepBooks({ recordId, state, ...(sources ? { sources } : {}) });
    }
    return plan.columns.size > 0 ? "updated" : "unchanged";
  }

  /** How a row will read after `merge`; null if a local record adds nothing to it. */
  planMerge(recordId: number, incoming: Incoming): RowPlan | null {
    return this.planMergeInto(this.mustBeBooked(recordId), incoming);
  }

  private mustBeBooked(recordId: number): BookedRow {
    const row = this.parts.rows.read(recordId);
    if (!row) throw new Error(`record_id ${recordId} is gone`);
    return this.booked(row);
  }

  private planMergeInto(booked: BookedRow, incoming: Incoming): RowPlan | null {
    const { merged } = this.parts;
    const { recordId } = booked.row;
    const position = merged.lastPosition(recordId) + 1;
    const source = this.sourceOf(incoming, { recordId, position });
    // A local record has no id to know it by: one that offers just what another did adds nothing.
    if (source.foreignId === "" && merged.hasLocalOffer(recordId, source.offered)) return null;
    const isInStep = booked.state.written.standsAsWritten || this.inStep.remembered().has(recordId);
    if (isInStep) return this.planner.withNewSource(booked, source);
    const present = this.withSources(booked);
    return this.planner.withAddedSources(present, [source]);
  }

  /** Merges an import into a row, where it is remembered with what it adds. */
  merge(recordId: number, incoming: Incoming): void {
    const booked = this.mustBeBooked(recordId);
    const plan = this.planMergeInto(booked, incoming);
    if (plan) this.carryOut("merged", booked, plan, incoming.now);
  }

  /** Merges a row into another, with everything that was merged into it, and removes it. */
  absorb(recordId: number, into: number, now: string): void {
    const gone = this.withSources(this.mustBeBooked(recordId));
    const offers = [this.ownOffer(gone), ...gone.sources];
    this.writer.remove(recordId);
    const { merged } = this.parts;
    const booked = this.mustBeBooked(into);
    let position = merged.lastPosition(into);
    const added = offers
      .filter(({ foreignId, offered }) => foreignId !== "" || !merged.hasLocalOffer(into, offered))
      .map((source) => ({ ...source, recordId: into, position: ++position, contributed: {} }));
    if (added.length === 0) return;
    const plan = this.planner.withAddedSources(this.withSources(booked), added);
    this.carryOut("merged", booked, plan, now);
  }

  /** What a row of its own gives where it is merged; the record, when it comes again, is looked at anew. */
  private ownOffer(present: PresentRow): MergedSource {
    const { row, state } = present;
    const values = this.planner.ownValues(present);
    const url = values[this.parts.columns.fieldIndex("url")] ?? "";
    const urlIsFallback = isFallbackUrl(url, state.fallbackUrl);
    return {
      foreignSource: row.foreignSource,
      foreignId: row.foreignId,
      recordId: row.recordId,
      position: 0,
      offered: this.planner.offer({ values, urlIsFallback }),
      contributed: {},
      marcDate: row.marcDate,
      inputDigest: null,
      heldByRun: null,
    };
  }

  /** Takes what merged sources, all of one row, have contributed out of it. */
  withdraw(gone: readonly MergedSource[], now: string): void {
    if (gone.length === 0) return;
    const positions = new Set(gone.map(({ position }) => position));
    const present = this.withSources(this.mustBeBooked(gone[0].recordId));
    const plan = this.planner.withoutSourcesAt(present, positions);
    this.carryOut("withdrawn", present, plan, now);
  }

  private carryOut(action: ChangeAction, booked: BookedRow, plan: RowPlan, now: string): void {
    const { recordId } = booked.row;
    const columns = new Map(plan.columns);
    if (columns.size > 0) columns.set("date_modified", now);
    const { state, sources } = plan;
    const change = { action, recordId, columns, state, ...(sources ? { sources } : {}) };
    this.writer.change(change, booked);
    if (action === "merged") this.inStep.remembered().add(recordId);
    else this.inStep.remembered().delete(recordId);
  }

  private sourceOf(
    incoming: Incoming,
    place: Pick<MergedSource, "recordId" | "position">,
  ): MergedSource {
    return {
      foreignSource: incoming.foreignSource,
      foreignId: incoming.foreignId,
      recordId: place.recordId,
      position: place.position,
      offered: this.planner.offer(incoming),
      contributed: {},
      marcDate: incoming.marcDate,
      inputDigest: incoming.inputDigest,
      heldByRun: this.run.runId,
    };
  }
}

/** Whether the record may be another one than that which the row was last made from. */
function mayDiffer({ state }: Existing, { inputDigest }: Incoming): boolean {
  return inputDigest === null || inputDigest !== state.inputDigest;
}
