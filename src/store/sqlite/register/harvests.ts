/** Positions of harvests, and what undoing needs to set them back. */

import type { Database } from "better-sqlite3";
import type { HarvestEnd, HarvestPosition } from "../../model/harvest.js";

interface RawPosition {
  repository: string;
  set_spec: string;
  base_url: string;
  metadata_prefix: string;
  rules_digest: string;
  position: string;
  granularity: string;
  deleted_record: string;
  full_harvest_at: string | null;
}

const COLUMNS =
  "repository, set_spec, base_url, metadata_prefix, rules_digest, position, granularity, deleted_record, full_harvest_at";

export class Harvests {
  constructor(private readonly db: Database) {}

  /** The positions of a repository, by set; none in a database of an earlier version. */
  positions(repository: string): HarvestPosition[] {
    if (!this.areThere) return [];
    const rows = this.db
      .prepare<[string], RawPosition>(
        `SELECT ${COLUMNS} FROM harvest_positions WHERE repository = ? ORDER BY set_spec`,
      )
      .all(repository);
    return rows.map(fromRaw);
  }

  /** Identifiers of records that were rejected, those longest not asked for first. */
  retries(repository: string, limit: number): string[] {
    if (!this.areThere) return [];
    return this.db
      .prepare<[string, number], string>(
        "SELECT identifier FROM harvest_retries WHERE repository = ? ORDER BY last_tried, identifier LIMIT ?",
      )
      .pluck()
      .all(repository, limit);
  }

  private get areThere(): boolean {
    const found = this.db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'harvest_positions'");
    return found.get() !== undefined;
  }

  /** Enters the end of a harvest; call inside the transaction in which its run ends. */
  enter(runId: number, end: HarvestEnd): void {
    for (const position of end.positions) this.move(runId, position);
    const list = this.db.prepare(
      "INSERT OR REPLACE INTO harvest_lists VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    );
    for (const one of end.lists) {
      const { setSpec, windowNumber, fromDate, untilDate, responseDate } = one;
      const { pages, records, deleted, listSize, restarts } = one;
      const counts = [pages, records, deleted, listSize, restarts];
      list.run(runId, setSpec, windowNumber, fromDate, untilDate, responseDate, ...counts);
    }
    this.settle(runId, end);
    const retry = this.db.prepare(
      `INSERT INTO harvest_retries VALUES (?, ?, ?, ?, ?, 1)
       ON CONFLICT DO UPDATE SET code = excluded.code, last_tried = excluded.last_tried, tries = tries + 1`,
    );
    for (const { identifier, code } of end.rejected) {
      retry.run(end.repository, identifier, code, runId, end.at);
    }
  }

  private settle(runId: number, { repository, settled }: HarvestEnd): void {
    const keep = this.db.prepare(
      `INSERT OR REPLACE INTO harvest_settled
       SELECT ?, * FROM harvest_retries WHERE repository = ? AND identifier = ?`,
    );
    const forget = this.db.prepare(
      "DELETE FROM harvest_retries WHERE repository = ? AND identifier = ?",
    );
    for (const identifier of settled) {
      keep.run(runId, repository, identifier);
      forget.run(repository, identifier);
    }
  }

  private move(runId: number, to: HarvestPosition): void {
    const { repository, setSpec } = to;
    const before = this.read(repository, setSpec);
    this.write(repository, setSpec, to);
    this.note(runId, repository, setSpec, before, to);
  }

  /**
   * Sets positions back that a run has moved, as part of the run that takes it back; those that have
   * moved again since are left. What the run had got by asking again is asked for once more: no list
   * need hold it. That stays so if the undo is taken back, and finds then what is there already.
   *
   * @returns the positions that were left
   */
  takeBack(targetId: number, undoId: number): number {
    const moves = this.db
      .prepare<
        [number],
        { repository: string; set_spec: string; before: string | null; after: string | null }
      >("SELECT repository, set_spec, before, after FROM harvest_moves WHERE run_id = ?")
      .all(targetId);
    this.db
      .prepare(
        `INSERT OR IGNORE INTO harvest_retries
         SELECT repository, identifier, code, first_run, last_tried, tries FROM harvest_settled WHERE run_id = ?`,
      )
      .run(targetId);
    let left = 0;
    for (const { repository, set_spec: setSpec, before, after } of moves) {
      const now = this.read(repository, setSpec);
      if (textOf(now) !== after) {
        left++;
        continue;
      }
      const earlier = before === null ? null : (JSON.parse(before) as HarvestPosition);
      this.write(repository, setSpec, earlier);
      this.note(undoId, repository, setSpec, now, earlier);
    }
    return left;
  }

  /** Forgets a repository's positions and what was to be asked for again: the next harvest is a full one. */
  forget(repository: string): number {
    this.db.prepare("DELETE FROM harvest_retries WHERE repository = ?").run(repository);
    return this.db.prepare("DELETE FROM harvest_positions WHERE repository = ?").run(repository)
      .changes;
  }

  private read(repository: string, setSpec: string): HarvestPosition | null {
    const row = this.db
      .prepare<[string, string], RawPosition>(
        `SELECT ${COLUMNS} FROM harvest_positions WHERE repository = ? AND set_spec = ?`,
      )
      .get(repository, setSpec);
    return row === undefined ? null : fromRaw(row);
  }

  private write(repository: string, setSpec: string, to: HarvestPosition | null): void {
    this.db
      .prepare("DELETE FROM harvest_positions WHERE repository = ? AND set_spec = ?")
      .run(repository, setSpec);
    if (to === null) return;
    this.db
      .prepare(`INSERT INTO harvest_positions (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
      .run(
        repository,
        setSpec,
        to.baseUrl,
        to.metadataPrefix,
        to.rulesDigest,
        to.position,
        to.granularity,
        to.deletedRecord,
        to.fullHarvestAt,
      );
  }

  private note(
    runId: number,
    repository: string,
    setSpec: string,
    before: HarvestPosition | null,
    after: HarvestPosition | null,
  ): void {
    this.db
      .prepare("INSERT OR REPLACE INTO harvest_moves VALUES (?, ?, ?, ?, ?)")
      .run(runId, repository, setSpec, textOf(before), textOf(after));
  }
}

/** One text for one position: its fields in one order. */
function textOf(position: HarvestPosition | null): string | null {
  if (position === null) return null;
  const { repository, setSpec, baseUrl, metadataPrefix, rulesDigest } = position;
  const { granularity, deletedRecord, fullHarvestAt } = position;
  return JSON.stringify({
    repository,
    setSpec,
    baseUrl,
    metadataPrefix,
    rulesDigest,
    position: position.position,
    granularity,
    deletedRecord,
    fullHarvestAt,
  });
}

function fromRaw(raw: RawPosition): HarvestPosition {
  return {
    repository: raw.repository,
    setSpec: raw.set_spec,
    baseUrl: raw.base_url,
    metadataPrefix: raw.metadata_prefix,
    rulesDigest: raw.rules_digest,
    position: raw.position,
    granularity: raw.granularity,
    deletedRecord: raw.deleted_record,
    fullHarvestAt: raw.full_harvest_at,
  };
}
