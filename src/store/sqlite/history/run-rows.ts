/**
 * Sets of rows that a run must remember to its end: those it has touched (created, refreshed or found
 * unchanged), and those that its input held. They are kept beside the checkpoint so that a resumed
 * run knows them too.
 */

import type { Database, Statement } from "better-sqlite3";
import { chunkOf, RowBits } from "../../model/row-bits.js";

type RowSetKind = "touched" | "held";

export class RunRows {
  private readonly rows = new RowBits();
  /** Chunks that have changed since they were written. */
  private readonly dirty = new Set<number>();
  private readonly write: Statement;

  /** @param runId the run whose rows these are; what it had noted before is read back */
  constructor(
    db: Database,
    private readonly runId: number,
    private readonly kind: RowSetKind,
  ) {
    this.write = db.prepare(
      "INSERT INTO run_rows VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET record_bits = excluded.record_bits",
    );
    const read = db.prepare<[number, RowSetKind], { chunk: number; record_bits: Buffer }>(
      "SELECT chunk, record_bits FROM run_rows WHERE run_id = ? AND kind = ?",
    );
    for (const row of read.all(runId, kind)) {
      this.rows.setChunk(row.chunk, new Uint8Array(row.record_bits));
    }
  }

  has(recordId: number): boolean {
    return this.rows.has(recordId);
  }

  add(recordId: number): void {
    this.rows.add(recordId);
    this.dirty.add(chunkOf(recordId));
  }

  /** The rows that are in the set now. */
  copy(): RowBits {
    return this.rows.copy();
  }

  /** Writes what changed since the last call; call inside the batch's transaction. */
  flush(): void {
    for (const number of this.dirty) {
      const chunk = this.rows.chunk(number);
      const bits = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
      this.write.run(this.runId, this.kind, number, bits);
    }
    this.dirty.clear();
  }
}
