/** Which fields the records of a file have: what one must know to write a mapping. */

import { type MarcRecord, tagText } from "../marc/marc-record.js";
import type { FieldCount } from "../report/field-table.js";

const BLANK = 0x20;
const SIGN = 0x23;
/** Tags that are counted each; no catalogue has nearly as many. */
const MOST_TAGS = 10_000;
/** Stands for all others. */
const OTHERS = Number.POSITIVE_INFINITY;
/** Characters of an example. */
const EXAMPLE_LENGTH = 60;
/** Subfields that carry links and numbers, `control_subfields` as it is by default: no good examples. */
const CONTROL = "012456789";

interface Count {
  records: number;
  fields: number;
  readonly indicators: [Set<string>, Set<string>];
  readonly subfields: Map<string, number>;
  example: string;
}

/** Gathers the fields of record after record; its size grows with the kinds of field alone. */
export class FieldCounts {
  private readonly counts = new Map<number, Count>();

  /** @param most tags that are counted each; those that come later are counted together */
  constructor(private readonly most = MOST_TAGS) {}

  add(record: MarcRecord): void {
    const seen = new Set<number>();
    for (let field = 0; field < record.fieldCount; field++) {
      const tag = this.known(record.tag(field));
      const count = this.count(tag);
      if (!seen.has(tag)) count.records++;
      seen.add(tag);
      count.fields++;
      const text = record.isControl(field)
        ? record.text(record.start(field), record.end(field))
        : this.dataField(record, field, count);
      if (count.example === "") count.example = beginning(text);
    }
  }

  private known(tag: number): number {
    return this.counts.size < this.most || this.counts.has(tag) ? tag : OTHERS;
  }

  private count(tag: number): Count {
    const known = this.counts.get(tag);
    if (known) return known;
    const count: Count = {
      records: 0,
      fields: 0,
      indicators: [new Set(), new Set()],
      subfields: new Map(),
      example: "",
    };
    this.counts.set(tag, count);
    return count;
  }

  /** Counts indicators and subfields once a field, and gives the text of the first subfield that is text. */
  private dataField(record: MarcRecord, field: number, count: Count): string {
    const { bytes } = record;
    const start = record.start(field);
    count.indicators[0].add(indicator(bytes[start]));
    count.indicators[1].add(indicator(bytes[start + 1]));
    const codes = new Set<string>();
    let text = "";
    let linking = "";
    record.eachSubfield(field, (code, from, to) => {
      const letter = String.fromCharCode(code);
      codes.add(letter);
      if (text !== "" || count.example !== "") return;
      if (!CONTROL.includes(letter)) text = record.text(from, to);
      else if (linking === "") linking = record.text(from, to);
    });
    for (const code of codes) count.subfields.set(code, (count.subfields.get(code) ?? 0) + 1);
    return text === "" ? linking : text;
  }

  /** By tag. */
  list(): FieldCount[] {
    return [...this.counts]
      .sort(([a], [b]) => a - b)
      .map(([tag, { records, fields, indicators, subfields, example }]) => ({
        tag: tag === OTHERS ? "others" : tagText(tag),
        records,
        fields,
        indicators: [sorted(indicators[0]), sorted(indicators[1])],
        subfields: Object.fromEntries([...subfields].sort(([a], [b]) => (a < b ? -1 : 1))),
        example,
      }));
  }
}

/** A text of its own: a slice would keep the whole field in memory. */
function beginning(text: string): string {
  return Buffer.from(text.trim().slice(0, EXAMPLE_LENGTH), "utf16le").toString("utf16le");
}

function indicator(byte: number): string {
  // The sign itself is quoted, since it is shown for a blank.
  return byte === BLANK ? "#" : byte === SIGN ? '"#"' : String.fromCharCode(byte);
}

function sorted(values: ReadonlySet<string>): string {
  return [...values].sort().join("");
}
