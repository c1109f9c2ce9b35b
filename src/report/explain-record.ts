/** A MARC record as a person reads it: tags, indicators, subfields, and which fields are pairs. */

import { arePaired } from "../mapping/marc/linked-fields.js";
import { type MarcRecord, tagText } from "../marc/marc-record.js";
import type { ShownField, ShownRecord, ShownSubfield } from "./explanation.js";

/** Reads every field of a record; what the decoding finds is not added to the record's findings. */
export function showRecord(record: MarcRecord): ShownRecord {
  const found = record.diagnostics.length;
  const labels = labelsOf(record);
  const fields = labels.map((_, field) => showField(record, field, labels));
  record.diagnostics.length = found;
  return { leader: record.leader, encoding: record.encoding, fields };
}

/** `650[3]` for each field. */
function labelsOf(record: MarcRecord): string[] {
  const seen = new Map<number, number>();
  return Array.from({ length: record.fieldCount }, (_, field) => {
    const tag = record.tag(field);
    const occurrence = (seen.get(tag) ?? 0) + 1;
    seen.set(tag, occurrence);
    return `${tagText(tag)}[${occurrence}]`;
  });
}

function showField(record: MarcRecord, field: number, labels: readonly string[]): ShownField {
  const label = labels[field];
  const tag = label.slice(0, 3);
  const occurrence = Number(label.slice(4, -1));
  const start = record.start(field);
  if (record.isControl(field)) {
    const text = record.text(start, record.end(field));
    return { tag, occurrence, indicators: null, text, subfields: [], pairedWith: null };
  }
  const indicators = record.bytes.toString("latin1", start, start + 2);
  const pair = labels.findIndex((_, other) => other !== field && pairs(record, field, other));
  const pairedWith = pair < 0 ? null : labels[pair];
  return {
    tag,
    occurrence,
    indicators,
    text: "",
    subfields: subfieldsOf(record, field),
    pairedWith,
  };
}

function pairs(record: MarcRecord, one: number, other: number): boolean {
  return !record.isControl(other) && arePaired(record, one, other);
}

function subfieldsOf(record: MarcRecord, field: number): ShownSubfield[] {
  const subfields: ShownSubfield[] = [];
  record.eachSubfield(field, (code, start, end) => {
    subfields.push({ code: String.fromCharCode(code), text: record.text(start, end) });
  });
  return subfields;
}
