/**
 * One ISO 2709 record (ANSI/NISO Z39.2, MARC 21 Record Structure) as a well-formed view. A sound
 * record is viewed where it lies; a damaged one is rebuilt where its meaning is certain, and refused
 * where it is not.
 */

import type { ConfiguredEncoding } from "../config/marc/marc-mapping.js";
import { codeEntry } from "../diagnostics/catalogue.js";
import { type Diagnostic, diagnostic } from "../diagnostics/diagnostic.js";
import { printableBytes } from "../diagnostics/format.js";
import { mendBlanks } from "./blank-indicators.js";
import { judgeUnimarc } from "./charset/unimarc-verdict.js";
import { judgeEncoding, type Verdict } from "./charset/verdict.js";
import { isCleanField, locateClean } from "./clean-record.js";
import {
  digitsAt,
  ENTRY_LENGTH,
  FIELD_TERMINATOR,
  isControlField,
  LEADER_LENGTH,
  type Located,
  tagAt,
} from "./directory.js";
import { FieldFindings } from "./field-findings.js";
import { mendField } from "./field-repair.js";
import type { RecordFrame } from "./frame.js";
import { CODING_SCHEME, readLeader } from "./leader.js";
import { type LocatedFields, locateFields } from "./locate-fields.js";
import { FIELD_STRIDE, MarcRecord, tagCode } from "./marc-record.js";
import { restoreShort } from "./short-record.js";
import { characterSetCodes } from "./unimarc.js";

interface ParseOptions {
  readonly encoding: ConfiguredEncoding;
  /** Whether a record that needs any repair is refused. */
  readonly strict: boolean;
}

/** The view, or the reason why there is none. */
type Parsed = { readonly record: MarcRecord } | { readonly reject: Diagnostic };

const CONTROL_NUMBER = tagCode("001");

/**
 * Reads a frame.
 *
 * @returns the view, whose `diagnostics` begin with those of the frame; offsets in them are absolute
 */
export function parseRecord(frame: RecordFrame, options: ParseOptions): Parsed {
  const { bytes, offset } = frame;
  const diagnostics = frame.diagnostics.length === 0 ? [] : [...frame.diagnostics];
  const clean = locateClean(bytes);
  const found = clean ?? locateFields(bytes, offset);
  if ("code" in found) return parseShort(frame, options) ?? { reject: found };
  let view: Built;
  let base: number;
  if ("table" in found) {
    view = { table: found.table, fieldCount: found.fieldCount, bytes };
    base = found.fieldCount > 0 ? found.table[1] : LEADER_LENGTH;
  } else {
    diagnostics.push(...found.diagnostics);
    view = viewInPlace(bytes, found) ?? rebuild(bytes, offset, found, diagnostics);
    base = found.base;
  }
  if (view.fieldCount === 0) return { reject: diagnostic("M215", { offset }) };
  const leader = readLeader(bytes, offset, view, diagnostics);
  noteRepeatedControlNumber(view, offset, diagnostics);
  const repair = options.strict ? diagnostics.find(isRepair) : undefined;
  if (repair) return { reject: repair };
  const { encoding: asked } = options;
  const judged = judgeEncoding(bytes, base, bytes.length, bytes[CODING_SCHEME], asked);
  const verdict = asked === "auto" ? byUnimarc(judged, bytes, base, view) : judged;
  for (const one of verdict.diagnostics) {
    diagnostics.push(one.offset === null ? one : { ...one, offset: offset + one.offset });
  }
  const { encoding } = verdict;
  const record = new MarcRecord(
    view.bytes,
    leader,
    view.table,
    view.fieldCount,
    encoding,
    diagnostics,
  );
  return { record };
}

/** Reads the record that a byte or two have been lost of, null if it is not certain what it was. */
function parseShort(frame: RecordFrame, options: ParseOptions): Parsed | null {
  const bytes = restoreShort(frame.bytes);
  if (bytes === null) return null;
  const missing = bytes.length - frame.bytes.length;
  const found = missing === 1 ? "1 byte is missing" : `${missing} bytes are missing`;
  const told = diagnostic("M216", { offset: frame.offset, found });
  // A length that counts the missing bytes was right.
  const isTrue = digitsAt(frame.bytes, 0, 5) === bytes.length;
  const others = isTrue
    ? frame.diagnostics.filter(({ code }) => code !== "M101")
    : frame.diagnostics;
  return parseRecord({ ...frame, bytes, diagnostics: [...others, told] }, options);
}

