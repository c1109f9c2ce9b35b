/**
 * The four ways in which a run changes rows: create, change, remove, revive. Each keeps the row, its
 * match keys, its bookkeeping and the run's before-images in step; nothing else writes rows.
 */

import type { Statement } from "better-sqlite3";
import type { BeforeImage } from "../../model/change.js";
import { isFallbackUrl, type KeyedRow, KeySources } from "../../model/key-source.js";
import { type MergedSource, type SourcesAt, sourcesByPosition } from "../../model/merged-source.js";
import { idHash, type RowHashes } from "../../model/row-hashes.js";
import type { Incoming, RecordState, RowChange } from "../../model/stored-row.js";
import { type TextAt, Written } from "../../model/written.js";
import { KEY_COLUMNS } from "../file/schema.js";
import type { Transactions } from "../file/transactions.js";
import { BeforeImages } from "../history/before-images.js";
import type { ChangeWriter } from "../history/changes.js";
import type { Standing, WriterParts } from "./writer-parts.js";

interface RawState {
  input_digest: number | null;
  /** Digests, or how many columns there were when all of them stood as written. */
  written: Buffer | number;
  fallback_url: number | null;
  evidence: string | null;
}

export class RowWriter {
  private readonly readState: Statement<[number], RawState>;
  private readonly writeState: Statement;
  private readonly deleteState: Statement<[number]>;
  private readonly keySources: KeySources;
  private readonly images: BeforeImages;

  constructor(
    private readonly parts: WriterParts,
    readonly changes: ChangeWriter,
    readonly transactions: Pick<Transactions, "begun">,
  ) {
    const { db } = parts;
    this.readState = db.prepare<[number], RawState>(
      "SELECT input_digest, written, fallback_url, evidence FROM record_state WHERE record_id = ?",
    );
    this.writeState = db.prepare(`INSERT INTO record_state VALUES (?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET input_digest = excluded.input_digest,
        written = excluded.written, fallback_url = excluded.fallback_url,
        evidence = excluded.evidence`);
    this.deleteState = db.prepare("DELETE FROM record_state WHERE record_id = ?");
    this.keySources = new KeySources(parts.columns.fields);
    this.images = new BeforeImages(parts, transactions);
  }

  /** The bookkeeping of a row; a row that others created has none written. */
  state(recordId: number): RecordState {
    const raw = this.readState.get(recordId);
    return {
      inputDigest: raw?.input_digest ?? null,
      written: this.written(recordId, raw?.written ?? 0),
      fallbackUrl: raw?.fallback_url ?? null,
      evidence: raw?.evidence ?? "",
    };
  }

  private written(recordId: number, stored: Buffer | number): Written {
    const { count } = this.parts.columns;
    if (typeof stored !== "number") return Written.fromBlob(stored, count);
    if (stored >= count) return Written.asItStands;
    if (stored === 0) return Written.nothing(count);
    // Nothing was ever written to columns that were added since.
    return Written.texts(this.textsOf(recordId), stored, count);
  }

  /** The texts of a row as it stands, by column position. */
  textsOf(recordId: number): TextAt {
    return this.images.textsOf(recordId);
  }

  /**
   * Call when the row is written. A row of which nothing is known has no books, as before we first
   * touched it; digests are kept only of one that does not stand as it was written.
   */
  private saveState(recordId: number, state: RecordState): void {
    const { inputDigest, fallbackUrl, written, evidence } = state;
    this.parts.keys.forget(recordId);
    if (inputDigest === null && fallbackUrl === null && written.isBlank && evidence === "") {
      this.deleteState.run(recordId);
      return;
    }
    const { count } = this.parts.columns;
    const stands = written.equals(Written.asItStands, this.textsOf(recordId), count);
    const digests = stands ? count : written.toBlob();
    this.writeState.run(recordId, inputDigest, digests, fallbackUrl, evidence || null);
  }

  /**
   * Creates a row; gives its record_id.
   *
   * @param hashes those of the record, with the keys of all kept methods
   */
  create(incoming: Incoming, hashes: RowHashes): number {
    const { columns, rows } = this.parts;
    const { values, foreignSource, evidence, inputDigest } = incoming;
    const recordId = rows.insert(values, incoming, hashes.foreignId);
    // Nothing is remembered of a row that was not there, and all of it stands as it was written.
    this.writeState.run(recordId, inputDigest, columns.count, hashes.fallbackUrl, evidence || null);
    this.enterCreated(recordId, foreignSource, hashes.keys);
    return recordId;
  }

  /** Enters the match keys and the change of a row that was created. */
  enterCreated(recordId: number, foreignSource: string, keys: readonly number[]): void {
    this.parts.keys.addKeys(keys, foreignSource, recordId);
    this.changes.addCreated(recordId);
  }

  /**
   * Changes some columns of a row, its bookkeeping and, where given, its merged sources.
   *
   * @param standing the row as it stands, as far as it has been read
   */
  change(change: RowChange, standing = this.standing(change.recordId)): void {
    const before = this.images.ofChange(change, standing);
    this.write(change, standing);
    this.changes.add(change.action, change.recordId, before);
  }

