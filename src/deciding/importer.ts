/** Does what was decided for each record, and counts and tells what became of it. */

import type { JobConfig } from "../config/job/job-config.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { bestDuplicate, type Duplicate } from "../matching/duplicates.js";
import { groundsText } from "../matching/evidence/tell.js";
import type { Rank } from "../matching/priorities.js";
import type { Decision } from "../policy/decide.js";
import type { InputRecord } from "../reading/portion.js";
import type { KnownRow } from "../store/model/known-records.js";
import { RowBits } from "../store/model/row-bits.js";
import type { RowHashes } from "../store/model/row-hashes.js";
import type { Existing, Incoming } from "../store/model/stored-row.js";
import type { Outcome } from "../store/model/totals.js";
import type { RunWriter } from "../store/run-port.js";
import type { Consideration, Considerer } from "./consider.js";
import type { DeleteBrake } from "./delete-brake.js";
import { mergedLosses } from "./merged-losses.js";

/** What became of one record, and why. */
export interface Treatment {
  readonly outcome: Outcome;
  /** The row concerned, null if there is none. */
  readonly recordId: number | null;
  readonly reason: string;
  readonly considered: Consideration;
  /** Rows that the policy deleted. */
  readonly removed: readonly number[];
  /** Warnings of merged records that went with a deleted row. */
  readonly losses: readonly Diagnostic[];
  /** How many possible duplicates of the row were noted. */
  readonly paired: number;
  /** The id has come before in this run. */
  readonly repeated: boolean;
}

const NOTHING: readonly never[] = [];

/** What leaves a record with a row of its own. */
const HAS_OWN_ROW: readonly Outcome[] = ["created", "updated", "unchanged"];

export class Importer {
  /**
   * Rows that were deleted, or lost a contribution, since it was noted which records are known. A
   * resumed run notes that anew.
   */
  private readonly lessened = new RowBits();
  /** Rows that this run has done more to than passing over a record; of those that it touched. */
  private readonly treated: RowBits;

  constructor(
    private readonly run: RunWriter,
    private readonly considerer: Considerer,
    private readonly brake: DeleteBrake,
    private readonly fullLoad: boolean,
  ) {
    this.treated = run.touched.copy();
  }

  /**
   * Does with a record what was considered, inside the batch's transaction.
   *
   * @throws Failure (limit) before more rows would be deleted than the configuration allows
   */
  carryOut({ incoming, considered }: Considered): Treatment {
    const { now } = incoming;
    const repeated = this.isRepeated(considered.existing);
    const result = considered.decision
      ? this.follow(incoming, considered, considered.decision)
      : this.shortcut(considered, now);
    this.noteHeld(considered, incoming, result);
    const paired = this.notePairs(considered, result);
    if (result.recordId !== null && result.outcome !== "ignored" && result.outcome !== "deleted") {
      this.run.touched.add(result.recordId);
      this.treated.add(result.recordId);
    }
    const { outcome, recordId, removed = NOTHING, losses = NOTHING } = result;
    const { reason } = considered;
    // Written out, since the engine spreads objects into others slowly.
    return { outcome, recordId, reason, considered, removed, losses, paired, repeated };
  }

  /** Creates the row of a record that is surely new. */
  createNew({ incoming, hashes }: NewRow): void {
    this.noteNew(this.run.imports.createNew(incoming, hashes));
  }

  /** Creates the rows of side files that wait for it. */
  createWaiting(): void {
    if (this.run.side.areWaiting) this.run.side.create((recordId) => this.noteNew(recordId));
  }

  private noteNew(recordId: number): void {
    const { touched, held } = this.run;
    held.add(recordId);
    touched.add(recordId);
    this.treated.add(recordId);
  }

  /** Possible duplicates are acted on by nobody but a person: both rows stay, and the pair is noted. */
  private notePairs({ duplicates, existing }: Consideration, { outcome, recordId }: Done): number {
    const { possible } = duplicates;
    if (existing?.merged) return 0;
    if (possible.length === 0 || recordId === null || !HAS_OWN_ROW.includes(outcome)) return 0;
    const pairs = possible.map(({ recordId, evidence }) => ({
      recordId,
      points: evidence.points,
      grounds: groundsText(evidence),
    }));
    return this.run.pairs.note(recordId, pairs);
  }

  /**
   * Passes over a record that is what its row was last made from, or what was merged into it.
   *
   * @returns false if this run has already done something to the row, which may be gone by now, or
   *   has met the row's own record before, so that the record must be looked at
   */
  passKnown({ recordId, isMerged }: KnownRow): boolean {
    const { touched, held } = this.run;
    if (this.treated.has(recordId) || this.lessened.has(recordId)) return false;
    if (!isMerged && held.has(recordId)) return false;
    touched.add(recordId);
    if (!isMerged) held.add(recordId);
    return true;
  }

  /**
   * Whether this run has read a record with the same id before. A merged record that changed
   * nothing leaves no note of itself; if the id comes again with other content, the next run warns.
   */
  private isRepeated(existing: Existing | null): boolean {
    if (!existing) return false;
    const { held, runId } = this.run;
    return existing.merged ? existing.merged.heldByRun === runId : held.has(existing.row.recordId);
  }

