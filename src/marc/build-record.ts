/** A record view from text: for formats that give leader and fields as strings. */

import type { ConfiguredEncoding } from "../config/marc/marc-mapping.js";
import type { Code } from "../diagnostics/catalogue.js";
import { type Diagnostic, diagnostic } from "../diagnostics/diagnostic.js";
import { mendBlanks, standsForBlank } from "./blank-indicators.js";
import { type OthersAs, restoredBytes } from "./charset/kept-bytes.js";
import { judgeEncoding } from "./charset/verdict.js";
import { FIELD_STRIDE, MarcRecord, tagCode } from "./marc-record.js";
import { mendLeader } from "./mend-leader.js";

/** A control field: tag and text. */
interface PlainControlField {
  readonly tag: string;
  readonly text: string;
}

/** A data field; indicators and subfield codes are one ASCII character each if all is well. */
export interface PlainDataField {
  readonly tag: string;
  readonly indicator1: string;
  readonly indicator2: string;
  readonly subfields: readonly (readonly [code: string, text: string])[];
}

/** How the texts came about. */
export interface TextReading {
  /** What the bytes of the texts are to be read as; of texts that are decoded, `auto` or `utf-8`. */
  readonly configured: ConfiguredEncoding;
  /** What to make of other characters where bytes were kept in the texts, null where none were. */
  readonly kept: OthersAs | null;
}

export type PlainField = PlainControlField | PlainDataField;

const TERMINATOR = 0x1e;
const CONTROL_NUMBER = "001";
const TAG = /^[0-9A-Za-z]{3}$/;
const SHORT_NUMBER = /^[0-9]{1,2}$/;
/** What a directory of ISO 2709 may hold as a tag, though no rule can name it. */
const ODD_TAG = /^[!-~]{3}$/;
const SEPARATOR = /[\x1d-\x1f]/;
const SEPARATORS = /[\x1d-\x1f]/g;
/** Half of a surrogate pair, which stands alone. */
const UNPAIRED = /\p{Surrogate}/u;
const REPLACEMENT = Buffer.from("\ufffd");
const SHOWN = 32;
const AS_GIVEN: TextReading = { configured: "utf-8", kept: null };
/** leader/09 as the text has it that XML and JSON are: Unicode. */
const UNICODE = 0x61;
const BLANK = 0x20;

/** Whether it is one printable ASCII character. */
function isGraphic(text: string): boolean {
  return text.length === 1 && text >= " " && text <= "~";
}

/** 00X are control fields, other numbers are not; a tag with letters is what it is given as. */
function isControl(tag: string, field: PlainField): boolean {
  return tag.startsWith("00") || (!/^[0-9]{3}$/.test(tag) && "text" in field);
}

/** Collects the contents of the fields; a field's place is only worked out if something is wrong. */
class Builder {
  readonly tags: number[] = [];
  /** Whether each is a control field. */
  readonly kinds: boolean[] = [];
  readonly contents: string[] = [];
  private controlNumbers = 0;
  private withoutCode = false;
  /** Whether an indicator is what is written for a blank. */
  standIns = false;
  private readonly occurrences = new Map<string, number>();

  constructor(
    private readonly fields: readonly PlainField[],
    private readonly offset: number,
    private readonly diagnostics: Diagnostic[],
  ) {}

  add(index: number): void {
    const field = this.fields[index];
    this.occurrences.set(field.tag, (this.occurrences.get(field.tag) ?? 0) + 1);
    const tag = this.tag(index);
    if (tag === "") return;
    const control = isControl(tag, field);
    const content = control ? this.control(field, index) : this.data(field, index);
    if (content === "") {
      this.note("M739", index, "", "");
      return;
    }
    if (tag === CONTROL_NUMBER && ++this.controlNumbers > 1) this.note("M310", index, "", content);
    this.tags.push(tagCode(tag));
    this.kinds.push(control);
    this.contents.push(content);
  }

  private tag(index: number): string {
    const { tag } = this.fields[index];
    if (TAG.test(tag)) return tag;
    if (ODD_TAG.test(tag)) {
      this.note("M312", index, "", tag);
      return tag;
    }
    const short = SHORT_NUMBER.test(tag);
    this.note(short ? "M734" : "M735", index, "", tag);
    return short ? tag.padStart(3, "0") : "";
  }

  private control(field: PlainField, index: number): string {
    if ("text" in field) return this.text(field.text, index, "");
    const texts = field.subfields.map(([, text]) => text).join(" ");
    this.note("M308", index, "", texts);
    return this.text(texts, index, "");
  }

  /** Indicators and subfields as they stand in a view, "" if there is nothing in them. */
  private data(field: PlainField, index: number): string {
    if ("text" in field) {
      if (field.text === "") return "";
      this.noteWithoutCode("M306", index, field.text);
      return `  \x1f ${this.text(field.text, index, "")}`;
    }
    if (field.subfields.length === 0) return "";
    let content = this.indicator(field.indicator1, index) + this.indicator(field.indicator2, index);
    for (const [code, text] of field.subfields) {
      content += `\x1f${this.code(code, index)}${this.text(text, index, code)}`;
    }
    return content;
  }

