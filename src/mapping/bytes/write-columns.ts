/** Columns as the core has them; one that has no byte form is left to today's code, record by record. */

import { listForm, plainForm } from "../../fields/list-form.js";
import { RECORD_TYPE } from "../marc/columns.js";
import { NotesColumn, WithFallback } from "../marc/description.js";
import { type Column, ExtractorColumn } from "../marc/extractor.js";
import { UrlColumn } from "../marc/url.js";
import { COLUMN, COLUMN_SIZE, IDENTIFIERS, SECTION } from "./layout.js";
import { isPrintable, type ProgramWriter } from "./program-writer.js";
import { hasByteForm, writeRules } from "./write-rules.js";

/**
 * Writes all columns.
 *
 * @param columns a column, or the text that it has in every record
 * @returns where the first lies, and how many have a byte form besides the constant ones
 */
export function writeColumns(
  writer: ProgramWriter,
  columns: readonly (Column | string)[],
): { at: number; withForm: number } {
  const at = writer.reserve(COLUMN_SIZE * columns.length);
  let withForm = 0;
  columns.forEach((column, index) => {
    const place = at + COLUMN_SIZE * index;
    if (typeof column === "string") writeConstant(writer, place, column);
    else if (writeColumn(writer, place, column)) withForm++;
    else writer.number(place, COLUMN.foreign);
  });
  return { at, withForm };
}

function writeConstant(writer: ProgramWriter, at: number, text: string): void {
  if (!isPrintable(text)) {
    writer.number(at, COLUMN.foreign);
    return;
  }
  writer.number(at, COLUMN.constant);
  writer.text(at + 40, text);
}

/** False if the column has no byte form. */
function writeColumn(writer: ProgramWriter, at: number, column: Column): boolean {
  if (column === RECORD_TYPE) {
    writer.number(at, COLUMN.recordType);
    writer.text(at + 16, "serial");
    writer.text(at + 24, "monograph");
    return true;
  }
  if (column instanceof ExtractorColumn) return writeSection(writer, at, column, "");
  if (column instanceof UrlColumn) return writeUrl(writer, at, column);
  if (!(column instanceof WithFallback)) return false;
  const fallback = plainForm(column.fallbackValue);
  if (column.column instanceof ExtractorColumn) {
    return writeSection(writer, at, column.column, fallback);
  }
  return column.column instanceof NotesColumn && writeNotes(writer, at, column.column, fallback);
}

/** @param further what is stored where the section itself gives nothing */
function writeSection(
  writer: ProgramWriter,
  at: number,
  column: ExtractorColumn,
  further: string,
): boolean {
  const { texts, initialSerial, initialMonograph, nothing, isList, kind, rules } = column;
  const stored = isList ? listForm : plainForm;
  const identifiers = kind !== "text" && kind !== "list";
  const fallback = stored(texts.fallbackValue) || further;
  const all = [initialSerial, initialMonograph, texts.fieldJoin, fallback];
  if (!all.every(isPrintable) || !rules.every(hasByteForm)) return false;
  // Identifiers among the constant texts would have to be told of.
  if (identifiers && initialSerial + initialMonograph + texts.fallbackValue !== "") return false;
  const initials = [initialSerial, initialMonograph];
  const separates =
    column.joinSeparates && initials.every((text) => text === "" || text.endsWith(";"));
  writer.number(at, isList ? COLUMN.list : COLUMN.text);
  writer.number(at + 4, writeRules(writer, rules));
  writer.number(at + 8, rules.length);
  writer.number(
    at + 12,
    (texts.firstOnly ? SECTION.firstOnly : 0) |
      (texts.unique ? SECTION.unique : 0) |
      (separates ? SECTION.separates : 0) |
      (nothing !== null ? SECTION.knowsNothing : 0) |
      (column.hasExtra ? SECTION.withOtherUrls : 0),
  );
  writer.text(at + 16, initialSerial);
  writer.text(at + 24, initialMonograph);
  writer.text(at + 32, texts.fieldJoin);
  writer.text(at + 40, fallback);
  writer.text(at + 48, nothing?.serial || further);
  writer.text(at + 56, nothing?.monograph || further);
  writer.number(at + 64, identifiers ? IDENTIFIERS.indexOf(kind) : 0);
  return true;
}

function writeNotes(
  writer: ProgramWriter,
  at: number,
  { parts }: NotesColumn,
  fallback: string,
): boolean {
  const rules = parts.flat();
  if (!rules.every(hasByteForm) || !isPrintable(fallback)) return false;
  const partOf = parts.flatMap((part, index) => part.map(() => index));
  writer.number(at, COLUMN.notes);
  writer.number(at + 4, writeRules(writer, rules, partOf));
  writer.number(at + 8, rules.length);
  writer.text(at + 32, " ");
  writer.text(at + 40, fallback);
  return true;
}

function writeUrl(writer: ProgramWriter, at: number, column: UrlColumn): boolean {
  const { rules, urlRules, fallbackParts } = column;
  if (urlRules.cleanUp === "canonize") return false;
  if (!fallbackParts.every(isPrintable) || !rules.every(hasByteForm)) return false;
  writer.number(at, COLUMN.url);
  writer.number(at + 4, writeRules(writer, rules));
  writer.number(at + 8, rules.length);
  writer.number(at + 72, writer.texts(urlRules.fallbackPattern === "" ? [] : fallbackParts));
  return true;
}
