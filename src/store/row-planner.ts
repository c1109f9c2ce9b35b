/**
 * How a row will read after an import has touched it: pure planning, so that the duplicates of the
 * row-to-be can be looked for before anything is written.
 */

import type { ImportConfig } from "../config/import-config.js";
import { isList } from "../config/record-fields.js";
import { hash53 } from "../matching/hash.js";
import type { Columns } from "./columns.js";
import { contribute, type FieldValues, type MergeFields, withdraw } from "./contributions.js";
import type { MergedSource, SourcesAt } from "./merged-sources.js";
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
  readonly inputDigest: number | null;
  readonly urlIsFallback: boolean;
}

/** A row as it is, with its bookkeeping. */
export interface BookedRow {
  readonly row: StoredRow;
  readonly state: RecordState;
}

/** A row as it is, with everything that belongs to it. */
export interface PresentRow extends BookedRow {
  /** The sources merged into it, in the order in which they came. */
  readonly sources: readonly MergedSource[];
}

/** A row as it will be. */
export interface RowPlan {
  /** In the order of the configuration's fields. */
  readonly final: readonly string[];
  /** The columns that differ from the row as it is. */
  readonly columns: Map<string, string>;
  readonly state: RecordState;
  /** The merged sources of which anything that is remembered differs; null if none does. */
  readonly sources: SourcesAt | null;
  /** Whether the merged sources offer or contribute something else than before. */
  readonly offersDiffer: boolean;
}

export class RowPlanner {
  private readonly mergeFields: MergeFields;
  /** Indexes of the fields. */
  private readonly protectedFields: readonly number[];

  /** @param managed by field index: whether this configuration fills the field at all */
  constructor(
    private readonly config: ImportConfig,
    private readonly columns: Columns,
    private readonly managed: readonly boolean[],
  ) {
    const { fields, settings } = config;
    const indexes = new Map(fields.map(({ name }, i) => [name, i]));
    this.mergeFields = {
      indexOf: (name) => indexes.get(name) ?? null,
      isList: (index) => isList(fields[index].kind),
    };
    this.protectedFields = settings.protectedFields.flatMap((name) => indexes.get(name) ?? []);
  }

  /** The row refreshed from its own source: what it maps to, and what others merged into it. */
  refreshed({ row, state, sources }: PresentRow, incoming: Incoming): RowPlan {
    const present = row.values;
    const rest = this.withoutSources(present, sources);
    const own = rest.map((value, i) => (this.managed[i] ? incoming.values[i] : value));
    const next = this.withSources(own, sources);
    const final = this.protect(present, next.row, state);
    const columns = this.differences(present, final);
    if (incoming.marcDate !== row.marcDate) columns.set("marc_date", incoming.marcDate);
    return {
      final,
      columns,
      state: this.stateAfterRefresh(state, present, final, incoming),
      ...differingSources(sources, next.sources),
    };
  }

  /**
   * The row with other merged sources than it has.
   *
   * @param added the one that was not there before
   */
  withOtherSources(
    { row, state, sources }: PresentRow,
    after: readonly MergedSource[],
    added?: MergedSource,
  ): RowPlan {
    const present = row.values;
    const next = this.withSources(this.withoutSources(present, sources), after);
    const grown = added && contribute(present, [added.offered], this.mergeFields).row;
    const final = this.protect(present, next.row, state, grown);
    return {
      final,
      columns: this.differences(present, final),
      state: this.stateAfterMerge(state, present, final),
      ...differingSources(sources, next.sources),
    };
  }

  /**
   * The row with one merged source more: what `withOtherSources` gives for a row in which just what
   * the others contributed stands already, as in one that stands as it was written.
   */
  withNewSource({ row, state }: BookedRow, source: MergedSource): RowPlan {
    const present = row.values;
    const { row: grown, contributed } = contribute(present, [source.offered], this.mergeFields);
    const final = this.protect(present, grown, state, grown);
    return {
      final,
      columns: this.differences(present, final),
      state: this.stateAfterMerge(state, present, final),
      sources: { [source.position]: { ...source, contributed: contributed[0] } },
      offersDiffer: true,
    };
  }

  /**
   * The row with one merged source that offers what it did before: what `withOtherSources` gives
   * for a row that stands as it was written. null for any other row, and for other offers.
   */
  withSameOffer(
    { row, state }: BookedRow,
    before: MergedSource,
    after: MergedSource,
  ): RowPlan | null {
    if (!state.written.standsAsWritten || !sameOffer(before, after)) return null;
    const sources = sameBooks(before, after) ? null : { [after.position]: after };
    return { final: row.values, columns: new Map(), state, sources, offersDiffer: false };
  }

