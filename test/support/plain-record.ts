/** Records as text: written as MARCXML and MARC-in-JSON, and read back from views. */

import fc from "fast-check";
import type { PlainDataField, PlainField } from "../../src/marc/build-record.js";
import { type MarcRecord, tagText } from "../../src/marc/marc-record.js";

export interface PlainRecord {
  readonly leader: string;
  readonly fields: readonly PlainField[];
}

const DELIMITER = 0x1f;

function subfieldsOf(record: MarcRecord, field: number): [string, string][] {
  const subfields: [string, string][] = [];
  let at = record.start(field) + 2;
  while (at < record.end(field)) {
    if (record.bytes[at] !== DELIMITER) throw new Error("the view is not well formed");
    const next = record.bytes.indexOf(DELIMITER, at + 1);
    const end = next < 0 ? record.end(field) : Math.min(next, record.end(field));
    subfields.push([String.fromCharCode(record.bytes[at + 1]), record.text(at + 2, end)]);
    at = end;
  }
  return subfields;
}

/** Leader and fields of a view as text, decoded. */
export function plainOf(record: MarcRecord): PlainRecord {
  const fields: PlainField[] = [];
  for (let field = 0; field < record.fieldCount; field++) {
    const tag = tagText(record.tag(field));
    const start = record.start(field);
    if (record.isControl(field)) {
      fields.push({ tag, text: record.text(start, record.end(field)) });
    } else {
      const [indicator1, indicator2] = record.bytes.toString("latin1", start, start + 2);
      fields.push({ tag, indicator1, indicator2, subfields: subfieldsOf(record, field) });
    }
  }
  return { leader: record.leader, fields };
}

/** A data field in one line: `data("245", "10", ["a", "Title"])`. */
export function data(
  tag: string,
  indicators: string,
  ...subfields: [code: string, text: string][]
): PlainDataField {
  const [indicator1, indicator2] = indicators;
  return { tag, indicator1, indicator2, subfields };
}

