/** What is kept of a row before a change: enough to take the change back, to the type of each value. */

import type { BeforeImage } from "../../model/change.js";
import type { MergedSource } from "../../model/merged-source.js";
import type { RecordState, RowChange } from "../../model/stored-row.js";
import { digestText, type TextAt, type Written } from "../../model/written.js";
import type { Transactions } from "../file/transactions.js";
import { WithinTransaction } from "../file/within-transaction.js";
import type { Standing, WriterParts } from "../rows/writer-parts.js";

type Image = Readonly<Record<string, unknown>>;

export class BeforeImages {
  /** Which columns of which rows were kept when merged sources of theirs changed. */
  private readonly kept: WithinTransaction<Map<number, Set<string>>>;

  constructor(
    private readonly parts: Pick<WriterParts, "rows" | "columns" | "merged">,
    transactions: Pick<Transactions, "begun">,
  ) {
    this.kept = new WithinTransaction(transactions, new Map());
  }

  /** To be called before the change is made. */
  ofChange(change: RowChange, standing: Standing): BeforeImage {
    const { rows, merged } = this.parts;
    const { recordId, columns } = change;
    const { state } = standing;
    const row = rows.imageOf(recordId, this.columnsToKeep(change), standing.row);
    const after: Record<string, number> = {};
    for (const [name, value] of columns) after[name] = digestText(String(value));
    const written = this.writtenBefore(state.written, change, row);
    return {
      row,
      after,
      ...(Object.keys(written).length > 0 ? { written } : {}),
      inputDigest: state.inputDigest,
      ...(state.fallbackUrl === change.state.fallbackUrl ? {} : { fallbackUrl: state.fallbackUrl }),
      ...(state.evidence === change.state.evidence ? {} : { evidence: state.evidence }),
      ...(change.sources ? { sourcesAt: merged.at(recordId, change.sources) } : {}),
    };
  }

  /**
   * A row into which thousands are merged grows; what was kept of it once in a transaction is not
   * kept again, since only the earliest value counts.
   */
  private columnsToKeep({ recordId, columns, sources }: RowChange): string[] {
    const names = [...columns.keys()];
    if (sources === undefined) return names;
    const kept = this.kept.remembered();
    const ofRow = kept.get(recordId) ?? new Set();
    kept.set(recordId, ofRow);
    const fresh = names.filter((name) => !ofRow.has(name));
    for (const name of fresh) ofRow.add(name);
    return fresh;
  }

  /** @param row every column of the row */
  ofDeleted(row: Image, state: RecordState, sources: readonly MergedSource[]): BeforeImage {
    return {
      row,
      written: this.writtenByName(state.written, row),
      inputDigest: state.inputDigest,
      fallbackUrl: state.fallbackUrl,
      ...(state.evidence === "" ? {} : { evidence: state.evidence }),
      ...(sources.length > 0 ? { sources } : {}),
    };
  }

  /** The texts of a row as it stands, by column position; read when the first is asked for. */
  textsOf(recordId: number): TextAt {
    let image: Image | null = null;
    return (position) => {
      image ??= this.parts.rows.image(recordId) ?? {};
      return String(image[this.parts.columns.names[position]] ?? "");
    };
  }

  /** The digests that a change replaces and that the values before it do not give. */
  private writtenBefore(
    before: Written,
    { recordId, columns, state }: RowChange,
    image: Image,
  ): Record<string, number> {
    if (before.standsAsWritten && state.written.standsAsWritten) return {};
    const written: Record<string, number> = {};
    const textAt = this.textsOf(recordId);
    this.parts.columns.names.forEach((name, position) => {
      // What was kept earlier in this transaction is what counts.
      if (columns.has(name) && !(name in image)) return;
      const text = columns.has(name) ? String(image[name]) : textAt(position);
      const digest = before.digestAt(position, text);
      const isKnown = columns.has(name)
        ? digest === digestText(text)
        : state.written.digestAt(position, text) === digest;
      if (!isKnown) written[name] = digest;
    });
    return written;
  }

  private writtenByName(written: Written, image: Image): Record<string, number> {
    const edited: Record<string, number> = {};
    this.parts.columns.names.forEach((name, position) => {
      const text = String(image[name]);
      if (!written.isAsWritten(position, text)) edited[name] = written.digestAt(position, text);
    });
    return edited;
  }
}