/** Of UNIMARC 100 $a has the last word, where what leader/09 says is not simply right. */
function byUnimarc(judged: Verdict, bytes: Buffer, base: number, view: Built): Verdict {
  const { encoding, diagnostics } = judged;
  if (encoding === "ascii" || (encoding === "utf-8" && diagnostics.length === 0)) return judged;
  const codes = characterSetCodes(view);
  return codes === null ? judged : judgeUnimarc(bytes, base, bytes.length, codes);
}

function isRepair(found: Diagnostic): boolean {
  return codeEntry(found.code).severity === "repair";
}

interface Built extends Located {
  readonly bytes: Buffer;
}

/** A view of fields that lie elsewhere than usual but are sound, null if one of them is not. */
function viewInPlace(bytes: Buffer, { spans }: LocatedFields): Built | null {
  const table = new Int32Array(spans.length * FIELD_STRIDE);
  for (const [field, { tag, start, end }] of spans.entries()) {
    const control = isControlField(bytes, tag, start, end);
    const clean = isCleanField(bytes, control, start, end);
    if (!clean || start === end || !isOrdinaryTag(tag)) return null;
    table.set([tag, start, end, control ? 1 : 0], field * FIELD_STRIDE);
  }
  return { bytes, table, fieldCount: spans.length };
}

/** Puts the mended fields one behind another into bytes of their own. */
function rebuild(
  bytes: Buffer,
  offset: number,
  { spans }: LocatedFields,
  diagnostics: Diagnostic[],
): Built {
  const findings = new FieldFindings(bytes, offset, diagnostics);
  const table = new Int32Array(spans.length * FIELD_STRIDE);
  const contents: Buffer[] = [];
  let start = 0;
  for (const span of spans) {
    findings.beginField(span.tag);
    if (!isOrdinaryTag(span.tag)) findings.add("M312", span.start, span.end);
    const field = mendField(bytes, span, findings);
    if (!field) continue;
    const end = start + field.content.length;
    table.set([field.tag, start, end, field.control ? 1 : 0], contents.length * FIELD_STRIDE);
    contents.push(field.content);
    start = end;
  }
  const view = { bytes: Buffer.concat(contents), table, fieldCount: contents.length };
  mendBlanks(view, offset, diagnostics);
  return view;
}

/** Three ASCII letters or digits. */
function isOrdinaryTag(tag: number): boolean {
  return [tag >> 16, (tag >> 8) & 0xff, tag & 0xff].every((byte) =>
    /[0-9A-Za-z]/.test(String.fromCharCode(byte)),
  );
}

function noteRepeatedControlNumber(view: Built, offset: number, diagnostics: Diagnostic[]): void {
  let count = 0;
  for (let field = 0; field < view.fieldCount; field++) {
    if (view.table[field * FIELD_STRIDE] !== CONTROL_NUMBER) continue;
    count++;
    if (count < 2) continue;
    const start = view.table[field * FIELD_STRIDE + 1];
    const end = view.table[field * FIELD_STRIDE + 2];
    const found = printableBytes(view.bytes, start, end);
    diagnostics.push(diagnostic("M310", { offset, field: `001[${count}]`, found }));
  }
}

/**
 * The control number of bytes that may be damaged, for messages: the field whose place among the
 * fields is that of 001 in the directory.
 *
 * @returns "" if none can be made out
 */
export function readControlNumber(bytes: Buffer): string {
  const base = bytes.indexOf(FIELD_TERMINATOR, LEADER_LENGTH) + 1;
  let start = base;
  for (let at = LEADER_LENGTH; at + ENTRY_LENGTH < base; at += ENTRY_LENGTH) {
    const end = bytes.indexOf(FIELD_TERMINATOR, start);
    if (end < 0) return "";
    if (tagAt(bytes, at) === CONTROL_NUMBER) {
      const text = bytes.toString("utf8", start, end);
      return /^[^\p{Cc}\ufffd]{1,64}$/u.test(text) ? text.trim() : "";
    }
    start = end + 1;
  }
  return "";
}
