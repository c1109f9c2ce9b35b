/** What files of records hold, as far as a configuration for them depends on it. */

import type { InputFormat } from "../config/job/run-options.js";
import { inputFailure } from "../input/input-failure.js";
import { asInputFailure, openInput } from "../input/open.js";
import { readInput } from "../input/read-input.js";
import { FieldCounts } from "../looking/field-counts.js";
import { Inspection } from "../looking/inspection.js";
import { NO_REPEATS, RepeatCount, type Repeats } from "../looking/repeat-count.js";
import { isDeleted, isSerial, recordKind } from "../mapping/marc/record-kind.js";
import { type MarcRecord, tagCode } from "../marc/marc-record.js";
import type { FieldCount } from "../report/field-table.js";

/** A field that records might be known by. */
export interface IdCandidate {
  /** As `foreign_id_fields` names it. */
  readonly field: string;
  readonly tag: string;
  /** Records that have it. */
  records: number;
  /** Records whose first value an earlier record had; known after `finish`. */
  repeated: Repeats;
  /** `(OCoLC)`, `ocm`; "" for none. By how many records. */
  readonly prefixes: Map<string, number>;
}

const SMALL_A = 0x61;
const AGENCY = tagCode("003");
const ADDRESS = tagCode("856");
const PREFIX = /^(?:\([^)]{1,20}\)|[A-Za-z]{1,8}(?=\d))/;

function candidate(field: string): IdCandidate {
  const tag = field.padStart(3, "0");
  return { field, tag, records: 0, repeated: NO_REPEATS, prefixes: new Map() };
}

/** What the records of one kind might be known by. */
interface KindIds {
  records: number;
  readonly candidates: readonly IdCandidate[];
  readonly seen: readonly RepeatCount[];
}

const CANDIDATES = ["1", "35", "10", "16"];
const NO_IDS: KindIds = { records: 0, candidates: [], seen: [] };

/** Gathers over one file after another; its size grows with the kinds of field alone. */
export class FileScan {
  records = 0;
  rejects = 0;
  serials = 0;
  deletions = 0;
  readonly kinds: Record<string, number> = {};
  readonly encodings: Record<string, number> = {};
  /** By value of 003, and of 856 by indicators (`#` for a blank). */
  readonly agencies = new Map<string, number>();
  readonly addresses = new Map<string, number>();
  private readonly idsOfKind = new Map<string, KindIds>();
  private readonly codes = CANDIDATES.map((field) => tagCode(candidate(field).tag));
  private readonly counts = new FieldCounts();

  get fields(): FieldCount[] {
    return this.counts.list();
  }

  /** The kind that most records are of. */
  get kind(): string {
    const [first] = Object.entries(this.kinds).sort(([, a], [, b]) => b - a);
    return first[0];
  }

  /** Records of that kind, and what they might be known by: other kinds are no concern of its job. */
  get known(): Pick<KindIds, "records" | "candidates"> {
    return this.idsOfKind.get(this.kind) ?? NO_IDS;
  }

  /**
   * Reads a file up to its end.
   *
   * @throws Failure (3) when it cannot be read, is not MARC, or holds no records
   */
  async read(path: string, format: InputFormat, maxRecordSize: number): Promise<void> {
    try {
      const input = await openInput(path, { format, allowEmpty: false });
      const inspection = new Inspection(path, input.format, {
        controlNumbers: null,
        start: input.range?.start,
      });
      const limits = { encoding: "auto", strict: false, maxRecordSize } as const;
      for await (const read of readInput(input, limits)) {
        for (const parsed of read) {
          inspection.take(parsed);
          if (parsed.kind === "record") this.add(parsed.record);
        }
      }
      if (inspection.records === 0) throw inputFailure("empty", path, unreadable(inspection));
      this.rejects += inspection.rejected;
      for (const [kind, count] of Object.entries(inspection.types)) {
        this.kinds[kind] = (this.kinds[kind] ?? 0) + count;
      }
      for (const [name, count] of Object.entries(inspection.encodings)) {
        this.encodings[name] = (this.encodings[name] ?? 0) + count;
      }
    } catch (thrown) {
      throw asInputFailure(thrown, path);
    }
  }

  /** Tells that no more files will come; to be called once. */
  finish(): void {
    for (const { candidates, seen } of this.idsOfKind.values()) {
      candidates.forEach((one, i) => {
        one.repeated = seen[i].finish();
      });
    }
  }

  private add(record: MarcRecord): void {
    this.records++;
    if (isDeleted(record.leader)) this.deletions++;
    if (isSerial(record.leader)) this.serials++;
    this.counts.add(record);
    const found = CANDIDATES.map(() => "");
    for (let field = 0; field < record.fieldCount; field++) {
      const tag = record.tag(field);
      if (tag === AGENCY) addOne(this.agencies, firstText(record, field));
      if (tag === ADDRESS) addOne(this.addresses, indicators(record, field));
      const i = this.codes.indexOf(tag);
      if (i >= 0 && found[i] === "") found[i] = firstText(record, field);
    }
    const ofKind = this.idsOf(recordKind(record));
    ofKind.records++;
    found.forEach((id, i) => {
      if (id !== "") note(ofKind, i, id);
    });
  }

  private idsOf(kind: string): KindIds {
    let ids = this.idsOfKind.get(kind);
    if (ids === undefined) {
      const seen = CANDIDATES.map(() => new RepeatCount());
      ids = { records: 0, candidates: CANDIDATES.map(candidate), seen };
      this.idsOfKind.set(kind, ids);
    }
    return ids;
  }
}

function note({ candidates, seen }: KindIds, i: number, id: string): void {
  const one = candidates[i];
  one.records++;
  seen[i].add(id);
  addOne(one.prefixes, PREFIX.exec(id)?.[0] ?? "");
}

function addOne(counts: Map<string, number>, key: string): void {
  // A file in which each value differs must not fill memory.
  if (counts.size < 200 || counts.has(key)) counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Why nothing was read of what there is; "" where there is nothing. */
function unreadable({ rejected, rejects }: Inspection): string {
  if (rejected === 0) return "";
  const [{ offset, code, message }] = rejects;
  const more = rejected === 1 ? "" : `, and ${rejected - 1} more`;
  return `what is at byte ${offset} cannot be read as one (${code}: ${message})${more}`;
}

/** Text of a control field, or of the first $a. */
function firstText(record: MarcRecord, field: number): string {
  if (record.isControl(field)) return record.text(record.start(field), record.end(field)).trim();
  let text = "";
  record.eachSubfield(field, (code, from, to) => {
    if (text === "" && code === SMALL_A) text = record.text(from, to).trim();
  });
  return text;
}

function indicators(record: MarcRecord, field: number): string {
  const start = record.start(field);
  return record.bytes.latin1Slice(start, start + 2).replace(/ /g, "#");
}
