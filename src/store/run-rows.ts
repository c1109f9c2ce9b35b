/**
 * Sets of rows that a run must remember to its end, one bit a row: those it has touched (created,
 * refreshed or found unchanged), and those that its input held. They are kept beside the checkpoint
 * so that a resumed run knows them too.
 */

import type { Database, Statement } from "better-sqlite3";

const BITS_PER_CHUNK = 32_768;

export type RowSetKind = "touched" | "held";

export class RunRows {
  private readonly chunks = new Map<number, Uint8Array>();
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
    for (const row of read.all(runId, kind))
      this.chunks.set(row.chunk, new Uint8Array(row.record_bits));
  }

  has(recordId: number): boolean {
    const number = Math.floor(recordId / BITS_PER_CHUNK);
    const chunk = this.chunks.get(number);
    if (!chunk) return false;
    const bit = recordId - number * BITS_PER_CHUNK;
    return (chunk[bit >> 3] & (1 << (bit & 7))) !== 0;
  }

  add(recordId: number): void {
    const number = Math.floor(recordId / BITS_PER_CHUNK);
    let chunk = this.chunks.get(number);
    if (!chunk) {
      chunk = new Uint8Array(BITS_PER_CHUNK / 8);
      this.chunks.set(number, chunk);
    }
    const bit = recordId - number * BITS_PER_CHUNK;
    chunk[bit >> 3] |= 1 << (bit & 7);
    this.dirty.add(number);
  }

  /** Writes what changed since the last call; call inside the batch's transaction. */
  flush(): void {
    for (const number of this.dirty) {
      const chunk = this.chunks.get(number) as Uint8Array;
      const bits = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
      this.write.run(this.runId, this.kind, number, bits);
    }
    this.dirty.clear();
  }
}
