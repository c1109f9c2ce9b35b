/**
 * How a row will read after an import has touched it: pure planning, so that the duplicates of the
 * row-to-be can be looked for before anything is written.
 */

import type { ImportConfig } from "../config/import-config.js";
import { isList } from "../config/record-fields.js";
import { hash53 } from "../matching/hash.js";
import type { Columns } from "./columns.js";
import { contribute, type FieldValues, withdraw } from "./contributions.js";
import type { MergedSource } from "./merged-sources.js";
import type { RecordState } from "./record-writer.js";
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

/** A row as it is, with everything that belongs to it. */
export interface PresentRow {
  readonly row: StoredRow;
  readonly state: RecordState;
  /** The sources merged into it, in the order in which they came. */
  readonly sources: readonly MergedSource[];
}

/** A row as it will be. */
export interface RowPlan {
  /** Values by field name. */
  readonly final: FieldValues;
  /** The columns that differ from the row as it is. */
  readonly columns: Map<string, string>;
  readonly state: RecordState;
  readonly sources: readonly MergedSource[];
  /** Whether the merged sources offer or contribute something else than before. */
  readonly offersDiffer: boolean;
  /** Whether anything that is remembered of the merged sources differs. */
  readonly sourcesDiffer: boolean;
}

export class RowPlanner {
  private readonly listFields: ReadonlySet<string>;
  private readonly protectedFields: ReadonlySet<string>;

  /** @param managed by field index: whether this configuration fills the field at all */
  constructor(
    private readonly config: ImportConfig,
    private readonly columns: Columns,
    private readonly managed: readonly boolean[],
  ) {
    this.listFields = new Set(config.fields.filter((f) => isList(f.kind)).map((f) => f.name));
    this.protectedFields = new Set(config.settings.protectedFields);
  }

  private isListField = (name: string): boolean => this.listFields.has(name);

  /** The row refreshed from its own source: what it maps to, and what others merged into it. */
  refreshed({ row, state, sources }: PresentRow, incoming: Incoming): RowPlan {
    const present = this.byName(row);
    const base: Record<string, string> = { ...this.withoutSources(present, sources) };
    this.config.fields.forEach(({ name }, i) => {
      if (this.managed[i]) base[name] = incoming.values[i];
    });
    const next = this.withSources(base, sources);
    const final = this.protect(present, next.row, state);
    const columns = this.differences(present, final);
    if (incoming.marcDate !== row.marcDate) columns.set("marc_date", incoming.marcDate);
    return {
      final,
      columns,
      state: this.stateAfterRefresh(state, present, final, incoming),
      ...sourcesAfter(sources, next.sources),
    };
  }

  /** The row with one merged source refreshed; like any update it leaves protected edits alone. */
  withRenewedSources(present: PresentRow, after: readonly MergedSource[]): RowPlan {
    return this.withOtherSources(present, after, true);
  }

  /** The row with more or fewer merged sources than it has. */
  withOtherSources(
    { row, state, sources }: PresentRow,
    after: readonly MergedSource[],
    protects = false,
  ): RowPlan {
    const present = this.byName(row);
    const next = this.withSources(this.withoutSources(present, sources), after);
    const final = protects ? this.protect(present, next.row, state) : next.row;
    return {
      final,
      columns: this.differences(present, final),
      state: this.stateAfterMerge(state, present, final),
      ...sourcesAfter(sources, next.sources),
    };
  }

  /** What an import offers to a row that it is merged into. */
  offer(incoming: Incoming): FieldValues {
    const offered: Record<string, string> = {};
    for (const name of this.config.settings.fieldsToMerge) {
      const value = incoming.values[this.columns.fieldIndex(name)];
      const madeUp = name === "url" && incoming.urlIsFallback;
      if (value !== "" && !madeUp) offered[name] = value;
    }
    return offered;
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
      if (this.isEdited(name, present, state)) kept[name] = present[name];
    }
    return kept;
  }

  private isEdited(name: string, present: FieldValues, state: RecordState): boolean {
    return !state.written.isAsWritten(this.columns.names.indexOf(name), present[name]);
  }

  private differences(present: FieldValues, next: FieldValues): Map<string, string> {
    const columns = new Map<string, string>();
    for (const { name } of this.config.fields) {
      if (next[name] !== present[name]) columns.set(name, next[name]);
    }
    return columns;
  }

  /** What is now ours: every field that this configuration fills, but for edits that were kept. */
  private stateAfterRefresh(
    state: RecordState,
    present: FieldValues,
    final: FieldValues,
    incoming: Incoming,
  ): RecordState {
    const { written } = this.stateAfterMerge(state, present, final);
    this.config.fields.forEach(({ name }, i) => {
      const kept = this.protectedFields.has(name) && this.isEdited(name, present, state);
      if (this.managed[i] && !kept) written.set(this.columns.positions[i], final[name]);
    });
    const url = incoming.urlIsFallback ? incoming.values[this.columns.fieldIndex("url")] : "";
    return {
      inputDigest: incoming.inputDigest,
      written,
      fallbackUrl: url === "" ? null : hash53(url),
    };
  }

  private stateAfterMerge(
    state: RecordState,
    present: FieldValues,
    final: FieldValues,
  ): RecordState {
    const written = state.written.copy();
    for (const [name, value] of this.differences(present, final)) {
      // An edit by another hand stays known as one, although we added to it.
      if (!this.isEdited(name, present, state))
        written.set(this.columns.names.indexOf(name), value);
    }
    return { ...state, written };
  }
}

function sourcesAfter(
  before: readonly MergedSource[],
  sources: readonly MergedSource[],
): Pick<RowPlan, "sources" | "offersDiffer" | "sourcesDiffer"> {
  if (before.length === 0 && sources.length === 0) {
    return { sources, offersDiffer: false, sourcesDiffer: false };
  }
  const offers = (list: readonly MergedSource[]) =>
    JSON.stringify(list.map((s) => [s.position, s.offered, s.contributed]));
  const books = (list: readonly MergedSource[]) =>
    JSON.stringify(list.map((s) => [s.marcDate, s.inputDigest]));
  const offersDiffer = offers(before) !== offers(sources);
  return { sources, offersDiffer, sourcesDiffer: offersDiffer || books(before) !== books(sources) };
}
