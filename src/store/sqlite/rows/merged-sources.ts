/** The sources merged into rows: who, into which row, what was offered and what that added. */

import type { Database, Statement } from "better-sqlite3";
import type { FieldValues } from "../../model/contributions.js";
import type { MergedSource, SourcesAt } from "../../model/merged-source.js";
import { BEFORE_ALL } from "../../model/stored-row.js";

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
  private readonly byPosition: Statement<[number, number], RawSource>;
  private readonly last: Statement<[number], number | null>;
  private readonly localOffer: Statement<[number, string]>;
  private readonly insert: Statement;
  private readonly deleteOfRecord: Statement<[number]>;
  private readonly deleteAt: Statement<[number, number]>;
  private readonly setHeld: Statement;
  private readonly notHeld: Statement<[number, number, string, number], RawSource>;
  private readonly first: Statement;
  private any = false;

  constructor(private readonly db: Database) {
    this.byId = db.prepare<[string, string], RawSource>(
      "SELECT * FROM merged_sources WHERE foreign_source = ? AND foreign_id = ? AND foreign_id <> ''",
    );
    this.byRecord = db.prepare<[number], RawSource>(
      "SELECT * FROM merged_sources WHERE record_id = ? ORDER BY position",
    );
    this.byPosition = db.prepare<[number, number], RawSource>(
      "SELECT * FROM merged_sources WHERE record_id = ? AND position = ?",
    );
    this.last = db
      .prepare<[number], number | null>(
        "SELECT max(position) FROM merged_sources WHERE record_id = ?",
      )
      .pluck();
    this.localOffer = db.prepare(
      "SELECT 1 FROM merged_sources WHERE record_id = ? AND foreign_id = '' AND offered = ?",
    );
    this.insert = db.prepare(`INSERT INTO merged_sources
      (foreign_source, foreign_id, record_id, position, offered, contributed, marc_date, input_digest, held_by_run)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`);
    this.setHeld = db.prepare(
      "UPDATE merged_sources SET held_by_run = ? WHERE foreign_source = ? AND foreign_id = ? AND foreign_id <> ''",
    );
    this.notHeld = db.prepare<[number, number, string, number], RawSource>(
      `SELECT * FROM merged_sources WHERE (record_id, position) > (?, ?)
       AND foreign_source = ? AND foreign_id <> '' AND held_by_run IS NOT ?
       ORDER BY record_id, position LIMIT 1000`,
    );
    this.deleteOfRecord = db.prepare("DELETE FROM merged_sources WHERE record_id = ?");
    this.deleteAt = db.prepare("DELETE FROM merged_sources WHERE record_id = ? AND position = ?");
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

  /** The position of the last source merged into a row, 0 if there is none. */
  lastPosition(recordId: number): number {
    return (this.any ? this.last.get(recordId) : null) ?? 0;
  }

  /** Whether a local record, which has no id to know it by, has offered just this to the row. */
  hasLocalOffer(recordId: number, offered: FieldValues): boolean {
    return this.any && this.localOffer.get(recordId, JSON.stringify(offered)) !== undefined;
  }

  /** What stands at the positions that `sources` speaks of. */
  at(recordId: number, sources: SourcesAt): SourcesAt {
    const standing = (position: string) => {
      const raw = this.byPosition.get(recordId, Number(position));
      return raw ? fromRaw(raw) : null;
    };
    return Object.fromEntries(
      Object.keys(sources).map((position) => [position, standing(position)]),
    );
  }

  /** Notes that the input of a full load held this record. */
  markHeld(runId: number, foreignSource: string, foreignId: string): void {
    if (this.any) this.setHeld.run(runId, foreignSource, foreignId);
  }

  /**
   * Records of a source that the input of a full load did not hold, up to 1,000 of them, in the order of
   * the rows that they were merged into.
   *
   * @param behind the last one that was given before, null for the first
   */
  notHeldBy(runId: number, foreignSource: string, behind: MergedSource | null): MergedSource[] {
    if (!this.any) return [];
    const { recordId, position } = behind ?? { recordId: BEFORE_ALL, position: 0 };
    return this.notHeld.all(recordId, position, foreignSource, runId).map(fromRaw);
  }

  /** How many records of a source are merged into rows. */
  countOfSource(foreignSource: string): number {
    if (!this.any) return 0;
    // Asked once a run, so nothing of it stands ready, and no index is kept for it.
    const count = this.db.prepare<[string], number>(
      "SELECT count(*) FROM merged_sources WHERE foreign_source = ? AND foreign_id <> ''",
    );
    return count.pluck().get(foreignSource) ?? 0;
  }

  /** Makes `sources` what stands at their positions; other positions stay. */
  set(recordId: number, sources: SourcesAt): void {
    // A source may move from one position to another, and has an id that only one row can have.
    for (const position of Object.keys(sources)) this.deleteAt.run(recordId, Number(position));
    for (const source of Object.values(sources)) if (source) this.add(recordId, source);
  }

  private add(recordId: number, source: MergedSource): void {
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

  /** Forgets all sources of a row. */
  remove(recordId: number): void {
    if (this.any) this.deleteOfRecord.run(recordId);
  }
}