  /** What an import offers to a row that it is merged into. */
  offer(incoming: Incoming): FieldValues {
    const offered: Record<string, string> = {};
    for (const name of this.config.settings.fieldsToMerge) {
      const value = incoming.values[this.mergeFields.indexOf(name) ?? -1] ?? "";
      const madeUp = name === "url" && incoming.urlIsFallback;
      if (value !== "" && !madeUp) offered[name] = value;
    }
    return offered;
  }

  private withoutSources(row: readonly string[], sources: readonly MergedSource[]) {
    const contributions = sources.map(({ contributed }) => contributed);
    return withdraw(row, contributions, this.mergeFields);
  }

  private withSources(
    base: readonly string[],
    sources: readonly MergedSource[],
  ): { row: readonly string[]; sources: readonly MergedSource[] } {
    const offers = sources.map(({ offered }) => offered);
    const { row, contributed } = contribute(base, offers, this.mergeFields);
    const renewed = sources.map((source, i) => {
      const after = { ...this.contributedElsewhere(source), ...contributed[i] };
      return sameValues(source.contributed, after) ? source : { ...source, contributed: after };
    });
    return { row, sources: renewed };
  }

  /** What was contributed to a field that only another configuration knows is not ours to forget. */
  private contributedElsewhere({ contributed }: MergedSource): FieldValues {
    const elsewhere: Record<string, string> = {};
    for (const name of Object.keys(contributed)) {
      if (this.mergeFields.indexOf(name) === null) elsewhere[name] = contributed[name];
    }
    return elsewhere;
  }

  /**
   * Keeps, in protected fields, what somebody else wrote since our last write.
   *
   * @param grown the row as it is with what another source adds, where one does: to a list it may add
   */
  private protect(
    present: readonly string[],
    next: readonly string[],
    state: RecordState,
    grown = present,
  ): readonly string[] {
    const edited = this.protectedFields.filter((i) => this.isEdited(i, present, state));
    if (edited.length === 0) return next;
    const kept = (i: number) => (this.mergeFields.isList(i) ? grown[i] : present[i]);
    return next.map((value, i) => (edited.includes(i) ? kept(i) : value));
  }

  private isEdited(field: number, present: readonly string[], state: RecordState): boolean {
    return !state.written.isAsWritten(this.columns.positions[field], present[field]);
  }

  private differences(present: readonly string[], next: readonly string[]): Map<string, string> {
    const columns = new Map<string, string>();
    next.forEach((value, i) => {
      if (value !== present[i]) columns.set(this.config.fields[i].name, value);
    });
    return columns;
  }

  /** What is now ours: every field that this configuration fills, but for edits that were kept. */
  private stateAfterRefresh(
    state: RecordState,
    present: readonly string[],
    final: readonly string[],
    incoming: Incoming,
  ): RecordState {
    const { written } = this.stateAfterMerge(state, present, final);
    // A row that stands as it was written goes on doing so.
    const digested = written.standsAsWritten ? [] : final;
    digested.forEach((value, i) => {
      const kept = this.protectedFields.includes(i) && this.isEdited(i, present, state);
      if (this.managed[i] && !kept) written.set(this.columns.positions[i], value);
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
    present: readonly string[],
    final: readonly string[],
  ): RecordState {
    if (state.written.standsAsWritten) return state;
    const written = state.written.copy();
    final.forEach((value, i) => {
      // An edit by another hand stays known as one, although we added to it.
      if (value === present[i] || this.isEdited(i, present, state)) return;
      written.set(this.columns.positions[i], value);
    });
    return { ...state, written };
  }
}

function differingSources(
  before: readonly MergedSource[],
  after: readonly MergedSource[],
): Pick<RowPlan, "sources" | "offersDiffer"> {
  const gone = new Map(before.map((source) => [source.position, source]));
  const sources: Record<number, MergedSource | null> = {};
  let offersDiffer = false;
  for (const source of after) {
    const standing = gone.get(source.position);
    gone.delete(source.position);
    if (standing === source) continue;
    const isSame = standing !== undefined && sameOffer(standing, source);
    if (!isSame) offersDiffer = true;
    if (!isSame || !sameBooks(standing, source)) sources[source.position] = source;
  }
  for (const position of gone.keys()) sources[position] = null;
  const differ = Object.keys(sources).length > 0;
  return { sources: differ ? sources : null, offersDiffer: offersDiffer || gone.size > 0 };
}

function sameOffer(one: MergedSource, other: MergedSource): boolean {
  return sameValues(one.offered, other.offered) && sameValues(one.contributed, other.contributed);
}

function sameBooks(one: MergedSource, other: MergedSource): boolean {
  return one.marcDate === other.marcDate && one.inputDigest === other.inputDigest;
}

function sameValues(one: FieldValues, other: FieldValues): boolean {
  if (one === other) return true;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length && names.every((name) => one[name] === other[name])
  );
}
