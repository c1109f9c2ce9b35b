/**
 * Rows that other hands or programs added, edited or removed since we last looked. Triggers note
 * them; here their match keys are made again, their books say what we had written, and `hand_edits`
 * keeps behind which change of ours the edit came, so that no undo overrides it.
 */

import type { Database, Statement } from "better-sqlite3";
import type { KeyedRow } from "../../model/key-source.js";
import { Written } from "../../model/written.js";
import { KEY_COLUMNS } from "../file/schema.js";
import { lastChangeNumber } from "../history/changes.js";
import type { KeyIndex } from "../keys/key-index.js";
import type { Columns } from "./columns.js";

type EditedRow = { record_id: number; title: unknown } & Record<string, unknown>;

/** Noted rows held in memory at a time. */
const PAGE = 5000;

export class EditedRows {
  private readonly first: Statement;
  private readonly page: Statement<[number], EditedRow>;
  private readonly forgetPage: Statement<[number]>;
  private readonly selectWritten: Statement<[number], Buffer | number>;
  private selectEvidence: Statement<[number], string | null> | null = null;
  private readonly selectRow: Statement<[number], Record<string, unknown>>;
  private readonly keepWritten: Statement<[Buffer | number, number]>;
  private readonly noteEdit: Statement<[number, number]>;
  private readonly removeState: Statement<[number]>;
  private readonly forgetMerged: Statement<[number]>;
  private readonly forgetNamesakes: Statement<[number]>;
  private readonly removeMerged: Statement<[number]>;

  constructor(
    private readonly db: Database,
    private readonly columns: Columns,
    private readonly keys: KeyIndex,
  ) {
    this.first = db.prepare("SELECT 1 FROM edited_records LIMIT 1");
    this.page = db.prepare("SELECT * FROM edited_records ORDER BY record_id LIMIT ?");
    this.forgetPage = db.prepare(`DELETE FROM edited_records
      WHERE record_id IN (SELECT record_id FROM edited_records ORDER BY record_id LIMIT ?)`);
    this.selectWritten = db
      .prepare<[number], Buffer | number>("SELECT written FROM record_state WHERE record_id = ?")
      .pluck();
    this.selectRow = db.prepare("SELECT * FROM record_info WHERE record_id = ?");
    this.keepWritten = db.prepare(
      "UPDATE record_state SET input_digest = NULL, written = ? WHERE record_id = ?",
    );
    // Of rows without books, too: what was merged into one may have left none.
    this.noteEdit = db.prepare("INSERT OR REPLACE INTO hand_edits VALUES (?, ?)");
    this.removeState = db.prepare("DELETE FROM record_state WHERE record_id = ?");
    this.forgetMerged = db.prepare(
      "UPDATE merged_sources SET input_digest = NULL WHERE record_id = ?",
    );
    this.forgetNamesakes = db.prepare(`UPDATE merged_sources SET input_digest = NULL
      WHERE foreign_id <> '' AND (foreign_id, foreign_source) IN
        (SELECT foreign_id, foreign_source FROM record_info WHERE record_id = ?)`);
    this.removeMerged = db.prepare("DELETE FROM merged_sources WHERE record_id = ?");
  }

  /** Whether there is anything to do; cheap enough to ask for each batch. */
  get waiting(): boolean {
    return this.first.get() !== undefined;
  }

  /** Takes notice of all noted rows; call inside a write transaction. Gives how many there were. */
  takeNotice(): number {
    let count = 0;
    const lastChange = lastChangeNumber(this.db);
    for (let rows = this.page.all(PAGE); rows.length > 0; rows = this.page.all(PAGE)) {
      for (const row of rows) this.takeNoticeOf(row, lastChange);
      this.forgetPage.run(PAGE);
      count += rows.length;
    }
    return count;
  }

  private takeNoticeOf(row: EditedRow, lastChange: number): void {
    const recordId = row.record_id;
    this.keys.forget(recordId);
    const old = keysBefore(row, this.evidence(recordId));
    if (old) this.keys.remove(old, recordId);
    const now = this.keys.row(recordId);
    if (now) {
      this.keys.add(now, recordId);
      this.keepWhatWeWrote(row);
      // What was merged into it may have to be added again; and a record that was merged into
      // another row belongs to this one, if it bears its id now.
      this.forgetMerged.run(recordId);
      this.forgetNamesakes.run(recordId);
      this.noteEdit.run(recordId, lastChange);
    } else {
      this.removeState.run(recordId);
      this.removeMerged.run(recordId);
    }
  }

  private evidence(recordId: number): string {
    // A database that is only read may be of a version without it.
    this.selectEvidence ??= this.db
      .prepare<[number], string | null>("SELECT evidence FROM record_state WHERE record_id = ?")
      .pluck();
    return this.selectEvidence.get(recordId) ?? "";
  }

  /** A row that no longer stands as we wrote it gets digests of what we had written. */
  private keepWhatWeWrote(before: EditedRow): void {
    const recordId = before.record_id;
    const stored = this.selectWritten.get(recordId);
    if (stored === undefined) return;
    const { names, count } = this.columns;
    const written =
      typeof stored === "number"
        ? Written.texts((position) => textIn(before, names[position]), stored, count)
        : Written.fromBlob(stored, count);
    const row = this.selectRow.get(recordId) ?? {};
    const textAt = (position: number) => textIn(row, names[position]);
    const stands = written.equals(Written.asItStands, textAt, count);
    this.keepWritten.run(stands ? count : (written.toBlob() ?? count), recordId);
  }
}

function textIn(row: Readonly<Record<string, unknown>>, name: string): string {
  return String(row[name] ?? "");
}

/** What the row's keys were made from before the edit; null for a row that was new. */
function keysBefore(row: EditedRow, evidence: string): KeyedRow | null {
  if (row.title === null) return null;
  const columns: Record<string, string> = {};
  for (const name of KEY_COLUMNS) columns[name] = String(row[name]);
  return { ...columns, evidence, urlIsFallback: false } as unknown as KeyedRow;
}
