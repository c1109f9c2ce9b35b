/** A record as a person reads MARC. */

import { tagText } from "../../marc/marc-record.js";
import type { MappingContext } from "./context.js";

function indicator(byte: number): string {
  return byte === 0x20 ? "#" : String.fromCharCode(byte);
}

function dataField(context: MappingContext, field: number): string {
  const { record } = context;
  const { bytes } = record;
  const start = record.start(field);
  let line = `${indicator(bytes[start])}${indicator(bytes[start + 1])}`;
  record.eachSubfield(field, (code, from, to) => {
    line += ` $${String.fromCharCode(code)} ${context.text(field, code, from, to)}`;
  });
  return line;
}

/**
 * The record that a context holds, one line a field: `LDR` and the leader, tag and text of a control field, or tag, indicators (`#`
 * for a blank) and subfields as `$a text`. Lines are separated by `\n`; blanks stand as they are.
 */
export function dumpRecord(context: MappingContext): string {
  const { record } = context;
  const lines = [`LDR ${record.leader}`];
  for (let field = 0; field < record.fieldCount; field++) {
    const content = record.isControl(field)
      ? context.text(field, 0, record.start(field), record.end(field))
      : dataField(context, field);
    lines.push(`${tagText(record.tag(field))} ${content}`);
  }
  return lines.join("\n");
}