  /**
   * Notes that the input held this record, whatever became of it: a full load must know at its end,
   * also of records that were ignored before their row was looked for.
   */
  private noteHeld(considered: Consideration, incoming: Incoming, done: Done): void {
    const { imports, held, merged, runId } = this.run;
    const { foreignSource, foreignId } = incoming;
    const existing =
      considered.existing ?? (this.fullLoad ? imports.existing(foreignSource, foreignId) : null);
    if (done.outcome === "created" && done.recordId !== null) held.add(done.recordId);
    else if (existing && !existing.merged) held.add(existing.row.recordId);
    else if (this.fullLoad) merged.markHeld(runId, foreignSource, foreignId);
  }

  private shortcut(considered: Consideration, now: string): Done {
    const { existing, shortcut } = considered;
    if (shortcut !== "deletion" || !existing) {
      return { outcome: "ignored", recordId: existing?.row.recordId ?? null };
    }
    const { recordId } = existing.row;
    if (existing.merged) {
      this.run.imports.withdraw([existing.merged], now);
      this.lessened.add(recordId);
      return { outcome: "deleted", recordId };
    }
    return { outcome: "deleted", recordId, losses: this.delete([recordId]) };
  }

  private follow(incoming: Incoming, considered: Consideration, decision: Decision): Done {
    const { existing } = considered;
    switch (decision.action) {
      case "ignore":
        return { outcome: "ignored", recordId: existing?.row.recordId ?? null };
      case "merge":
        return this.merge(incoming, considered, decision.mergeInto ?? "same");
      case "refresh": {
        const { plan } = considered;
        if (!existing || !plan) throw new Error("a refresh without an existing row");
        const removed = this.removeDuplicates(considered, decision.deletes);
        const outcome = this.run.imports.refresh(existing, incoming, plan);
        return { outcome, recordId: existing.row.recordId, ...removed };
      }
      case "create": {
        const removed = this.removeDuplicates(considered, decision.deletes);
        return {
          outcome: "created",
          recordId: this.run.imports.create(incoming, considered.keys),
          ...removed,
        };
      }
    }
  }

  private merge(incoming: Incoming, considered: Consideration, into: Rank): Done {
    const target = mergeTarget(considered, into, this.considerer);
    this.run.imports.merge(target.recordId, incoming);
    return { outcome: "merged", recordId: target.recordId };
  }

  private removeDuplicates(
    considered: Consideration,
    ranks: readonly Rank[],
  ): Pick<Treatment, "removed" | "losses"> {
    const removed = ranks.flatMap((rank) =>
      this.considerer.duplicatesOf(considered, rank).map((duplicate) => duplicate.recordId),
    );
    return { removed, losses: this.delete(removed) };
  }

  /** @returns warnings of merged records that go with the rows */
  private delete(rows: readonly number[]): Diagnostic[] {
    this.brake.press(rows.length);
    return rows.flatMap((recordId) => {
      this.lessened.add(recordId);
      return mergedLosses(recordId, this.run.imports.delete(recordId));
    });
  }
}

/** A record as it would be written, and what tells that it is new. */
export interface NewRow {
  readonly incoming: Incoming;
  readonly hashes: RowHashes;
}

/** A record as it would be written, and what led to what is to be done with it. */
export interface Considered {
  readonly incoming: Incoming;
  readonly considered: Consideration;
}

/** What its row will keep of the reading of a record. */
export interface Written {
  /** UTC, ISO 8601 to the second. */
  readonly now: string;
  /** The input's name for its place. */
  readonly sourceRecord: string;
}

/** Considers one record without changing anything. */
export function considerRecord(
  config: JobConfig,
  considerer: Considerer,
  record: InputRecord,
  written: Written,
): Considered {
  const incoming = incomingOf(config, record, written);
  return { incoming, considered: considerer.consider(record.mapped, incoming) };
}

export function incomingOf(
  config: JobConfig,
  record: InputRecord,
  { now, sourceRecord }: Written,
): Incoming {
  const { mapped } = record;
  const { foreignSource } = config.settings;
  return {
    values: mapped.values,
    foreignSource,
    // Local records have no foreign id.
    foreignId: foreignSource === "" ? "" : mapped.foreignId,
    sourceRecord,
    marcDate: mapped.marcDate,
    now,
    inputDigest: record.inputDigest,
    urlIsFallback: mapped.urlIsFallback,
    evidence: mapped.evidence ?? "",
    kept: record.kept,
  };
}

/** The row that a record is merged into: of the duplicates of one priority the best. */
export function mergeTarget(
  { duplicates }: Consideration,
  into: Rank,
  { priorities }: Considerer,
): Duplicate {
  const choice = duplicates.found.filter((duplicate) => duplicate.rank === into);
  const target = bestDuplicate(choice, priorities);
  if (!target) throw new Error("a merge without a row to merge into");
  return target;
}

interface Done {
  readonly outcome: Outcome;
  readonly recordId: number | null;
  readonly removed?: readonly number[];
  readonly losses?: readonly Diagnostic[];
}
