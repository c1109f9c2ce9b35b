/**
 * Puts rows back to what they were before a run. Two passes: the first takes away what is in the
 * way (created rows, merged sources), so that the second finds every foreign id free.
 */

import type { EarlierRow } from "../../model/earlier-row.js";
import {
  type MergedSource,
  nothingAt,
  type SourcesAt,
  sourcesByPosition,
} from "../../model/merged-source.js";
import type { RecordState } from "../../model/stored-row.js";
import type { UndoStep } from "../../model/undo-step.js";
import type { RowWriter } from "../rows/row-writer.js";
import type { WriterParts } from "../rows/writer-parts.js";

export class RowRestorer {
  constructor(
    private readonly parts: WriterParts,
    private readonly writer: RowWriter,
  ) {}

  /**
   * First pass: takes created rows out, and gives changed rows their earlier values.
   *
   * @returns what was merged into a row that was taken out
   */
  takeAway({ recordId, action, earlier }: UndoStep): readonly MergedSource[] {
    if (action === "remove") return this.writer.remove(recordId);
    if (action === "revive") return [];
    const sources = this.sourcesToRestore(recordId, earlier);
    this.writer.change({
      action: "updated",
      recordId,
      columns: this.differing(recordId, earlier),
      state: this.stateBefore(recordId, earlier),
      ...(sources ? { sources: nothingAt(sources) } : {}),
    });
    return [];
  }

  /** Second pass: gives rows their earlier sources, and brings deleted rows back. */
  putBack({ recordId, action, earlier }: UndoStep): void {
    if (action === "revive") this.writer.revive(recordId, earlier);
    else if (action === "restore") {
      const sources = this.sourcesToRestore(recordId, earlier);
      if (sources) this.parts.merged.set(recordId, sources);
    }
  }

  /** The merged sources that a row had, at every position where another may stand now. */
  private sourcesToRestore(
    recordId: number,
    { sources, sourcesAt }: EarlierRow,
  ): SourcesAt | undefined {
    if (!sources) return sourcesAt;
    const standing = sourcesByPosition(this.parts.merged.ofRecord(recordId));
    return { ...nothingAt(standing), ...sourcesByPosition(sources) };
  }

  private differing(recordId: number, { row }: EarlierRow): Map<string, unknown> {
    const image = this.parts.rows.image(recordId) ?? {};
    return new Map(Object.entries(row).filter(([name, value]) => !isSame(value, image[name])));
  }

  private stateBefore(recordId: number, earlier: EarlierRow): RecordState {
    const state = this.writer.state(recordId);
    const { columns } = this.parts;
    const written = state.written.inDigests(this.writer.textsOf(recordId), columns.count);
    columns.names.forEach((name, position) => {
      if (name in earlier.written) written.setDigest(position, earlier.written[name]);
      else if (name in earlier.row) written.set(position, String(earlier.row[name]));
    });
    const {
      inputDigest = state.inputDigest,
      fallbackUrl = state.fallbackUrl,
      evidence = state.evidence,
    } = earlier;
    return { inputDigest, written, fallbackUrl, evidence };
  }
}

/** Columns hold texts and numbers; another program may have stored blobs. */
function isSame(one: unknown, other: unknown): boolean {
  return Buffer.isBuffer(one) && Buffer.isBuffer(other) ? one.equals(other) : one === other;
}
