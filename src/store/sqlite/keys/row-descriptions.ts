/** The descriptions of stored rows: what is kept of their records, else what their columns tell. */

import type { Database, Statement } from "better-sqlite3";
import type { RecordDescription } from "../../../fields/record-description.js";
import { isPacked, unpackDescription } from "../../../matching/evidence/packed.js";
import { type DescribedRow, descriptionOf } from "../../../matching/kept-evidence.js";
import { isFallbackUrl } from "../../model/key-source.js";
import { hasThisSchema, KEY_COLUMNS } from "../file/schema.js";

/** The columns that a description is made from where none is kept. */
const DESCRIBED_COLUMNS = [
  ...KEY_COLUMNS,
  "contributors",
  "publisher",
  "edition",
  "series",
  "language",
  "other_urls",
];

/** Descriptions remembered: a row that many records are compared with is read once. */
const MOST_REMEMBERED = 4096;

/** Asks for what is made of rows; a database that is only read may be of a version without evidence. */
export function selectRows(db: Database, names: readonly string[]): string {
  const evidence = hasThisSchema(db) ? "coalesce(s.evidence, '')" : "''";
  // Other programs may store blobs and numbers where we store texts.
  const columns = names.map((name) => `CAST(r.${name} AS TEXT) AS ${name}`).join(", ");
  return `SELECT r.record_id, s.fallback_url, ${evidence} AS evidence, ${columns}
    FROM record_info r LEFT JOIN record_state s ON s.record_id = r.record_id`;
}

type RawRow = Omit<DescribedRow, "urlIsFallback"> & { fallback_url: number | null };

interface Remembered {
  readonly evidence: string;
  readonly description: RecordDescription;
}

export class RowDescriptions {
  private readonly selectRow: Statement<[number], RawRow>;
  private readonly selectEvidence: Statement<[number], string | null> | null;
  private readonly remembered = new Map<number, Remembered>();

  constructor(db: Database) {
    this.selectRow = db.prepare(`${selectRows(db, DESCRIBED_COLUMNS)} WHERE r.record_id = ?`);
    this.selectEvidence = hasThisSchema(db)
      ? db
          .prepare<[number], string | null>("SELECT evidence FROM record_state WHERE record_id = ?")
          .pluck()
      : null;
  }

  /** null if there is no such row. */
  of(recordId: number): RecordDescription | null {
    const evidence = this.selectEvidence?.get(recordId) ?? "";
    if (isPacked(evidence)) return this.unpacked(recordId, evidence);
    const raw = this.selectRow.get(recordId);
    if (!raw) return null;
    return descriptionOf({ ...raw, urlIsFallback: isFallbackUrl(raw.url, raw.fallback_url) });
  }

  private unpacked(recordId: number, evidence: string): RecordDescription {
    const known = this.remembered.get(recordId);
    // The row may have been made anew since.
    if (known?.evidence === evidence) return known.description;
    const description = unpackDescription(evidence);
    if (this.remembered.size >= MOST_REMEMBERED) this.remembered.clear();
    this.remembered.set(recordId, { evidence, description });
    return description;
  }
}
