/** What an import does to rows, in the terms of its policy: create, refresh, merge, delete, withdraw. */

import type { ImportConfig } from "../config/import-config.js";
import { isList } from "../config/record-fields.js";
import { hash53 } from "../matching/hash.js";
import { contribute, type FieldValues, withdraw } from "./contributions.js";
import type { MergedSource } from "./merged-sources.js";
import type { RecordState, RecordWriter, RowChange, WriterParts } from "./record-writer.js";
import type { StoredRow } from "./rows.js";

/** A mapped record on its way into the database. */
export interface Incoming {
  /** In the order of the configuration's fields. */
  readonly values: readonly string[];
  readonly foreignSource: string;
  readonly foreignId: string;
  /** `file:offset:length`. */
  readonly sourceRecord: string;
  readonly marcDate: string;
  /** UTC, ISO 8601 to the second. */
  readonly now: string;
  /** 53-bit digest of the record's bytes and the mapping. */
  readonly inputDigest: number;
  readonly urlIsFallback: boolean;
}

/** The row that an import already has: its own, or the one it was merged into. */
export interface Existing {
  readonly row: StoredRow;
  readonly state: RecordState;
  /** How this import was merged into the row; null when the row is the import's own. */
  readonly merged: MergedSource | null;
}

export class ImportWriter {
  private readonly listFields: ReadonlySet<string>;
  private readonly managed: readonly boolean[];
  private readonly protectedFields: ReadonlySet<string>;

  /** @param managed by field index: whether this configuration fills the field at all */
  constructor(
    private readonly parts: WriterParts,
    private readonly writer: RecordWriter,
    private readonly config: ImportConfig,
    managed: readonly boolean[],
  ) {
    this.managed = managed;
    this.listFields = new Set(config.fields.filter((f) => isList(f.kind)).map((f) => f.name));
    this.protectedFields = new Set(config.settings.protectedFields);
  }

  private isListField = (name: string): boolean => this.listFields.has(name);

  existing(foreignSource: string, foreignId: string): Existing | null {
    if (foreignId === "") return null;
    const { rows, merged } = this.parts;
    const own = rows.find(foreignSource, foreignId);
    const source = own === null ? merged.find(foreignSource, foreignId) : null;
    const recordId = own ?? source?.recordId ?? null;
    const row = recordId === null ? null : rows.read(recordId);
    return row ? { row, state: this.writer.state(row.recordId), merged: source } : null;
  }

  create(incoming: Incoming): number {
    return this.writer.create(incoming.values, incoming, incoming);
  }

  delete(recordId: number): void {
    this.writer.remove(recordId);
  }

  /** Refreshes an existing row from its own source, or this source's part in a merged row. */
  refresh(existing: Existing, incoming: Incoming): "updated" | "unchanged" {
    return existing.merged
      ? this.refreshMerged(existing, existing.merged, incoming)
      : this.refreshOwn(existing, incoming);
  }

  private refreshOwn({ row, state }: Existing, incoming: Incoming): "updated" | "unchanged" {
    const { fields } = this.config;
    const present = this.byName(row);
    const sources = this.parts.merged.ofRecord(row.recordId);
    const base: Record<string, string> = { ...this.withoutSources(present, sources) };
    for (let i = 0; i < fields.length; i++) {
      if (this.managed[i]) base[fields[i].name] = incoming.values[i];
    }
    const next = this.withSources(base, sources);
    const final = this.protect(present, next.row, state);
    const columns = this.differences(present, final);
    if (incoming.marcDate !== row.marcDate) columns.set("marc_date", incoming.marcDate);
    const newState = this.stateAfter(state, present, final, incoming);
    if (columns.size === 0 && sameContributions(sources, next.sources)) {
      if (state.inputDigest !== incoming.inputDigest) this.writer.saveState(row.recordId, newState);
      return "unchanged";
    }
    columns.set("source_record", incoming.sourceRecord);
    this.change({ action: "updated", recordId: row.recordId, columns, state: newState }, incoming, {
      sources: sources.length > 0 ? next.sources : undefined,
    });
    return "updated";
  }

  private refreshMerged(
    { row, state }: Existing,
    merged: MergedSource,
    incoming: Incoming,
  ): "updated" | "unchanged" {
    const sources = this.parts.merged.ofRecord(row.recordId);
    const renewed = sources.map((source) =>
      source.position === merged.position ? this.mergedSource(incoming, source) : source,
    );
    return this.applySources({ row, state }, sources, renewed, { action: "updated", incoming });
  }

  /** Merges an import into a row; what it adds is remembered under its foreign id. */
  merge(recordId: number, incoming: Incoming): void {
    const row = this.parts.rows.read(recordId);
    if (!row) throw new Error(`record_id ${recordId} is gone`);
    const state = this.writer.state(recordId);
    const sources = this.parts.merged.ofRecord(recordId);
    const position = sources.length === 0 ? 1 : sources[sources.length - 1].position + 1;
    const added = this.mergedSource(incoming, { recordId, position });
    if (incoming.foreignId === "") {
      this.mergeOnce({ row, state }, added, incoming);
    } else {
      this.applySources({ row, state }, sources, [...sources, added], {
        action: "merged",
        incoming,
      });
    }
  }

  /** A record without a foreign id adds what it has and is not remembered. */
  private mergeOnce(
    { row, state }: Pick<Existing, "row" | "state">,
    added: MergedSource,
    incoming: Incoming,
  ): void {
    const present = this.byName(row);
    const next = contribute(present, added.offered, this.isListField).row;
    const columns = this.differences(present, next);
    const newState = this.stateAfterMerge(state, present, columns);
    this.change({ action: "merged", recordId: row.recordId, columns, state: newState }, incoming);
  }