  private indicator(value: string, index: number): string {
    if (isGraphic(value)) {
      this.standIns ||= standsForBlank(value.charCodeAt(0));
      return value;
    }
    this.note("M736", index, "", value);
    const first = value.charAt(0);
    return isGraphic(first) ? first : " ";
  }

  /** The code; what cannot be one goes on as text behind it, so that nothing is lost. */
  private code(value: string, index: number): string {
    if (isGraphic(value)) return value;
    const rest = value.replace(SEPARATORS, " ");
    const code = isGraphic(rest.charAt(0)) ? rest : ` ${rest}`;
    if (code.startsWith(" ")) this.noteWithoutCode("M737", index, value);
    else this.note("M737", index, "", value);
    return code;
  }

  private text(text: string, index: number, code: string): string {
    if (!SEPARATOR.test(text)) return text;
    this.note("M738", index, code, text);
    return text.replace(SEPARATORS, " ");
  }

  /** Notes that text goes on under the blank code; the record is warned of once (M313). */
  private noteWithoutCode(code: Code, index: number, found: string): void {
    this.note(code, index, "", found);
    if (!this.withoutCode) this.note("M313", index, "", found);
    this.withoutCode = true;
  }

  /** Notes a finding on the field that is being added. */
  private note(code: Code, index: number, subfield: string, found: string): void {
    const { tag } = this.fields[index];
    const field = `${tag}[${this.occurrences.get(tag)}]${subfield === "" ? "" : `$${subfield}`}`;
    const shown = JSON.stringify(found.slice(0, SHOWN));
    this.diagnostics.push(diagnostic(code, { offset: this.offset, field, found: shown }));
  }
}

/** The field table over contents that lie one behind the other, each ended by a terminator. */
function fieldTable(bytes: Buffer, tags: readonly number[], kinds: readonly boolean[]) {
  const table = new Int32Array(tags.length * FIELD_STRIDE);
  let start = 0;
  for (let i = 0; i < tags.length; i++) {
    const end = bytes.indexOf(TERMINATOR, start);
    const at = i * FIELD_STRIDE;
    table[at] = tags[i];
    table[at + 1] = start;
    table[at + 2] = end;
    table[at + 3] = kinds[i] ? 1 : 0;
    start = end + 1;
  }
  return table;
}

/**
 * Makes a well-formed view of a record given as text; its bytes are UTF-8, or what bytes were kept in
 * the text and are judged like those of ISO 2709. No field is too long.
 * What is wrong is mended, or left out where it has no place in a view, and said in the view's
 * diagnostics (M306, M308, M310, M73x, M740): a leader, indicators and subfield codes of the wrong length or outside
 * ASCII, unusable tags, fields that are not of the kind of their tag, MARC's separators inside text, empty
 * fields.
 *
 * @param leader the leader as given, "" if there is none
 * @param fields in record order, text with its character references resolved
 * @param offset zero-based byte offset of the record in the stream, for the diagnostics
 * @param diagnostics what was found before; the view keeps this array and adds to it
 * @param reading how the texts were read; text that was never bytes is UTF-8
 */
export function buildRecord(
  leader: string,
  fields: readonly PlainField[],
  offset = 0,
  diagnostics: Diagnostic[] = [],
  reading: TextReading = AS_GIVEN,
): MarcRecord {
  const mended = mendLeader(leader, offset, diagnostics);
  const builder = new Builder(fields, offset, diagnostics);
  for (let index = 0; index < fields.length; index++) builder.add(index);
  const { tags, kinds, contents } = builder;
  const joined = contents.length === 0 ? "" : `${contents.join("\x1e")}\x1e`;
  const { kept, configured } = reading;
  const bytes = kept === null ? Buffer.from(joined, "utf8") : restoredBytes(joined, kept);
  // Half a pair has become U+FFFD; the search for that is quick, the pattern is not.
  if (bytes.includes(REPLACEMENT) && UNPAIRED.test(joined)) {
    diagnostics.push(diagnostic("M740", { offset }));
  }
  const table = fieldTable(bytes, tags, kinds);
  if (builder.standIns) {
    mendBlanks({ bytes, table, fieldCount: tags.length }, offset, diagnostics);
  }
  const scheme = kept === "references" ? BLANK : UNICODE;
  const verdict = judgeEncoding(bytes, 0, bytes.length, scheme, configured);
  // Offsets in the view are none in the stream.
  for (const found of verdict.diagnostics) diagnostics.push({ ...found, offset });
  const encoding = verdict.encoding === "ascii" ? "utf-8" : verdict.encoding;
  return new MarcRecord(bytes, mended, table, tags.length, encoding, diagnostics);
}
