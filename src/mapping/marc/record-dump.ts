/** A record as a person reads MARC. */

import { type MarcRecord, tagText } from "../../marc/marc-record.js";

function indicator(byte: number): string {
  return byte === 0x20 ? "#" : String.fromCharCode(byte);
}

function dataField(record: MarcRecord, field: number): string {
  const { bytes } = record;
  const start = record.start(field);
  let line = `${indicator(bytes[start])}${indicator(bytes[start + 1])}`;
  record.eachSubfield(field, (code, from, to) => {
    line += ` $${String.fromCharCode(code)} ${record.text(from, to)}`;
  });
  return line;
}

/**
 * One line a field: `LDR` and the leader, tag and text of a control field, or tag, indicators (`#`
 * for a blank) and subfields as `$a text`. Lines are separated by `\n`; blanks stand as they are.
 */
export function dumpRecord(record: MarcRecord): string {
  const lines = [`LDR ${record.leader}`];
  for (let field = 0; field < record.fieldCount; field++) {
    const content = record.isControl(field)
      ? record.text(record.start(field), record.end(field))
      : dataField(record, field);
    lines.push(`${tagText(record.tag(field))} ${content}`);
  }
  return lines.join("\n");
}
