/** Reading every text of a record, with findings that name their field. */

import { type MarcRecord, tagText } from "./marc-record.js";

/** Reads the texts of a record field by field, in order. */
export class FieldTexts {
  private readonly occurrences = new Map<number, number>();

  constructor(private readonly record: MarcRecord) {}

  /**
   * Decodes the next field.
   *
   * What decoding finds counts bytes in the record's view, so the findings get their field's name, too.
   *
   * @param field its number; fields are to be asked for in order, each once
   * @param visit takes the code byte of each subfield, 0 for a control field, and its text
   */
  read(field: number, visit: (code: number, text: string) => void): void {
    const { record, occurrences } = this;
    const tag = record.tag(field);
    const occurrence = (occurrences.get(tag) ?? 0) + 1;
    occurrences.set(tag, occurrence);
    const before = record.diagnostics.length;
    const name = () => `${tagText(tag)}[${occurrence}]`;
    if (record.isControl(field)) {
      visit(0, record.text(record.start(field), record.end(field)));
      this.place(before, name);
      return;
    }
    record.eachSubfield(field, (code, start, end) => {
      const from = record.diagnostics.length;
      visit(code, record.text(start, end));
      this.place(from, () => `${name()}$${String.fromCharCode(code)}`);
    });
  }

  private place(from: number, name: () => string): void {
    const { diagnostics } = this.record;
    for (let i = from; i < diagnostics.length; i++) {
      diagnostics[i] = { ...diagnostics[i], field: name() };
    }
  }
}
