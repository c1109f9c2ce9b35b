/**
 * What is kept of the kind of each record. Few kinds are in a file, so what makes one is gathered as a short text, and
 * the kind of each such text is made once; what names a part of a work is read for each record.
 */

import type { RecordKind } from "../../fields/record-description.js";
import { type MarcRecord, tagCode } from "../../marc/marc-record.js";
import { describeKind, describeParts } from "../../matching/evidence/describe.js";
import { keptText } from "../../matching/kept-evidence.js";
import { extentForm } from "./carrier-form.js";
import { kindTexts } from "./described-texts.js";

/** Kinds remembered at most; further ones are made anew each time. */
const MOST = 1000;

const PHYSICAL = tagCode("007");
const FIXED = tagCode("008");
const EXTENT = tagCode("300");
const TITLE = tagCode("245");
/** By tag the subfields that tell of the kind, as bytes. */
const TELLING: ReadonlyMap<number, readonly number[]> = new Map(
  [
    ["245", "hnp"],
    ["300", "a"],
    ["337", "ab"],
    ["338", "ab"],
    ["533", "a"],
  ].map(([tag, codes]) => [tagCode(tag), [...Buffer.from(codes)]]),
);
const NUMBER = 0x6e; // $n
const NAME = 0x70; // $p

/** What the records of one kind share, and the text of it where there is no part. */
interface KnownKind {
  readonly kind: RecordKind;
  readonly kept: string;
}

export class KindEvidence {
  private readonly known = new Map<string, KnownKind>();

  /** The evidence of a MARC 21 record, as it is kept beside its row. */
  of(record: MarcRecord): string {
    const { diagnostics } = record;
    const told = diagnostics.length;
    const parts: TitleParts = { partNumbers: [], partNames: [] };
    const { kind, kept } = this.kindOf(tellingText(record, parts), record);
    // Texts are read again for it: what their decoding finds was told before.
    diagnostics.length = told;
    const isPart = parts.partNumbers.length > 0 || parts.partNames.length > 0;
    return isPart ? keptText({ ...kind, ...describeParts(parts) }) : kept;
  }

  private kindOf(telling: string, record: MarcRecord): KnownKind {
    const known = this.known.get(telling);
    if (known !== undefined) return known;
    const kind = describeKind({ ...kindTexts(record), partNumbers: [], partNames: [] });
    const made = { kind, kept: keptText(kind) };
    if (this.known.size < MOST) this.known.set(telling, made);
    return made;
  }
}

/** Texts of the subfields of 245 that name a part: each title has its own. */
interface TitleParts {
  readonly partNumbers: string[];
  readonly partNames: string[];
}

/**
 * All that the kind is made from, as one text.
 *
 * @param parts takes what the title says of a part
 */
function tellingText(record: MarcRecord, parts: TitleParts): string {
  let text = record.leader[6] + record.leader[7];
  let titled = false;
  for (let field = 0; field < record.fieldCount; field++) {
    const tag = record.tag(field);
    if (record.isControl(field)) {
      if (tag === PHYSICAL) text += `\x1e7${firstTwo(record, field)}`;
      else if (tag === FIXED) text += `\x1e8${formsOfItem(record, field)}`;
      continue;
    }
    const codes = TELLING.get(tag);
    if (codes === undefined) continue;
    // Of several titles the first tells of the part.
    text += saidIn(record, field, codes, titled ? null : parts);
    titled ||= tag === TITLE;
  }
  return text;
}

function firstTwo(record: MarcRecord, field: number): string {
  const start = record.start(field);
  return record.bytes.latin1Slice(start, Math.min(start + 2, record.end(field)));
}

/** 008/23 and 008/29, of which the leader says the one that is meant. */
function formsOfItem(record: MarcRecord, field: number): string {
  const fixed = record.text(record.start(field), record.end(field));
  return `${fixed[23] ?? ""}${fixed[29] ?? ""}`;
}

function saidIn(
  record: MarcRecord,
  field: number,
  codes: readonly number[],
  parts: TitleParts | null,
): string {
  const tag = record.tag(field);
  let text = "";
  record.eachSubfield(field, (code, start, end) => {
    if (!codes.includes(code)) return;
    if (tag === TITLE && code === NUMBER) parts?.partNumbers.push(record.text(start, end));
    else if (tag === TITLE && code === NAME) parts?.partNames.push(record.text(start, end));
    else if (tag === EXTENT) text += `\x1e3${extentForm(record.text(start, end))}`;
    else text += `\x1e${tag}\x1f${record.bytes.latin1Slice(start, end)}`;
  });
  return text;
}