  private standing(recordId: number): Standing {
    return { state: this.state(recordId), row: null };
  }

  /**
   * Renews the bookkeeping of a row that stays as it is. That other bytes gave the same row is not
   * kept for an undo: it is as true of the row then.
   */
  keepBooks(books: Pick<RowChange, "recordId" | "state" | "sources">): void {
    const standing = this.standing(books.recordId);
    const change: RowChange = { ...books, action: "noted", columns: new Map() };
    if (this.differs(books, standing.state)) this.change(change, standing);
    else this.write(change, standing);
  }

  private differs(
    { recordId, state, sources }: Pick<RowChange, "recordId" | "state" | "sources">,
    before: RecordState,
  ): boolean {
    if (state.fallbackUrl !== before.fallbackUrl) return true;
    if (before.evidence !== "" && state.evidence !== before.evidence) return true;
    const { count } = this.parts.columns;
    if (!state.written.equals(before.written, this.textsOf(recordId), count)) return true;
    if (sources === undefined) return false;
    const standing = this.parts.merged.at(recordId, sources);
    return Object.entries(sources).some(
      ([position, source]) => source?.marcDate !== standing[Number(position)]?.marcDate,
    );
  }

  private write(change: Omit<RowChange, "action">, standing: Standing): void {
    const { rows, keys } = this.parts;
    const { recordId, columns, state } = change;
    // What makes keys depends on the bookkeeping, too.
    const movesKeys =
      KEY_COLUMNS.some((name) => columns.has(name)) ||
      standing.state.fallbackUrl !== state.fallbackUrl ||
      standing.state.evidence !== state.evidence;
    const oldKeys = movesKeys ? this.keyed(recordId, standing) : null;
    if (columns.size > 0) rows.update(recordId, columns);
    this.saveState(recordId, state);
    if (change.sources) this.setSources(recordId, change.sources);
    if (!oldKeys) return;
    const newKeys = keyedAfter(oldKeys, change) ?? keys.row(recordId);
    if (newKeys) keys.replace(oldKeys, newKeys, recordId);
  }

  private setSources(recordId: number, sources: SourcesAt): void {
    const { rows, merged } = this.parts;
    merged.set(recordId, sources);
    for (const source of Object.values(sources)) if (source) rows.noteId(idHash(source.foreignId));
  }

  /** What the keys of a row are made from. */
  private keyed(recordId: number, { row, state }: Standing): KeyedRow | null {
    if (!row) return this.parts.keys.row(recordId);
    const source = this.keySources.of(row.values, false, state.evidence);
    const urlIsFallback = isFallbackUrl(source.url, state.fallbackUrl);
    return { ...source, foreign_source: row.foreignSource, urlIsFallback };
  }

  /** Removes a row with its keys, bookkeeping and merged sources; gives what was merged into it. */
  remove(recordId: number): readonly MergedSource[] {
    const { rows, keys, merged } = this.parts;
    const image = rows.image(recordId);
    if (!image) return [];
    const state = this.state(recordId);
    const sources = merged.ofRecord(recordId);
    const oldKeys = keys.row(recordId);
    if (oldKeys) keys.remove(oldKeys, recordId);
    rows.delete(recordId);
    this.deleteState.run(recordId);
    keys.forget(recordId);
    merged.remove(recordId);
    this.changes.add("deleted", recordId, this.images.ofDeleted(image, state, sources));
    return sources;
  }

  /** Puts a removed row back under its record_id, with everything that belonged to it. */
  revive(recordId: number, before: BeforeImage): void {
    const { rows, keys, columns } = this.parts;
    if (!before.row) throw new Error(`no before-image for record_id ${recordId}`);
    rows.restore(before.row);
    const text = (position: number) => String(before.row?.[columns.names[position]] ?? "");
    const written = Written.asItStands.inDigests(text, columns.count);
    columns.names.forEach((name, position) => {
      const digest = before.written?.[name];
      if (digest !== undefined) written.setDigest(position, digest);
    });
    this.saveState(recordId, {
      inputDigest: before.inputDigest ?? null,
      written,
      fallbackUrl: before.fallbackUrl ?? null,
      evidence: before.evidence ?? "",
    });
    if (before.sources) this.setSources(recordId, sourcesByPosition(before.sources));
    const keyed = keys.row(recordId);
    if (keyed) keys.add(keyed, recordId);
    this.changes.add("created", recordId, null);
  }
}

/** What the keys of a row are made from when it is changed; null where only the database can tell. */
function keyedAfter(
  before: KeyedRow,
  { columns, state }: Pick<RowChange, "columns" | "state">,
): KeyedRow | null {
  const after = { ...before };
  for (const name of KEY_COLUMNS) {
    const value = columns.get(name) ?? after[name];
    // SQLite makes texts of blobs and numbers in its own way.
    if (typeof value !== "string") return null;
    after[name] = value;
  }
  const { evidence } = state;
  return { ...after, evidence, urlIsFallback: isFallbackUrl(after.url, state.fallbackUrl) };
}