function escaped(text: string): string {
  return text.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function xmlField(field: PlainField, prefix: string): string {
  if ("text" in field) {
    const { tag, text } = field;
    return `<${prefix}controlfield tag="${tag}">${escaped(text)}</${prefix}controlfield>`;
  }
  const { tag, indicator1, indicator2, subfields } = field;
  const inner = subfields.map(
    ([code, text]) =>
      `<${prefix}subfield code="${escaped(code)}">${escaped(text)}</${prefix}subfield>`,
  );
  const indicators = `ind1="${escaped(indicator1)}" ind2="${escaped(indicator2)}"`;
  return `<${prefix}datafield ${indicators} tag="${tag}">${inner.join("\n")}</${prefix}datafield>`;
}

/** One MARCXML record element. */
export function toXml({ leader, fields }: PlainRecord, prefix = ""): string {
  const inner = fields.map((field) => xmlField(field, prefix)).join("\n  ");
  const head = `<${prefix}leader>${escaped(leader)}</${prefix}leader>`;
  return `<${prefix}record>\n  ${head}\n  ${inner}\n</${prefix}record>`;
}

/** The value that MARC-in-JSON writes for a record. */
export function toMij({ leader, fields }: PlainRecord): unknown {
  const entries = fields.map((field) => {
    if ("text" in field) return { [field.tag]: field.text };
    const { tag, indicator1: ind1, indicator2: ind2 } = field;
    const subfields = field.subfields.map(([code, text]) => ({ [code]: text }));
    return { [tag]: { ind1, ind2, subfields } };
  });
  return { leader, fields: entries };
}

/** One record of TurboMARC. */
export function toTurbo({ leader, fields }: PlainRecord): string {
  const inner = fields.map((field) => {
    if ("text" in field) return `<c${field.tag}>${escaped(field.text)}</c${field.tag}>`;
    const { tag, indicator1, indicator2, subfields } = field;
    const parts = subfields.map(([code, text]) =>
      /[0-9a-z]/.test(code)
        ? `<s${code}>${escaped(text)}</s${code}>`
        : `<s code="${escaped(code)}">${escaped(text)}</s>`,
    );
    return `<d${tag} i1="${escaped(indicator1)}" i2="${escaped(indicator2)}">${parts.join("")}</d${tag}>`;
  });
  return `<r><l>${escaped(leader)}</l>\n${inner.join("\n")}</r>`;
}

const NAMED: Readonly<Record<string, string>> = { $: "dollar", "{": "lcub", "}": "rcub" };

function named(text: string): string {
  return text.replace(/[${}]/g, (character) => `{${NAMED[character]}}`);
}

/** Text in which `\\` is a blank. */
function blanked(text: string): string {
  return named(text).replace(/\\/g, "{bsol}").replace(/ /g, "\\");
}

/** One record of MARCMaker text, a line end behind its last line. */
export function toMrk({ leader, fields }: PlainRecord): string {
  const lines = fields.map((field) => {
    if ("text" in field) return `=${field.tag}  ${blanked(field.text)}\n`;
    const { tag, indicator1, indicator2, subfields } = field;
    const indicators = blanked(indicator1) + blanked(indicator2);
    return `=${tag}  ${indicators}${subfields.map(([code, text]) => `$${code}${named(text)}`).join("")}\n`;
  });
  return `=LDR  ${blanked(leader)}\n${lines.join("")}`;
}

/** The value that NatLibFi's programs write. */
export function toNatLibFi({ leader, fields }: PlainRecord): unknown {
  const entries = fields.map((field) => {
    if ("text" in field) return { tag: field.tag, value: field.text };
    const { tag, indicator1: ind1, indicator2: ind2 } = field;
    const subfields = field.subfields.map(([code, value]) => ({ code, value }));
    return { tag, ind1, ind2, subfields };
  });
  return { leader, fields: entries };
}

/** The value that Catmandu writes. */
export function toCatmandu({ leader, fields }: PlainRecord): unknown {
  const rows = fields.map((field) => {
    if ("text" in field) return [field.tag, null, null, "_", field.text];
    const { tag, indicator1, indicator2, subfields } = field;
    return [tag, indicator1, indicator2, ...subfields.flat()];
  });
  return { _id: "1", record: [["LDR", null, null, "_", leader], ...rows] };
}

/** The value that FOLIO's source record storage gives. */
export function toFolio(record: PlainRecord): unknown {
  const parsedRecord = { id: "0a", content: toMij(record), formattedContent: "LEADER" };
  return { id: "0a", recordType: "MARC_BIB", parsedRecord, deleted: false, state: "ACTUAL" };
}

const GRAPHIC = Array.from({ length: 0x5f }, (_, index) => String.fromCharCode(0x20 + index));
const DIGITS_AND_LETTERS = [..."0123456789abcdefghijklmnopqrstuvwxyz"];
const NOT_TEXT = /[\p{Cc}\p{Cs}\p{Cn}\ufeff\ufffd]/gu;

/** Text in NFC as a view gives it: any script, no control characters, not empty. */
const text: fc.Arbitrary<string> = fc
  .oneof(
    fc.string({ unit: "binary", maxLength: 12 }),
    fc.string({ unit: "grapheme", maxLength: 12 }),
  )
  .map((any) => `x${any.replace(NOT_TEXT, "").normalize("NFC")}`.normalize("NFC"));

const indicator = fc.constantFrom(" ", ..."0123456789ax<&");
const subfield = fc.tuple(fc.constantFrom(...DIGITS_AND_LETTERS, "%", "<", '"'), text);

const dataField = fc.record({
  tag: fc.integer({ min: 10, max: 999 }).map((number) => String(number).padStart(3, "0")),
  indicator1: indicator,
  indicator2: indicator,
  subfields: fc.array(subfield, { minLength: 1, maxLength: 4 }),
});

const controlField = fc.record({ tag: fc.constantFrom("001", "005", "008", "FMT"), text });

/** Any sound record, as a view of it would be read back; at most one field is an 001. */
export const plainRecord: fc.Arbitrary<PlainRecord> = fc.record({
  leader: fc
    .array(fc.constantFrom(...GRAPHIC), { minLength: 24, maxLength: 24 })
    .map((characters) => characters.join(""))
    .filter((leader) => leader.trim() !== ""),
  fields: fc
    .array(fc.oneof(dataField, controlField), { minLength: 1, maxLength: 6 })
    .map((fields) => fields.filter(({ tag }, i) => tag !== "001" || i === 0)),
});
