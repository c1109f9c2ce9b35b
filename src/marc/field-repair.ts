/**
 * Mends the inside of fields: gives a control field without delimiters, or two indicators and then
 * subfields that each have a graphic code or the blank one. No text is left out.
 */

import { isCleanField, isGraphic } from "./clean-record.js";
import { DELIMITER, FIELD_TERMINATOR, isControlField, type Span } from "./directory.js";
import type { FieldFindings } from "./field-findings.js";

const BLANK = 0x20;
/** Bytes before the first delimiter that may still be indicators, if each is one. */
const MOST_INDICATORS = 4;

interface MendedField {
  readonly tag: number;
  readonly control: boolean;
  readonly content: Buffer;
}

/** Mends one field; null if it has no content at all. */
export function mendField(bytes: Buffer, span: Span, findings: FieldFindings): MendedField | null {
  const { tag, start, end } = span;
  const control = isControlField(bytes, tag, start, end);
  // Most fields of a damaged record are sound, and need no bytes of their own.
  if (start < end && isCleanField(bytes, control, start, end)) {
    return { tag, control, content: bytes.subarray(start, end) };
  }
  const mend = control ? mendText : mendData;
  const content = start === end ? null : mend(bytes, start, end, findings);
  if (!content) findings.add("M307", start, end);
  return content && { tag, control, content };
}

function isTerminator(byte: number): boolean {
  return byte === FIELD_TERMINATOR || byte === 0x1d;
}

function mendText(
  bytes: Buffer,
  start: number,
  end: number,
  findings: FieldFindings,
): Buffer | null {
  if (start === end) return null;
  const text = withoutTerminators(bytes, start, end, findings);
  if (!text.includes(DELIMITER)) return text;
  findings.add("M308", start, end);
  if (isBuiltAsData(text)) return subfieldTexts(text);
  replaceAll(text, (byte) => byte === DELIMITER);
  return text;
}

/** Whether indicators and a subfield code begin a field that should have neither. */
function isBuiltAsData(text: Buffer): boolean {
  return (
    text.indexOf(DELIMITER) === 2 &&
    couldBeIndicator(text[0]) &&
    couldBeIndicator(text[1]) &&
    isGraphic(text[3])
  );
}

/** The texts of subfields, a blank between them; null if there is none. */
function subfieldTexts(data: Buffer): Buffer | null {
  const parts = data.toString("latin1", 3).split("\x1f");
  const texts = parts.map((part) => part.slice(1)).filter((text) => text !== "");
  return texts.length === 0 ? null : Buffer.from(texts.join(" "), "latin1");
}

/** A copy in which terminators have become blanks, since only delimiters and text may be left. */
function withoutTerminators(
  bytes: Buffer,
  start: number,
  end: number,
  findings: FieldFindings,
): Buffer {
  const copy = Buffer.from(bytes.subarray(start, end));
  if (copy.some(isTerminator)) {
    // A record terminator has been told of when the record was framed.
    if (copy.includes(FIELD_TERMINATOR)) findings.add("M302", start, end);
    replaceAll(copy, isTerminator);
  }
  return copy;
}

function replaceAll(bytes: Buffer, unwanted: (byte: number) => boolean): void {
  for (let at = 0; at < bytes.length; at++) {
    if (unwanted(bytes[at])) bytes[at] = BLANK;
  }
}

function mendData(
  bytes: Buffer,
  start: number,
  end: number,
  findings: FieldFindings,
): Buffer | null {
  const text = withoutTerminators(bytes, start, end, findings);
  const delimiter = text.indexOf(DELIMITER);
  const headEnd = delimiter < 0 ? text.length : delimiter;
  const parts = mendHead(text.subarray(0, headEnd), start, findings);
  for (let at = headEnd; at < text.length; ) {
    const next = text.indexOf(DELIMITER, at + 1);
    const subfieldEnd = next < 0 ? text.length : next;
    parts.push(mendSubfield(text.subarray(at + 1, subfieldEnd), start + at, findings));
    at = subfieldEnd;
  }
  const content = Buffer.concat(parts);
  return content.length > 2 ? content : null;
}

/** What stands before the first delimiter: two indicators, then text that belongs to no subfield. */
function mendHead(head: Buffer, start: number, findings: FieldFindings): Buffer[] {
  const indicators = Buffer.from([BLANK, BLANK]);
  const allSingle = head.every((byte) => byte >= BLANK && byte < 0x7f);
  // A character of several bytes stands for one indicator that nothing can name.
  const units = allSingle ? [...head] : [...head.toString("utf8")].map(asIndicator);
  for (const [index, unit] of units.slice(0, 2).entries()) indicators[index] = unit;
  if (head.length === 2 && allSingle) return [indicators];
  if (units.length <= MOST_INDICATORS && units.slice(2).every(couldBeIndicator)) {
    findings.add("M305", start, start + head.length);
    return [indicators];
  }
  findings.addWithoutCode("M306", start, start + head.length);
  return [...splitHead(head, indicators)];
}

function asIndicator(character: string): number {
  const code = character.codePointAt(0) ?? BLANK;
  return code > BLANK && code < 0x7f ? code : BLANK;
}

function couldBeIndicator(byte: number): boolean {
  return byte === BLANK || byte === 0x23 || byte === 0x5c || (byte >= 0x30 && byte <= 0x39);
}

/** Text that starts like indicators has them; any other is text from its first byte on. */
function splitHead(head: Buffer, indicators: Buffer): Buffer[] {
  const starts = couldBeIndicator(head[0]) && couldBeIndicator(head[1]);
  const blankCode = Buffer.from([DELIMITER, BLANK]);
  if (starts) return [indicators, blankCode, head.subarray(2)];
  return [Buffer.from([BLANK, BLANK]), blankCode, head];
}

/** @param content what stands behind a delimiter, code first */
function mendSubfield(content: Buffer, at: number, findings: FieldFindings): Buffer {
  if (content.length === 0) {
    findings.add("M303", at, at + 1);
    return content;
  }
  const delimiter = Buffer.from([DELIMITER]);
  if (isGraphic(content[0])) return Buffer.concat([delimiter, content]);
  findings.addWithoutCode("M304", at, at + 1 + content.length);
  if (content[0] === BLANK) return Buffer.concat([delimiter, content]);
  return Buffer.concat([delimiter, Buffer.from([BLANK]), content]);
}
