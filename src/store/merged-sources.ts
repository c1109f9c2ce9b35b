/** The sources merged into rows: who, into which row, what was offered and what that added. */

import type { Database, Statement } from "better-sqlite3";
import type { FieldValues } from "./contributions.js";

/** One record that was merged into a row. */
export interface MergedSource {
  readonly foreignSource: string;
  /** Empty for a local record, which cannot come again. */
  readonly foreignId: string;
  readonly recordId: number;
  /** Order in which sources came to the row, from 1. */
  readonly position: number;
  readonly offered: FieldValues;
  readonly contributed: FieldValues;
  readonly marcDate: string;
  readonly inputDigest: number | null;
  /** The last run that is known to have read this record; every full load makes it known. */
  readonly heldByRun: number | null;
}

interface RawSource {
  foreign_source: string;
  foreign_id: string;
  record_id: number;
  position: number;
  offered: string;
  contributed: string;
  marc_date: string;
  input_digest: number | null;
  held_by_run: number | null;
}

function fromRaw(raw: RawSource): MergedSource {
  return {
    foreignSource: raw.foreign_source,
    foreignId: raw.foreign_id,
    recordId: raw.record_id,
    position: raw.position,
    offered: JSON.parse(raw.offered) as FieldValues,
    contributed: JSON.parse(raw.contributed) as FieldValues,
    marcDate: raw.marc_date,
    inputDigest: raw.input_digest,
    heldByRun: raw.held_by_run,
  };
}

export class MergedSources {
  private readonly byId: Statement<[string, string], RawSource>;
  private readonly byRecord: Statement<[number], RawSource>;
  private readonly insert: Statement;
  private readonly deleteOfRecord: Statement<[number]>;
  private readonly setHeld: Statement;
  private readonly notHeld: Statement<[string, number], RawSource>;
  private readonly first: Statement;
  private any = false;

  constructor(db: Database) {
    this.byId = db.prepare<[string, string], RawSource>(
      "SELECT * FROM merged_sources WHERE foreign_source = ? AND foreign_id = ? AND foreign_id <> ''",
    );
    this.byRecord = db.prepare<[number], RawSource>(
      "SELECT * FROM merged_sources WHERE record_id = ? ORDER BY position",
    );
    this.insert = db.prepare(`INSERT INTO merged_sources
      (foreign_source, foreign_id, record_id, position, offered, contributed, marc_date, input_digest, held_by_run)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`);
    this.setHeld = db.prepare(
      "UPDATE merged_sources SET held_by_run = ? WHERE foreign_source = ? AND foreign_id = ? AND foreign_id <> ''",
    );
    this.notHeld = db.prepare<[string, number], RawSource>(
      "SELECT * FROM merged_sources WHERE foreign_source = ? AND foreign_id <> '' AND held_by_run IS NOT ? LIMIT 1000",
    );
    this.deleteOfRecord = db.prepare("DELETE FROM merged_sources WHERE record_id = ?");
    this.first = db.prepare("SELECT 1 FROM merged_sources LIMIT 1");
    this.refresh();
  }

  /** Looks again whether there is anything merged at all; another run may have done so meanwhile. */
  refresh(): void {
    this.any = this.first.get() !== undefined;
  }

  find(foreignSource: string, foreignId: string): MergedSource | null {
    if (!this.any || foreignId === "") return null;
    const raw = this.byId.get(foreignSource, foreignId);
    return raw ? fromRaw(raw) : null;
  }

  /** The sources merged into a row, in the order in which they came. */
  ofRecord(recordId: number): MergedSource[] {
    return this.any ? this.byRecord.all(recordId).map(fromRaw) : [];
  }

  /** Notes that the input of a full load held this record. */
  markHeld(runId: number, foreignSource: string, foreignId: string): void {
    if (this.any) this.setHeld.run(runId, foreignSource, foreignId);
  }

  /** Records of a source that the input of a full load did not hold, up to 1,000 of them. */
  notHeldBy(runId: number, foreignSource: string): MergedSource[] {
    return this.any ? this.notHeld.all(foreignSource, runId).map(fromRaw) : [];
  }

  /** Makes `sources` the sources of the row, in place of those it had. */
  replace(recordId: number, sources: readonly MergedSource[]): void {
    if (this.any) this.deleteOfRecord.run(recordId);
    for (const source of sources) {
      this.any = true;
      this.insert.run(
        source.foreignSource,
        source.foreignId,
        recordId,
        source.position,
        JSON.stringify(source.offered),
        JSON.stringify(source.contributed),
        source.marcDate,
        source.inputDigest,
        source.heldByRun,
      );
    }
  }
}
