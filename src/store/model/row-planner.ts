/**
 * How a row will read after an import has touched it: pure planning, so that the duplicates of the
 * row-to-be can be looked for before anything is written.
 */

import type { JobConfig } from "../../config/job/job-config.js";
import { elementsOf } from "../../fields/list-form.js";
import { isList } from "../../fields/record-fields.js";
import { hash53 } from "../../matching/hash.js";
import {
  contribute,
  type FieldValues,
  type MergeFields,
  storedList,
  withdraw,
} from "./contributions.js";
import {
  type DifferingSources,
  differingSources,
  sameBooks,
  sameOffer,
  sameValues,
} from "./differing-sources.js";
import type { MergedSource } from "./merged-source.js";
import type { BookedRow, Incoming, PresentRow, RecordState } from "./stored-row.js";

/** A row as it will be. */
export interface RowPlan extends DifferingSources {
  /** In the order of the configuration's fields. */
  readonly final: readonly string[];
  /** The columns that differ from the row as it is. */
  readonly columns: Map<string, string>;
  readonly state: RecordState;
}

/**
 * What becomes of protected lists that somebody has edited: other sources may add to them, and take
 * away what they added.
 *
 * @param row as it is
 * @param next as it would be without the protection
 */
type EditedLists = (row: readonly string[], next: readonly string[]) => readonly string[];

/** Where fields stand among the columns that are written. */
export interface ColumnPlaces {
  /** By field index. */
  readonly positions: readonly number[];
  /** Field index by name; -1 for no such field. */
  fieldIndex(name: string): number;
}

export class RowPlanner {
  private readonly mergeFields: MergeFields;
  /** Indexes of the fields. */
  private readonly protectedFields: readonly number[];

  /** @param managed by field index: whether this configuration fills the field at all */
  constructor(
    private readonly config: JobConfig,
    private readonly columns: ColumnPlaces,
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
      state: {
        ...this.stateAfterRefresh(state, present, final, incoming),
        // Of a record that is not described, what is known of the row holds as long as the row stays.
        evidence:
          incoming.evidence === "" && columns.size === 0 ? state.evidence : incoming.evidence,
      },
      ...differingSources(sources, next.sources),
    };
  }

  /** The row with one merged source refreshed. */
  withRenewedSources(present: PresentRow, after: readonly MergedSource[]): RowPlan {
    return this.withOtherSources(present, after, (row) => row);
  }

  /** The row with merged sources more. */
  withAddedSources(present: PresentRow, added: readonly MergedSource[]): RowPlan {
    const offers = added.map(({ offered }) => offered);
    const grow = (row: readonly string[]) => contribute(row, offers, this.mergeFields).row;
    return this.withOtherSources(present, [...present.sources, ...added], grow);
  }

  /** A row's own values: what it has without what its merged sources gave. */
  ownValues({ row, sources }: PresentRow): readonly string[] {
    return this.withoutSources(row.values, sources);
  }

  /** The row without the merged sources at some positions. */
  withoutSourcesAt(present: PresentRow, positions: ReadonlySet<number>): RowPlan {
    const gone = present.sources.filter(({ position }) => positions.has(position));
    const rest = present.sources.filter(({ position }) => !positions.has(position));
    return this.withOtherSources(present, rest, (row, next) => this.lessGone(row, next, gone));
  }

  private withOtherSources(
    { row, state, sources }: PresentRow,
    after: readonly MergedSource[],
    edited: EditedLists,
  ): RowPlan {
    const present = row.values;
    const next = this.withSources(this.withoutSources(present, sources), after);
    const final = this.protect(present, next.row, state, edited);
    return {
      final,
      columns: this.differences(present, final),
      state: this.stateAfterMerge(state, present, final),
      ...differingSources(sources, next.sources),
    };
  }

  /**
   * The row with one merged source more: what `withAddedSource` gives for a row in which just what
   * the others contributed stands already, as in one that stands as it was written.
   */
  withNewSource({ row, state }: BookedRow, source: MergedSource): RowPlan {
    const present = row.values;
    const { row: grown, contributed } = contribute(present, [source.offered], this.mergeFields);
    const final = this.protect(present, grown, state, () => grown);
    return {
      final,
      columns: this.differences(present, final),
      state: this.stateAfterMerge(state, present, final),
      sources: { [source.position]: { ...source, contributed: contributed[0] } },
      offersDiffer: true,
    };
  }

  /**
   * The row with one merged source that offers what it did before: what `withRenewedSources` gives
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
  offer(incoming: Pick<Incoming, "values" | "urlIsFallback">): FieldValues {
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

  /** Keeps, in protected fields, what somebody else wrote since our last write. */
  private protect(
    present: readonly string[],
    next: readonly string[],
    state: RecordState,
    edited: EditedLists = () => present,
  ): readonly string[] {
    const kept = this.protectedFields.filter((i) => this.isEdited(i, present, state));
    if (kept.length === 0) return next;
    const lists = edited(present, next);
    const instead = (i: number) => (this.mergeFields.isList(i) ? lists[i] : present[i]);
    return next.map((value, i) => (kept.includes(i) ? instead(i) : value));
  }

  /** A row's lists without what sources gave that are gone, unless it would have that anyway. */
  private lessGone(
    row: readonly string[],
    next: readonly string[],
    gone: readonly MergedSource[],
  ): readonly string[] {
    const rest = this.withoutSources(row, gone);
    return row.map((stored, i) => {
      const stays = new Set([...elementsOf(rest[i]), ...elementsOf(next[i])]);
      return storedList(elementsOf(stored).filter((element) => stays.has(element)));
    });
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
  ): Omit<RecordState, "evidence"> {
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
