/** Reads JSON of MARC: one record a line, or arrays of records however they are laid out. */

import { type Diagnostic, diagnostic, type Refusal } from "../diagnostics/diagnostic.js";
import { buildRecord } from "../marc/build-record.js";
import { withStatus } from "../marc/leader.js";
import type { MarcRecord } from "../marc/marc-record.js";
import { JsonCutter } from "./json-cutter.js";
import { DEEPEST, isTooDeep } from "./json-shape.js";
import { type MijRecord, mijRecord } from "./mij-record.js";
import type { ReaderOptions } from "./parsed-record.js";
import { PieceReader } from "./piece-reader.js";
import type { OpenPiece } from "./pieces.js";
import { RecordText } from "./record-text.js";
import { refusal } from "./refusal.js";
import { repeatedKey } from "./repeated-key.js";

/** 001 in text that is not JSON; behind a tag as key, as value and in a list. */
const CONTROL_NUMBER =
  /"001"\s*(?::|,\s*"value"\s*:|,\s*null\s*,\s*null\s*,\s*"_"\s*,)\s*"([^"\\\r\n]{1,100})"/;
/** Where they are not forbidden they are blanks anyway. */
const CONTROLS = /[\0-\x1f]/g;
const SHOWN = 32;

/** The value with the text that it was made of, or why there is none. */
type Json = { readonly value: unknown; readonly text: string } | { readonly reason: string };

function parseJson(text: string): Json {
  try {
    return { value: JSON.parse(text), text };
  } catch (error) {
    if (error instanceof SyntaxError) return { reason: error.message };
    throw error;
  }
}

/** Parses, if need be a second time with blanks for the characters that JSON forbids (M710). */
function parseText(text: string, offset: number, diagnostics: Diagnostic[]): Json {
  const json = parseJson(text);
  if ("value" in json) return json;
  const cleaned = text.replace(CONTROLS, " ");
  const again = cleaned === text ? json : parseJson(cleaned);
  if ("reason" in again) return json;
  diagnostics.push(diagnostic("M710", { offset }));
  return again;
}

/** Each line or object that is no record is one reject. */
export class MijReader extends PieceReader {
  private readonly text: RecordText;

  constructor(options: ReaderOptions) {
    super(new JsonCutter(options), options);
    this.text = new RecordText(options.encoding);
  }

  protected override controlNumberIn(text: string): string {
    return CONTROL_NUMBER.exec(text)?.[1].trim() ?? "";
  }

  /** The record of an object, or why there is none. */
  protected override parse({ bytes, offset }: OpenPiece): MarcRecord | Refusal {
    if (isTooDeep(bytes)) {
      const found = `more than ${DEEPEST} objects or arrays in one another`;
      return { reason: diagnostic("M722", { offset, found }), further: [] };
    }
    const diagnostics: Diagnostic[] = [];
    const { text, reading } = this.text.read(bytes, "", offset, diagnostics);
    const json = parseText(text, offset, diagnostics);
    if ("reason" in json) {
      return { reason: diagnostic("M721", { offset, found: json.reason }), further: diagnostics };
    }
    const repeated = repeatedKey(json.text);
    const parsed =
      repeated === null
        ? mijRecord(json.value)
        : `the key ${JSON.stringify(repeated.slice(0, SHOWN))} stands twice in one object`;
    if (typeof parsed === "string") {
      return { reason: diagnostic("M722", { offset, found: parsed }), further: diagnostics };
    }
    if (parsed.leftOut !== "") {
      diagnostics.push(diagnostic("M711", { offset, found: parsed.leftOut.slice(0, SHOWN) }));
    }
    if (parsed.deleted !== "") {
      diagnostics.push(diagnostic("M717", { offset, found: parsed.deleted }));
    }
    const built = buildRecord(leaderOf(parsed), parsed.fields, offset, diagnostics, reading);
    return refusal(built, offset, this.options.strict) ?? built;
  }
}

/** The leader, with the status of a deleted record where its envelope says that it is one. */
function leaderOf({ leader, deleted }: MijRecord): string {
  return deleted === "" ? leader : withStatus(leader, "d");
}