  /** Takes a merged source's contribution out of its row. */
  withdraw({ row, state, merged }: Existing, now: string): void {
    const sources = this.parts.merged.ofRecord(row.recordId);
    const rest = sources.filter((source) => source.position !== merged?.position);
    this.applySources({ row, state }, sources, rest, { action: "withdrawn", incoming: { now } });
  }

  private applySources(
    { row, state }: Pick<Existing, "row" | "state">,
    before: readonly MergedSource[],
    after: readonly MergedSource[],
    { action, incoming }: { action: RowChange["action"]; incoming: { now: string } },
  ): "updated" | "unchanged" {
    const present = this.byName(row);
    const next = this.withSources(this.withoutSources(present, before), after);
    const columns = this.differences(present, next.row);
    const sameOffers = JSON.stringify(before) === JSON.stringify(next.sources);
    if (columns.size === 0 && action === "updated" && sameOffers) return "unchanged";
    const newState = this.stateAfterMerge(state, present, columns);
    this.change({ action, recordId: row.recordId, columns, state: newState }, incoming, {
      sources: next.sources,
    });
    return columns.size === 0 && action === "updated" ? "unchanged" : "updated";
  }

  private change(
    change: Omit<RowChange, "sources">,
    { now }: { now: string },
    { sources }: { sources?: readonly MergedSource[] } = {},
  ): void {
    const columns = new Map(change.columns);
    if (columns.size > 0) columns.set("date_modified", now);
    this.writer.change({ ...change, columns, ...(sources ? { sources } : {}) });
  }

  private byName(row: StoredRow): FieldValues {
    const values: Record<string, string> = {};
    this.config.fields.forEach(({ name }, i) => {
      values[name] = row.values[i];
    });
    return values;
  }

  private withoutSources(row: FieldValues, sources: readonly MergedSource[]): FieldValues {
    return sources.reduceRight((rest, s) => withdraw(rest, s.contributed, this.isListField), row);
  }

  private withSources(
    base: FieldValues,
    sources: readonly MergedSource[],
  ): { row: FieldValues; sources: MergedSource[] } {
    let row = base;
    const renewed = sources.map((source) => {
      const added = contribute(row, source.offered, this.isListField);
      row = added.row;
      return { ...source, contributed: added.contributed };
    });
    return { row, sources: renewed };
  }

  /** Keeps, in protected fields, what somebody else wrote since our last write. */
  private protect(present: FieldValues, next: FieldValues, state: RecordState): FieldValues {
    if (this.protectedFields.size === 0) return next;
    const kept: Record<string, string> = { ...next };
    for (const name of this.protectedFields) {
      const position = this.parts.columns.names.indexOf(name);
      if (!state.written.isAsWritten(position, present[name])) kept[name] = present[name];
    }
    return kept;
  }

  private differences(present: FieldValues, next: FieldValues): Map<string, string> {
    const columns = new Map<string, string>();
    for (const { name } of this.config.fields) {
      if (next[name] !== present[name]) columns.set(name, next[name]);
    }
    return columns;
  }

  /** What is now ours: every field that this configuration fills, but for edits that were kept. */
  private stateAfter(
    state: RecordState,
    present: FieldValues,
    final: FieldValues,
    incoming: Incoming,
  ): RecordState {
    const written = state.written.copy();
    this.config.fields.forEach(({ name }, i) => {
      const position = this.parts.columns.positions[i];
      const keptEdit =
        this.protectedFields.has(name) && !state.written.isAsWritten(position, present[name]);
      if (this.managed[i] && !keptEdit) written.set(position, final[name]);
    });
    const ownUrl = incoming.urlIsFallback
      ? incoming.values[this.parts.columns.fieldIndex("url")]
      : "";
    return {
      inputDigest: incoming.inputDigest,
      written,
      fallbackUrl: ownUrl === "" ? null : hash53(ownUrl),
    };
  }

  private stateAfterMerge(
    state: RecordState,
    present: FieldValues,
    columns: ReadonlyMap<string, string>,
  ): RecordState {
    const written = state.written.copy();
    for (const [name, value] of columns) {
      const position = this.parts.columns.names.indexOf(name);
      // An edit by another hand stays known as one, although we added to it.
      if (state.written.isAsWritten(position, present[name])) written.set(position, value);
    }
    return { ...state, written };
  }

  private mergedSource(
    incoming: Incoming,
    place: Pick<MergedSource, "recordId" | "position">,
  ): MergedSource {
    const offered: Record<string, string> = {};
    for (const name of this.config.settings.fieldsToMerge) {
      const value = incoming.values[this.parts.columns.fieldIndex(name)];
      const madeUp = name === "url" && incoming.urlIsFallback;
      if (value !== "" && !madeUp) offered[name] = value;
    }
    return {
      foreignSource: incoming.foreignSource,
      foreignId: incoming.foreignId,
      recordId: place.recordId,
      position: place.position,
      offered,
      contributed: {},
      marcDate: incoming.marcDate,
      inputDigest: incoming.inputDigest,
    };
  }
}

function sameContributions(a: readonly MergedSource[], b: readonly MergedSource[]): boolean {
  return a.every(
    (source, i) => JSON.stringify(source.contributed) === JSON.stringify(b[i].contributed),
  );
}
