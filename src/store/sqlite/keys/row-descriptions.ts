/** The descriptions of stored rows: what is kept of their records, else what their columns tell. */

import type { Database, Statement } from "better-sqlite3";
import type { RecordDescription } from "../../../fields/record-description.js";
import { keysOf } from "../../../matching/evidence/candidates.js";
import { KeptDescription } from "../../../matching/evidence/kept-description.js";
import { isPacked } from "../../../matching/evidence/packed.js";
import { type DescribedRow, descriptionOf } from "../../../matching/kept-evidence.js";
import { keyTexts } from "../../../matching/keys.js";
import type { KeySource } from "../../../matching/methods.js";
import { type FoundRow, isFallbackUrl } from "../../model/key-source.js";
import { hasThisSchema, KEY_COLUMNS } from "../file/schema.js";
import { RememberedRows } from "./remembered-rows.js";

/** The columns that a description is made from where none is kept. */
const DESCRIBED_COLUMNS = [
  ...KEY_COLUMNS,
  "contributors",
  "publisher",
  "edition",
  "series",
  "language",
  "other_urls",
] as const;

/** Asks for what is made of rows; a database that is only read may be of a version without evidence. */
export function selectRows(db: Database, names: readonly string[]): string {
  const evidence = hasThisSchema(db) ? "coalesce(s.evidence, '')" : "''";
  // Other programs may store blobs and numbers where we store texts.
  const columns = names.map((name) => `CAST(r.${name} AS TEXT) AS ${name}`).join(", ");
  return `SELECT r.record_id, s.fallback_url, ${evidence} AS evidence, ${columns}
    FROM record_info r LEFT JOIN record_state s ON s.record_id = r.record_id`;
}

/** Characters of a row whose description is remembered: of records as large as they may be a few would take all memory. */
const LONGEST_REMEMBERED = 2000;

function isSmall(row: RawRow): boolean {
  let length = 0;
  for (const name of DESCRIBED_COLUMNS) length += row[name].length;
  return length <= LONGEST_REMEMBERED;
}

type RawRow = Omit<DescribedRow, "urlIsFallback"> & {
  readonly foreign_source: string;
  readonly fallback_url: number | null;
};

export class RowDescriptions {
  private readonly selectRow: Statement<[number], RawRow>;
  private readonly selectEvidence: Statement<[number], string | null> | null;
  /**
   * Descriptions made from columns. One that is kept is read again: that costs less than what outlives a collection of
   * garbage.
   */
  private readonly remembered: RememberedRows<RecordDescription>;

  constructor(db: Database) {
    this.remembered = new RememberedRows(db);
    this.selectRow = db.prepare(`${selectRows(db, DESCRIBED_COLUMNS)} WHERE r.record_id = ?`);
    this.selectEvidence = hasThisSchema(db)
      ? db
          .prepare<[number], string | null>("SELECT evidence FROM record_state WHERE record_id = ?")
          .pluck()
      : null;
  }

  /** null if there is no such row. */
  of(recordId: number): RecordDescription | null {
    const evidence = this.evidence(recordId);
    return isPacked(evidence) ? new KeptDescription(evidence) : this.ofColumns(recordId);
  }

  /** What is kept of the row's record, "" for nothing. */
  private evidence(recordId: number): string {
    return this.selectEvidence?.get(recordId) ?? "";
  }

  private ofColumns(recordId: number): RecordDescription | null {
    const known = this.remembered.get(recordId);
    if (known !== undefined) return known;
    const raw = this.selectRow.get(recordId);
    if (!raw) return null;
    const urlIsFallback = isFallbackUrl(raw.url, raw.fallback_url);
    const description = descriptionOf(raw.evidence, () => ({ ...raw, urlIsFallback }));
    if (isSmall(raw)) this.remembered.set(recordId, description);
    return description;
  }

  /**
   * A row with the texts of its keys; null if there is no such row.
   *
   * @param keySource what its keys are made from, asked for where no description is kept
   */
  withKeys(recordId: number, keySource: () => KeySource | null): FoundRow | null {
    const evidence = this.evidence(recordId);
    if (isPacked(evidence)) {
      const description = new KeptDescription(evidence);
      return { description, keyTexts: keysOf(description.keyParts()) };
    }
    const source = keySource();
    const description = this.ofColumns(recordId);
    if (source === null || description === null) return null;
    return { description, keyTexts: keyTexts("DESCRIPTION", source) };
  }

  /** To be called when what is kept of a row is written. */
  forget(recordId: number): void {
    this.remembered.forget(recordId);
  }

  /** To be called when anybody else may have written. */
  forgetAll(): void {
    this.remembered.forgetAll();
  }
}
